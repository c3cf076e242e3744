import type { ImportEntity } from '../../../shared/contract/data-imports.ts'
import { fieldsOf, plainName } from './fields.ts'
import type { Template } from './templates/template.ts'

/** Plain names of columns, the second `phone` as `phone#2`, so that each can be named. */
export const namesOf = (header: readonly string[]): string[] => {
  const seen = new Map<string, number>()
  return header.map((text) => {
    const name = plainName(text)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name}#${times}`
  })
}

const byTemplate = (names: readonly string[], template: Template): (string | null)[] => {
  const used = new Set<string>()
  return names.map((name) => {
    const field = template.columns[name]
    if (field === undefined || used.has(field)) return null
    used.add(field)
    return field
  })
}

const bySynonyms = (names: readonly string[], entity: ImportEntity): (string | null)[] => {
  const mapped: (string | null)[] = names.map(() => null)
  const fields = fieldsOf(entity).map((field) => ({ key: field.key, names: field.names.split('|') }))
  const taken = new Set<string>()
  const deepest = Math.max(...fields.map((field) => field.names.length))
  // The first names of all fields before the second ones: `name` is a name, unless `client name` is there too.
  for (let rank = 0; rank < deepest; rank += 1) {
    for (const { key, names: wanted } of fields) {
      const name = wanted[rank]
      if (name === undefined || taken.has(key)) continue
      const at = names.indexOf(name)
      if (at === -1 || mapped[at] !== null) continue
      mapped[at] = key
      taken.add(key)
    }
  }
  return mapped
}

/** The field that each column is proposed for: as the product's template says, else by what its name means. */
export const proposeMapping = (
  header: readonly string[],
  entity: ImportEntity,
  template: Template | null,
): (string | null)[] => {
  const names = namesOf(header)
  return template !== null && (template.entity === entity || template.also?.includes(entity))
    ? byTemplate(names, template)
    : bySynonyms(names, entity)
}

/** What an unknown table most likely holds: the kind whose required fields it has, then the one that knows most columns. */
export const guessEntity = (header: readonly string[]): ImportEntity | null => {
  let best: ImportEntity | null = null
  let bestScore = 0
  for (const entity of ['clients', 'items', 'payments', 'invoices'] as const) {
    const mapped = bySynonyms(namesOf(header), entity)
    const required = fieldsOf(entity).filter((field) => field.required)
    const missing = required.filter((field) => !mapped.includes(field.key)).length
    const known = mapped.filter((field) => field !== null).length
    if (missing > 0) continue
    // What only one kind of table has tells more than names that all of them have.
    const score = known + required.length + (entity === 'items' && mapped.includes('price') ? 2 : 0)
    if (score > bestScore) {
      best = entity
      bestScore = score
    }
  }
  return best
}
