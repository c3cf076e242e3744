import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import { refuseNetworkDrive } from './drive.ts'
import { ExactSqliteDialect, type Rewriting, type StatementListener, WarmReadDialect } from './driver.ts'
import { storageError } from './errors.ts'
import { keepInPlace } from './in-place.ts'
import { inspectFile, inspectUnlocked } from './inspect-file.ts'
import { type DataKey, unlockConnection } from './key.ts'
import { migrate } from './migrate.ts'
import { lowerShadow, raiseShadow, rewriteFor, type Shadow, showThrough } from './shadow.ts'
import { finishSwap } from './swap.ts'
import type { Database } from './tables/index.ts'
import { createUnitOfWork, type UnitOfWork } from './unit-of-work.ts'

// Before 3.51.3 a write racing a checkpoint on another connection could lose committed data.
const oldestSafeVersion = [3, 51, 3] as const

export type OpenOptions = {
  readonly afterStatement?: StatementListener
  readonly filesystemType?: (directory: string) => string | null
  /** The key of an encrypted folder. */
  readonly key?: DataKey
}

export type OpenDatabase = {
  readonly file: string
  /** Reads committed state through its own connection, which SQLite itself keeps from writing. */
  readonly reader: ReadonlyKysely<Database>
  /** Runs work of an open transaction through a shadow: what it does not show cannot be read or written. */
  readonly writeThrough: <T>(shadow: Shadow, work: () => Promise<T>) => Promise<T>
  /** The one connection that writes; only the pipeline holds it. */
  readonly writer: Kysely<Database>
  readonly unitOfWork: UnitOfWork
  readonly close: () => Promise<void>
  /** Closes what turned out to be no use: a log that a crash left stays beside the file, which stays as it was found. */
  readonly leaveAsFound: () => Promise<void>
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

/** Opens one connection with the settings that durability rests on, and with the key of an encrypted file. */
export const openConnection = (
  file: string,
  options: { readonly readonly: boolean; readonly key?: DataKey },
): Sqlite.Database => {
  const database = new Sqlite(file, { readonly: options.readonly, timeout: busyTimeout })
  try {
    unlockConnection(database, options.key ?? null)
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
    // Each checkpoint decrypts and encrypts what it moves, each page once: four times the log, and fewer of both.
    if (options.key) database.pragma('wal_autocheckpoint = 4000')
    // Never mapped into memory: a page that the disk cannot give any more would end the process instead of the statement.
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Reads a file through memory, which is quicker. For a copy that was just written to the disk of the data: a page that the
 * disk cannot give any more ends the whole process.
 */
export const mapIntoMemory = (database: Sqlite.Database): void => {
  database.pragma('mmap_size = 268435456')
}

type Reader = { readonly db: ReadonlyKysely<Database>; readonly close: () => Promise<void> }

const readOn = (connection: Sqlite.Database, shadow: Shadow | null): Reader => {
  if (shadow !== null) showThrough(connection, shadow)
  const rewriting: Rewriting = { current: shadow === null ? null : rewriteFor(shadow) }
  const reader = new Kysely<Database>({ dialect: new ExactSqliteDialect(connection, undefined, rewriting) })
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

/** Opens a reading connection of its own on a database that is open elsewhere; for worker threads. */
export const openReader = (file: string, key: DataKey = null, shadow: Shadow | null = null): Reader =>
  readOn(openConnection(file, { readonly: true, key }), shadow)

/** The same, and all that it reads is of one moment, that of its first statement, whatever is committed meanwhile. */
export const openSnapshot = (file: string, key: DataKey = null, shadow: Shadow | null = null): Reader => {
  const connection = openConnection(file, { readonly: true, key })
  const reader = readOn(connection, shadow)
  // Ended with the connection: there is nothing to commit.
  connection.exec('BEGIN')
  return reader
}

const throughShadow =
  (write: Sqlite.Database, rewriting: Rewriting): OpenDatabase['writeThrough'] =>
  async (shadow, work) => {
    raiseShadow(write, shadow)
    rewriting.current = rewriteFor(shadow)
    try {
      return await work()
    } finally {
      rewriting.current = null
      lowerShadow(write, shadow)
    }
  }

// Whoever closes last takes the log into the file, unless they may only read: then both stay as they are.
const closeAsFound = (write: Sqlite.Database, file: string, key: DataKey) => {
  const holder = new Sqlite(file, { readonly: true })
  try {
    unlockConnection(holder, key)
    // Only who has read something holds the log.
    holder.pragma('schema_version')
  } catch {
    // What cannot be read is not taken back either.
  }
  write.close()
  holder.close()
}

const hasLog = (file: string) => (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

/**
 * Opens the database of a data directory, making or migrating it first.
 * AppError STORAGE_UNAVAILABLE for a network drive, a damaged, foreign or newer file; the file is then untouched.
 */
export const openDatabase = async (directory: string, options: OpenOptions = {}): Promise<OpenDatabase> => {
  const file = join(directory, 'counterfoil.db')
  try {
    mkdirSync(directory, { recursive: true })
    refuseNetworkDrive(directory, options.filesystemType)
    const key = options.key ?? null
    // Killed while another database took the place of this one: first it is ended.
    finishSwap(directory)
    inspectFile(file, key)
    const isAfterCrash = hasLog(file)
    const write = openConnection(file, { readonly: false, key })
    try {
      if (key !== null) inspectUnlocked(write, file)
      migrate(write, file, undefined, { key })
    } catch (error) {
      if (write.open && isAfterCrash) closeAsFound(write, file, key)
      else write.close()
      throw error
    }
    const read = openConnection(file, { readonly: true, key })
    const rewriting: Rewriting = { current: null }
    const isFree = () => !write.inTransaction && rewriting.current === null
    const reader = new Kysely<Database>({ dialect: new WarmReadDialect(read, { database: write, isFree }) })
    const writer = new Kysely<Database>({ dialect: new ExactSqliteDialect(write, options.afterStatement, rewriting) })
    const inPlace = keepInPlace(write, file)
    const close = async () => {
      await reader.destroy()
      try {
        inPlace.rescue()
      } finally {
        await writer.destroy()
        // Kysely leaves a connection open that never ran a query.
        read.close()
        write.close()
      }
    }
    return {
      file,
      // The same instance seen through Kysely's read-only type.
      reader: reader as unknown as ReadonlyKysely<Database>,
      writeThrough: throughShadow(write, rewriting),
      writer,
      unitOfWork: createUnitOfWork(write, inPlace.assert),
      leaveAsFound: async () => {
        if (!isAfterCrash) return await close()
        closeAsFound(write, file, key)
        await reader.destroy()
        read.close()
      },
      close,
    }
  } catch (error) {
    throw storageError(error, file)
  }
}
