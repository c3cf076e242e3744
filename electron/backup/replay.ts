import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { openConnection, openReader } from '../../db/open.ts'
import { type Replayable, replayable, replayLog } from '../../db/replay.ts'
import { deriveSums } from '../record/at/derive.ts'
import { verifyRecord } from '../record/verify.ts'
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

// Only what the signed record proves: the first command that it does not is where the next round ends.
const firstBad = async (file: string, key: DataKey): Promise<number | null> => {
  const { db, close } = openReader(file, key)
  try {
    const { problems } = await verifyRecord(db, { heads: [] })
    if (problems.length === 0) return null
    return Math.min(...problems.map(({ commandSeq }) => commandSeq ?? 0))
  } finally {
    await close()
  }
}

const replayUpTo = async (folder: string, source: string, key: DataKey, upTo: number): Promise<Replayable | null> => {
  const from = openConnection(source, { readonly: true, key })
  const target = openConnection(databaseIn(folder), { readonly: false, key })
  try {
    const done = replayLog(from, target, upTo)
    const { differences } = await deriveSums(target)
    const isWhole = target.prepare('PRAGMA foreign_key_check').raw(true).all().length === 0
    return isWhole && differences === 0 ? done : null
  } finally {
    target.close()
    from.close()
  }
}

/**
 * Does again, on the copy of a backup in `folder`, what the log of the damaged database says was done since, as far as
 * the record proves it. null, and the copy as it was, where nothing of it can be trusted. The damaged file is only read.
 */
export const replayDamaged = async (folder: string, damaged: string, key: DataKey): Promise<Replayable | null> => {
  const trial = join(folder, 'replay')
  const source = join(folder, 'damaged.db')
  const clear = () => {
    rmSync(trial, { recursive: true, force: true })
    for (const end of ['', '-wal', '-shm']) rmSync(`${source}${end}`, { force: true })
  }
  try {
    copyWithLog(damaged, source)
    let upTo = Number.MAX_SAFE_INTEGER
    for (let round = 0; round < mostRounds; round += 1) {
      rmSync(trial, { recursive: true, force: true })
      mkdirSync(trial)
      copyFileSync(databaseIn(folder), databaseIn(trial))
      const done = await replayUpTo(trial, source, key, upTo)
      if (done === null || done.commands === 0) return null
      closeScratch(trial, key)
      const bad = await firstBad(databaseIn(trial), key)
      if (bad === null) {
        renameSync(databaseIn(trial), databaseIn(folder))
        return done
      }
      if (bad <= 0) return null
      upTo = bad - 1
    }
    return null
  } catch {
    // Whatever the damage does to it: the backup alone is what was asked for.
    return null
  } finally {
    clear()
  }
}
