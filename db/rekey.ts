import { renameSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { type DataKey, encryptedPageSize, rekeyConnection, unlockConnection } from './key.ts'
import { vacuumInto } from './scratch.ts'

const plainPageSize = 4096

// Only of a file in the clear.
const resizePages = (file: string, size: number) => {
  const wide = `${file}.wide`
  rmSync(wide, { force: true })
  const database = new Sqlite(file)
  try {
    if (database.pragma('page_size', { simple: true }) === size) return
    database.pragma(`page_size = ${size}`)
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
  // Under a key its pages are read with the size that they have there.
  if (from === null && to !== null) resizePages(file, encryptedPageSize)
  const database = new Sqlite(file)
  try {
    unlockConnection(database, from)
    // A log is left first: pages under two keys could not stand in it.
    database.pragma('journal_mode = DELETE')
    database.pragma('journal_mode = OFF')
    database.pragma('secure_delete = ON')
    rekeyConnection(database, to)
  } finally {
    database.close()
  }
  if (from !== null && to === null) resizePages(file, plainPageSize)
}
