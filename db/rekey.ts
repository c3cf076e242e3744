import { renameSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { type DataKey, rekeyConnection, unlockConnection } from './key.ts'
import { vacuumInto } from './scratch.ts'

const plainPageSize = 4096

// Out of the small pages of an encrypted file.
const widenPages = (file: string) => {
  const wide = `${file}.wide`
  rmSync(wide, { force: true })
  const database = new Sqlite(file)
  try {
    database.pragma(`page_size = ${plainPageSize}`)
    vacuumInto(database, wide)
  } catch (error) {
    rmSync(wide, { force: true })
    throw error
  } finally {
    database.close()
  }
  renameSync(wide, file)
}

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
  if (from !== null && to === null) widenPages(file)
}
