import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Signer } from '../../db/record/entry.ts'

/** Where the device's private key lies, as PEM text. */
export type DeviceKeyStore = {
  /** The key, or null where there is none. */
  readonly load: () => string | null
  /** Keeps a key; one that was there before is put aside, never thrown away. */
  readonly save: (pem: string) => void
  /** The keys that were put aside here and can still be read: they vouch for the one that took over. */
  readonly earlier: () => readonly string[]
}

/** The files that were put aside in the place of the given one, in their order. */
export const putAside = (file: string): readonly string[] => {
  const found: string[] = []
  for (let count = 1; existsSync(`${file}.old-${count}`); count += 1) found.push(`${file}.old-${count}`)
  return found
}

/** Keeps the key in `DIR/device.key`, readable by this user alone. */
export const createFileKeyStore = (directory: string): DeviceKeyStore => {
  const file = join(directory, 'device.key')
  return {
    load: () => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    save: (pem) => {
      mkdirSync(dirname(file), { recursive: true })
      if (existsSync(file)) renameSync(file, `${file}.old-${putAside(file).length + 1}`)
      const unnamed = `${file}.new`
      const handle = openSync(unnamed, 'w', 0o600)
      try {
        writeSync(handle, pem)
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
      renameSync(unnamed, file)
    },
    earlier: () => putAside(file).map((path) => readFileSync(path, 'utf8')),
  }
}

const signerOf = (key: KeyObject): Signer => ({
  publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
  sign: (message) => sign(null, message, key),
})

const readKey = (pem: string | null): KeyObject | null => {
  if (pem === null) return null
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

/**
 * The signer of this device. A key that is missing or no key makes way for a new one: the change goes on record when
 * the chain is opened. Where it cannot be kept, it lasts for this run: a save never waits for a key.
 */
export const openDeviceKey = (store: DeviceKeyStore): Signer => {
  let pem: string | null = null
  try {
    pem = store.load()
  } catch {
    return signerOf(generateKeyPairSync('ed25519').privateKey)
  }
  const known = readKey(pem)
  if (known !== null) return signerOf(known)
  const { privateKey } = generateKeyPairSync('ed25519')
  try {
    store.save(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  } catch {
    return signerOf(privateKey)
  }
  return signerOf(privateKey)
}

/** The signer of a key that was put aside, by its public half; null where it is not at hand. */
export const earlierSigner = (store: DeviceKeyStore, publicKey: string): Signer | null => {
  let texts: readonly string[] = []
  try {
    texts = store.earlier()
  } catch {
    // What cannot be read vouches for nothing.
  }
  for (const pem of texts) {
    const key = readKey(pem)
    const signer = key === null ? null : signerOf(key)
    if (signer?.publicKey === publicKey) return signer
  }
  return null
}
