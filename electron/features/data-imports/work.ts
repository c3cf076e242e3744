import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import type { OrganizationTable } from '../../../db/tables/organizations.ts'
import type { ImportPlan } from '../../../shared/contract/data-imports.ts'
import type { IdSource } from '../../../shared/ids.ts'
import type { Reporter } from '../../importers/progress.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import type { Tally } from './tally.ts'

/** What an import works with; the same for a dry run, which has no command and so writes nothing. */
export type Work = {
  readonly db: Db | Trx
  readonly command: CommandContext | null
  readonly organization: Selectable<OrganizationTable>
  readonly plan: ImportPlan
  readonly ids: IdSource
  readonly tally: Tally
  readonly progress: Reporter
}

/** Takes records of one kind in, some at a time. */
export type Importer<Record_> = {
  readonly take: (records: readonly Record_[]) => Promise<void>
  /** What is left to do after the last record. */
  readonly finish: () => Promise<void>
}

/** Lets the process answer others between two pieces of a long work. */
export const breathe = (): Promise<void> => setImmediate()

const longestMilliseconds = 40

/**
 * Makes a `breathe` for a loop that also rests for a moment now and then: in the desktop app messages of the window come
 * and go only while nothing waits for its turn, and a stop is such a message.
 */
export const restingBreath = (): (() => Promise<void>) => {
  let rested = performance.now()
  return async () => {
    await setImmediate()
    if (performance.now() - rested < longestMilliseconds) return
    await setTimeout(1)
    rested = performance.now()
  }
}
