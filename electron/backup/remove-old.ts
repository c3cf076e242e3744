import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import type { AdoptInput } from './adopt.ts'
import { readText } from './durable.ts'
import { listKept } from './kept-files.ts'
import { readManifest } from './manifest.ts'
import { isShared, oursIn } from './ownership.ts'
import { listBackups, manifestOf } from './place.ts'
import { prune } from './prune.ts'

export type RemoveInput = AdoptInput & {
  readonly now: string
  readonly unsound: readonly string[]
}

/** What a backup needs, by its manifest; the word for why that is not known. */
const keptBy = (manifest: string, key: DataKey): readonly string[] | 'other-key' | 'unknown' => {
  const text = readText(manifest)
  try {
    return (text === null ? null : readManifest(text, key))?.kept ?? 'unknown'
  } catch (error) {
    return error instanceof AppError && error.code === 'LOCKED' ? 'other-key' : 'unknown'
  }
}

const ending = '.cfbackup.json'

// What a run that was cut off left, or one that did not know yet which files may go. While it is written or sealed, what
// belongs to a database has longer names than its own.
const withoutDatabase = (folder: string, isOurs: (file: string) => boolean): string[] => {
  const names = readdirSync(folder)
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((base) => !names.some((it) => it.startsWith(`${base}.cfbackup.db`) || it.startsWith(`${base}.db`)))
    .map((base) => join(folder, `${base}${ending}`))
    .filter((manifest) => isOurs(manifest.replace(/\.json$/, '.db')))
}

/**
 * A file goes with the last backup that names it: what was erased from the books must not lie in a backup for ever. Says
 * whether it got through.
 */
const removeFiles = (folder: string, key: DataKey, candidates: readonly string[], isOthersToo: boolean): boolean => {
  const needed = new Set<string>()
  let isOtherKeyHere = false
  for (const backup of listBackups(folder)) {
    const kept = keptBy(manifestOf(backup.file), key)
    // What a backup needs is not known: nothing may go.
    if (kept === 'unknown' || (kept === 'other-key' && !isOthersToo)) return false
    if (kept === 'other-key') isOtherKeyHere = true
    else for (const path of kept) needed.add(path)
  }
  for (const path of candidates) {
    // Another key gives its sealed files other names; those in the clear are named alike by everybody.
    if (!needed.has(path) && !(isOtherKeyHere && path.startsWith('files/'))) rmSync(join(folder, path), { force: true })
  }
  return true
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
  // The database first: a manifest alone is nothing that could be restored by mistake.
  for (const { file } of leaving) rmSync(file, { force: true })
  const over = withoutDatabase(folder, isOurs)
  // Without any backup there is nothing that could say what is still needed.
  if (leaving.length + over.length > 0 && readdirSync(folder).some((name) => name.endsWith('.cfbackup.db'))) {
    const named = over.flatMap((manifest) => {
      const kept = keptBy(manifest, key)
      return typeof kept === 'string' ? [] : kept
    })
    const isOthersToo = isShared(directory, folder)
    const candidates = isOthersToo ? [...new Set(named)] : listKept(folder)
    // The manifest last: it is what the next run knows the files by.
    if (removeFiles(folder, key, candidates, isOthersToo))
      for (const manifest of over) rmSync(manifest, { force: true })
  }
  return [...gone]
}
