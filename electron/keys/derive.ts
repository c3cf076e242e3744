import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { assertKey } from '../../db/key.ts'

/** What a derived key is for: each use has a key of its own, so that one that leaks opens nothing else. */
export type KeyUse = 'files' | 'file-names' | 'secrets' | 'window' | 'device-key' | 'wrap' | 'backups' | 'copies'

/**
 * A key of 32 bytes for one use, made of the data key or of another secret with enough chance in it. AppError LOCKED for one
 * that a lock has emptied.
 */
export const deriveKey = (secret: Uint8Array, use: KeyUse, salt: Uint8Array = new Uint8Array(0)): Buffer => {
  assertKey(secret)
  return Buffer.from(hkdfSync('sha256', secret, salt, `counterfoil ${use} 1`, 32))
}

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * Encrypts and authenticates bytes together with a label that the opener must name; nonce and tag go in front. AppError
 * LOCKED for a key that a lock has emptied.
 */
export const seal = (key: Uint8Array, label: string, content: Uint8Array): Buffer => {
  assertKey(key)
  const nonce = randomBytes(nonceBytes)
  const it = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(label))
  const sealed = Buffer.concat([it.update(content), it.final()])
  return Buffer.concat([nonce, it.getAuthTag(), sealed])
}

/** What was sealed under this key and label; null for a wrong key, another label or changed bytes. */
export const unseal = (key: Uint8Array, label: string, sealed: Uint8Array): Buffer | null => {
  if (sealed.length < nonceBytes + tagBytes) return null
  try {
    const it = createDecipheriv(cipher, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    it.setAAD(Buffer.from(label)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
    return Buffer.concat([it.update(sealed.subarray(nonceBytes + tagBytes)), it.final()])
  } catch {
    return null
  }
}
