import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { toMatch } from '../../db/queries/full-text.ts'
import type { DocumentKind } from './tables.ts'

// Of a word that very many have, the newest: those are the ones that a list is read for.
const mostFound = 5000

/** The condition that a document has the words of a search; null where nothing is searched for. */
export const foundBy = (kind: DocumentKind, organizationId: string, search: string): RawBuilder<SqlBool> | null => {
  const match = search.trim() === '' ? null : toMatch(search)
  if (match === null) return null
  return sql<SqlBool>`id IN (SELECT e.entity_id FROM search_words w CROSS JOIN search_entries e ON e.id = w.rowid
    WHERE search_words MATCH ${match} AND e.kind = ${kind} AND e.organization_id = ${organizationId}
    ORDER BY w.rowid DESC LIMIT ${mostFound})`
}

/**
 * The condition that a row stands behind another in a list sorted by a column and id.
 * SQLite sorts NULL first: behind a NULL come the rest of them and then every value, ascending; and the reverse.
 */
export const behind = (
  column: RawBuilder<string | bigint>,
  { value, id }: { readonly value: string | number | bigint | null; readonly id: string },
  direction: 'asc' | 'desc',
  nullable: boolean,
): RawBuilder<SqlBool> => {
  const compare = direction === 'asc' ? sql`>` : sql`<`
  if (value === null) {
    return direction === 'asc'
      ? sql<SqlBool>`((${column} IS NULL AND id > ${id}) OR ${column} IS NOT NULL)`
      : sql<SqlBool>`(${column} IS NULL AND id < ${id})`
  }
  const row = sql<SqlBool>`(${column}, id) ${compare} (${value}, ${id})`
  return nullable && direction === 'desc' ? sql<SqlBool>`(${row} OR ${column} IS NULL)` : row
}
