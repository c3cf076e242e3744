import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { UpdateError } from './update-error.ts'
import { isVersion } from './version.ts'

/** Bytes that a manifest may have at most. */
export const largestManifest = 64 * 1024
/** Bytes that a release may have at most. */
export const largestRelease = 1024 * 1024 * 1024

const instant = z.iso.datetime()

const fileSchema = z.strictObject({
  platform: z.enum(['linux', 'darwin', 'win32']),
  arch: z.enum(['x64', 'arm64']),
  // A name beside the manifest: no folder, no other host, nothing that a file system reads its own way.
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,118}\.(AppImage|deb|rpm|exe|zip)$/),
  size: z.int().min(1).max(largestRelease),
  /** SHA-512 in base64, of the whole file. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
})

const manifestSchema = z.strictObject({
  format: z.literal(1),
  product: z.literal('counterfoil'),
  version: z.string().refine(isVersion),
  releasedAt: instant,
  /** From then on this notice counts for nothing: a stale one cannot be served for ever, a staged one ends. */
  expiresAt: instant,
  /** The schema that the data must have reached before this release may open it. */
  minimumDataVersion: z.int().min(0),
  /** Of a hundred computers, how many are given this release. */
  rolloutPercent: z.number().min(0).max(100),
  notes: z.string().max(4000),
  files: z.array(fileSchema).min(1).max(20),
})

export type ReleaseFile = z.output<typeof fileSchema>
export type ReleaseManifest = z.output<typeof manifestSchema>

const publicKeyOf = (base64: string) =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(base64, 'base64').toString('base64url') },
    format: 'jwk',
  })

const isSigned = (bytes: Uint8Array, signature: Uint8Array, keys: readonly string[]): boolean =>
  signature.length === 64 && keys.some((key) => verify(null, bytes, publicKeyOf(key), signature))

/**
 * The manifest in some bytes, after their Ed25519 signature by one of the keys (raw, base64) was checked: nothing is
 * even parsed before. UpdateError `forged` or `malformed`.
 */
export const readManifest = (bytes: Uint8Array, signature: string, keys: readonly string[]): ReleaseManifest => {
  if (!isSigned(bytes, Buffer.from(signature.trim(), 'base64'), keys)) {
    throw new UpdateError(
      'forged',
      'The notice of a new version is not signed by the makers of Counterfoil. Nothing was downloaded.',
    )
  }
  try {
    return manifestSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw new UpdateError('malformed', 'The notice of a new version cannot be read by this version. Nothing was taken.')
  }
}
