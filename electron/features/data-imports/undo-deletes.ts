import { type RawBuilder, sql } from 'kysely'
import type { CommandContext, Trx } from '../../rpc/context.ts'

/** What an undo left as it is. */
export type Kept = { readonly what: string; readonly name: string; readonly reason: string }

type Table = 'clients' | 'items' | 'client_contacts'

// What belongs to a row rather than uses it: contacts go with their client, sums and the timeline are not work.
const parts = new Set(['client_contacts', 'client_balances', 'activity'])

type Reference = { readonly table: string; readonly column: string; readonly kept: number }

/** Every column of the schema that names rows of a table, so that a feature made later counts as use too. */
const referencesTo = async (trx: Trx, table: Table): Promise<readonly Reference[]> => {
  const { rows } = await sql<Reference>`
    SELECT m.name AS "table", f."from" AS "column",
      EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'deleted_at') AS kept
    FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = ${table}`.execute(
    trx,
  )
  return rows.filter((it) => !parts.has(it.table))
}

const uses = (references: readonly Reference[]): RawBuilder<unknown> => {
  if (references.length === 0) return sql`0`
  const each = references.map(
    ({ table, column, kept }) =>
      sql`EXISTS (SELECT 1 FROM ${sql.table(table)} u WHERE u.${sql.ref(column)} = r.id ${kept === 1 ? sql`AND u.deleted_at IS NULL` : sql``})`,
  )
  return sql`(${sql.join(each, sql` OR `)})`
}

const made = (seq: number, table: Table) =>
  sql`SELECT row_id FROM audit_log WHERE command_seq = ${seq} AND table_name = ${table} AND action = 'insert'`

const changedSince = (seq: number) =>
  sql`EXISTS (SELECT 1 FROM audit_log later WHERE later.row_id = r.id AND later.command_seq > ${seq})`

const what: Readonly<Record<Table, string>> = { clients: 'client', items: 'item', client_contacts: 'contact' }

/** Deletes the rows that an import made in a table, but those in use or changed since, which are named in `kept`. */
export const deleteUnused = async (
  { trx, now }: CommandContext,
  seq: number,
  table: Table,
  kept: Kept[],
): Promise<number> => {
  const used = uses(await referencesTo(trx, table))
  const name = sql.table(table)
  // A contact stays with a client that stays.
  const orphaned =
    table === 'client_contacts'
      ? sql`AND EXISTS (SELECT 1 FROM clients c WHERE c.id = r.client_id AND c.deleted_at IS NOT NULL)`
      : sql``
  const deleted = await sql`UPDATE ${name} AS r SET deleted_at = ${now}, updated_at = ${now}, version = version + 1
    WHERE id IN (${made(seq, table)}) AND deleted_at IS NULL AND NOT ${used} AND NOT ${changedSince(seq)} ${orphaned}`.execute(
    trx,
  )
  if (table !== 'client_contacts') {
    const left = await sql<{ name: string; used: number }>`SELECT r.name AS name, ${used} AS used FROM ${name} r
      WHERE id IN (${made(seq, table)}) AND deleted_at IS NULL`.execute(trx)
    for (const row of left.rows)
      kept.push({
        what: what[table],
        name: row.name,
        reason: row.used === 1 ? 'documents or payments name it' : 'it was changed since',
      })
  }
  return Number(deleted.numAffectedRows ?? 0n)
}
