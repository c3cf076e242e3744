import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { applicationId, isPlainDatabase, keyFile } from '../../db/inspect-file.ts'
import { openConnection } from '../../db/open.ts'
import { readText } from '../backup/durable.ts'
import { installationOf } from '../backup/installation.ts'
import { isShared } from '../backup/ownership.ts'
import { databaseIn, type FoundBackup, listBackups } from '../backup/place.ts'
import { placesOf } from '../backup/state.ts'
import { hasKeyFile, type KeyFile, keyFileSchema } from './key-file.ts'

const foldersIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []

const asideFolders = ['replaced', 'damaged'] as const

const fromText = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

// Those of others in the same place open nothing here, and name people whom nobody here knows. Earlier versions did not
// write whose they are.
const backupsOf = (directory: string): FoundBackup[] => {
  const own = installationOf(directory)
  return placesOf(directory).flatMap((place) =>
    listBackups(place).filter(({ head }) => {
      const maker = head?.installation ?? null
      return maker === null || maker === own || !isShared(directory, place)
    }),
  )
}

/**
 * The copies of a key file that is gone: in the manifests of its backups in both places, beside databases that were put
 * aside, and beside it under the name of its key; the newest first, and each once.
 */
const copiesOfKeys = (directory: string): KeyFile[] => {
  const manifests = backupsOf(directory).map(({ head }) => head?.keys)
  const aside = asideFolders.flatMap((name) => foldersIn(join(directory, name)).sort().reverse())
  const retired = foldersIn(directory).filter((path) => /[\\/]keys-[^\\/]+\.json$/.test(path))
  const files = [...aside.map((folder) => join(folder, keyFile)), ...retired]
  const copies = [...manifests, ...files.map((path) => fromText(readText(path)))].flatMap((keys) => {
    const parsed = keyFileSchema.safeParse(keys)
    if (!parsed.success) return []
    // A token was good for a day, of which a copy knows nothing.
    return [{ ...parsed.data, slots: parsed.data.slots.filter(({ kind }) => kind !== 'token') }]
  })
  const nameOf = ({ keyId, slots }: KeyFile) => [keyId, ...slots.map(({ id }) => id).sort()].join(' ')
  return [...new Map(copies.reverse().map((copy) => [nameOf(copy), copy])).values()].reverse()
}

const changedAt = (folder: string): number | null => {
  try {
    return statSync(folder).mtimeMs
  } catch {
    return null
  }
}

/** The copies of a key file that is gone, read once, and anew where something comes to a folder that they lie in or goes. */
export const createCopiesOfKeys = (
  directory: string,
): { readonly read: () => readonly KeyFile[]; readonly forget: () => void } => {
  let known: { readonly of: string; readonly copies: readonly KeyFile[] } | null = null
  return {
    read: () => {
      const folders = [...placesOf(directory), ...asideFolders.map((name) => join(directory, name))]
      const of = JSON.stringify(folders.map((folder) => [folder, changedAt(folder)]))
      if (known?.of !== of) known = { of, copies: copiesOfKeys(directory) }
      return known.copies
    },
    forget: () => {
      known = null
    },
  }
}

// Shorter than any page: what is left of a file that was cut off.
const leastBytes = 512

/** Whether the database of a folder is encrypted, as far as that can be told without its key file. */
export const looksEncrypted = (directory: string): boolean => {
  const file = databaseIn(directory)
  if (isPlainDatabase(file)) return false
  if (hasKeyFile(directory)) return true
  const status = statSync(file, { throwIfNoEntry: false })
  if (status === undefined || !status.isFile() || status.size < leastBytes) return false
  if (existsSync(join(directory, 'device.key.sealed')) || existsSync(join(directory, 'sealed'))) return true
  const [newest] = backupsOf(directory)
    .filter(({ head }) => head !== null)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  return newest?.head?.encrypted === true
}

/** Whether a key is that of the database of a folder: it is opened with it, and only read. */
export const opensDatabase = (directory: string, key: Uint8Array): boolean => {
  try {
    const database = openConnection(databaseIn(directory), { readonly: true, key })
    try {
      return Number(database.pragma('application_id', { simple: true })) === applicationId
    } finally {
      database.close()
    }
  } catch {
    return false
  }
}
