import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readPrivateFile, replacePrivateFile } from '../mail/private-file.ts'
import { SecretError, type SecretStore } from '../mail/secrets.ts'
import { deriveKey, seal, unseal } from './derive.ts'

export type SealedSecretStore = SecretStore & {
  /** Gives everything back to the earlier store, before the key goes out of use; the sealed file stays until then. */
  readonly release: () => Promise<void>
}

const entriesSchema = z.record(z.string(), z.string())

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
  const secretKey = deriveKey(key, 'secrets')
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
      throw new SecretError(
        'store-broken',
        path,
        `The password file ${path} is damaged. Put it back from a backup, or move it away and enter the passwords again.`,
      )
    }
  }

  const write = async (entries: ReadonlyMap<string, string>) => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await replacePrivateFile(path, Buffer.from(`${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`))
  }

  const put = async (name: string, value: string) =>
    write((await read()).set(name, seal(secretKey, name, Buffer.from(value)).toString('base64')))

  const open = (name: string, sealed: string): string => {
    const value = unseal(secretKey, name, Buffer.from(sealed, 'base64'))
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
    delete: (name) =>
      inTurn(async () => {
        const entries = await read()
        if (entries.delete(name)) await write(entries)
        await earlier.delete(name)
      }),
  }
}
