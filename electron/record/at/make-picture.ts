import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { copyDatabase } from '../../../db/copy.ts'
import { storageError } from '../../../db/errors.ts'
import type { DataKey } from '../../../db/key.ts'
import { openConnection } from '../../../db/open.ts'
import { openScratch } from '../../../db/scratch.ts'
import { needSpace } from '../../../db/space.ts'
import { AppError } from '../../../shared/errors.ts'
import { cutAt, type Reach, reachOf, takenAway } from './cut.ts'
import { deriveSearch, deriveSums } from './derive.ts'
import { picturesIn } from './pictures-in.ts'
import { rewind } from './rewind.ts'
import { takeTriggers } from './triggers.ts'

export type PictureInput = {
  readonly directory: string
  readonly key: DataKey
  readonly id: string
  readonly at: string
  readonly organizationId: string
  /** Shared with whoever may not want it any more: 1 in its first place ends it after the step under way. */
  readonly left: Int32Array
}

export type Picture = {
  readonly file: string
  /** What was done last by then; null where nothing was. */
  readonly last: string | null
  /** Figures that did not add up then; nothing where all did. */
  readonly differences: number
  readonly milliseconds: number
}

export type OnStep = (step: string, done?: number, total?: number) => void

const cancelled = () => new AppError('CANCELLED', 'Looking back was left.')

export type ReachInput = Pick<PictureInput, 'directory' | 'key' | 'organizationId'>

const databaseOf = (directory: string) => join(directory, 'counterfoil.db')

/** How far back one can look; reads the whole log, so in a thread of its own. */
export const readReach = ({ directory, key, organizationId }: ReachInput): Reach => {
  const database = openConnection(databaseOf(directory), { readonly: true, key })
  try {
    return reachOf(database, organizationId)
  } finally {
    database.close()
  }
}

const assertReached = (input: PictureInput) => {
  const { earliest, because } = readReach(input)
  const { at } = input
  if (at >= earliest) return
  const why =
    because === 'begun'
      ? 'This business was set up, or brought in, only after that moment.'
      : 'What was changed before is not on record in this file.'
  throw new AppError('INVALID_STATE', why, { details: { earliest, because } })
}

const inWords = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`

const assertKnown = ({ directory, key, at }: PictureInput) => {
  const database = openConnection(databaseOf(directory), { readonly: true, key })
  try {
    const gap = takenAway(database, at)
    if (gap === null) return
    throw new AppError(
      'INVALID_STATE',
      `At ${inWords(gap.until)} a backup of ${inWords(gap.from)} took the place of everything. What was done in between went with it, so this moment is not known here. Choose one until then, or from the restore on.`,
      { details: gap },
    )
  } finally {
    database.close()
  }
}

const assertSound = (database: Sqlite.Database) => {
  const broken = database.prepare('PRAGMA foreign_key_check').raw(true).all().length
  if (broken === 0) return
  throw new AppError(
    'INVALID_STATE',
    `The record does not lead back to that moment without a break: ${broken} references lead nowhere. Check the record, and choose a later moment.`,
  )
}

const lastOf = (database: Sqlite.Database): string | null => {
  const at: unknown = database.prepare('SELECT at FROM commands ORDER BY seq DESC LIMIT 1').pluck().get()
  return typeof at === 'string' ? at : null
}

const setBack = async (database: Sqlite.Database, input: PictureInput, onStep: OnStep) => {
  const step: OnStep = (name, done = 0, total = 0) => {
    if (Atomics.load(input.left, 0) === 1) throw cancelled()
    onStep(name, done, total)
  }
  const cut = cutAt(database, input.at)
  // Killed half way it is thrown away: nothing of it needs a way back.
  for (const setting of [
    'journal_mode = OFF',
    'synchronous = OFF',
    'foreign_keys = OFF',
    'temp_store = MEMORY',
    'ignore_check_constraints = ON',
  ]) {
    database.pragma(setting)
  }
  database.pragma('cache_size = -128000')
  const triggers = takeTriggers(database)
  database.exec('BEGIN')
  rewind(database, cut, step)
  step('search')
  deriveSearch(database, triggers)
  database.exec('COMMIT')
  step('sums')
  const last = lastOf(database)
  assertSound(database)
  const { differences } = await deriveSums(database)
  // Nothing writes to it any more; whoever tries finds the rules that the books have.
  triggers.restore()
  database.pragma('journal_mode = DELETE')
  return { last, differences }
}

/**
 * Makes a picture of everything as it was at a moment: a copy of the database, with the same key, set back by the record
 * and checked. AppError INVALID_STATE with `earliest` where the record does not reach so far, CANCELLED where it was left.
 */
export const makePicture = async (input: PictureInput, onStep: OnStep): Promise<Picture> => {
  const started = performance.now()
  const source = databaseOf(input.directory)
  const folder = picturesIn(input.directory)
  const file = join(folder, `${input.id}.db`)
  try {
    assertReached(input)
    assertKnown(input)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    needSpace(input.directory, statSync(source).size * 2 + 1_000_000)
    onStep('copy')
    await copyDatabase(source, input.key, file)
    const database = openScratch(file, input.key)
    try {
      const made = await setBack(database, input, onStep)
      return { file, ...made, milliseconds: Math.round(performance.now() - started) }
    } finally {
      database.close()
    }
  } catch (error) {
    for (const part of [file, `${file}-journal`, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true })
    throw storageError(error, file)
  }
}
