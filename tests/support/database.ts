import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { migrate } from '../../db/migrate.ts'
import type { Migration } from '../../db/migrations/migration.ts'
import { openConnection } from '../../db/open.ts'
import { placeMigratedFile } from './migrated-file.ts'

/** A folder of its own for one test, with what removes it. */
export const freshDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}

/** A new database brought to the newest version, or through the steps given. */
export const migratedDatabase = (steps?: readonly Migration[]) => {
  const { directory, remove } = freshDirectory()
  const file = join(directory, 'counterfoil.db')
  if (steps === undefined) placeMigratedFile(directory)
  const database = openConnection(file, { readonly: false })
  migrate(database, file, steps)
  return {
    directory,
    file,
    database,
    remove: () => {
      database.close()
      remove()
    },
  }
}

const at = '2026-11-21T09:00:00.000Z'

/** Does what a command does, by raw SQL: writes inside are recorded, so that the triggers let them pass. */
export const asCommand = <T>(database: Sqlite.Database, work: () => T): T =>
  database.transaction(() => {
    const { lastInsertRowid } = database
      .prepare(
        `INSERT INTO commands (id, device_id, procedure, at) VALUES (lower(hex(randomblob(16))), 'd', 'test', ?)`,
      )
      .run(at)
    database.prepare('UPDATE change_context SET command_seq = ?').run(lastInsertRowid)
    const result = work()
    database.exec('UPDATE change_context SET command_seq = NULL')
    return result
  })()

/** Inserts a row of the columns given and the row columns that it does not name. */
export const insertRow = (database: Sqlite.Database, table: string, values: Readonly<Record<string, unknown>>) => {
  const row = { organization_id: 'org', created_at: at, updated_at: at, ...values }
  const columns = Object.keys(row)
  database
    .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(Object.values(row))
}

/** The organization `org`, its client `client` and its series `series`, by raw SQL. */
export const seedBasics = (database: Sqlite.Database): void => {
  insertRow(database, 'organizations', {
    id: 'org',
    legal_name: 'Linden Ltd',
    kind: 'service',
    country: 'GB',
    currency: 'GBP',
    language: 'en-GB',
    timezone: 'Europe/London',
    fiscal_year_start: '04-06',
    rounding_mode: 'half-up',
    rounding_scope: 'rate',
  })
  insertRow(database, 'clients', { id: 'client', code: 'C1', kind: 'company', name: 'Rosewood', sort_name: 'rosewood' })
  insertRow(database, 'number_series', { id: 'series', document_kind: 'invoice', code: 'A', pattern: 'INV-{0000}' })
}

/** An issued invoice of 120.00 by raw SQL: first a draft, then the columns that issuing sets. */
export const insertIssuedInvoice = (database: Sqlite.Database, id: string, counter: number): void => {
  insertRow(database, 'invoices', {
    id,
    client_id: 'client',
    client_name: 'Rosewood',
    currency: 'GBP',
    minor_units: 2,
    language: 'en-GB',
    issued_on: '2026-11-21',
    due_on: '2026-12-21',
    prices_include_tax: 0,
    rounding_mode: 'half-up',
    rounding_scope: 'rate',
    net_e4: 1_000_000n,
    tax_e4: 200_000n,
    total_e4: 1_200_000n,
    payable_e4: 1_200_000n,
    base_total_e4: 1_200_000n,
  })
  insertRow(database, 'invoice_lines', {
    id: `${id}-line`,
    invoice_id: id,
    position: 0,
    name: 'Consulting',
    quantity_e6: 1_000_000n,
    unit: 'HUR',
    price_e6: 100_000_000n,
  })
  database
    .prepare(
      `UPDATE invoices SET series_id = 'series', number = ?, counter = ?, period = '', seller = '{}', buyer = '{}', issued_at = ? WHERE id = ?`,
    )
    .run(`INV-${String(counter).padStart(4, '0')}`, counter, at, id)
}

export type Inspection = {
  readonly rows: (sql: string, ...values: unknown[]) => Readonly<Record<string, unknown>>[]
  readonly value: (sql: string, ...values: unknown[]) => unknown
  /** Rows of every table by its name. */
  readonly counts: () => Readonly<Record<string, number>>
  readonly close: () => void
}

/** Looks into the database of a data directory from beside the product; integers beyond a scale come as bigints. */
export const inspect = (directory: string): Inspection => {
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: true })
  database.defaultSafeIntegers(true)
  const rows: Inspection['rows'] = (sql, ...values) =>
    // A statement that reads gives objects by column name.
    database.prepare(sql).all(...values) as Record<string, unknown>[]
  const value: Inspection['value'] = (sql, ...values) =>
    database
      .prepare(sql)
      .pluck()
      .get(...values)
  const everyCount = () =>
    rows(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name`)
      .map(({ name }) => `SELECT '${name}', (SELECT count(*) FROM ${name})`)
      .join(' UNION ALL ')
  const countAll = database.prepare<[], [string, bigint]>(everyCount()).raw(true)
  let counted: { readonly dataVersion: unknown; readonly counts: Readonly<Record<string, number>> } = {
    dataVersion: null,
    counts: {},
  }
  return {
    rows,
    value,
    counts: () => {
      // Changes with each commit of another connection, and with nothing else.
      const dataVersion = value('PRAGMA data_version')
      if (counted.dataVersion !== dataVersion) {
        const counts = Object.fromEntries(countAll.all().map(([name, count]) => [name, Number(count)]))
        counted = { dataVersion, counts }
      }
      return counted.counts
    },
    close: () => database.close(),
  }
}
