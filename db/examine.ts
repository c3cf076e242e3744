import { existsSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { type DatabaseFacts, findBadPages, findFaults, readFacts } from './facts.ts'
import { applicationId } from './inspect-file.ts'
import { type DataKey, unlockConnection } from './key.ts'
import { newestVersion } from './migrate.ts'
import { mapIntoMemory, openConnection } from './open.ts'

/** Why a database file cannot be used as it is. */
export type FileProblem =
  | 'missing'
  | 'folder'
  | 'empty'
  | 'cut'
  | 'foreign'
  | 'wrong-key'
  | 'newer'
  | 'damaged'
  | 'unreadable'

export type Examination =
  | { readonly sound: true; readonly facts: DatabaseFacts }
  | { readonly sound: false; readonly problem: FileProblem; readonly faults: readonly string[] }

const bad = (problem: FileProblem, ...faults: readonly string[]): Examination => ({ sound: false, problem, faults })

/** What the file system says of it before it is opened as a database; null where that is nothing bad. */
const inspect = (file: string): Examination | null => {
  const status = statSync(file, { throwIfNoEntry: false })
  if (status === undefined) return bad('missing', 'There is no file.')
  if (status.isDirectory()) return bad('folder', 'A folder is in its place.')
  if (status.size === 0) return bad('empty', 'The file has 0 bytes.')
  if (status.size < 100) return bad('cut', `Only ${status.size} bytes are left.`)
  return null
}

const number = (database: Sqlite.Database, pragma: string) => Number(database.pragma(pragma, { simple: true }))

const look = (database: Sqlite.Database, full: boolean, references: boolean): Examination => {
  if (number(database, 'application_id') !== applicationId)
    return bad('foreign', 'It is a database of another program.')
  const version = number(database, 'user_version')
  if (version > newestVersion()) {
    return bad('newer', `Its data version is ${version}, and this program knows ${newestVersion()}.`)
  }
  // Never migrated: begun and left before there was anything in it.
  if (version === 0) return bad('empty', 'There is nothing in it.')
  const faults = references ? findFaults(database, full) : findBadPages(database, full)
  if (faults.length > 0) return bad('damaged', ...faults)
  return { sound: true, facts: readFacts(database) }
}

// A page that is there in part is read as if zeros followed.
const lacksEnd = (database: Sqlite.Database, file: string): Examination | null => {
  const expected = number(database, 'page_size') * number(database, 'page_count')
  const { size } = statSync(file)
  return size < expected ? bad('cut', `${size} of ${expected} bytes are left.`) : null
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

// SQLite refuses a file that is shorter than its first page says; asked to read what is left, it reads that page.
const isCut = (file: string, key: DataKey): boolean => {
  const database = new Sqlite(file, { readonly: true })
  const isRefused = () => {
    try {
      number(database, 'user_version')
      return false
    } catch {
      return true
    }
  }
  try {
    unlockConnection(database, key)
    database.unsafeMode(true)
    const wasRefused = isRefused()
    database.pragma('writable_schema = ON')
    return wasRefused && !isRefused()
  } finally {
    database.close()
  }
}

const problemOf = (error: unknown, file: string, key: DataKey, hasLog: boolean): Examination => {
  const code = codeOf(error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === 'SQLITE_NOTADB') {
    if (key === null) return bad('foreign', 'It is not a database, it is encrypted, or its beginning is destroyed.')
    return bad('wrong-key', 'It is not encrypted, or with another key, or its beginning is destroyed.')
  }
  if (code === 'SQLITE_CORRUPT' && !hasLog && isCut(file, key))
    return bad('cut', `Its end is missing: only ${statSync(file).size} bytes are left.`)
  if (code.startsWith('SQLITE_C') || code.startsWith('SQLITE_ERROR')) return bad('damaged', text)
  return bad('unreadable', text)
}

export type ExamineOptions = {
  /** Quicker, for a file on the disk that the data itself is on. */
  readonly mapped?: boolean
  /** False where somebody else looks at the references. */
  readonly references?: boolean
}

/**
 * Opens a database file for reading and checks all of it: pages, references and, where `full`, every index. Writes
 * nothing. The file may be in use: only SQLite opens it, because closing it in any other way would let go of the locks of
 * this process.
 */
export const examineFile = (
  file: string,
  key: DataKey,
  full: boolean,
  { mapped = false, references = true }: ExamineOptions = {},
): Examination => {
  const early = inspect(file)
  if (early !== null) return early
  // Reading one makes a log beside it.
  const hasLog = existsSync(`${file}-wal`)
  try {
    const database = openConnection(file, { readonly: true, key })
    try {
      if (mapped) mapIntoMemory(database)
      return (hasLog ? null : lacksEnd(database, file)) ?? look(database, full, references)
    } finally {
      database.close()
    }
  } catch (error) {
    return problemOf(error, file, key, hasLog)
  }
}
