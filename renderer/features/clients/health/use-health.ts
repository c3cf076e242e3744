import { useQueries } from '@tanstack/react-query'
import type { ClientHealthRow } from '../../../../shared/contract/clients.ts'
import { useOrganizationId } from '../../../app/organization.ts'
import { apiQuery } from '../../../app/queries.ts'

// As many as a page of the list holds, so that a page that was read is not asked again with the next.
const chunk = 50

const chunksOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / chunk) }, (_, at) => ids.slice(at * chunk, (at + 1) * chunk))

/** How clients pay, by id, for the rows of a list; what is not read yet is missing. */
export const useHealth = (ids: readonly string[]): ReadonlyMap<string, ClientHealthRow> => {
  useOrganizationId()
  return useQueries({
    queries: chunksOf(ids).map((some) => ({ ...apiQuery('clients', 'health', { ids: some }), meta: { live: true } })),
    combine: (answers) => new Map(answers.flatMap(({ data }) => data ?? []).map((row) => [row.clientId, row])),
  })
}
