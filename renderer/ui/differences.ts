/** One field of which two versions exist. */
export type Difference = {
  readonly path: string
  readonly label: string
  readonly yours: string
  readonly theirs: string
  /** Whether this side changed it too, or only the other one did. */
  readonly changedHere: boolean
}

export type Side = 'yours' | 'theirs'

type Values = Readonly<Record<string, unknown>>

/** A field as the comparison names and writes it. */
export type ComparedField = {
  readonly path: string
  readonly label: string
  readonly text?: (value: unknown) => string
}

const plain = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))

/** A value in words where a field has no words of its own: lists and addresses line by line. */
const words = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(words).join('; ')
  if (typeof value !== 'object') return String(value)
  const parts = Object.values(value).filter((part) => part !== null && part !== '')
  return parts.length === 0 ? 'empty' : parts.map(words).join(', ')
}

/** The fields in which the stored state differs from what is to be saved, given the state that editing began with. */
export const differencesOf = (
  fields: readonly ComparedField[],
  states: { readonly before: Values; readonly yours: Values; readonly theirs: Values },
): Difference[] =>
  fields.flatMap(({ path, label, text = words }) => {
    const [before, yours, theirs] = [states.before[path], states.yours[path], states.theirs[path]]
    if (plain(yours) === plain(theirs)) return []
    return [{ path, label, yours: text(yours), theirs: text(theirs), changedHere: plain(before) !== plain(yours) }]
  })
