import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'
import { createCapture, dropCapture } from './capture/triggers.ts'
import { migrations as all } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

const versionOf = (database: Sqlite.Database) => Number(database.pragma('user_version', { simple: true }))

const tablesOf = (database: Sqlite.Database): string[] =>
  database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%' ORDER BY name`,
    )
    .pluck()
    .all()
    .map(String)

const totals: readonly (readonly [string, string])[] = [
  ['invoices', "SELECT coalesce(sum(payable_e4), 0) || '/' || coalesce(sum(paid_e4), 0) FROM invoices"],
  ['payments', "SELECT coalesce(sum(amount_e4), 0) || '/' || coalesce(sum(allocated_e4), 0) FROM payments"],
  ['payment_allocations', 'SELECT coalesce(sum(amount_e4), 0) FROM payment_allocations'],
]

// What a migration must leave as it was: rows of every table, and the sums of money.
const measure = (database: Sqlite.Database): Map<string, string> => {
  const tables = tablesOf(database)
  const measures = new Map<string, string>()
  for (const table of tables) {
    measures.set(`rows of ${table}`, String(database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()))
  }
  for (const [table, sql] of totals) {
    if (tables.includes(table)) measures.set(`total of ${table}`, String(database.prepare(sql).pluck().get()))
  }
  return measures
}

const copyAside = (database: Sqlite.Database, file: string, version: number) => {
  database.pragma('wal_checkpoint(TRUNCATE)')
  const folder = join(dirname(file), 'backups')
  mkdirSync(folder, { recursive: true })
  const copy = join(folder, `before-migration-from-${version}.db`)
  // A copy of an earlier attempt would be older than the data: the name goes to the new one once it is whole.
  const partial = `${copy}.partial`
  copyFileSync(file, partial)
  const handle = openSync(partial, 'r')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(partial, copy)
}

// In the steps' own transaction: a kill between two of them must not leave a database that records nothing.
const apply = (database: Sqlite.Database, steps: readonly Migration[]) => {
  const before = measure(database)
  let current = steps[0]
  database.exec('BEGIN IMMEDIATE')
  try {
    dropCapture(database)
    for (const step of steps) {
      current = step
      step.up((sql) => database.exec(sql))
    }
    createCapture(database)
    const broken = database.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0) throw new Error(`${broken.length} references lead nowhere`)
    const after = measure(database)
    for (const [what, value] of before) {
      const now = after.get(what)
      if (now !== value) throw new Error(`${what}: ${value} before, ${now ?? 'none'} after`)
    }
    database.pragma(`user_version = ${current?.version ?? 0}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'STORAGE_UNAVAILABLE',
      `The database could not be brought to version ${current?.version} (${current?.name}): ${reason}. It is as it was before.`,
    )
  }
}

/** The data version of this program. */
export const newestVersion = (): number => all.at(-1)?.version ?? 0

/** Refuses a file whose data version this program does not know. */
export const refuseNewer = (file: string, version: number, steps: readonly Migration[] = all): void => {
  const newest = steps.at(-1)?.version ?? 0
  if (version <= newest) return
  throw new AppError(
    'STORAGE_UNAVAILABLE',
    `${file} was written by a newer version of Counterfoil (data version ${version}, this one knows ${newest}). ` +
      'It was left as it is. Update Counterfoil to open it.',
  )
}

/**
 * Brings a database to the newest version: copies the file first, one transaction a step (a new file: one in all),
 * then compares row counts, money totals and references. A file of a newer version is refused in words and left alone.
 */
export const migrate = (database: Sqlite.Database, file: string, steps: readonly Migration[] = all): void => {
  const version = versionOf(database)
  refuseNewer(file, version, steps)
  const pending = steps.filter((step) => step.version > version)
  if (pending.length === 0) return
  if (version > 0) copyAside(database, file, version)
  database.pragma('foreign_keys = OFF')
  try {
    // A new file has nothing to lose between two steps: it is whole or empty, and its triggers are made once.
    if (version === 0) apply(database, pending)
    else for (const step of pending) apply(database, [step])
  } finally {
    database.pragma('foreign_keys = ON')
  }
}
