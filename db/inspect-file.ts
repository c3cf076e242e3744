import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'
import { isOwnLog, isWholeWithLog } from './inspect-log.ts'
import { type DataKey, unlockConnection } from './key.ts'
import { refuseNewer } from './migrate.ts'
import { keyFile } from './swap.ts'

export { keyFile }

/** Marks a SQLite file as ours ('CFol'), so that another program's database is refused by name. */
export const applicationId = 0x43466f6c

const damaged = (file: string, what: string) =>
  new AppError(
    'STORAGE_UNAVAILABLE',
    `${file} ${what} It was left as it is. Restore a backup from the "backups" folder beside it, or choose another data folder.`,
  )

// What a folder in use has beside its database: a new one would hide that the database is gone.
const usedFolder: ReadonlySet<string> = new Set([
  'files',
  'sealed',
  'backups',
  'damaged',
  'replaced',
  'backups.json',
  'installation.json',
  'record-head.json',
  'device.key',
  'device.key.sealed',
  keyFile,
])

const plainHeader = 'SQLite format 3'

/** Whether there is a database in the clear at this path; false for none, an encrypted or a foreign file. */
export const isPlainDatabase = (file: string): boolean => {
  if (!existsSync(file) || statSync(file).isDirectory()) return false
  const handle = openSync(file, 'r')
  try {
    const header = Buffer.alloc(plainHeader.length)
    return readSync(handle, header, 0, header.length, 0) === header.length && header.toString('latin1') === plainHeader
  } finally {
    closeSync(handle)
  }
}

// A new file gets its mark before its name, so that a crash never leaves a nameless or empty database behind.
const createFile = (file: string, key: DataKey) => {
  const unnamed = `${file}.new`
  rmSync(unnamed, { force: true })
  const database = new Sqlite(unnamed)
  unlockConnection(database, key)
  database.pragma('synchronous = FULL')
  database.pragma(`application_id = ${applicationId}`)
  database.close()
  renameSync(unnamed, file)
}

const inspectHeader = (file: string, header: Buffer, size: number) => {
  const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
  const expected = pageSize * header.readUInt32BE(28)
  // With a write-ahead log beside it the tail may still be there; without one it is lost.
  if (size < expected && !existsSync(`${file}-wal`)) {
    throw damaged(file, `was cut off: ${size} of ${expected} bytes are there.`)
  }
  const owner = header.readUInt32BE(68)
  if (owner !== applicationId) throw damaged(file, 'is a database of another program.')
  refuseNewer(file, header.readUInt32BE(60))
}

const isOurs = (database: Sqlite.Database) =>
  Number(database.pragma('application_id', { simple: true })) === applicationId

const isEncrypted = (file: string) => existsSync(join(dirname(file), keyFile))

const inspectBytes = (file: string, key: DataKey) => {
  const handle = openSync(file, 'r')
  try {
    const status = fstatSync(handle)
    const { size } = status
    if (status.isDirectory()) throw damaged(file, 'is a folder, not a database.')
    const header = Buffer.alloc(100)
    if (readSync(handle, header, 0, 100, 0) < 100) throw damaged(file, `has only ${size} bytes: it was cut off.`)
    if (header.toString('latin1', 0, plainHeader.length) === plainHeader) inspectHeader(file, header, size)
    // What is encrypted is inspected once it is unlocked.
    else if (key === null && isEncrypted(file)) {
      throw new AppError('LOCKED', 'The data is encrypted. Open it with a password or the recovery code.')
    } else if (key === null && !isWholeWithLog(file, isOurs)) throw damaged(file, 'is not a Counterfoil database.')
  } finally {
    closeSync(handle)
  }
}

/** Looks at the file itself before SQLite does: SQLite would take an empty file for a new database. */
export const inspectFile = (file: string, key: DataKey): void => {
  if (!existsSync(file)) {
    const folder = dirname(file)
    const remains = existsSync(folder) ? readdirSync(folder) : []
    if (remains.some((name) => usedFolder.has(name) || name.startsWith('counterfoil.db-'))) {
      throw damaged(file, 'is missing, but its folder was in use.')
    }
    createFile(file, key)
    return
  }
  inspectBytes(file, key)
  // Put beside it by hand or by a copying program, it would be read in the place of everything that is here.
  if (!isOwnLog(file, key)) throw damaged(file, 'has the log of another database, or of another day, beside it.')
}

/** The same for an encrypted file, once it has its key; AppError STORAGE_UNAVAILABLE as for one in the clear. */
export const inspectUnlocked = (database: Sqlite.Database, file: string): void => {
  const read = (pragma: string) => Number(database.pragma(pragma, { simple: true }))
  const expected = read('page_size') * read('page_count')
  const { size } = statSync(file)
  if (size < expected && !existsSync(`${file}-wal`)) {
    throw damaged(file, `was cut off: ${size} of ${expected} bytes are there.`)
  }
  if (!isOurs(database)) throw damaged(file, 'is a database of another program.')
  refuseNewer(file, read('user_version'))
}
