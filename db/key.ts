import type Sqlite from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'

/** The 32 random bytes that everything in a data folder is encrypted with; null where the folder is not encrypted. */
export type DataKey = Uint8Array | null

// The SQLite fork adds both to better-sqlite3; its types are those of the original.
type Keyed = Sqlite.Database & { readonly key: (key: Buffer) => number; readonly rekey: (key: Buffer) => number }

/**
 * Refuses the key that a lock has emptied: whoever still works with it would encrypt with a key that everybody knows.
 * AppError LOCKED.
 */
export const assertKey = (key: Uint8Array): void => {
  if (key.length > 0 && key.every((byte) => byte === 0)) throw new AppError('LOCKED', 'The data was locked meanwhile.')
}

// A raw key: the data key is random already, and deriving it anew at each opening would take half a second.
const rawKey = (key: Uint8Array) => {
  assertKey(key)
  return Buffer.from(`x'${Buffer.from(key).toString('hex')}'`, 'latin1')
}

/**
 * Bytes of a page of an encrypted database: those of one in the clear, and of SQLCipher 4 elsewhere. A commit encrypts
 * every page that it touches as a whole, which smaller ones make cheaper; but lists and searches walk more of them then.
 */
export const encryptedPageSize = 4096

// What was encrypted by versions before 2026-11-21 keeps the pages that it has.
const pageSizes = [encryptedPageSize, 1024]

const chooseCipher = (database: Sqlite.Database, pageSize: number) => {
  database.pragma(`cipher = 'sqlcipher'`)
  database.pragma('legacy = 4')
  database.pragma(`legacy_page_size = ${pageSize}`)
}

const isUnreadable = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB'

// Whatever else is wrong with the file is met by whoever reads it.
const isOfThisSize = (database: Sqlite.Database): boolean => {
  try {
    database.pragma('schema_version')
    return true
  } catch (error) {
    return !isUnreadable(error)
  }
}

/** Gives a connection just opened the key of its file (SQLCipher 4 scheme); call before any other statement. */
export const unlockConnection = (database: Sqlite.Database, key: DataKey): void => {
  if (key === null) return
  const raw = rawKey(key)
  try {
    for (const pageSize of pageSizes) {
      chooseCipher(database, pageSize)
      // See Keyed.
      ;(database as Keyed).key(raw)
      if (isOfThisSize(database)) return
    }
  } finally {
    raw.fill(0)
  }
}

/** Encrypts, decrypts or re-encrypts the file of a connection in place: only for scratch files, never the one in use. */
export const rekeyConnection = (database: Sqlite.Database, key: DataKey): void => {
  if (key !== null) chooseCipher(database, Number(database.pragma('page_size', { simple: true })))
  const raw = key === null ? Buffer.alloc(0) : rawKey(key)
  try {
    // See Keyed.
    ;(database as Keyed).rekey(raw)
  } finally {
    raw.fill(0)
  }
}

/** Attaches another file that has the same key to a connection, under the name `backup`. */
export const attachBackup = (database: Sqlite.Database, file: string, key: DataKey): void => {
  if (key === null) {
    database.prepare('ATTACH ? AS backup').run(file)
    return
  }
  for (const [index, pageSize] of pageSizes.entries()) {
    chooseCipher(database, pageSize)
    try {
      database.prepare('ATTACH ? AS backup KEY ?').run(file, rawKey(key).toString('latin1'))
      return
    } catch (error) {
      if (!isUnreadable(error) || index === pageSizes.length - 1) throw error
    }
  }
}
