import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { readText } from './durable.ts'
import { listKept } from './kept-files.ts'
import { readManifest } from './manifest.ts'
import { type FoundBackup, listBackups, manifestOf } from './place.ts'
import { prune } from './prune.ts'

const keptBy = (backup: FoundBackup, key: DataKey): readonly string[] | null => {
  const text = readText(manifestOf(backup.file))
  try {
    return (text === null ? null : readManifest(text, key))?.kept ?? null
  } catch {
    return null
  }
}

// A file goes with the last backup that names it: what was erased from the books must not lie in a backup for ever.
const removeFiles = (folder: string, key: DataKey) => {
  const needed = new Set<string>()
  for (const backup of listBackups(folder)) {
    const kept = keptBy(backup, key)
    // What a backup needs is not known: nothing may go.
    if (kept === null) return
    for (const path of kept) needed.add(path)
  }
  for (const path of listKept(folder)) if (!needed.has(path)) rmSync(join(folder, path), { force: true })
}

/** Removes the backups of a place that need not be kept any longer, and files that none of the others names. */
export const removeOld = (folder: string, key: DataKey, now: string, unsound: readonly string[]): string[] => {
  if (!existsSync(folder)) return []
  const all = listBackups(folder).map((backup) => ({ ...backup, sound: !unsound.includes(backup.file) }))
  const gone = prune(all, now)
  for (const name of gone) {
    const file = join(folder, name)
    // The database first: a manifest alone is nothing that could be restored by mistake.
    rmSync(file, { force: true })
    rmSync(manifestOf(file), { force: true })
  }
  // Without any backup there is nothing that could say what is still needed.
  if (gone.length > 0 && readdirSync(folder).some((name) => name.endsWith('.cfbackup.db'))) removeFiles(folder, key)
  return gone
}
