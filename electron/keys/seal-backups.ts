import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { examineFile } from '../../db/examine.ts'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { openConnection } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import { readText, writeDurably } from '../backup/durable.ts'
import { hashFile } from '../backup/hash-file.ts'
import { listKept } from '../backup/kept-files.ts'
import { type Manifest, readManifest, writeManifest } from '../backup/manifest.ts'
import { keysForBackup } from '../backup/manifest-keys.ts'
import { databaseIn, type FoundBackup, isBackupName, listBackups, manifestOf } from '../backup/place.ts'
import { keptPath } from '../files.ts'
import { sweepPlainFiles } from './convert.ts'
import { sealDatabase, takeBack } from './seal-database.ts'
import { sealAside, sealCopy } from './sealed-copies.ts'

type Facts = Manifest['facts']
type Sealing = {
  readonly key: Uint8Array
  readonly keys: unknown
  /** Whether it was made of this data: others may keep their backups in the same place. */
  readonly isOurs: (facts: Facts) => boolean
}

const manifestIn = (file: string, key: Uint8Array): Manifest | null => {
  const text = readText(manifestOf(file))
  try {
    return text === null ? null : readManifest(text, key)
  } catch {
    // Of another key: somebody else's.
    return null
  }
}

const sealManifest = ({ file, head }: FoundBackup, { key, keys }: Sealing) => {
  const manifest = manifestIn(file, key)
  if (head === null || head.encrypted || manifest === null) return
  const examined = examineFile(file, key, false)
  if (!examined.sound) return
  const kept = manifest.kept.map((path) => (path.startsWith('files/') ? keptPath(key, basename(path)) : path))
  const { size } = statSync(file)
  writeDurably(
    manifestOf(file),
    writeManifest(
      { ...manifest, kept, size, sha256: hashFile(file), encrypted: true, keys, facts: examined.facts },
      key,
    ),
  )
}

const factsOf = ({ file }: FoundBackup, key: Uint8Array): Facts | null => {
  const manifest = manifestIn(file, key)
  if (manifest !== null) return manifest.facts
  const examined = isPlainDatabase(file) ? examineFile(file, null, false) : null
  return examined?.sound === true ? examined.facts : null
}

const sealBackup = async (backup: FoundBackup, sealing: Sealing) => {
  const { file, head } = backup
  if (head?.encrypted === true) return
  if (isPlainDatabase(file)) {
    try {
      await sealDatabase(file, sealing.key)
    } catch (error) {
      if (examineFile(file, null, true).sound) throw error
      // Damaged: its bytes are sealed as they are, and what says what it held.
      const manifest = manifestOf(file)
      await sealCopy(file, sealing.key)
      if (existsSync(manifest)) await sealCopy(manifest, sealing.key)
      return
    }
  }
  sealManifest(backup, sealing)
}

// What a backup in the clear still needs stays; in a shared place what no backup of ours names is somebody else's.
const sweepPlace = async (place: string, key: Uint8Array, isShared: boolean) => {
  if (!listKept(place).some((path) => path.startsWith('files/'))) return
  const manifests = listBackups(place).flatMap(({ file }) => manifestIn(file, key) ?? [])
  const named = (encrypted: boolean) =>
    new Set(manifests.filter((it) => it.encrypted === encrypted).flatMap(({ kept }) => kept))
  const [ours, inUse] = [named(true), named(false)]
  await sweepPlainFiles(place, key, (hash) => {
    if (inUse.has(`files/${hash.slice(0, 2)}/${hash}`)) return false
    return !isShared || ours.has(keptPath(key, hash))
  })
}

const sealPlace = async (place: string, sealing: Sealing, isShared: boolean): Promise<unknown[]> => {
  const problems: unknown[] = []
  takeBack(place, isBackupName)
  for (const backup of listBackups(place)) {
    try {
      const facts = isShared ? factsOf(backup, sealing.key) : null
      if (!isShared || (facts !== null && sealing.isOurs(facts))) await sealBackup(backup, sealing)
    } catch (error) {
      problems.push(error)
    }
  }
  // Last: until its manifest names the sealed files, a backup needs those in the clear.
  await sweepPlace(place, sealing.key, isShared)
  return problems
}

// Open for no longer than it takes: somebody may lock the data meanwhile.
const isMadeOf =
  (directory: string, key: Uint8Array) =>
  ({ organizations, head }: Facts): boolean => {
    const present = openConnection(databaseIn(directory), { readonly: true, key })
    try {
      const isHere = present.prepare('SELECT 1 FROM organizations WHERE id = ?')
      if (organizations.some(({ id }) => isHere.get(id) !== undefined)) return true
      if (head === null) return false
      return present.prepare('SELECT 1 FROM commands WHERE seq = ? AND id = ?').get(head.seq, head.id) !== undefined
    } finally {
      present.close()
    }
  }

/**
 * Encrypts what an encrypted folder still has in the clear: kept files, its backups in every place, what was put aside.
 * In a place outside of it only what was made of this data. AppError, at the end, where something is left.
 */
export const sealWhatIsLeft = async (directory: string, places: readonly string[], key: Uint8Array): Promise<void> => {
  await sweepPlainFiles(directory, key)
  const problems: unknown[] = []
  const sealing = { key, keys: keysForBackup(directory), isOurs: isMadeOf(directory, key) }
  for (const place of places) {
    problems.push(...(await sealPlace(place, sealing, place !== join(directory, 'backups'))))
  }
  await sealAside(directory, key)
  if (problems.length === 0) return
  const [first] = problems
  const why = first instanceof Error ? first.message : String(first)
  throw new AppError('STORAGE_UNAVAILABLE', `${problems.length} backups are still in the clear: ${why}`)
}
