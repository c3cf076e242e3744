import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'
import { createCapture, dropCapture } from './capture/triggers.ts'
import type { DataKey } from './key.ts'
import { migrations as all } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { openScratch, vacuumInto } from './scratch.ts'
import { needSpace } from './space.ts'

/** What surrounds a migration: the key of the file, and whoever wants to know how far it is or to leave it. */
export type MigrationWork = {
  readonly key?: DataKey
  /** Called before the copy (step 0) and before each step, with the name of what comes. */
  readonly onStep?: (done: number, total: number, name: string) => void
  /** Asked between steps: true leaves the rest to the next opening. */
  readonly isLeft?: () => boolean
}

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

const differences = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before].flatMap(([what, value]) => {
    const now = after.get(what)
    return now === value ? [] : [`${what}: ${value} before, ${now ?? 'none'} after`]
  })

// Written by SQLite itself: closing a file that is open in this process would let go of its locks.
const copyAside = (database: Sqlite.Database, file: string, version: number, key: DataKey) => {
  const folder = join(dirname(file), 'backups')
  mkdirSync(folder, { recursive: true })
  // The copy, and about as much again in the log while tables are written anew.
  needSpace(folder, statSync(file).size * 2 + 1_000_000)
  const copy = join(folder, `before-migration-from-${version}.db`)
  // A copy of an earlier attempt would be older than the data: the name goes to the new one once it is whole.
  const partial = `${copy}.partial`
  rmSync(partial, { force: true })
  try {
    vacuumInto(database, partial)
    const made = openScratch(partial, key)
    try {
      const lost = differences(measure(database), measure(made))
      if (lost.length > 0) throw new Error(`The copy is not what the database is: ${lost[0]}`)
    } finally {
      made.close()
    }
    const handle = openSync(partial, 'r')
    fsyncSync(handle)
    closeSync(handle)
    // What was written about the copy of an earlier attempt is not true of this one.
    rmSync(copy.replace(/\.db$/, '.cfbackup.json'), { force: true })
    renameSync(partial, copy)
  } finally {
    rmSync(partial, { force: true })
  }
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
    const [lost] = differences(before, measure(database))
    if (lost !== undefined) throw new Error(lost)
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

/** Steps that a database of a version still has to take. */
export const pendingSteps = (version: number, steps: readonly Migration[] = all): readonly Migration[] =>
  steps.filter((step) => step.version > version)

/**
 * Brings a database to the newest version: copies the file first, one transaction a step (a new file: one in all),
 * then compares row counts, money totals and references. A file of a newer version is refused in words and left alone.
 * Left or killed between two steps, the next opening goes on with the rest.
 */
export const migrate = (
  database: Sqlite.Database,
  file: string,
  steps: readonly Migration[] = all,
  { key = null, onStep = () => undefined, isLeft = () => false }: MigrationWork = {},
): void => {
  const version = versionOf(database)
  refuseNewer(file, version, steps)
  const pending = pendingSteps(version, steps)
  if (pending.length === 0) return
  if (version > 0) {
    onStep(0, pending.length, 'copy')
    copyAside(database, file, version, key)
  }
  database.pragma('foreign_keys = OFF')
  try {
    // A new file has nothing to lose between two steps: it is whole or empty, and its triggers are made once.
    if (version === 0) apply(database, pending)
    else
      for (const [index, step] of pending.entries()) {
        if (isLeft()) {
          throw new AppError(
            'CANCELLED',
            'The update of the data was left. It goes on when Counterfoil is opened again.',
          )
        }
        onStep(index, pending.length, step.name)
        apply(database, [step])
      }
  } finally {
    database.pragma('foreign_keys = ON')
  }
}
