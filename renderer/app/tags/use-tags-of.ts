import { useQueries } from '@tanstack/react-query'
import { useOrganizationId } from '../organization.ts'
import { type ApiOutput, apiQuery } from '../queries.ts'

export type RowTag = ApiOutput<'tags', 'of'>[number]
export type TagsOf = ReadonlyMap<string, readonly RowTag[]>

// As many as a page of a list holds, so that a page that was read is not asked again with the next.
const chunk = 50

const byRow = (tags: readonly RowTag[]): TagsOf => {
  const rows = new Map<string, RowTag[]>()
  for (const tag of tags) rows.set(tag.entityId, [...(rows.get(tag.entityId) ?? []), tag])
  return rows
}

/** The tags of the rows of a list, by row; a row without tags, or not read yet, is missing. */
export const useTagsOf = (ids: readonly string[]): TagsOf => {
  useOrganizationId()
  const chunks = Array.from({ length: Math.ceil(ids.length / chunk) }, (_, at) =>
    ids.slice(at * chunk, (at + 1) * chunk),
  )
  return useQueries({
    queries: chunks.map((entityIds) => ({ ...apiQuery('tags', 'of', { entityIds }), meta: { live: true } })),
    combine: (answers) => byRow(answers.flatMap(({ data }) => data ?? [])),
  })
}
