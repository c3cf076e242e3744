import { examineFile } from '../../db/examine.ts'
import type { DataKey } from '../../db/key.ts'
import { readText, writeDurably } from './durable.ts'
import { hashFile } from './hash-file.ts'
import { installationOf } from './installation.ts'
import { listKept } from './kept-files.ts'
import { type Manifest, writeManifest } from './manifest.ts'
import { keysForBackup } from './manifest-keys.ts'
import { type FoundBackup, listBackups, manifestOf } from './place.ts'

export type AdoptInput = {
  /** The data folder. */
  readonly directory: string
  readonly folder: string
  readonly key: DataKey
  readonly appVersion: string
}

const manifestFor = (backup: FoundBackup, { directory, folder, key, appVersion }: AdoptInput): Manifest | null => {
  const examined = examineFile(backup.file, key, false)
  if (!examined.sound) return null
  const { facts } = examined
  const named = new Set(facts.files)
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  // The names of encrypted files say nothing: all that lie there may be needed.
  const kept = listKept(folder).filter((path) => key !== null || named.has(nameOf(path)))
  const there = new Set(kept.map(nameOf))
  return {
    format: 'counterfoil-backup',
    formatVersion: 1,
    appVersion,
    dataVersion: facts.schemaVersion,
    createdAt: backup.createdAt,
    reason: backup.reason,
    size: backup.size,
    sha256: hashFile(backup.file),
    check: 'quick',
    encrypted: key !== null,
    keys: keysForBackup(directory),
    installation: installationOf(directory),
    facts,
    kept,
    missing: key === null ? facts.files.filter((hash) => !there.has(hash)) : [],
  }
}

/**
 * Writes the manifest of copies that have none, such as those of db/migrate.ts: without it nobody knows which files they
 * need, and none could ever be removed.
 */
export const adoptBare = (input: AdoptInput): void => {
  for (const backup of listBackups(input.folder)) {
    if (backup.head !== null || readText(manifestOf(backup.file)) !== null) continue
    const manifest = manifestFor(backup, input)
    if (manifest !== null) writeDurably(manifestOf(backup.file), writeManifest(manifest, input.key))
  }
}
