import { existsSync, statSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { keyFile } from '../../db/inspect-file.ts'
import { AppError } from '../../shared/errors.ts'
import { type KeyFile, lookAtKeyFile, lostKeyFile, writeKeyFile } from './key-file.ts'
import { createCopiesOfKeys, opensDatabase } from './lost-keys.ts'
import { otherKeyFile } from './other-data.ts'

type Readable = { readonly files: readonly KeyFile[]; readonly problem: AppError | null }

/** The key file of a folder as it is found: there, gone, none any more, or that of other data. */
export type FoundKeys = {
  /** The key file; AppError STORAGE_UNAVAILABLE where there is none to be read. */
  readonly stored: () => Promise<KeyFile>
  /** The key file, or, where it is not that of this data, the copies that there are of the right one, and what is wrong. */
  readonly readable: () => Promise<Readable>
  /** The same, once the key of this name has shown to be that of other data. */
  readonly withoutOther: (keyId: string) => Promise<Readable>
  /** Looks at the copies anew: a disk that did not answer may answer now. */
  readonly lookAnew: () => void
  /** Puts a copy in the place of what is there, which is kept beside it, if its key opens the data. */
  readonly putBack: (copy: KeyFile, key: Buffer) => Promise<boolean>
  /** Puts the copy that has a slot in the place of a key file that lacks it; null where there is no such copy. */
  readonly putBackNewer: (slotId: string) => Promise<'there' | 'put back' | null>
  /** Takes what lies there out of use once no data needs it, whatever it is; kept beside, under a name that says which. */
  readonly retire: () => Promise<void>
}

/** Finds the key file of a folder; `onExposed` is told once where others may read it. */
export const createFoundKeys = (directory: string, onExposed?: (problem: string) => void): FoundKeys => {
  const path = join(directory, keyFile)
  const copies = createCopiesOfKeys(directory)
  let otherId: string | null = null
  let wasExposed = false

  const look = () =>
    lookAtKeyFile(directory, (problem) => {
      if (!wasExposed) onExposed?.(problem)
      wasExposed = true
    })

  const stored = async (): Promise<KeyFile> => {
    const found = await look()
    if (typeof found === 'string') throw lostKeyFile(directory, found)
    return found
  }

  const copiesOfRight = (): Readable => {
    const files = copies.read().filter(({ keyId }) => keyId !== otherId)
    if (files.length === 0) throw otherKeyFile(directory, false)
    return { files, problem: otherKeyFile(directory, true) }
  }

  const readable = async (): Promise<Readable> => {
    const found = await look()
    if (typeof found !== 'string') {
      if (found.keyId === otherId) return copiesOfRight()
      copies.forget()
      return { files: [found], problem: null }
    }
    const files = copies.read()
    if (files.length === 0) throw lostKeyFile(directory, found)
    const what = found === 'damaged' ? 'cannot be read' : 'is missing'
    const message = `The key file ${path} ${what}. Copies of it are kept with your backups: enter a password or the recovery code, and it is put back. Nothing is lost.`
    return { files, problem: new AppError('STORAGE_UNAVAILABLE', message) }
  }

  const nameBeside = (what: 'unreadable' | 'older' | 'other') => {
    let count = 1
    while (existsSync(`${path}.${what}-${count}`)) count += 1
    return `${path}.${what}-${count}`
  }

  const retire = async () => {
    if (!existsSync(path)) return
    // Who else may read it says nothing of what is in it.
    const found = statSync(path).isDirectory() ? 'damaged' : await lookAtKeyFile(directory, () => undefined)
    if (found === 'missing') return
    await rename(path, found === 'damaged' ? nameBeside('unreadable') : join(directory, `keys-${found.keyId}.json`))
  }

  return {
    stored,
    readable,
    retire,
    withoutOther: (keyId) => {
      otherId = keyId
      return readable()
    },
    lookAnew: copies.forget,
    // One that is none any more is kept under another name; one that somebody else just holds is no such file.
    putBack: async (copy, key) => {
      if (!opensDatabase(directory, key)) return false
      const present = await lookAtKeyFile(directory)
      if (present !== 'missing') await rename(path, nameBeside(present === 'damaged' ? 'unreadable' : 'other'))
      await writeKeyFile(directory, copy)
      return true
    },
    putBackNewer: async (slotId) => {
      const file = await stored()
      const has = ({ keyId, slots }: KeyFile) => keyId === file.keyId && slots.some(({ id }) => id === slotId)
      if (has(file)) return 'there'
      const copy = copies.read().find(has)
      if (copy === undefined) return null
      // Cut off in between it is lost, of which there are copies: this one.
      await rename(path, nameBeside('older'))
      await writeKeyFile(directory, copy)
      return 'put back'
    },
  }
}
