import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseFacts } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { swapDatabase } from '../../db/swap.ts'
import { bringBackup } from './bring.ts'
import { needSpace } from './durable.ts'
import { readPresent } from './end-accesses.ts'
import { copyKept, copyOne, type KeptCheck, keptCheck } from './kept-files.ts'
import { databaseIn, lookAt } from './place.ts'
import { endThatDay } from './restore.ts'

export type DrillInput = {
  readonly directory: string
  readonly source: string
  readonly key: DataKey
  readonly at: string
}

export type DrillResult = {
  readonly facts: DatabaseFacts
  /** How long a restore takes where the data folder is lost with all that is in it, in milliseconds. */
  readonly milliseconds: number
  /** Kept files of which neither the backup nor the data folder has a sound one. */
  readonly missing: number
  /** Kept files that were damaged beside the backup and were written anew from the data folder. */
  readonly healed: number
}

// One after the other: there need not be room for all of them twice.
const bringKept = (place: string, scratch: string, paths: readonly string[], isSound: KeptCheck): string[] =>
  paths.filter((path) => {
    const source = join(place, path)
    const size = statSync(source, { throwIfNoEntry: false })?.size
    if (size === undefined) return true
    const target = join(scratch, path)
    needSpace(scratch, size + 1_000_000)
    copyOne(source, target)
    const isBad = !isSound(target, path)
    rmSync(target)
    return isBad
  })

// As db/swap.ts puts it in the place of the data, in a folder that is thrown away.
const swapIn = (scratch: string) => {
  const folder = join(scratch, 'swapped')
  mkdirSync(folder)
  const incoming = 'counterfoil.db.incoming'
  renameSync(databaseIn(scratch), join(folder, incoming))
  swapDatabase(folder, { incoming, aside: 'replaced', keys: { kind: 'keep' } })
}

/**
 * Restores a backup into a scratch folder, step by step as a restore would, checks all of it, and takes it away again. A
 * kept file that is damaged beside the backup is written anew where the data folder has a sound one.
 */
export const drillBackup = async ({ directory, source, key, at }: DrillInput): Promise<DrillResult> => {
  const started = performance.now()
  const scratch = join(directory, 'drill')
  const place = dirname(source)
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch)
  try {
    const { facts, manifest } = bringBackup(source, key, databaseIn(scratch))
    const plan = { directory, key, keys: { kind: 'keep' }, at } as const
    const readNow = () => readPresent(databaseIn(directory), key)
    await endThatDay(plan, scratch, lookAt(source)?.createdAt ?? at, readNow)
    const isSound = keptCheck(key, facts.files)
    const bad = bringKept(place, scratch, manifest?.kept ?? [], isSound)
    swapIn(scratch)
    const milliseconds = Math.round(performance.now() - started)
    const lost = copyKept(directory, place, bad, { isSound, isChecked: () => true })
    return { facts, milliseconds, missing: lost.length, healed: bad.length - lost.length }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
