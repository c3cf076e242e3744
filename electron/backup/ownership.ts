import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import { changeDurably, readText } from './durable.ts'
import { installationOf } from './installation.ts'
import { type Manifest, readHead, readManifest, withInstallation } from './manifest.ts'
import { databaseIn, listBackups, manifestOf } from './place.ts'

export type PlaceInput = {
  /** The data folder. */
  readonly directory: string
  /** A place of backups. */
  readonly folder: string
  readonly key: DataKey
}

/** Whether others may keep their backups in a place: all but the one within the data folder. */
export const isShared = (directory: string, folder: string): boolean => folder !== join(directory, 'backups')

/** Says of the database of a backup in a place, by its file, whether this installation made it and may change it. */
export const oursIn = (directory: string, folder: string): ((file: string) => boolean) => {
  if (!isShared(directory, folder)) return () => true
  const own = installationOf(directory)
  return (file) => {
    const text = own === null ? null : readText(manifestOf(file))
    return text !== null && readHead(text)?.installation === own
  }
}

/** The manifest that a text is; null where it is none, or only another key opens it. */
export const manifestFrom = (text: string | null, key: DataKey): Manifest | null => {
  try {
    return text === null ? null : readManifest(text, key)
  } catch {
    return null
  }
}

/** The manifest of a backup; null where it has none, or only another key opens it. */
export const manifestIn = (file: string, key: DataKey): Manifest | null => manifestFrom(readText(manifestOf(file)), key)

/**
 * Which of these newest entries of backups were signed here, which manifests of earlier versions do not tell: the record
 * came that far since this device began to sign it. Whoever restored a backup signs with another key from there on.
 */
export const provenOf = (
  { directory, key }: Pick<PlaceInput, 'directory' | 'key'>,
  chains: readonly string[],
): ReadonlySet<string> => {
  if (chains.length === 0) return new Set()
  try {
    const present = openConnection(databaseIn(directory), { readonly: true, key })
    try {
      const signed = present.prepare(`SELECT lower(hex(e.hash)) FROM chain_entries AS e
        WHERE e.hash IN (${chains.map(() => '?').join(', ')}) AND e.seq >= (
          SELECT max(k.seq) FROM chain_entries AS k WHERE k.device_id = e.device_id AND k.kind IN ('genesis', 'key')
            AND json_extract(k.body, '$.events') IS NULL)`)
      const hashes = chains.map((chain) => Buffer.from(chain, 'hex'))
      return new Set(signed.pluck().all(hashes).map(String))
    } finally {
      present.close()
    }
  } catch {
    return new Set()
  }
}

/**
 * Writes into manifests of earlier versions, which do not say whose they are, that they are ours, where that is certain.
 * One that cannot be told stays nobody's: it is neither removed nor changed.
 */
export const claimOlder = ({ directory, folder, key }: PlaceInput): void => {
  if (!isShared(directory, folder)) return
  const own = installationOf(directory)
  if (own === null) return
  const nobodys = listBackups(folder)
    .filter(({ head }) => head !== null && head.installation === null)
    .flatMap(({ file }) => {
      const chain = manifestIn(file, key)?.facts.chain ?? null
      return chain === null ? [] : [{ file, chain }]
    })
  const chains = [...new Set(nobodys.map(({ chain }) => chain))]
  const proven = provenOf({ directory, key }, chains)
  for (const { file } of nobodys.filter(({ chain }) => proven.has(chain))) {
    // On top of what it says now: it may have been given other openers meanwhile.
    changeDurably(manifestOf(file), (text) =>
      readHead(text)?.installation === null ? withInstallation(text, own) : null,
    )
  }
}

/** Writes into manifests of these backups that they are ours. */
export const claim = (directory: string, files: readonly string[]): void => {
  const own = installationOf(directory)
  if (own === null) return
  for (const file of files)
    changeDurably(manifestOf(file), (text) => (readHead(text) === null ? null : withInstallation(text, own)))
}
