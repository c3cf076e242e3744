import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readText } from './durable.ts'
import { type BackupHead, type BackupReason, backupReasons, readHead } from './manifest.ts'

const ending = '.cfbackup.db'
const named = /^(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d)Z-([a-z-]+?)(?:-\d+)?\.cfbackup\.db$/
// What db/migrate.ts puts beside the database before it changes a table.
const beforeMigration = /^before-migration-from-\d+(-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-\d+)?\.db$/

/** A backup that lies in a folder, as far as it can be told without opening it. */
export type FoundBackup = {
  readonly file: string
  readonly name: string
  readonly createdAt: string
  readonly reason: BackupReason
  readonly size: number
  /** Null where its manifest is missing: it is a bare copy of the database. */
  readonly head: BackupHead | null
}

/** The database of a data folder. */
export const databaseIn = (directory: string): string => join(directory, 'counterfoil.db')

/** The name of a backup made at an instant; `count` from 2 on tells those of one second apart. */
export const backupName = (createdAt: string, reason: BackupReason, count = 1): string =>
  `${createdAt.slice(0, 19).replaceAll(':', '-')}Z-${reason}${count === 1 ? '' : `-${count}`}${ending}`

/** Where the manifest of a backup lies. */
export const manifestOf = (file: string): string => `${file.replace(/(\.cfbackup)?\.db$/, '')}.cfbackup.json`

const fromName = (name: string): { readonly createdAt: string; readonly reason: BackupReason } | null => {
  const match = named.exec(name)
  const reason = backupReasons.find((it) => it === match?.[5])
  if (match === null || reason === undefined) return null
  return { createdAt: `${match[1]}${match[2]}:${match[3]}:${match[4]}.000Z`, reason }
}

/** Whether a file has the name of a backup. */
export const isBackupName = (name: string): boolean => named.test(name) || beforeMigration.test(name)

/** Looks at one file as a backup, whatever its name is; null where there is no file. */
export const lookAt = (file: string): FoundBackup | null => {
  if (!existsSync(file) || !statSync(file).isFile()) return null
  const { size, mtime } = statSync(file)
  const text = readText(manifestOf(file))
  const head = text === null ? null : readHead(text)
  const name = basename(file)
  const told = fromName(name)
  const reason = head?.reason ?? told?.reason ?? (beforeMigration.test(name) ? 'before-migration' : 'manual')
  return { file, name, size, head, reason, createdAt: head?.createdAt ?? told?.createdAt ?? mtime.toISOString() }
}

/** The backups of a folder, newest first; none where the folder is not there. */
export const listBackups = (folder: string): FoundBackup[] => {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names
    .filter(isBackupName)
    .flatMap((name) => lookAt(join(folder, name)) ?? [])
    .sort((a, b) => (a.createdAt === b.createdAt ? (a.name < b.name ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1))
}

const day = 86_400_000

/**
 * Takes what an attempt that was cut off left behind out of a folder of backups: what has this mark in its name, and what
 * is a day old. Others may be at work in the same place.
 */
export const clearScratch = (folder: string, mark: string, now: string): void => {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (!/\.partial(-journal|-wal|-shm)?$/.test(name)) continue
    const file = join(folder, name)
    const isOld = () => Date.parse(now) - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > day
    if (name.includes(`${mark}.partial`) || isOld()) rmSync(file, { force: true })
  }
}
