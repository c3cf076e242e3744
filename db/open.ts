import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import { AppError } from '../shared/errors.ts'
import { refuseNetworkDrive } from './drive.ts'
import { ExactSqliteDialect, type StatementListener } from './driver.ts'
import { storageError } from './errors.ts'
import { migrate, refuseNewer } from './migrate.ts'
import type { Database } from './tables/index.ts'
import { createUnitOfWork, type UnitOfWork } from './unit-of-work.ts'

/** Marks a SQLite file as ours ('CFol'), so that another program's database is refused by name. */
export const applicationId = 0x43466f6c

// Before 3.51.3 a write racing a checkpoint on another connection could lose committed data.
const oldestSafeVersion = [3, 51, 3] as const

export type OpenOptions = {
  readonly afterStatement?: StatementListener
  readonly filesystemType?: (directory: string) => string | null
}

export type OpenDatabase = {
  readonly file: string
  /** Reads committed state through its own connection, which SQLite itself keeps from writing. */
  readonly reader: ReadonlyKysely<Database>
  /** The one connection that writes; only the pipeline holds it. */
  readonly writer: Kysely<Database>
  readonly unitOfWork: UnitOfWork
  readonly close: () => Promise<void>
}

/** Milliseconds that a statement waits for another connection's lock. */
export const busyTimeout = 5000

const assertVersion = (database: Sqlite.Database) => {
  const text = String(database.prepare('SELECT sqlite_version()').pluck().get())
  const parts = text.split('.').map(Number)
  for (const [index, least] of oldestSafeVersion.entries()) {
    const part = parts[index] ?? 0
    if (part > least) return
    if (part < least) {
      throw new Error(`SQLite ${text} can lose committed data; ${oldestSafeVersion.join('.')} or newer is needed.`)
    }
  }
}

/** Opens one connection with the settings that durability rests on. */
export const openConnection = (file: string, options: { readonly readonly: boolean }): Sqlite.Database => {
  const database = new Sqlite(file, { readonly: options.readonly, timeout: busyTimeout })
  try {
    assertVersion(database)
    if (!options.readonly) database.pragma('journal_mode = WAL')
    // What is erased leaves no bytes behind in the file; this cannot be made up for afterwards.
    if (!options.readonly) database.pragma('secure_delete = ON')
    // The build's default for WAL is NORMAL, where a power cut can take back a committed invoice.
    database.pragma('synchronous = FULL')
    database.pragma('checkpoint_fullfsync = ON')
    database.pragma('foreign_keys = ON')
    // Without it REPLACE removes a row behind the back of the triggers that keep rows.
    database.pragma('recursive_triggers = ON')
    database.pragma('trusted_schema = OFF')
    database.pragma('temp_store = MEMORY')
    database.pragma('cache_size = -32000')
    database.pragma('mmap_size = 268435456')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Opens a reading connection of its own on a database that is open elsewhere; for worker threads. */
export const openReader = (
  file: string,
): { readonly db: ReadonlyKysely<Database>; readonly close: () => Promise<void> } => {
  const connection = openConnection(file, { readonly: true })
  const reader = new Kysely<Database>({ dialect: new ExactSqliteDialect(connection) })
  return {
    // The same instance seen through Kysely's read-only type.
    db: reader as unknown as ReadonlyKysely<Database>,
    close: async () => {
      await reader.destroy()
      // Kysely leaves a connection open that never ran a query.
      connection.close()
    },
  }
}

const damaged = (file: string, what: string) =>
  new AppError(
    'STORAGE_UNAVAILABLE',
    `${file} ${what} It was left as it is. Restore a backup from the "backups" folder beside it, or choose another data folder.`,
  )

// A new file gets its mark before its name, so that a crash never leaves a nameless or empty database behind.
const createFile = (file: string) => {
  const unnamed = `${file}.new`
  rmSync(unnamed, { force: true })
  const database = new Sqlite(unnamed)
  database.pragma('synchronous = FULL')
  database.pragma(`application_id = ${applicationId}`)
  database.close()
  renameSync(unnamed, file)
}

// Looks at the file itself before SQLite does: SQLite would take an empty file for a new database.
const inspectFile = (file: string) => {
  if (!existsSync(file)) {
    const folder = dirname(file)
    const remains = existsSync(folder) ? readdirSync(folder) : []
    if (remains.some((name) => name === 'files' || name === 'backups' || name.startsWith('counterfoil.db-'))) {
      throw damaged(file, 'is missing, but its folder was in use.')
    }
    createFile(file)
    return
  }
  const handle = openSync(file, 'r')
  try {
    const status = fstatSync(handle)
    if (status.isDirectory()) throw damaged(file, 'is a folder, not a database.')
    const header = Buffer.alloc(100)
    if (readSync(handle, header, 0, 100, 0) < 100) throw damaged(file, `has only ${status.size} bytes: it was cut off.`)
    if (header.toString('latin1', 0, 15) !== 'SQLite format 3') throw damaged(file, 'is not a Counterfoil database.')
    const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
    const expected = pageSize * header.readUInt32BE(28)
    // With a write-ahead log beside it the tail may still be there; without one it is lost.
    if (status.size < expected && !existsSync(`${file}-wal`)) {
      throw damaged(file, `was cut off: ${status.size} of ${expected} bytes are there.`)
    }
    const owner = header.readUInt32BE(68)
    if (owner !== applicationId) throw damaged(file, 'is a database of another program.')
    refuseNewer(file, header.readUInt32BE(60))
  } finally {
    closeSync(handle)
  }
}

/**
 * Opens the database of a data directory, making or migrating it first.
 * AppError STORAGE_UNAVAILABLE for a network drive, a damaged, foreign or newer file; the file is then untouched.
 */
export const openDatabase = async (directory: string, options: OpenOptions = {}): Promise<OpenDatabase> => {
  const file = join(directory, 'counterfoil.db')
  try {
    mkdirSync(directory, { recursive: true })
    refuseNetworkDrive(directory, options.filesystemType)
    inspectFile(file)
    const write = openConnection(file, { readonly: false })
    try {
      migrate(write, file)
    } catch (error) {
      write.close()
      throw error
    }
    const read = openReader(file)
    const writer = new Kysely<Database>({ dialect: new ExactSqliteDialect(write, options.afterStatement) })
    return {
      file,
      reader: read.db,
      writer,
      unitOfWork: createUnitOfWork(write),
      close: async () => {
        await read.close()
        await writer.destroy()
        write.close()
      },
    }
  } catch (error) {
    throw storageError(error, file)
  }
}
