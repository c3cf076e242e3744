import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { createFileSecretStore } from '../mail/file-secrets.ts'
import { readPrivateFile, replacePrivateFile } from '../mail/private-file.ts'
import { SecretError, type SecretStore } from '../mail/secrets.ts'

const entriesSchema = z.record(z.string(), z.string())

// Electron 33 has the synchronous calls alone, newer ones deprecate them.
export type SystemKeychain = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> &
  Partial<Pick<SafeStorage, 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>>

/** Whether the system keeps keys for us. On Linux `basic_text` is a constant password: no keychain at all. */
export const hasKeychain = (keychain: SystemKeychain, platform: NodeJS.Platform = process.platform): boolean => {
  if (!keychain.isEncryptionAvailable()) return false
  if (platform !== 'linux') return true
  const backend = keychain.getSelectedStorageBackend?.() ?? 'unknown'
  return backend !== 'basic_text' && backend !== 'unknown'
}

/** A text sealed by the keychain for this user, as base64. */
export const encryptText = async (keychain: SystemKeychain, value: string): Promise<string> => {
  const bytes = await (keychain.encryptStringAsync?.(value) ?? keychain.encryptString(value))
  return bytes.toString('base64')
}

/** What was sealed, and whether it should be sealed anew; rejects where the keychain does not open it. */
export const decryptText = async (
  keychain: SystemKeychain,
  encoded: string,
): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }> => {
  const bytes = Buffer.from(encoded, 'base64')
  return (
    (await keychain.decryptStringAsync?.(bytes)) ?? { result: keychain.decryptString(bytes), shouldReEncrypt: false }
  )
}

/** Keeps secrets in `directory`/keychain.json, encrypted by the system's keychain; in the file store where there is none. */
export const createKeychainSecretStore = (keychain: SystemKeychain, directory: string): SecretStore => {
  const files = createFileSecretStore(directory)
  if (!hasKeychain(keychain)) return files
  const path = join(directory, 'keychain.json')
  let last: Promise<unknown> = Promise.resolve()
  // One at a time: each change reads the whole file and writes it again.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  const read = async (): Promise<Map<string, string>> => {
    const text = await readPrivateFile(path, 'store-permissions')
    if (text === null) return new Map()
    try {
      return new Map(Object.entries(entriesSchema.parse(JSON.parse(text.toString('utf8')))))
    } catch {
      throw new SecretError('store-broken', path, `${path} is damaged. Move it away and enter the passwords again.`)
    }
  }
  const write = async (entries: ReadonlyMap<string, string>) => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await replacePrivateFile(path, Buffer.from(`${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`))
  }
  const put = async (key: string, value: string) => write((await read()).set(key, await encryptText(keychain, value)))
  const open = async (key: string, encoded: string): Promise<string> => {
    const { result, shouldReEncrypt } = await decryptText(keychain, encoded).catch(() => {
      const message = `The system's keychain does not open the password "${key}" any more. Enter it again.`
      throw new SecretError('value-broken', path, message)
    })
    if (shouldReEncrypt) await put(key, result)
    return result
  }
  return {
    kind: 'keychain',
    warning: null,
    get: (key) =>
      inTurn(async () => {
        const encoded = (await read()).get(key)
        // A password entered while there was no keychain is still in the file.
        return encoded === undefined ? await files.get(key) : await open(key, encoded)
      }),
    set: (key, value) =>
      inTurn(async () => {
        await put(key, value)
        await files.delete(key)
      }),
    delete: (key) =>
      inTurn(async () => {
        const entries = await read()
        if (entries.delete(key)) await write(entries)
        await files.delete(key)
      }),
  }
}
