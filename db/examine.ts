import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { type DatabaseFacts, findFaults, readFacts } from './facts.ts'
import { applicationId } from './inspect-file.ts'
import type { DataKey } from './key.ts'
import { newestVersion } from './migrate.ts'
import { openConnection } from './open.ts'

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

const plainHeader = 'SQLite format 3\0'

/** The first bytes of a file and its size; null where it cannot be read. */
const headOf = (file: string): { readonly head: Buffer; readonly size: number } | null => {
  try {
    const handle = openSync(file, 'r')
    try {
      const head = Buffer.alloc(100)
      const read = readSync(handle, head, 0, 100, 0)
      return { head: head.subarray(0, read), size: statSync(file).size }
    } finally {
      closeSync(handle)
    }
  } catch {
    return null
  }
}

/** What the file itself says before it is opened as a database; null where that is nothing bad. */
const inspect = (file: string, key: DataKey): Examination | null => {
  if (!existsSync(file)) return bad('missing', 'There is no file.')
  if (statSync(file).isDirectory()) return bad('folder', 'A folder is in its place.')
  const it = headOf(file)
  if (it === null) return bad('unreadable', 'The file cannot be read.')
  if (it.size === 0) return bad('empty', 'The file has 0 bytes.')
  if (it.head.length < 100) return bad('cut', `Only ${it.size} bytes are left.`)
  const isPlain = it.head.toString('latin1', 0, 16) === plainHeader
  if (!isPlain && key === null)
    return bad('foreign', 'It is not a database, it is encrypted, or its beginning is destroyed.')
  if (!isPlain) return null
  if (key !== null) return bad('wrong-key', 'It is not encrypted.')
  const pageSize = it.head.readUInt16BE(16) === 1 ? 65_536 : it.head.readUInt16BE(16)
  const expected = pageSize * it.head.readUInt32BE(28)
  if (it.size < expected && !existsSync(`${file}-wal`)) return bad('cut', `${it.size} of ${expected} bytes are left.`)
  return null
}

const number = (database: Sqlite.Database, pragma: string) => Number(database.pragma(pragma, { simple: true }))

const look = (database: Sqlite.Database, full: boolean): Examination => {
  if (number(database, 'application_id') !== applicationId)
    return bad('foreign', 'It is a database of another program.')
  const version = number(database, 'user_version')
  if (version > newestVersion()) {
    return bad('newer', `Its data version is ${version}, and this program knows ${newestVersion()}.`)
  }
  // Never migrated: begun and left before there was anything in it.
  if (version === 0) return bad('empty', 'There is nothing in it.')
  const faults = findFaults(database, full)
  if (faults.length > 0) return bad('damaged', ...faults)
  return { sound: true, facts: readFacts(database) }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * Opens a database file for reading and checks all of it: pages, references and, where `full`, every index. Writes
 * nothing. `mapped` is quicker, for a file on the disk that the data itself is on.
 */
export const examineFile = (file: string, key: DataKey, full: boolean, mapped = false): Examination => {
  const early = inspect(file, key)
  if (early !== null) return early
  try {
    const database = openConnection(file, { readonly: true, key })
    try {
      // A page of a disk that is pulled out while it is mapped into memory ends the whole process.
      if (!mapped) database.pragma('mmap_size = 0')
      return look(database, full)
    } finally {
      database.close()
    }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (codeOf(error) === 'SQLITE_NOTADB') return bad(key === null ? 'foreign' : 'wrong-key', text)
    if (codeOf(error).startsWith('SQLITE_C') || codeOf(error).startsWith('SQLITE_ERROR')) return bad('damaged', text)
    return bad('unreadable', text)
  }
}
