import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createPrivateFile, readPrivateFile, replacePrivateFile } from './private-file.ts'
import { SecretError, type SecretStore } from './secrets.ts'

export const FILE_STORE_WARNING =
  'This computer offers no keychain, so passwords are kept in a file. Anybody who can read this user’s files, or a backup of them, can read the passwords.'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)
const entrySchema = z.strictObject({ nonce: base64, tag: base64, data: base64 })
const storeSchema = z.strictObject({ version: z.literal(1), secrets: z.array(z.tuple([z.string(), entrySchema])) })

type Entry = z.infer<typeof entrySchema>
type Entries = Map<string, Entry>
type Paths = { readonly folder: string; readonly key: string; readonly store: string }

/** Keeps secrets encrypted in `dir`/secrets.json, under a random key in `dir`/secrets.key; both readable by this user alone. */
export function createFileSecretStore(dir: string): SecretStore {
  const paths = { folder: dir, key: join(dir, 'secrets.key'), store: join(dir, 'secrets.json') }
  let last: Promise<unknown> = Promise.resolve()
  // One at a time: each change reads the whole file and writes it again.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  return {
    kind: 'file',
    warning: FILE_STORE_WARNING,
    get: (key) => inTurn(() => readSecret(paths, key)),
    set: (key, value) => inTurn(() => writeSecret(paths, key, value)),
    delete: (key) => inTurn(() => removeSecret(paths, key)),
  }
}

async function readSecret(paths: Paths, key: string): Promise<string | null> {
  const entry = (await readEntries(paths)).get(key)
  return entry === undefined ? null : decrypt(await readKey(paths), key, entry, paths)
}

async function writeSecret(paths: Paths, key: string, value: string): Promise<void> {
  await mkdir(paths.folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new SecretError('unreachable', paths.folder, `The folder ${paths.folder} cannot be made: ${String(error)}`)
  })
  const entries = await readEntries(paths)
  if (entries.size === 0)
    await createPrivateFile(paths.key, Buffer.from(`${randomBytes(KEY_BYTES).toString('base64')}\n`))
  entries.set(key, encrypt(await readKey(paths), key, value))
  await writeEntries(paths, entries)
}

async function removeSecret(paths: Paths, key: string): Promise<void> {
  const entries = await readEntries(paths)
  if (entries.delete(key)) await writeEntries(paths, entries)
}

async function readKey(paths: Paths): Promise<Buffer> {
  const text = await readPrivateFile(paths.key, 'key-permissions')
  if (text === null) {
    throw new SecretError(
      'key-missing',
      paths.key,
      `The key file ${paths.key} is missing, so the passwords in ${paths.store} cannot be read. Put it back from a backup, or move ${paths.store} away and enter the passwords again.`,
    )
  }
  const encoded = text.toString('latin1').trim()
  const key = Buffer.from(encoded, 'base64')
  if (key.length !== KEY_BYTES || key.toString('base64') !== encoded) {
    throw new SecretError(
      'key-broken',
      paths.key,
      `The key file ${paths.key} is damaged. Put it back from a backup, or move it and ${paths.store} away and enter the passwords again.`,
    )
  }
  return key
}

async function readEntries(paths: Paths): Promise<Entries> {
  const text = await readPrivateFile(paths.store, 'store-permissions')
  if (text === null) return new Map()
  try {
    return new Map(storeSchema.parse(JSON.parse(text.toString('utf8'))).secrets)
  } catch {
    throw new SecretError(
      'store-broken',
      paths.store,
      `The password file ${paths.store} is damaged. Put it back from a backup, or move it away and enter the passwords again.`,
    )
  }
}

async function writeEntries(paths: Paths, entries: Entries): Promise<void> {
  const text = JSON.stringify({ version: 1, secrets: [...entries] }, null, 2)
  await replacePrivateFile(paths.store, Buffer.from(`${text}\n`))
}

/** The name of the secret is authenticated with it, so that two values cannot be exchanged in the file. */
function encrypt(key: Buffer, name: string, value: string): Entry {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(name))
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return { nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }
}

function decrypt(key: Buffer, name: string, entry: Entry, paths: Paths): string {
  try {
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(entry.nonce, 'base64'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(name)).setAuthTag(Buffer.from(entry.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(entry.data, 'base64')), decipher.final()]).toString('utf8')
  } catch {
    throw new SecretError(
      'value-broken',
      paths.store,
      `The password "${name}" in ${paths.store} was changed, or belongs to another key file. Enter it again.`,
    )
  }
}
