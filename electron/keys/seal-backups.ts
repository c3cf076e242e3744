import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { examineFile } from '../../db/examine.ts'
import { namedFiles } from '../../db/facts.ts'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { openConnection } from '../../db/open.ts'
import { changeDurably } from '../backup/durable.ts'
import { hashFile } from '../backup/hash-file.ts'
import { listKept } from '../backup/kept-files.ts'
import { type Manifest, readHead, writeManifest } from '../backup/manifest.ts'
import { keysForBackup, refreshPlaceKeys } from '../backup/manifest-keys.ts'
import { claimOlder, isShared, manifestFrom, manifestIn, oursIn } from '../backup/ownership.ts'
import { databaseIn, type FoundBackup, isBackupName, listBackups, manifestOf } from '../backup/place.ts'
import { keptPath } from '../files.ts'
import { sweepPlainFiles } from './convert.ts'
import { sealDatabase, takeBack } from './seal-database.ts'
import { sealAside, sealCopy } from './sealed-copies.ts'

type Facts = Manifest['facts']
type Sealing = {
  readonly directory: string
  readonly key: Uint8Array
}

/** What is in the clear in a place although the data is encrypted, as far as it is of this data. */
export type InClear = {
  readonly place: string
  /** Backups that another computer made, or an earlier version, or that nobody knows: they are not ours to change. */
  readonly backups: number
  /** Kept files that those need, or that no backup names and nobody knows. */
  readonly files: number
  /** Backups of ours that could not be sealed, and whatever else went wrong with the place. */
  readonly failed: number
}

const sealManifest = ({ file, head }: FoundBackup, { directory, key }: Sealing) => {
  if (head === null || head.encrypted || manifestIn(file, key) === null) return
  const examined = examineFile(file, key, false)
  if (!examined.sound) return
  const { facts } = examined
  const { size } = statSync(file)
  const sha256 = hashFile(file)
  changeDurably(manifestOf(file), (text) => {
    const manifest = readHead(text)?.encrypted === false ? manifestFrom(text, key) : null
    if (manifest === null) return null
    const kept = manifest.kept.map((path) => (path.startsWith('files/') ? keptPath(key, basename(path)) : path))
    const keys = keysForBackup(directory)
    return writeManifest({ ...manifest, kept, size, sha256, encrypted: true, keys, facts }, key)
  })
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

const plainPath = (hash: string) => `files/${hash.slice(0, 2)}/${hash}`

// What rows of the present data name, and what it keeps: content of ours, wherever a copy of it lies.
const ownFiles = ({ directory, key }: Sealing): ((hash: string) => boolean) => {
  const present = openConnection(databaseIn(directory), { readonly: true, key })
  try {
    const named = new Set(namedFiles(present))
    return (hash) => named.has(hash) || existsSync(join(directory, keptPath(key, hash)))
  } finally {
    present.close()
  }
}

/**
 * Seals kept files in the clear, each once its sealed twin is there. What a backup in the clear still needs stays; in a
 * place that others use too, so does what is not known to be ours. Gives how many stay that are ours, or nobody's known.
 */
const sweepPlace = async (place: string, sealing: Sealing): Promise<number> => {
  const { directory, key } = sealing
  if (!listKept(place).some((path) => path.startsWith('files/'))) return 0
  const manifests = listBackups(place).flatMap(({ file }) => manifestIn(file, key) ?? [])
  const inUse = new Set(manifests.filter(({ encrypted }) => !encrypted).flatMap(({ kept }) => kept))
  if (!isShared(directory, place)) {
    await sweepPlainFiles(place, key, (hash) => !inUse.has(plainPath(hash)))
    return 0
  }
  const ofManifests = new Set(
    manifests.filter(({ encrypted }) => encrypted).flatMap(({ kept, facts }) => [...kept, ...facts.files]),
  )
  const isOwn = ownFiles(sealing)
  let left = 0
  await sweepPlainFiles(place, key, (hash) => {
    const isNeeded = inUse.has(plainPath(hash))
    const isOurs = isOwn(hash) || ofManifests.has(hash) || ofManifests.has(keptPath(key, hash))
    // What others need, and is not of ours, is theirs; what nobody needs and nobody knows may be.
    if (isNeeded === isOurs) left += 1
    return isOurs && !isNeeded
  })
  return left
}

// Made of the same data, by whomever: only to say so.
const isMadeOf =
  ({ directory, key }: Sealing) =>
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

// Of one without a manifest that can be read the database itself says it.
const factsOf = (file: string, key: Uint8Array): Facts | null => {
  const manifest = manifestIn(file, key)
  if (manifest !== null) return manifest.facts
  const examined = examineFile(file, null, false)
  return examined.sound ? examined.facts : null
}

/** Does one thing after another whatever becomes of each; what went wrong is kept. */
const createAttempts = () => {
  const problems: unknown[] = []
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      problems.push(error)
      return null
    }
  }
  return { problems, attempt }
}

const sealPlace = async (place: string, sealing: Sealing): Promise<{ left: InClear; problems: unknown[] }> => {
  const { directory, key } = sealing
  const { problems, attempt } = createAttempts()
  await attempt(() => claimOlder({ directory, folder: place, key }))
  const isOurs = oursIn(directory, place)
  const isSame = isMadeOf(sealing)
  await attempt(() => takeBack(place, (name) => isBackupName(name) && isOurs(join(place, name))))
  let backups = 0
  for (const backup of (await attempt(() => listBackups(place))) ?? []) {
    await attempt(async () => {
      if (isOurs(backup.file)) return await sealBackup(backup, sealing)
      const facts = isPlainDatabase(backup.file) ? factsOf(backup.file, key) : null
      if (facts !== null && isSame(facts)) backups += 1
    })
  }
  // Who can open the data may have changed meanwhile, when these were not yet sealed and had no openers.
  await attempt(() => refreshPlaceKeys({ directory, folder: place }))
  // Last: until its manifest names the sealed files, a backup needs those in the clear.
  const files = (await attempt(() => sweepPlace(place, sealing))) ?? 0
  return { left: { place, backups, files, failed: problems.length }, problems }
}

export type Sealed = {
  readonly inClear: readonly InClear[]
  /** Why something of ours could not be sealed, in words; null where everything was. */
  readonly problem: string | null
}

/**
 * Encrypts what an encrypted folder still has in the clear: kept files, what was put aside, its backups in every place.
 * In a place outside of it only what this installation made. Gives what is left, place by place; one that is full or
 * cannot be written to keeps nothing else in the clear.
 */
export const sealWhatIsLeft = async (
  directory: string,
  places: readonly string[],
  key: Uint8Array,
): Promise<Sealed> => {
  const { problems: here, attempt } = createAttempts()
  await attempt(() => sweepPlainFiles(directory, key))
  await attempt(() => sealAside(directory, key))
  const all: Awaited<ReturnType<typeof sealPlace>>[] = []
  for (const place of places) all.push(await sealPlace(place, { directory, key }))
  const problems = [...here, ...all.flatMap((it) => it.problems)]
  const [first] = problems
  const why = first instanceof Error ? first.message : String(first)
  const problem = problems.length === 0 ? null : `Sealing met ${problems.length} problems, the first of them: ${why}`
  return { inClear: all.map(({ left }) => left), problem }
}
