import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { copyDatabase } from '../../db/copy.ts'
import { storageError } from '../../db/errors.ts'
import { examineFile } from '../../db/examine.ts'
import { compareFacts, type DatabaseFacts } from '../../db/facts.ts'
import { type DataKey, encryptedPageSize } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import { rekeyFile } from '../../db/rekey.ts'
import { AppError } from '../../shared/errors.ts'
import { needSpace, syncFolder, syncPath } from '../backup/durable.ts'
import { openFileStore } from '../files.ts'

export type Conversion = { readonly directory: string; readonly from: DataKey; readonly to: DataKey }
export type OnConverted = (done: number, total: number) => void

const databaseOf = (directory: string) => join(directory, 'counterfoil.db')
const scratchOf = (file: string) => `${file}.converting`

const endings = ['', '-journal', '-wal', '-shm', '.wide']

const removeScratch = (scratch: string) => {
  for (const ending of endings) {
    // Not rmSync: of a read-only disk it tells nothing that could be said in words.
    if (existsSync(`${scratch}${ending}`)) unlinkSync(`${scratch}${ending}`)
  }
}

// The disk may be the reason why it failed, and that is what is to be told: the next start clears away what is left.
const clearAway = (scratch: string) => {
  try {
    removeScratch(scratch)
  } catch {
    // Said already.
  }
}

// Everything committed is in the one file afterwards, and no log is left that belongs to it.
const emptyLog = (file: string, key: DataKey) => {
  const database = openConnection(file, { readonly: false, key })
  try {
    database.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
}

/** Writes a copy of a database under another key, checked row for row in its counts and sums; the original is only read. */
export const convertFile = async (
  source: string,
  target: string,
  { from, to }: Pick<Conversion, 'from' | 'to'>,
): Promise<DatabaseFacts> => {
  removeScratch(target)
  try {
    const facts = await copyDatabase(source, from, target, from === null && to !== null ? encryptedPageSize : null)
    rekeyFile(target, from, to)
    const examined = examineFile(target, to, true)
    if (!examined.sound) throw new Error(examined.faults.slice(0, 3).join('; '))
    const [difference] = compareFacts(facts, examined.facts)
    if (difference !== undefined) throw new Error(difference)
    syncPath(target)
    return examined.facts
  } catch (error) {
    clearAway(target)
    throw error
  }
}

const hashesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((part) =>
        readdirSync(join(folder, part)).filter((name) => /^[0-9a-f]{64}$/.test(name)),
      )
    : []

const sizeOf = (folder: string): number =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
    : 0

// Missing ones were missing before: each is named by the check of kept files, and is no reason to stop.
const copyFiles = async ({ directory, from, to }: Conversion, named: readonly string[], onStep: OnConverted) => {
  const source = openFileStore(directory, from)
  const target = openFileStore(directory, to)
  const hashes = [...new Set([...named, ...(from === null ? hashesIn(join(directory, 'files')) : [])])]
  for (const [index, hash] of hashes.entries()) {
    const content = await source.get(hash).catch(() => null)
    if (content !== null) await target.put(content)
    onStep(index + 1, hashes.length)
  }
}

// What trials, previews and diagnoses work on: a copy of everything, left there by a kill.
const removeTrials = (directory: string) => {
  for (const folder of ['drill', 'diagnosis', 'counterfoil.db.inspection']) {
    rmSync(join(directory, folder), { recursive: true, force: true })
  }
  removeScratch(`${databaseOf(directory)}.preview`)
}

/**
 * Prepares a folder for another key, or for none: a converted copy of the database and of each kept file beside the
 * ones in use, which stay as they are. Everything that has the database open must be closed. AppError STORAGE_FULL.
 */
export const prepareConversion = async (it: Conversion, onStep: OnConverted = () => undefined): Promise<void> => {
  const { directory, from } = it
  const file = databaseOf(directory)
  const scratch = scratchOf(file)
  try {
    removeScratch(scratch)
    emptyLog(file, from)
    needSpace(directory, statSync(file).size * 2 + sizeOf(join(directory, from === null ? 'files' : 'sealed')))
    const facts = await convertFile(file, scratch, it)
    await copyFiles(it, facts.files, onStep)
  } catch (error) {
    clearAway(scratch)
    const known = storageError(error, directory)
    if (known instanceof AppError) throw known
    throw new AppError(
      'STORAGE_UNAVAILABLE',
      `The data could not be converted: ${error instanceof Error ? error.message : String(error)} It is as it was before.`,
    )
  }
}

/** Puts the converted database in the place of the one in use: one rename, before which the old one opens and after which the new one does. */
export const finishConversion = (directory: string): void => {
  removeTrials(directory)
  const file = databaseOf(directory)
  for (const ending of ['-wal', '-shm']) {
    if (existsSync(`${file}${ending}`) && statSync(`${file}${ending}`).size > 0 && ending === '-wal') {
      throw new AppError('STORAGE_UNAVAILABLE', 'The database is still in use. Nothing was converted.')
    }
    rmSync(`${file}${ending}`, { force: true })
  }
  renameSync(scratchOf(file), file)
  syncFolder(dirname(file))
}

/** Takes away what a conversion, a restore or a trial that never came to its end left behind; a swap that was begun is ended first. */
export const dropConversion = (directory: string): void => {
  removeScratch(scratchOf(databaseOf(directory)))
  removeScratch(`${databaseOf(directory)}.incoming`)
  removeTrials(directory)
  rmSync(join(directory, 'incoming'), { recursive: true, force: true })
}

const overwriteSize = 1024 * 1024

/** Overwrites and removes a file. Best effort: a disk may keep old blocks, but an undelete of the name finds nothing. */
export const shred = async (path: string): Promise<void> => {
  const { size } = statSync(path)
  const handle = openSync(path, 'r+')
  try {
    const zeros = Buffer.alloc(Math.min(size, overwriteSize))
    for (let at = 0; at < size; at += zeros.length) writeSync(handle, zeros, 0, Math.min(zeros.length, size - at), at)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  await rm(path)
}

const foldersOfFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((part) => /^[0-9a-f]{2}$/.test(part))
        .map((part) => join(folder, part))
    : []

export type Swept = {
  readonly swept: number
  /** The part of the folder where the next piece begins after; null where this was the last one. */
  readonly next: string | null
}

export type SweepBounds = {
  /** Says by its hash which files go; a file with a name of another kind is nobody's here, and stays. */
  readonly isOurs?: (hash: string) => boolean
  /** Where the piece before ended. */
  readonly after?: string | null
  /** Once so many are gone a piece ends. */
  readonly most?: number
}

/** Removes kept files in the clear from a folder that is encrypted, each once its sealed twin is there; gives how many. */
export const sweepPlainFiles = async (
  directory: string,
  key: Uint8Array,
  { isOurs = () => true, after = null, most = Number.POSITIVE_INFINITY }: SweepBounds = {},
): Promise<Swept> => {
  const folder = join(directory, 'files')
  const sealed = openFileStore(directory, key)
  let swept = 0
  for (const part of foldersOfFiles(folder).sort()) {
    if (after !== null && basename(part) <= after) continue
    for (const name of readdirSync(part)) {
      const hash = /^([0-9a-f]{64})(\.\d+)?(\.partial)?$/.exec(name)?.[1]
      if (hash === undefined || !isOurs(hash)) continue
      if (name === hash) {
        // Read through the sealed store it comes from whichever shelf has it whole, and is put on the sealed one.
        const content = await sealed.get(hash).catch(() => null)
        if (content === null) continue
        await sealed.put(content)
      }
      await shred(join(part, name))
      swept += 1
    }
    if (readdirSync(part).length === 0) rmdirSync(part)
    if (swept >= most) return { swept, next: basename(part) }
  }
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
  return { swept, next: null }
}

/** Takes the sealed files of a folder that is no longer encrypted out of use. */
export const sweepSealedFiles = (directory: string): void => {
  const sealed = join(directory, 'sealed')
  if (!existsSync(sealed)) return
  // Kept, not deleted: one that could not be read in that moment is whole in there, under the key that was retired.
  let count = 1
  while (existsSync(`${sealed}-retired-${count}`)) count += 1
  renameSync(sealed, `${sealed}-retired-${count}`)
}
