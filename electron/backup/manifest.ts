import { z } from 'zod'
import { fromJson, toJson } from '../../db/json.ts'
import type { DataKey } from '../../db/key.ts'
import { type BackupReason, backupReasons, organizationFactsSchema } from '../../shared/contract/backups.ts'
import { AppError } from '../../shared/errors.ts'
import { deriveKey, seal, unseal } from '../keys/derive.ts'

export { type BackupReason, backupReasons }

/** What a database holds; see db/facts.ts. */
export const factsSchema = z.object({
  schemaVersion: z.int(),
  rows: z.record(z.string(), z.int()),
  totals: z.record(z.string(), z.string()),
  organizations: z.array(organizationFactsSchema).readonly(),
  head: z.object({ seq: z.int(), id: z.string(), at: z.string() }).nullable(),
  chain: z.string().nullable(),
  files: z.array(z.string()).readonly(),
})

/** What only the key opens: names and sums would give away what the database keeps. */
const contentsSchema = z.object({
  facts: factsSchema,
  /** Kept files at that moment, by their path within the data folder. */
  kept: z.array(z.string()),
  /** Kept files that rows name and that were gone or changed already. */
  missing: z.array(z.string()),
})
export type BackupContents = z.output<typeof contentsSchema>

const headSchema = z.object({
  format: z.literal('counterfoil-backup'),
  formatVersion: z.literal(1),
  appVersion: z.string(),
  dataVersion: z.int(),
  createdAt: z.iso.datetime(),
  reason: z.enum(backupReasons),
  size: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** How far it was checked: pages and sums, or every index too. */
  check: z.enum(['quick', 'full']),
  encrypted: z.boolean(),
  /** The whole keys.json of an encrypted folder, so that the recovery code opens the backup on any machine. */
  keys: z.unknown(),
  /** Which installation made it, see installation.ts; null in those of earlier versions. */
  installation: z.string().nullable().default(null),
})
export type BackupHead = z.output<typeof headSchema>

export type Manifest = BackupHead & BackupContents

const fileSchema = headSchema.extend({ contents: contentsSchema.nullable(), sealed: z.string().nullable() })

const label = 'backup manifest'

/** The text of a manifest file; with a key, what is in the database stays sealed. */
export const writeManifest = ({ facts, kept, missing, ...head }: Manifest, key: DataKey): string => {
  const contents = { facts, kept, missing }
  const sealed = key === null ? null : seal(deriveKey(key, 'backups'), label, Buffer.from(toJson(contents)))
  const file = { ...head, contents: key === null ? contents : null, sealed: sealed?.toString('base64') ?? null }
  return `${JSON.stringify(JSON.parse(toJson(file)), null, 2)}\n`
}

const parsed = (text: string) => {
  try {
    return fileSchema.parse(fromJson(text))
  } catch {
    return null
  }
}

/** What a manifest says without any key; null for a file that is none. */
export const readHead = (text: string): BackupHead | null => {
  const file = parsed(text)
  if (file === null) return null
  const { contents: _contents, sealed: _sealed, ...head } = file
  return head
}

/** A whole manifest; null for a file that is none. AppError LOCKED where the key is another one. */
export const readManifest = (text: string, key: DataKey): Manifest | null => {
  const file = parsed(text)
  if (file === null) return null
  const { contents, sealed, ...head } = file
  if (contents !== null) return { ...head, ...contents }
  if (sealed === null) return null
  const opened = key === null ? null : unseal(deriveKey(key, 'backups'), label, Buffer.from(sealed, 'base64'))
  if (opened === null) {
    throw new AppError('LOCKED', 'This backup was made with another key. Open it with its own recovery code.')
  }
  return { ...head, ...contentsSchema.parse(fromJson(opened.toString('utf8'))) }
}

const withValues = (text: string, values: Readonly<Record<string, unknown>>): string =>
  // Read by `readHead` before, so it is an object; numbers in it are text, so none loses a digit.
  `${JSON.stringify({ ...(JSON.parse(text) as Readonly<Record<string, unknown>>), ...values }, null, 2)}\n`

/** The text of a manifest with other key slots, all else as it is. */
export const withKeys = (text: string, keys: unknown): string => withValues(text, { keys })

/** The text of a manifest that says which installation made it, all else as it is. */
export const withInstallation = (text: string, installation: string): string => withValues(text, { installation })
