import { join } from 'node:path'
import type { DatabaseFacts } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import { readText, writeDurably } from './durable.ts'
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

/** The manifest of a backup; null where it has none, or only another key opens it. */
export const manifestIn = (file: string, key: DataKey): Manifest | null => {
  const text = readText(manifestOf(file))
  try {
    return text === null ? null : readManifest(text, key)
  } catch {
    return null
  }
}

/**
 * Says of what a backup held whether it was made here, which manifests of earlier versions do not tell: the record came
 * that far since this device began to sign it. Whoever restored a backup signs with another key from there on.
 */
export const provenBy =
  ({ directory, key }: Pick<PlaceInput, 'directory' | 'key'>) =>
  ({ chain }: Pick<DatabaseFacts, 'chain'>): boolean => {
    if (chain === null) return false
    try {
      const present = openConnection(databaseIn(directory), { readonly: true, key })
      try {
        const signed = present.prepare(`SELECT 1 FROM chain_entries AS e WHERE e.hash = ? AND e.seq >= (
          SELECT max(k.seq) FROM chain_entries AS k WHERE k.device_id = e.device_id AND k.kind IN ('genesis', 'key'))`)
        return signed.get(Buffer.from(chain, 'hex')) !== undefined
      } finally {
        present.close()
      }
    } catch {
      return false
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
  const isProven = provenBy({ directory, key })
  for (const { file, head } of listBackups(folder)) {
    if (head === null || head.installation !== null) continue
    const text = readText(manifestOf(file))
    const manifest = manifestIn(file, key)
    if (text !== null && manifest !== null && isProven(manifest.facts)) {
      writeDurably(manifestOf(file), withInstallation(text, own))
    }
  }
}
