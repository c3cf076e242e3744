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
 * Bytes of a page of an encrypted database. A commit encrypts every page that it touches as a whole, and a command
 * touches a little of each of many: a quarter of the usual size makes writing cost about as much as in the clear.
 */
export const encryptedPageSize = 1024

const chooseCipher = (database: Sqlite.Database) => {
  database.pragma(`cipher = 'sqlcipher'`)
  database.pragma('legacy = 4')
  database.pragma(`legacy_page_size = ${encryptedPageSize}`)
}

/** Gives a connection just opened the key of its file (SQLCipher 4 scheme); call before any other statement. */
export const unlockConnection = (database: Sqlite.Database, key: DataKey): void => {
  if (key === null) return
  chooseCipher(database)
  const raw = rawKey(key)
  try {
    // See Keyed.
    ;(database as Keyed).key(raw)
  } finally {
    raw.fill(0)
  }
}

/** Encrypts, decrypts or re-encrypts the file of a connection in place: only for scratch files, never the one in use. */
export const rekeyConnection = (database: Sqlite.Database, key: DataKey): void => {
  if (key !== null) chooseCipher(database)
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
  if (key === null) database.prepare('ATTACH ? AS backup').run(file)
  else database.prepare('ATTACH ? AS backup KEY ?').run(file, rawKey(key).toString('latin1'))
}
