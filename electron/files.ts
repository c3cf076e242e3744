import { createHash, createHmac } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DataKey } from '../db/key.ts'
import { AppError } from '../shared/errors.ts'
import { deriveKey, seal, unseal } from './keys/derive.ts'

/** Files kept by the SHA-256 of their content; their names live in the database. */
export type FileStore = {
  /** Keeps bytes durably and returns their hash; the same bytes are kept once. */
  readonly put: (content: Uint8Array) => Promise<string>
  /** Reads bytes by hash; AppError FILE_REFUSED if they are gone or changed. */
  readonly get: (sha256: string) => Promise<Uint8Array>
  /** Removes the bytes of a hash from the disk; nothing happens where there are none. */
  readonly remove: (sha256: string) => Promise<void>
}

export const sha256Of = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)

const writeDurably = async (path: string, content: Uint8Array) => {
  const handle = await open(path, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const writeNamed = async (path: string, content: Uint8Array, attempt: number) => {
  await mkdir(dirname(path), { recursive: true })
  // Named only when whole, so that a kill leaves no half file under a hash; two that keep the same bytes at once
  // write to files of their own.
  const partial = `${path}.${attempt}.partial`
  try {
    await writeDurably(partial, content)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

type Shelf = {
  readonly pathOf: (hash: string) => string
  readonly pack: (hash: string, content: Uint8Array) => Uint8Array
  /** null for bytes that are not what was packed. */
  readonly unpack: (hash: string, stored: Uint8Array) => Uint8Array | null
}

const plainShelf = (directory: string): Shelf => ({
  pathOf: (hash) => join(directory, 'files', hash.slice(0, 2), hash),
  pack: (_hash, content) => content,
  unpack: (_hash, stored) => stored,
})

// Names are derived too: a hash of its content would tell whether a known file is there.
const sealedShelf = (directory: string, key: Uint8Array): Shelf => {
  const names = deriveKey(key, 'file-names')
  const contents = deriveKey(key, 'files')
  const keyOf = (hash: string) => deriveKey(contents, 'files', Buffer.from(hash, 'hex'))
  return {
    pathOf: (hash) => {
      const name = createHmac('sha256', names).update(hash).digest('hex')
      return join(directory, 'sealed', name.slice(0, 2), name)
    },
    pack: (hash, content) => seal(keyOf(hash), hash, content),
    unpack: (hash, stored) => unseal(keyOf(hash), hash, stored),
  }
}

/** Where a kept file lies within an encrypted folder. */
export const keptPath = (key: Uint8Array, hash: string): string => sealedShelf('', key).pathOf(hash)

/** Tells a kept file of an encrypted folder, sealed under the hash of its content, from one whose bytes were changed. */
export const opensSealed = (key: Uint8Array): ((hash: string, stored: Uint8Array) => boolean) => {
  const { unpack } = sealedShelf('', key)
  return (hash, stored) => {
    const content = unpack(hash, stored)
    return content !== null && sha256Of(content) === hash
  }
}

const missing = 'The file is missing from the data folder. Restore it from a backup.'
const changed = 'The file was changed outside Counterfoil. Restore it from a backup.'

/** Opens the file store of a data directory; in an encrypted one each file is sealed under a key of its own. */
export const openFileStore = (directory: string, key: DataKey): FileStore => {
  const plain = plainShelf(directory)
  const shelf = key === null ? plain : sealedShelf(directory, key)
  // What encryption has not come round to yet is still in the clear.
  const shelves = key === null ? [shelf] : [shelf, plain]
  let written = 0

  const readFrom = async (it: Shelf, hash: string): Promise<Uint8Array | null | undefined> => {
    const stored = await readFile(it.pathOf(hash)).catch(() => undefined)
    if (stored === undefined) return undefined
    const content = it.unpack(hash, stored)
    return content !== null && sha256Of(content) === hash ? new Uint8Array(content) : null
  }

  return {
    put: async (content) => {
      const hash = sha256Of(content)
      if (!(await readFrom(shelf, hash))) {
        written += 1
        await writeNamed(shelf.pathOf(hash), shelf.pack(hash, content), written)
      }
      return hash
    },
    get: async (hash) => {
      if (!isHash(hash)) throw new AppError('FILE_REFUSED', 'Not the name of a kept file.')
      let found = false
      for (const it of shelves) {
        const content = await readFrom(it, hash)
        if (content) return content
        found ||= content === null
      }
      throw new AppError('FILE_REFUSED', found ? changed : missing)
    },
    remove: async (hash) => {
      if (!isHash(hash)) return
      for (const it of shelves) await rm(it.pathOf(hash), { force: true })
    },
  }
}
