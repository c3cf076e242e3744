import { type RawBuilder, sql } from 'kysely'
import type { searchKinds } from '../../../shared/contract/workspace.ts'
import type { Db } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'

export type Kind = (typeof searchKinds)[number]
export type Hit = {
  readonly kind: Kind
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly approximate: boolean
}
export type Scope = {
  readonly db: Db
  readonly organizationId: string
  readonly limit: number
  /** Kinds that whoever searches may not see. */
  readonly hidden: readonly string[]
}

const shown = ({ hidden }: Scope) => (hidden.length === 0 ? sql`` : sql`AND kind NOT IN (${sql.join([...hidden])})`)

/** Rows that one full-text query may walk through before it gives up on finding more of the wanted kind. */
const mostWalked = 1000

type Row = { readonly kind: Kind; readonly entityId: string; readonly title: string; readonly subtitle: string }

const read = async (db: Db, query: RawBuilder<Row>, approximate: boolean): Promise<Hit[]> => {
  const rows = await rawRows(db, query)
  return rows.map(({ entityId, ...row }) => ({ ...row, id: entityId, approximate }))
}

/**
 * Clients and items whose title matches, oldest first: a client is older than its invoices, so it comes before the
 * many titles that repeat its name.
 */
export const matchingNames = (scope: Scope, match: string, approximate = false): Promise<Hit[]> =>
  read(
    scope.db,
    sql<Row>`SELECT e.kind, e.entity_id, e.title, e.subtitle
      FROM (SELECT rowid FROM search_words WHERE search_words MATCH ${`{title} : (${match})`} ORDER BY rowid LIMIT ${mostWalked}) w
      CROSS JOIN search_entries e ON e.id = w.rowid
      WHERE e.kind IN ('client', 'item') AND e.organization_id = ${scope.organizationId} ${shown(scope)} LIMIT ${scope.limit}`,
    approximate,
  )

/** Whatever matches anywhere, newest first. No ranking: that would read every match of a common word. */
export const matchingEntries = (scope: Scope, match: string, approximate = false): Promise<Hit[]> =>
  read(
    scope.db,
    sql<Row>`SELECT e.kind, e.entity_id, e.title, e.subtitle
      FROM (SELECT rowid FROM search_words WHERE search_words MATCH ${match} ORDER BY rowid DESC LIMIT ${mostWalked}) w
      CROSS JOIN search_entries e ON e.id = w.rowid
      WHERE e.organization_id = ${scope.organizationId} ${shown(scope)} LIMIT ${scope.limit}`,
    approximate,
  )

/** The index entries of known rows, in the order given. */
export const entriesOf = async (scope: Scope, ids: readonly string[]): Promise<Hit[]> => {
  if (ids.length === 0) return []
  const hits = await read(
    scope.db,
    sql<Row>`SELECT kind, entity_id, title, subtitle FROM search_entries
      WHERE entity_id IN (${sql.join(ids)}) AND organization_id = ${scope.organizationId} ${shown(scope)}`,
    false,
  )
  const byId = new Map(hits.map((hit) => [hit.id, hit]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
