import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'
import { storageError } from './errors.ts'

/**
 * Takes the data directory for this process alone. The lock is one of the operating system on a file beside the
 * database, so that it is gone with the process, however it ended. AppError STORAGE_UNAVAILABLE if another has it.
 */
export const lockDirectory = (directory: string): { readonly release: () => void } => {
  const file = join(directory, 'counterfoil.lock')
  try {
    mkdirSync(directory, { recursive: true })
    const lock = new Sqlite(file, { timeout: 0 })
    try {
      lock.pragma('journal_mode = MEMORY')
      lock.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      lock.close()
      throw error
    }
    return { release: () => lock.close() }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'STORAGE_UNAVAILABLE',
        `Counterfoil is already open with the data in ${directory}. Use that window, or close it first.`,
      )
    }
    throw storageError(error, directory)
  }
}
