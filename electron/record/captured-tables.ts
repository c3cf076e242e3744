import { sql } from 'kysely'
import { rawRows } from '../features/raw-rows.ts'
import type { Db } from '../rpc/handles.ts'

// As db/capture: not part of what a person changed, and what is not told.
const silent = new Set(['id', 'organization_id', 'created_at', 'updated_at', 'version', 'last_login_at'])

/** The tables whose changes are recorded, with the columns that are. */
export const capturedTables = async (db: Db): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows = await rawRows<{ table: string; column: string }>(
    db,
    sql`SELECT s.tbl_name AS "table", c.name AS "column" FROM sqlite_schema s, pragma_table_info(s.tbl_name) c
      WHERE s.type = 'trigger' AND s.name = 'capture_' || s.tbl_name || '_insert' ORDER BY s.tbl_name, c.cid`,
  )
  const tables = new Map<string, string[]>()
  for (const { table, column } of rows) {
    if (!silent.has(column)) tables.set(table, [...(tables.get(table) ?? []), column])
  }
  return tables
}

const cell = (column: string) => {
  const name = sql.ref(column)
  if (column === 'password_hash' || column === 'pin_hash') return sql`iif(${name} IS NULL, NULL, '[left out]')`
  return /_e(4|6|10)$/.test(column) ? sql`CAST(${name} AS TEXT)` : name
}

/** Rows as the log would write them now, by id. */
export const storedValues = async (
  db: Db,
  table: string,
  columns: readonly string[],
  ids: readonly string[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> => {
  const pairs = sql.join(columns.map((column) => sql`${sql.lit(column)}, ${cell(column)}`))
  const rows = await rawRows<{ id: string; stored: string }>(
    db,
    sql`SELECT id, json_object(${pairs}) AS stored FROM ${sql.table(table)} WHERE id IN (${sql.join([...ids])})`,
  )
  // Made by json_object just above.
  return new Map(rows.map(({ id, stored }) => [id, JSON.parse(stored) as Readonly<Record<string, unknown>>]))
}
