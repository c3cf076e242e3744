import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { needSpace, syncFolder, syncPath } from '../backup/durable.ts'

const parts = [
  'counterfoil.db',
  'counterfoil.db-wal',
  'counterfoil.db-shm',
  'counterfoil.db-journal',
  'keys.json',
] as const

/** Files of a data folder that make up its database, with their sizes. */
const present = (directory: string) =>
  parts.filter((name) => existsSync(join(directory, name)) && statSync(join(directory, name)).isFile())

/**
 * Copies a closed database with its log into the folder `damaged/<date>`, byte for byte, before anything is tried; the
 * originals, those of `from`, are only read. Gives that folder.
 */
export const setAside = (directory: string, at: string, from = directory): string => {
  const folder = join(directory, 'damaged', `${at.slice(0, 19).replaceAll(':', '-')}Z`)
  const names = present(from)
  needSpace(
    directory,
    names.reduce((sum, name) => sum + statSync(join(from, name)).size, 1_000_000),
  )
  mkdirSync(folder, { recursive: true })
  for (const name of names) {
    copyFileSync(join(from, name), join(folder, name))
    syncPath(join(folder, name))
  }
  syncFolder(folder)
  return folder
}
