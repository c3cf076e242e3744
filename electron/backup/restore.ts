import { dirname, join } from 'node:path'
import { storageError } from '../../db/errors.ts'
import type { DatabaseFacts } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { type AfterStep, finishSwap, type KeysOfSwap, swapDatabase } from '../../db/swap.ts'
import { acceptEarlierRecord } from '../record/head-file.ts'
import { bringBackup } from './bring.ts'
import { needSpace } from './durable.ts'
import { copyKept, missingBytes } from './kept-files.ts'

/** One restore of a whole data folder, carried out while its database is closed. */
export type RestorePlan = {
  /** The data folder. */
  readonly directory: string
  /** The backup. */
  readonly source: string
  /** The key of the backup. */
  readonly key: DataKey
  /** What becomes of keys.json: kept where the key is the present one, else that of the backup's manifest. */
  readonly keys: KeysOfSwap
  /** The instant that names the folder with the database that was there. */
  readonly at: string
}

export type RestoreResult = {
  readonly facts: DatabaseFacts
  /** Where the database that was there is kept: a folder within the data folder. */
  readonly aside: string
  /** Kept files that the backup should have brought and that are nowhere. */
  readonly missing: readonly string[]
  readonly milliseconds: number
}

export type RestoreStep = 'copying' | 'files' | 'swapping' | 'done'

/** The folder, within the data folder, that keeps what a restore or a salvage took the place of. */
export const asideFolder = (at: string): string => `replaced/${at.slice(0, 19).replaceAll(':', '-')}Z`

/**
 * Puts a backup in the place of a closed database: a checked copy first, then its files, then the swap, which ends even
 * if it is cut off. AppError says why it was refused; the present data is then as it was.
 */
export const restoreBackup = (
  plan: RestorePlan,
  onStep: (step: RestoreStep, done?: number, total?: number) => void = () => undefined,
  after: AfterStep = () => undefined,
): RestoreResult => {
  const started = performance.now()
  const { directory, source } = plan
  const incoming = 'counterfoil.db.incoming'
  try {
    // One that was cut off before belongs to the present state.
    finishSwap(directory)
    onStep('copying')
    const { facts, manifest } = bringBackup(source, plan.key, join(directory, incoming))
    const kept = manifest?.kept ?? []
    const place = dirname(source)
    needSpace(directory, missingBytes(place, directory, kept))
    const missing = copyKept(place, directory, kept, (done) => onStep('files', done, kept.length))
    onStep('swapping')
    const aside = asideFolder(plan.at)
    swapDatabase(directory, { incoming, aside, keys: plan.keys }, after)
    // On purpose: a record that is shorter than it was is no tampering now.
    acceptEarlierRecord(directory)
    onStep('done')
    return { facts, aside: join(directory, aside), missing, milliseconds: Math.round(performance.now() - started) }
  } catch (error) {
    throw storageError(error, directory)
  }
}
