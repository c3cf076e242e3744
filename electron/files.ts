import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../shared/errors.ts'

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

const writeDurably = async (path: string, content: Uint8Array) => {
  const handle = await open(path, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Opens the file store of a data directory. */
export const openFileStore = (directory: string): FileStore => {
  const pathOf = (hash: string) => join(directory, 'files', hash.slice(0, 2), hash)
  let written = 0
  return {
    put: async (content) => {
      const hash = sha256Of(content)
      const path = pathOf(hash)
      const known = await readFile(path).catch(() => null)
      if (known !== null && sha256Of(known) === hash) return hash
      await mkdir(join(directory, 'files', hash.slice(0, 2)), { recursive: true })
      // Named only when whole, so that a kill leaves no half file under a hash; two that keep the same bytes at once
      // write to files of their own.
      written += 1
      const partial = `${path}.${written}.partial`
      try {
        await writeDurably(partial, content)
        await rename(partial, path)
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
      return hash
    },
    get: async (hash) => {
      if (!/^[0-9a-f]{64}$/.test(hash)) throw new AppError('FILE_REFUSED', 'Not the name of a kept file.')
      const content = await readFile(pathOf(hash)).catch(() => {
        throw new AppError('FILE_REFUSED', 'The file is missing from the data folder. Restore it from a backup.')
      })
      if (sha256Of(content) !== hash) {
        throw new AppError('FILE_REFUSED', 'The file was changed outside Counterfoil. Restore it from a backup.')
      }
      return new Uint8Array(content)
    },
    remove: async (hash) => {
      if (/^[0-9a-f]{64}$/.test(hash)) await rm(pathOf(hash), { force: true })
    },
  }
}
