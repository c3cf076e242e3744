const gone: Readonly<Record<string, string>> = {
  branch_id: 'a branch that is gone',
  branch_ids: 'a branch that is gone',
  role_id: 'a role that is gone',
}

type Names = Readonly<Record<string, string>>

const listed = (text: string, nameOf: (id: string) => string): string => {
  const ids: unknown = JSON.parse(text)
  if (!Array.isArray(ids)) return text
  // Nobody is limited to no branch at all.
  return ids.length === 0 ? 'The whole business' : ids.map((id) => nameOf(String(id))).join('; ')
}

/** Branches and roles by the names that they had then; null for a value that names none. */
export const namedInWords = (column: string, value: unknown, names: Names): string | null => {
  const missing = gone[column]
  if (missing === undefined || typeof value !== 'string' || value === '') return null
  const nameOf = (id: string) => names[id] ?? missing
  return column === 'branch_ids' ? listed(value, nameOf) : nameOf(value)
}
