import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import { readPrivateFile, replacePrivateFile } from '../mail/private-file.ts'
import { SecretError, type SecretStore } from '../mail/secrets.ts'
import { deriveKey, seal, unseal } from './derive.ts'

export type SealedSecretStore = SecretStore & {
  /** Gives everything back to the earlier store, before the key goes out of use; the sealed file stays until then. */
  readonly release: () => Promise<void>
  /** Takes out of the earlier store what is sealed here: an attempt to decrypt that failed left it in both. */
  readonly claim: () => Promise<void>
  /** Forgets the key: nothing is sealed or opened here any more. */
  readonly forget: () => void
}

/**
 * Takes a file of sealed secrets that the data's key does not open out of use: the data was decrypted, or another key's
 * backup restored. It is renamed, never deleted: that key may come back.
 */
export const retireForeignSecrets = async (directory: string, key: DataKey, at: string): Promise<void> => {
  const path = join(directory, 'sealed.json')
  const text = await readPrivateFile(path, 'store-permissions').catch(() => null)
  if (text === null) return
  const entries = Object.entries(entriesOf(text) ?? {})
  const secretKey = key === null ? null : deriveKey(key, 'secrets')
  const opens = ([name, sealed]: readonly [string, string]) =>
    secretKey !== null && unseal(secretKey, name, Buffer.from(sealed, 'base64')) !== null
  // A damaged file says so when it is read; one that this key opens in part is in use.
  if (key !== null && (entries.length === 0 || entries.some(opens))) return
  const day = at.slice(0, 19).replaceAll(':', '-')
  await rename(path, join(directory, `sealed-retired-${day}Z.json`))
}

const entriesSchema = z.record(z.string(), z.string())

const entriesOf = (text: Buffer): Readonly<Record<string, string>> | null => {
  try {
    return entriesSchema.parse(JSON.parse(text.toString('utf8')))
  } catch {
    return null
  }
}

/**
 * Keeps secrets in `directory`/sealed.json under the data key of an encrypted folder. What an earlier store still has is
 * taken over when it is first asked for.
 */
export const createSealedSecretStore = (
  directory: string,
  key: Uint8Array,
  earlier: SecretStore,
): SealedSecretStore => {
  const path = join(directory, 'sealed.json')
  let derived: Buffer | null = deriveKey(key, 'secrets')
  const secretKey = (): Buffer => {
    if (derived !== null) return derived
    throw new AppError('LOCKED', 'The data is locked. Open it first.')
  }
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
    const entries = entriesOf(text)
    if (entries !== null) return new Map(Object.entries(entries))
    throw new SecretError(
      'store-broken',
      path,
      `The password file ${path} is damaged. Put it back from a backup, or move it away and enter the passwords again.`,
    )
  }

  const write = async (entries: ReadonlyMap<string, string>) => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await replacePrivateFile(path, Buffer.from(`${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`))
  }

  const put = async (name: string, value: string) =>
    write((await read()).set(name, seal(secretKey(), name, Buffer.from(value)).toString('base64')))

  const open = (name: string, sealed: string): string => {
    const value = unseal(secretKey(), name, Buffer.from(sealed, 'base64'))
    if (value !== null) return value.toString('utf8')
    throw new SecretError(
      'value-broken',
      path,
      `The password "${name}" in ${path} was changed, or belongs to another key. Enter it again.`,
    )
  }

  const takeOver = async (name: string): Promise<string | null> => {
    const value = await earlier.get(name)
    if (value === null) return null
    await put(name, value)
    await earlier.delete(name)
    return value
  }

  return {
    kind: 'sealed',
    warning: null,
    get: (name) =>
      inTurn(async () => {
        const sealed = (await read()).get(name)
        return sealed === undefined ? await takeOver(name) : open(name, sealed)
      }),
    set: (name, value) =>
      inTurn(async () => {
        await put(name, value)
        await earlier.delete(name)
      }),
    release: () =>
      inTurn(async () => {
        for (const [name, value] of await read()) await earlier.set(name, open(name, value))
      }),
    forget: () => {
      derived?.fill(0)
      derived = null
    },
    claim: () =>
      inTurn(async () => {
        for (const [name, value] of await read()) {
          // Only what opens here: else the earlier store may have the one that is good.
          if (unseal(secretKey(), name, Buffer.from(value, 'base64')) !== null) await earlier.delete(name)
        }
      }),
    delete: (name) =>
      inTurn(async () => {
        const entries = await read()
        if (entries.delete(name)) await write(entries)
        await earlier.delete(name)
      }),
  }
}
