import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { copyDatabase } from '../../db/copy.ts'
import { isDamage, storageError } from '../../db/errors.ts'
import { examineFile, type FileProblem } from '../../db/examine.ts'
import { compareFacts, type DatabaseFacts, type StateMarks } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import { needSpace, syncFolder, syncPath, writeNew } from './durable.ts'
import { installationOf } from './installation.ts'
import { copyKept, isTurnOf, keptCheck, listKept, missingBytes } from './kept-files.ts'
import { type BackupReason, type Manifest, writeManifest } from './manifest.ts'
import { keysForBackup } from './manifest-keys.ts'
import { backupName, clearScratch, databaseIn, manifestOf } from './place.ts'
import { type CheckBeside, checkAfterwards, type SecondChecks } from './second-checks.ts'

export type BackupInput = {
  /** The data folder. */
  readonly directory: string
  readonly key: DataKey
  /** The folder that gets the backup; made where it is missing, but not the folder that holds it. */
  readonly destination: string
  readonly reason: BackupReason
  readonly createdAt: string
  readonly appVersion: string
  /** Every index too, not only pages, references and sums. */
  readonly full: boolean
}

export type MadeBackup = { readonly file: string; readonly manifest: Manifest; readonly milliseconds: number }

export type BackupStep = 'copying' | 'checking' | 'files' | 'finishing'
export type OnStep = (step: BackupStep, done?: number, total?: number) => void

const logSize = (file: string) => (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0)

// Whoever writes the manifest has the name: other computers give their backups names in the same place.
const claimName = ({ destination, createdAt, reason }: BackupInput, manifest: string): string => {
  for (let count = 1; ; count += 1) {
    const file = join(destination, backupName(createdAt, reason, count))
    if (!existsSync(file) && !existsSync(manifestOf(file)) && writeNew(manifestOf(file), manifest)) return file
  }
}

// A disk that is not plugged in leaves its folder missing: making it would fill the wrong disk.
const prepare = (folder: string) => {
  if (!existsSync(folder)) {
    if (!existsSync(dirname(folder))) {
      throw new AppError(
        'STORAGE_UNAVAILABLE',
        `${folder} is not there. Plug its disk in, or choose another folder for backups.`,
      )
    }
    mkdirSync(folder)
  }
  if (!statSync(folder).isDirectory()) {
    throw new AppError('STORAGE_UNAVAILABLE', `${folder} is a file. Choose a folder for backups.`)
  }
  accessSync(folder, constants.W_OK)
}

/** What went wrong with a place for backups, in words that name it. */
const placeError = (error: unknown, folder: string): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code.startsWith('SQLITE_READONLY')) {
    return new AppError('STORAGE_UNAVAILABLE', `${folder} cannot be written to. Choose another folder for backups.`)
  }
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return new AppError(
      'STORAGE_FULL',
      `There is no room left in ${folder}. Earlier backups are as they were. Free some space or choose another folder.`,
    )
  }
  if (code === 'EIO' || code.startsWith('SQLITE_IOERR') || code === 'ENODEV' || code === 'ENXIO') {
    return new AppError(
      'STORAGE_UNAVAILABLE',
      `The disk of ${folder} could not be read or written. Check it, or choose another folder for backups.`,
    )
  }
  const known = storageError(error)
  if (!(known instanceof AppError)) return known
  // Only the data is read as a database: the folder has nothing to do with it.
  if (!(error instanceof AppError) && isDamage(known)) {
    return new AppError(
      known.code,
      'The data in use is damaged, so no backup was made of it. Earlier backups are as they were.',
      { details: known.details },
    )
  }
  // What is meant is this folder, and not the one with the data.
  const named = known.message.replace('The data folder', folder)
  return new AppError(known.code, named.includes(folder) ? named : `${named} (${folder})`, { details: known.details })
}

const isMapped = ({ directory, destination }: BackupInput) => statSync(directory).dev === statSync(destination).dev

const refuse = (faults: readonly string[], problem: FileProblem): never => {
  throw new AppError(
    'STORAGE_UNAVAILABLE',
    `The backup was made but did not pass its checks, so it was not kept: ${faults.slice(0, 3).join('; ')}.`,
    { details: { problem } },
  )
}

const factsOf = (input: BackupInput, scratch: string, source: StateMarks): DatabaseFacts => {
  const examined = examineFile(scratch, input.key, input.full, { mapped: isMapped(input), references: false })
  if (!examined.sound) return refuse(examined.faults, examined.problem)
  // Encrypted, the facts were read a moment before the copy; more may have been written in between.
  const isSameMoment = source.head?.seq === examined.facts.head?.seq
  const differences = isSameMoment ? compareFacts(source, examined.facts) : []
  if (differences.length > 0) {
    throw new AppError(
      'STORAGE_UNAVAILABLE',
      `The backup does not hold what the database does: ${differences[0]}. It was not kept.`,
    )
  }
  return examined.facts
}

const check = async (input: BackupInput, scratch: string, onStep: OnStep, beside: CheckBeside) => {
  onStep('copying')
  const source = await copyDatabase(databaseIn(input.directory), input.key, scratch)
  syncPath(scratch)
  onStep('checking')
  const second = beside.check({ file: scratch, key: input.key, mapped: isMapped(input) })
  // Awaited below, unless the first check throws.
  second.catch(() => undefined)
  const facts = factsOf(input, scratch, source)
  const { sha256, faults } = await second
  if (faults.length > 0) refuse(faults, 'damaged')
  return { facts, sha256 }
}

type Checked = { readonly facts: DatabaseFacts } & Pick<SecondChecks, 'sha256'>

const manifestFor = (input: BackupInput, scratch: string, { facts, sha256 }: Checked, onStep: OnStep): Manifest => {
  const { directory, destination } = input
  const kept = listKept(directory)
  const how = { isSound: keptCheck(input.key, facts.files), isChecked: isTurnOf(input.createdAt) }
  const lost = copyKept(directory, destination, kept, how, (done) => onStep('files', done, kept.length))
  const there = new Set(
    kept.filter((path) => !lost.includes(path)).map((path) => path.slice(path.lastIndexOf('/') + 1)),
  )
  onStep('finishing')
  return {
    format: 'counterfoil-backup',
    formatVersion: 1,
    appVersion: input.appVersion,
    dataVersion: facts.schemaVersion,
    createdAt: input.createdAt,
    reason: input.reason,
    size: statSync(scratch).size,
    sha256,
    check: input.full ? 'full' : 'quick',
    encrypted: input.key !== null,
    keys: keysForBackup(directory),
    installation: installationOf(directory),
    facts,
    kept: kept.filter((path) => !lost.includes(path)),
    // The names of encrypted files say nothing about their content.
    missing: input.key === null ? facts.files.filter((hash) => !there.has(hash)) : [],
  }
}

// Tells what is under way here from what others write in the same place, such as the sealing of earlier backups.
const scratchMark = (directory: string) => `.${installationOf(directory)?.slice(0, 8) ?? 'nobody'}`

// The disk may be the reason why the attempt failed: the next one clears away what is left on it.
const clearAway = (files: readonly string[]) => {
  for (const file of files) {
    try {
      for (const end of ['', '-journal']) rmSync(`${file}${end}`, { force: true })
    } catch {
      return
    }
  }
}

/**
 * Makes a backup while the database is in use: a copy of one moment, opened and checked, then named. AppError
 * STORAGE_FULL or STORAGE_UNAVAILABLE says what the place lacks; nothing half made stays, earlier backups are untouched.
 */
export const createBackup = async (
  input: BackupInput,
  onStep: OnStep = () => undefined,
  beginBeside: (bytes: number) => CheckBeside = checkAfterwards,
): Promise<MadeBackup> => {
  const started = performance.now()
  const { directory, destination } = input
  const file = databaseIn(directory)
  const scratch = `${join(destination, backupName(input.createdAt, input.reason))}${scratchMark(directory)}.partial`
  // What this attempt wrote: whatever else lies there is somebody's.
  const written = [scratch]
  try {
    prepare(destination)
    clearScratch(destination, scratchMark(directory), input.createdAt)
    const room = statSync(file).size + logSize(file) + missingBytes(directory, destination, listKept(directory))
    needSpace(destination, Math.ceil(room * 1.05) + 1_000_000)
    const beside = beginBeside(statSync(file).size)
    // Where the checks failed it may still read: a file that somebody holds cannot be removed on every system.
    const checked = await check(input, scratch, onStep, beside).finally(beside.end)
    const manifest = manifestFor(input, scratch, checked, onStep)
    // The manifest first: a database that has its name is whole, with all that belongs to it.
    const target = claimName(input, writeManifest(manifest, input.key))
    written.push(manifestOf(target))
    renameSync(scratch, target)
    written.length = 0
    syncFolder(destination)
    return { file: target, manifest, milliseconds: Math.round(performance.now() - started) }
  } catch (error) {
    throw placeError(error, destination)
  } finally {
    clearAway(written)
  }
}
