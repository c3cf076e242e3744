import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import type { AdoptInput } from './adopt.ts'
import { readText } from './durable.ts'
import { listKept } from './kept-files.ts'
import { readManifest } from './manifest.ts'
import { isShared, oursIn } from './ownership.ts'
import { type FoundBackup, listBackups, manifestOf } from './place.ts'
import { prune } from './prune.ts'

export type RemoveInput = AdoptInput & {
  readonly now: string
  readonly unsound: readonly string[]
}

/** What a backup needs; the word for why that is not known. */
const keptBy = (backup: FoundBackup, key: DataKey): readonly string[] | 'other-key' | 'unknown' => {
  const text = readText(manifestOf(backup.file))
  try {
    return (text === null ? null : readManifest(text, key))?.kept ?? 'unknown'
  } catch (error) {
    return error instanceof AppError && error.code === 'LOCKED' ? 'other-key' : 'unknown'
  }
}

// A file goes with the last backup that names it: what was erased from the books must not lie in a backup for ever.
const removeFiles = (folder: string, key: DataKey, candidates: readonly string[], isOthersToo: boolean) => {
  const needed = new Set<string>()
  let isOtherKeyHere = false
  for (const backup of listBackups(folder)) {
    const kept = keptBy(backup, key)
    // What a backup needs is not known: nothing may go.
    if (kept === 'unknown' || (kept === 'other-key' && !isOthersToo)) return
    if (kept === 'other-key') isOtherKeyHere = true
    else for (const path of kept) needed.add(path)
  }
  for (const path of candidates) {
    // Another key gives its sealed files other names; those in the clear are named alike by everybody.
    if (!needed.has(path) && !(isOtherKeyHere && path.startsWith('files/'))) rmSync(join(folder, path), { force: true })
  }
}

/**
 * Removes the backups of ours in a place that need not be kept any longer, and files that none of the others names; in a
 * place that others use too, only files that ours named.
 */
export const removeOld = ({ directory, folder, key, now, unsound }: RemoveInput): string[] => {
  if (!existsSync(folder)) return []
  const isOurs = oursIn(directory, folder)
  const all = listBackups(folder)
    .filter(({ file }) => isOurs(file))
    .map((backup) => ({ ...backup, sound: !unsound.includes(backup.file) }))
  const gone = new Set(prune(all, now))
  const leaving = all.filter(({ name }) => gone.has(name))
  const named = leaving.flatMap((backup) => {
    const kept = keptBy(backup, key)
    return typeof kept === 'string' ? [] : kept
  })
  for (const { file } of leaving) {
    // The database first: a manifest alone is nothing that could be restored by mistake.
    rmSync(file, { force: true })
    rmSync(manifestOf(file), { force: true })
  }
  // Without any backup there is nothing that could say what is still needed.
  if (leaving.length > 0 && readdirSync(folder).some((name) => name.endsWith('.cfbackup.db'))) {
    const isOthersToo = isShared(directory, folder)
    removeFiles(folder, key, isOthersToo ? [...new Set(named)] : listKept(folder), isOthersToo)
  }
  return [...gone]
}
