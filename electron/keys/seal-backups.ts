import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { examineFile } from '../../db/examine.ts'
import { namedFiles } from '../../db/facts.ts'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { openConnection } from '../../db/open.ts'
import { changeDurably } from '../backup/durable.ts'
import { hashFile } from '../backup/hash-file.ts'
import { hasKept, listKept } from '../backup/kept-files.ts'
import { type Manifest, readHead, writeManifest } from '../backup/manifest.ts'
import { keysForBackup } from '../backup/manifest-keys.ts'
import { isShared, manifestFrom, manifestIn, oursIn } from '../backup/ownership.ts'
import { databaseIn, type FoundBackup, isBackupName, listBackups, lookAt, manifestOf } from '../backup/place.ts'
import { keptPath, openFileStore } from '../files.ts'
import { hasClearBytes } from './clear-bytes.ts'
import { sweepPlainFiles } from './convert.ts'
import { sealDatabase, takeBack } from './seal-database.ts'
import { sealCopy } from './sealed-copies.ts'

type Facts = Manifest['facts']
export type Sealing = {
  /** The data folder. */
  readonly directory: string
  readonly key: Uint8Array
}
export type PlaceSealing = Sealing & { readonly place: string }
export type BackupSealing = PlaceSealing & { readonly file: string }
export type FilesSealing<S> = S & {
  /** Where the piece before ended; null for the first. */
  readonly after: string | null
}

// So many kept files are one piece of the work.
const filesOfPiece = 200

// Before a manifest names the sealed ones: until they are there nobody could go back to its backup.
const sealKeptOf = async (place: string, kept: readonly string[], key: Uint8Array) => {
  const store = openFileStore(place, key)
  for (const hash of kept.filter((path) => path.startsWith('files/')).map((path) => basename(path))) {
    if (hasKept(place, keptPath(key, hash))) continue
    const content = await store.get(hash).catch(() => null)
    if (content !== null) await store.put(content)
  }
}

const sealManifest = async ({ file, head }: FoundBackup, { directory, place, key }: PlaceSealing) => {
  const plain = head === null || head.encrypted ? null : manifestIn(file, key)
  if (plain === null) return
  const examined = examineFile(file, key, false)
  if (!examined.sound) return
  await sealKeptOf(place, plain.kept, key)
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

// Damaged: its bytes are sealed as they are, and what says what it held.
const sealAsItIs = async (file: string, key: Uint8Array) => {
  const manifest = manifestOf(file)
  await sealCopy(file, key)
  if (existsSync(manifest)) await sealCopy(manifest, key)
}

const sealOurs = async (backup: FoundBackup, sealing: PlaceSealing) => {
  const { file, head } = backup
  const { key } = sealing
  if (head?.encrypted === true) return
  if (isPlainDatabase(file)) {
    try {
      await sealDatabase(file, key)
    } catch (error) {
      if (examineFile(file, null, true).sound) throw error
      return await sealAsItIs(file, key)
    }
  } else if (!examineFile(file, key, false).sound && hasClearBytes(file)) return await sealAsItIs(file, key)
  await sealManifest(backup, sealing)
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
 * A piece of sealing kept files in the clear in a place, each once its sealed twin is there. What a backup in the clear
 * still needs stays; in a place that others use too, so does what is not known to be ours. Gives how many stay of this
 * piece that are ours, or nobody's known.
 */
export const sealPlaceFiles = async ({
  place,
  after,
  ...sealing
}: FilesSealing<PlaceSealing>): Promise<{ left: number; next: string | null }> => {
  const { directory, key } = sealing
  if (!listKept(place).some((path) => path.startsWith('files/'))) return { left: 0, next: null }
  const manifests = listBackups(place).flatMap(({ file }) => manifestIn(file, key) ?? [])
  const inUse = new Set(manifests.filter(({ encrypted }) => !encrypted).flatMap(({ kept }) => kept))
  const bounds = { after, most: filesOfPiece }
  if (!isShared(directory, place)) {
    const isOurs = (hash: string) => !inUse.has(plainPath(hash))
    const { next } = await sweepPlainFiles(place, key, { ...bounds, isOurs })
    return { left: 0, next }
  }
  const ofManifests = new Set(
    manifests.filter(({ encrypted }) => encrypted).flatMap(({ kept, facts }) => [...kept, ...facts.files]),
  )
  const isOwn = ownFiles(sealing)
  let left = 0
  const isOurs = (hash: string) => {
    const isNeeded = inUse.has(plainPath(hash))
    const isKnown = isOwn(hash) || ofManifests.has(hash) || ofManifests.has(keptPath(key, hash))
    // What others need, and is not of ours, is theirs; what nobody needs and nobody knows may be.
    if (isNeeded === isKnown) left += 1
    return isKnown && !isNeeded
  }
  const { next } = await sweepPlainFiles(place, key, { ...bounds, isOurs })
  return { left, next }
}

/** A piece of sealing the kept files of the data folder itself. */
export const sealFiles = async ({ directory, key, after }: FilesSealing<Sealing>): Promise<string | null> =>
  (await sweepPlainFiles(directory, key, { after, most: filesOfPiece })).next

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

/** What becomes of one backup: `others` is in the clear with this data, and not ours; `unread` may be. */
export type SealedBackup = 'done' | 'others' | 'unread'

/** Seals one backup of a place, if it is ours and still there. */
export const sealBackup = async ({ file, ...sealing }: BackupSealing): Promise<SealedBackup> => {
  const { directory, place, key } = sealing
  const backup = lookAt(file)
  if (backup === null) return 'done'
  if (oursIn(directory, place)(file)) {
    await sealOurs(backup, sealing)
    return 'done'
  }
  const isPlain = isPlainDatabase(file)
  if (!isPlain && (backup.head !== null || examineFile(file, key, false).sound || !hasClearBytes(file))) return 'done'
  const facts = factsOf(file, key)
  if (facts === null) return 'unread'
  return isMadeOf(sealing)(facts) ? 'others' : 'done'
}

/** Ends what a kill left of sealing in a place. */
export const takeBackBackups = async ({ directory, place }: Pick<PlaceSealing, 'directory' | 'place'>) => {
  const isOurs = oursIn(directory, place)
  await takeBack(place, (name) => isBackupName(name) && isOurs(join(place, name)))
}
