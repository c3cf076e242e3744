import type Sqlite from 'better-sqlite3'
import { entityTables } from '../capture/triggers.ts'

/** One organization as another database has it, which is attached as `backup` with the same tables. */
export type Replacement = {
  readonly organization: string
  /** The command under which the record tells of it. */
  readonly command: number
  readonly at: string
  /** Who asked for it: an owner of what is not here any more. */
  readonly by: string | null
  readonly newId: () => string
}

// Who may come in, what was erased, what was read, and how mail is sent is a matter of now, not of a backup's day.
const stays: ReadonlySet<string> = new Set([
  'accesses',
  'devices',
  'erasures',
  'mail_accounts',
  'memberships',
  'person_erasures',
  'roles',
  'users',
])

/** What is summed up of the rows of an organization. */
export const summaryTables = ['client_balances', 'monthly_totals', 'tax_totals'] as const

/** A table with rows of organizations, and all its columns. */
export type OwnTable = { readonly table: string; readonly columns: readonly string[] }

export const columnsOf = (database: Sqlite.Database, table: string): string[] =>
  database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String)

/** The entity tables whose rows make up an organization; `isNew` for one that is not here: then all of them. */
export const ownTables = (database: Sqlite.Database, isNew: boolean): OwnTable[] =>
  entityTables(database)
    .map((table) => ({ table, columns: columnsOf(database, table) }))
    .filter(({ table, columns }) => columns.includes('organization_id') && (!stays.has(table) || isMoved(table, isNew)))

const isMoved = (table: string, isNew: boolean) => isNew && (table === 'mail_accounts' || table === 'roles')

/** The condition that a row, by its name in the statement, is of the organization `@organization`. */
export const isOwn = (table: string, row: string): string =>
  table === 'organizations' ? `${row}.id = @organization` : `${row}.organization_id = @organization`
