import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { FileProblem } from '../../db/examine.ts'
import { examineFile } from '../../db/examine.ts'
import { compareFacts, type DatabaseFacts } from '../../db/facts.ts'
import { type DataKey, encryptedPageSize } from '../../db/key.ts'
import { openScratch } from '../../db/scratch.ts'
import { AppError } from '../../shared/errors.ts'
import { needSpace, readText, syncPath } from './durable.ts'
import { hashFile } from './hash-file.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { databaseIn, manifestOf } from './place.ts'

/** Why a file cannot be restored, in words for the person who chose it. */
const problemTexts: Readonly<Record<FileProblem, string>> = {
  missing: 'is not there. Plug its disk in, or choose another backup.',
  folder: 'is a folder, not a backup.',
  empty: 'is empty. Choose another backup.',
  cut: 'was cut off: a part of it is missing. Choose another backup.',
  foreign: 'is not a backup of Counterfoil.',
  'wrong-key': 'was made with another key. Open it with its own recovery code.',
  newer: 'was made by a newer version of Counterfoil. Update Counterfoil first.',
  damaged: 'is damaged. Choose another backup.',
  unreadable: 'cannot be read. Check its disk and its permissions.',
}

// Whole pages of bytes without a pattern, as nearly every value is in each.
const looksEncrypted = (file: string): boolean => {
  const status = statSync(file)
  if (!status.isFile() || status.size === 0 || status.size % encryptedPageSize !== 0) return false
  const page = Buffer.alloc(encryptedPageSize)
  const handle = openSync(file, 'r')
  try {
    return new Set(page.subarray(0, readSync(handle, page, 0, page.length, 0))).size > 240
  } finally {
    closeSync(handle)
  }
}

// Encrypted, it opens with nothing but the key in its manifest.
const withoutManifest = (file: string, problem: FileProblem): string | null => {
  const description = manifestOf(file)
  if ((problem !== 'foreign' && problem !== 'wrong-key') || existsSync(description) || !looksEncrypted(file))
    return null
  const beside = `${basename(description)}, its description, is missing: it holds the key of an encrypted backup. Put it beside the backup and try again.`
  return problem === 'foreign' ? `cannot be opened. ${beside}` : `was made with another key. ${beside}`
}

/** The refusal of a backup that cannot be used; the present data is untouched. */
export const refuseBackup = (file: string, problem: FileProblem, faults: readonly string[]): AppError =>
  new AppError(
    'STORAGE_UNAVAILABLE',
    `${file} ${withoutManifest(file, problem) ?? problemTexts[problem]} Nothing was changed.`,
    {
      details: { problem, faults: faults.slice(0, 5) },
    },
  )

/** Refuses the database of the data folder itself: read as a backup is, it would lose the locks of this process. */
export const refuseInUse = (directory: string, file: string): void => {
  const of = (path: string) => statSync(path, { throwIfNoEntry: false, bigint: true })
  const [present, chosen] = [of(databaseIn(directory)), of(file)]
  if (present === undefined || present.ino !== chosen?.ino || present.dev !== chosen.dev) return
  throw new AppError('INVALID_STATE', `${file} is the data that is in use, not a backup. Choose a backup.`)
}

export type Brought = { readonly facts: DatabaseFacts; readonly manifest: Manifest | null }

const removeScratch = (target: string) => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${target}${end}`, { force: true })
}

/**
 * Copies a backup to a scratch file and checks the copy fully: its bytes, pages, indexes, references, counts and sums.
 * AppError says why it cannot be used; the scratch file is then gone.
 */
export const bringBackup = (source: string, key: DataKey, target: string): Brought => {
  const status = statSync(source, { throwIfNoEntry: false })
  if (status === undefined) throw refuseBackup(source, 'missing', [])
  if (status.isDirectory()) throw refuseBackup(source, 'folder', [])
  if (status.size === 0) throw refuseBackup(source, 'empty', [])
  const text = readText(manifestOf(source))
  const manifest = text === null ? null : readManifest(text, key)
  if (manifest !== null && status.size < manifest.size) throw refuseBackup(source, 'cut', [])
  needSpace(dirname(target), Math.ceil(status.size * 1.05) + 1_000_000)
  removeScratch(target)
  try {
    copyFileSync(source, target)
    // A database that was copied with its log: without it the last commits would be missing.
    if (manifest === null && existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${target}-wal`)
    syncPath(target)
    if (manifest !== null && hashFile(target) !== manifest.sha256) {
      throw refuseBackup(source, 'damaged', ['Its bytes are not those that were written.'])
    }
    const first = examineFile(target, key, true)
    if (!first.sound) throw refuseBackup(source, first.problem, first.faults)
    const differences = manifest === null ? [] : compareFacts(manifest.facts, first.facts)
    if (differences.length > 0) throw refuseBackup(source, 'damaged', differences)
    // One file from here on: no log that could be left beside another database.
    openScratch(target, key).close()
    for (const end of ['-wal', '-shm']) rmSync(`${target}${end}`, { force: true })
    syncPath(target)
    return { facts: first.facts, manifest }
  } catch (error) {
    removeScratch(target)
    throw error
  }
}
