import { constants, copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type DataKey, unlockConnection } from './key.ts'

const scratchName = 'counterfoil.db.inspection'

// A disk that can shares the bytes of both. Not a link: SQLite keeps one index of the log for all names of a file.
const copy = (from: string, to: string) => copyFileSync(from, to, constants.COPYFILE_FICLONE)

type Head = { readonly seq: number; readonly id: string }
type State = { readonly version: number; readonly head: Head | null }

const hasCommands = (database: Sqlite.Database) =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'commands'`).get() !== undefined

const versionOf = (database: Sqlite.Database) => Number(database.pragma('user_version', { simple: true }))

const stateOf = (database: Sqlite.Database): State => {
  const version = versionOf(database)
  if (!hasCommands(database)) return { version, head: null }
  // The columns that it names.
  const head = database.prepare('SELECT seq, id FROM commands ORDER BY seq DESC LIMIT 1').get() as Head | undefined
  return { version, head: head ?? null }
}

const follows = (database: Sqlite.Database, { version, head }: State): boolean => {
  if (versionOf(database) < version) return false
  if (head === null) return true
  const id = database.prepare('SELECT id FROM commands WHERE seq = ?').pluck().get(head.seq)
  if (id !== undefined) return id === head.id
  // What was kept for its years was removed in the log itself.
  return Number(database.prepare('SELECT min(seq) FROM commands').pluck().get() ?? 0) > head.seq
}

const isSound = (database: Sqlite.Database): boolean => {
  try {
    return database.prepare('PRAGMA quick_check(1)').pluck().get() === 'ok'
  } catch {
    return false
  }
}

const reading = <T>(file: string, key: DataKey, read: (database: Sqlite.Database) => T): T => {
  const database = new Sqlite(file, { readonly: true })
  try {
    unlockConnection(database, key)
    return read(database)
  } finally {
    database.close()
  }
}

const attempt = (read: () => boolean): boolean => {
  try {
    return read()
  } catch {
    // What it says cannot even be read.
    return false
  }
}

const look = (file: string, log: string, key: DataKey): boolean => {
  const alone = reading(file, key, stateOf)
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  copy(log, `${file}-wal`)
  if (attempt(() => reading(file, key, (database) => follows(database, alone)))) return true
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  // Killed while its own log was taken back into it, the file alone is no whole state: then nothing is known of it.
  return !reading(file, key, isSound)
}

// An opening asks more than once; the same two files are not copied again.
let known = ''

const marksOf = (...paths: readonly string[]) =>
  paths
    .map((path) => statSync(path, { bigint: true }))
    .map(({ dev, ino, size, mtimeNs, ctimeNs }) => [dev, ino, size, mtimeNs, ctimeNs].join(' '))
    .join(', ')

// Both on a copy: to read a database SQLite makes files beside it.
const onCopy = <T>(file: string, read: (scratch: string) => T): T => {
  const folder = join(dirname(file), scratchName)
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    const scratch = join(folder, 'counterfoil.db')
    copy(file, scratch)
    return read(scratch)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const logSize = (file: string) => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0

/**
 * Whether a database whose beginning was destroyed is whole all the same, because the log beside it holds that page;
 * `isOurs` asks the database itself. False where there is no log, or not all of it can be read.
 */
export const isWholeWithLog = (file: string, isOurs: (database: Sqlite.Database) => boolean): boolean => {
  if (logSize(file) === 0) return false
  return attempt(() =>
    onCopy(file, (scratch) => {
      copy(`${file}-wal`, `${scratch}-wal`)
      return reading(scratch, null, (database) => isOurs(database) && isSound(database))
    }),
  )
}

/**
 * Whether the log beside a closed database goes on from what the database holds. The log of another database, or of
 * another day, would take the place of all of it without a word. The last command is looked for; only
 * where it is not found, all pages are read. Only ever there after a crash. True where it cannot be told.
 */
export const isOwnLog = (file: string, key: DataKey): boolean => {
  const log = `${file}-wal`
  if (logSize(file) === 0) return true
  try {
    const marks = marksOf(file, log)
    if (marks === known) return true
    const isOwn = onCopy(file, (scratch) => look(scratch, log, key))
    if (isOwn) known = marks
    return isOwn
  } catch {
    // Opening says what is wrong with it.
    return true
  }
}
