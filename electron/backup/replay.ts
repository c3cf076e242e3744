import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { storageError } from '../../db/errors.ts'
import type { DataKey } from '../../db/key.ts'
import { openConnection, openReader } from '../../db/open.ts'
import { type Replayable, type ReplayStop, replayable, replayLog, unknownReplay } from '../../db/replay.ts'
import { AppError } from '../../shared/errors.ts'
import { deriveSums } from '../record/at/derive.ts'
import { verifyLog } from '../record/verify.ts'
import { needSpace } from './durable.ts'
import { databaseIn } from './place.ts'
import { closeScratch } from './scratch-command.ts'

// Each round ends where the record of the one before was no longer whole.
const mostRounds = 4

const copyWithLog = (from: string, to: string) => {
  copyFileSync(from, to)
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`)
}

/** What was done since a backup that could be done again from the present database; null where that does not say. */
export const whatIsReplayable = (
  file: string,
  key: DataKey,
  { schemaVersion, head }: { readonly schemaVersion: number; readonly head: { seq: number; id: string } | null },
): Replayable | null => {
  try {
    const source = openConnection(file, { readonly: true, key })
    try {
      return replayable(source, schemaVersion, head)
    } finally {
      source.close()
    }
  } catch {
    return null
  }
}

const sizeOf = (file: string) =>
  ['', '-wal'].reduce((sum, end) => sum + (statSync(`${file}${end}`, { throwIfNoEntry: false })?.size ?? 0), 0)

// A copy of the damaged database, and one of the backup that takes in what is done again, each with its log.
const needRoom = (folder: string, damaged: string) =>
  needSpace(folder, sizeOf(damaged) + 2 * sizeOf(databaseIn(folder)) + 2 * sizeOf(damaged) + 1_000_000)

// Only what the signed record proves: the first command that it does not is where the next round ends.
const firstBad = async (file: string, key: DataKey): Promise<number | null> => {
  const { db, close } = openReader(file, key)
  try {
    const found = await verifyLog(db, [])
    // Security events that could not be read end nothing: the restore puts on record from where they go on.
    const problems = found.problems.filter(({ kind }) => kind !== 'event')
    if (problems.length === 0) return null
    return Math.min(...problems.map(({ commandSeq }) => commandSeq ?? 0))
  } finally {
    await close()
  }
}

/** `isSound` where what came out is whole in itself. */
const replayUpTo = async (
  folder: string,
  source: string,
  key: DataKey,
  upTo: number,
): Promise<{ readonly done: Replayable; readonly isSound: boolean }> => {
  const from = openConnection(source, { readonly: true, key })
  const target = openConnection(databaseIn(folder), { readonly: false, key })
  try {
    const done = replayLog(from, target, upTo)
    const { differences } = await deriveSums(target)
    const isWhole = target.prepare('PRAGMA foreign_key_check').raw(true).all().length === 0
    return { done, isSound: isWhole && differences === 0 }
  } finally {
    target.close()
    from.close()
  }
}

const nothing = (why: ReplayStop['why']): Replayable => ({
  commands: 0,
  last: null,
  stop: { why, at: null, left: null },
})

const replayInRounds = async (folder: string, source: string, key: DataKey): Promise<Replayable> => {
  const trial = join(folder, 'replay')
  let upTo = Number.MAX_SAFE_INTEGER
  for (let round = 0; round < mostRounds; round += 1) {
    rmSync(trial, { recursive: true, force: true })
    mkdirSync(trial)
    copyFileSync(databaseIn(folder), databaseIn(trial))
    const { done, isSound } = await replayUpTo(trial, source, key, upTo)
    if (!isSound) return nothing('unproved')
    if (done.commands === 0) return done
    closeScratch(trial, key)
    const bad = await firstBad(databaseIn(trial), key)
    if (bad === null) {
      renameSync(databaseIn(trial), databaseIn(folder))
      return done
    }
    upTo = bad - 1
  }
  return nothing('unproved')
}

/**
 * Does again, on the copy of a backup in `folder`, what the log of the damaged database says was done since, as far as
 * the record proves it, and says why it ended there. Where nothing of it can be trusted the copy is as it was. The damaged
 * file is only read. AppError STORAGE_FULL where there is no room for it: what was promised is not left out unsaid.
 */
export const replayDamaged = async (folder: string, damaged: string, key: DataKey): Promise<Replayable> => {
  const source = join(folder, 'damaged.db')
  try {
    needRoom(folder, damaged)
    copyWithLog(damaged, source)
    return await replayInRounds(folder, source, key)
  } catch (error) {
    const known = storageError(error, folder)
    if (known instanceof AppError && known.code === 'STORAGE_FULL') throw known
    // Whatever the damage does to it: the backup alone is what was asked for.
    return unknownReplay
  } finally {
    rmSync(join(folder, 'replay'), { recursive: true, force: true })
    for (const end of ['', '-wal', '-shm']) rmSync(`${source}${end}`, { force: true })
  }
}
