import { sql } from 'kysely'
import { rawRows } from '../features/raw-rows.ts'
import type { Db, Trx } from '../rpc/handles.ts'

/** What belongs to a device or a person, not to the books: it stays where it is. */
const local = new Set([
  'settings',
  'devices',
  'mail_accounts',
  'mail_log',
  'users',
  'memberships',
  'roles',
  'jobs',
  'outbox_messages',
  'accesses',
])

/** Columns that point at what stays: empty in an export and out of the state hash. */
const pointers = new Set(['user_id', 'device_id'])

export type ExportedTable = {
  /** As in the database: `credit_notes`. */
  readonly name: string
  /** Stored columns, as in the database; what SQLite works out itself is left out. */
  readonly columns: readonly string[]
}

/** Column names as rows carry them: `issued_on` is `issuedOn`. */
export const rowKey = (column: string): string =>
  column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** Every table of the books with its stored columns, organizations first, else by name. */
export const exportedTables = async (db: Db | Trx): Promise<ExportedTable[]> => {
  const columns = await rawRows<{ tableName: string; columnName: string }>(
    db,
    sql`SELECT s.name AS table_name, c.name AS column_name FROM sqlite_schema s, pragma_table_info(s.name) c
      WHERE s.type = 'table' AND s.sql LIKE '%STRICT%' ORDER BY s.name, c.cid`,
  )
  const byTable = new Map<string, string[]>()
  for (const { tableName, columnName } of columns) {
    byTable.set(tableName, [...(byTable.get(tableName) ?? []), columnName])
  }
  return [...byTable]
    .filter(
      ([name, own]) => !local.has(name) && ['id', 'created_at', 'version'].every((column) => own.includes(column)),
    )
    .filter(([name, own]) => name === 'organizations' || own.includes('organization_id'))
    .map(([name, own]) => ({ name, columns: own.filter((column) => !pointers.has(column)) }))
    .sort(
      (a, b) => Number(b.name === 'organizations') - Number(a.name === 'organizations') || (a.name < b.name ? -1 : 1),
    )
}

export type ExportedRow = Readonly<Record<string, unknown>>

/** The rows of a table that belong to an organization, oldest first. */
export const exportedRows = async (
  db: Db | Trx,
  table: ExportedTable,
  organizationId: string,
): Promise<ExportedRow[]> => {
  const owner = table.name === 'organizations' ? sql`id` : sql`organization_id`
  const columns = sql.join(table.columns.map((column) => sql.ref(column)))
  return await rawRows<ExportedRow>(
    db,
    sql`SELECT ${columns} FROM ${sql.table(table.name)} WHERE ${owner} = ${organizationId} ORDER BY id`,
  )
}
