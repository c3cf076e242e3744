import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { keyFile } from '../../db/inspect-file.ts'
import { changeDurably, readText, writeDurably } from './durable.ts'
import { readHead, withKeys } from './manifest.ts'
import { claimOlder, oursIn, type PlaceInput } from './ownership.ts'
import { listBackups, manifestOf } from './place.ts'

const keysSchema = z.looseObject({
  keyId: z.string(),
  slots: z.array(z.looseObject({ kind: z.string(), id: z.string() })),
})
type Keys = z.output<typeof keysSchema>

const parsed = (keys: unknown): Keys | null => keysSchema.safeParse(keys).data ?? null

const fromText = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * What a backup keeps of the key file of its folder; null where the folder is not encrypted. An invitation or a reset is
 * over after a day, which a copy could not know: their slots stay out.
 */
export const keysForBackup = (directory: string): unknown => {
  const keys = fromText(readText(join(directory, keyFile)))
  const known = parsed(keys)
  return known === null ? keys : { ...known, slots: known.slots.filter(({ kind }) => kind !== 'token') }
}

/** Tells two states of who can open the data apart; null where the folder is not encrypted. */
export const openersOf = (directory: string): string | null => {
  const known = parsed(keysForBackup(directory))
  if (known === null) return null
  const ids = known.slots.filter(({ kind }) => kind !== 'keychain').map(({ id }) => id)
  return createHash('sha256')
    .update(JSON.stringify([known.keyId, ...ids.sort()]))
    .digest('hex')
}

const idsOf = ({ slots }: Keys) => slots.map(({ id }) => id).join(' ')
const isOutdated = (keys: unknown, present: Keys) => {
  const known = parsed(keys)
  return known !== null && known.keyId === present.keyId && idsOf(known) !== idsOf(present)
}

// Whether something opens a backup that does not open the data; the keychain is that of one computer.
const hasOthers = (keys: unknown, present: Keys): boolean => {
  const known = parsed(keys)
  if (known === null || known.keyId !== present.keyId) return false
  const ids = new Set(present.slots.map(({ id }) => id))
  return known.slots.some(({ kind, id }) => kind !== 'keychain' && !ids.has(id))
}

// Databases that were put aside have the key file of their day beside them.
const asideFolders = (directory: string): string[] =>
  ['damaged', 'replaced']
    .map((name) => join(directory, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))

const refreshAside = (directory: string, present: Keys) => {
  for (const folder of asideFolders(directory)) {
    const file = join(folder, keyFile)
    if (isOutdated(fromText(readText(file)), present)) writeDurably(file, `${JSON.stringify(present, null, 2)}\n`)
  }
}

/**
 * Gives each encrypted backup of ours in a place the slots that open the data now. Gives how many of others stay that a
 * password or a code opens which does not open the data: they are not ours to change.
 */
export const refreshPlaceKeys = ({ directory, folder }: Pick<PlaceInput, 'directory' | 'folder'>): number => {
  const present = parsed(keysForBackup(directory))
  if (present === null) return 0
  const isOurs = oursIn(directory, folder)
  const outdated = (text: string) => {
    const head = readHead(text)
    return head?.encrypted === true && isOutdated(head.keys, present) ? withKeys(text, present) : null
  }
  let others = 0
  for (const { file, head } of listBackups(folder)) {
    if (head === null || !head.encrypted) continue
    if (!isOurs(file)) others += hasOthers(head.keys, present) ? 1 : 0
    else if (isOutdated(head.keys, present)) changeDurably(manifestOf(file), outdated)
  }
  return others
}

/**
 * Does so in a place and with what was put aside: a password that was changed or taken away opens none of them any longer.
 * Each manifest is replaced in one step; no database is written.
 */
export const refreshKeys = (place: PlaceInput): number => {
  const present = parsed(keysForBackup(place.directory))
  if (present === null) return 0
  claimOlder(place)
  const others = refreshPlaceKeys(place)
  refreshAside(place.directory, present)
  return others
}
