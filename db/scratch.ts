import Sqlite from 'better-sqlite3'
import { type DataKey, unlockConnection } from './key.ts'

/** Writes one committed state of a connection's database into a new file with the same key, without waiting for others. */
export const vacuumInto = (source: Sqlite.Database, target: string): void => {
  source.prepare('VACUUM INTO ?').run(target)
}

/** Opens a file that nobody else has open as one that stands by itself: readable without a log, now and later. */
export const openScratch = (file: string, key: DataKey): Sqlite.Database => {
  const scratch = new Sqlite(file)
  try {
    unlockConnection(scratch, key)
    scratch.pragma('journal_mode = DELETE')
    return scratch
  } catch (error) {
    scratch.close()
    throw error
  }
}
