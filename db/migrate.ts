import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'
import { createCapture, dropCapture } from './capture/triggers.ts'
import { compareFacts, findFaults, readMarks } from './facts.ts'
import type { DataKey } from './key.ts'
import { migrations as all } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { openScratch, vacuumInto } from './scratch.ts'
import { needSpace } from './space.ts'
import { swapDatabase, writeNote } from './swap.ts'

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

type Head = { readonly seq: number; readonly at: string }

const headOf = (database: Sqlite.Database): Head | null => {
  if (!tablesOf(database).includes('commands')) return null
  // The columns that it names.
  const head = database.prepare('SELECT seq, at FROM commands ORDER BY seq DESC LIMIT 1').get() as Head | undefined
  return head ?? null
}

// After the state that it holds: one of another state never takes its name, one of the same state may.
const nameOf = (database: Sqlite.Database, version: number): string => {
  const head = headOf(database)
  const state = head === null ? '' : `-${head.at.slice(0, 19).replaceAll(':', '-')}Z-${head.seq}`
  return `before-migration-from-${version}${state}.db`
}

const folderOf = (file: string) => join(dirname(file), 'backups')

const sync = (path: string) => {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

// As every backup is: pages, references, counts, sums and the head of the record.
const assertSame = (database: Sqlite.Database, copy: string, key: DataKey) => {
  const made = openScratch(copy, key)
  try {
    const [fault] = [...findFaults(made, false), ...compareFacts(readMarks(database), readMarks(made))]
    if (fault !== undefined) throw new Error(`The copy is not what the database is, or not whole: ${fault}`)
  } finally {
    made.close()
  }
}

// Written by SQLite itself: closing a file that is open in this process would let go of its locks.
const copyAside = (database: Sqlite.Database, file: string, version: number, key: DataKey): string => {
  const folder = folderOf(file)
  mkdirSync(folder, { recursive: true })
  // The copy, and about as much again in the log while tables are written anew.
  needSpace(folder, statSync(file).size * 2 + 1_000_000)
  const name = nameOf(database, version)
  const copy = join(folder, name)
  const partial = `${copy}.partial`
  rmSync(partial, { force: true })
  try {
    vacuumInto(database, partial)
    assertSame(database, partial, key)
    sync(partial)
    // What was written about an earlier copy of the same state is not true of this one.
    rmSync(copy.replace(/\.db$/, '.cfbackup.json'), { force: true })
    renameSync(partial, copy)
    return name
  } finally {
    rmSync(partial, { force: true })
  }
}

/** What an update of the tables began with: what is left and gone on with later goes back to it, too. */
type Begun = { readonly from: number; readonly copy: string; readonly head: number | null }

const noteOf = (file: string) => join(dirname(file), 'migration.json')

const readBegun = (file: string): Begun | null => {
  try {
    // Written by `begin` in one step; whether it is of this data is seen by what it says.
    return JSON.parse(readFileSync(noteOf(file), 'utf8')) as Begun
  } catch {
    return null
  }
}

const begin = (database: Sqlite.Database, file: string, version: number, key: DataKey): Begun => {
  const before = readBegun(file)
  const head = headOf(database)?.seq ?? null
  const isOfThis = before !== null && before.from < version && before.head === head
  if (isOfThis && existsSync(join(folderOf(file), before.copy))) return before
  const begun = { from: version, copy: copyAside(database, file, version, key), head }
  writeNote(noteOf(file), `${JSON.stringify(begun)}\n`)
  return begun
}

const end = (file: string) => {
  if (existsSync(noteOf(file))) rmSync(noteOf(file))
}

const reached = 'replaced/half-updated'

// Tried at each opening, it would leave one more whole database each time; any of them follows from the copy.
const clearReached = (directory: string) => {
  const [folder, name] = [join(directory, dirname(reached)), basename(reached)]
  const earlier = existsSync(folder) ? readdirSync(folder).filter((it) => it.startsWith(name)) : []
  for (const it of earlier) rmSync(join(folder, it), { recursive: true, force: true })
}

// One swap: killed at any moment, the next opening ends it. What the steps before had reached is kept beside it.
const goBack = (database: Sqlite.Database, file: string, { copy }: Begun): string => {
  const directory = dirname(file)
  const from = join(folderOf(file), copy)
  const incoming = 'counterfoil.db.incoming'
  database.close()
  needSpace(directory, statSync(from).size + 1_000_000)
  try {
    copyFileSync(from, join(directory, incoming))
    sync(join(directory, incoming))
  } catch (error) {
    rmSync(join(directory, incoming), { force: true })
    throw error
  }
  clearReached(directory)
  return swapDatabase(directory, { incoming, aside: reached, keys: { kind: 'keep' } })
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const failed = (step: Migration | undefined, reason: string, how: string) =>
  new AppError(
    'STORAGE_UNAVAILABLE',
    `The database could not be brought to version ${step?.version} (${step?.name}): ${reason}. ${how}`,
  )

const asBefore = 'It is as it was before.'

// A step that fails leaves nothing of itself; those before it are taken back with the copy.
const refuse = (database: Sqlite.Database, file: string, begun: Begun, step: Migration, error: unknown): AppError => {
  const reason = reasonOf(error)
  if (versionOf(database) === begun.from) {
    end(file)
    return failed(step, reason, asBefore)
  }
  try {
    const aside = goBack(database, file, begun)
    end(file)
    return failed(
      step,
      reason,
      `The copy from before was put back: it is as it was. What was reached lies in ${aside}.`,
    )
  } catch (why) {
    return failed(
      step,
      reason,
      `The steps before it were done, and the copy from before could not be put back: ${reasonOf(why)} The copy is ${join(folderOf(file), begun.copy)}. Opened again, it is tried once more.`,
    )
  }
}

// In the steps' own transaction: a kill between two of them must not leave a database that records nothing.
const apply = (database: Sqlite.Database, steps: readonly Migration[]) => {
  const before = measure(database)
  database.exec('BEGIN IMMEDIATE')
  try {
    dropCapture(database)
    for (const step of steps) step.up((sql) => database.exec(sql))
    createCapture(database)
    const broken = database.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0) throw new Error(`${broken.length} references lead nowhere`)
    const [lost] = differences(before, measure(database))
    if (lost !== undefined) throw new Error(lost)
    database.pragma(`user_version = ${steps.at(-1)?.version ?? 0}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
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

const left = () =>
  new AppError('CANCELLED', 'The update of the data was left. It goes on when Counterfoil is opened again.')

const stepByStep = (
  database: Sqlite.Database,
  file: string,
  pending: readonly Migration[],
  { key = null, onStep = () => undefined, isLeft = () => false }: MigrationWork,
): void => {
  onStep(0, pending.length, 'copy')
  const begun = begin(database, file, versionOf(database), key)
  for (const [index, step] of pending.entries()) {
    if (isLeft()) throw left()
    onStep(index, pending.length, step.name)
    try {
      apply(database, [step])
    } catch (error) {
      throw refuse(database, file, begun, step, error)
    }
  }
  end(file)
}

/**
 * Brings a database to the newest version: copies the file first, one transaction a step (a new file: one in all),
 * then compares row counts, money totals and references. A file of a newer version is refused in words and left alone.
 * Left or killed between two steps, the next opening goes on with the rest. Where a step fails after others were done, the
 * connection is closed and the copy takes the place of the file.
 */
export const migrate = (
  database: Sqlite.Database,
  file: string,
  steps: readonly Migration[] = all,
  work: MigrationWork = {},
): void => {
  const version = versionOf(database)
  refuseNewer(file, version, steps)
  const pending = pendingSteps(version, steps)
  if (pending.length === 0) {
    end(file)
    return
  }
  database.pragma('foreign_keys = OFF')
  try {
    if (version > 0) stepByStep(database, file, pending, work)
    // A new file has nothing to lose between two steps: it is whole or empty, and its triggers are made once.
    else apply(database, pending)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw version > 0 ? error : failed(pending.at(-1), reasonOf(error), asBefore)
  } finally {
    if (database.open) database.pragma('foreign_keys = ON')
  }
}
