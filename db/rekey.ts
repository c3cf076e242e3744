import Sqlite from 'better-sqlite3'
import { type DataKey, rekeyConnection, unlockConnection } from './key.ts'

/**
 * Puts a scratch file under another key, or none, where it lies. Without a journal: after a kill it is made again from
 * the start, and a journal would keep what was in the clear.
 */
export const rekeyFile = (file: string, from: DataKey, to: DataKey): void => {
  const database = new Sqlite(file)
  try {
    unlockConnection(database, from)
    database.pragma('journal_mode = OFF')
    database.pragma('secure_delete = ON')
    rekeyConnection(database, to)
  } finally {
    database.close()
  }
}
