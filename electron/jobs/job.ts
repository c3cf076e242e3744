import type { Selectable } from 'kysely'
import { toJson } from '../../db/json.ts'
import type { JobTable } from '../../db/tables/jobs.ts'
import type { Entity } from '../../shared/contract/procedure.ts'
import type { Clock } from '../../shared/ids.ts'
import type { CommandContext, Db } from '../rpc/context.ts'
import type { Log } from '../rpc/log.ts'

/** Runs a command of the system itself: one transaction, recorded as `name`, announced as a change of `entities`. */
export type RunSystemCommand = <T>(
  command: { readonly name: string; readonly organizationId: string; readonly entities: readonly Entity[] },
  run: (context: CommandContext) => Promise<T>,
) => Promise<T>

/** What jobs and their runner work with: they read anything, and write only through commands. */
export type JobParts = {
  readonly db: Db
  readonly runSystemCommand: RunSystemCommand
  readonly clock: Clock
  readonly log: Log
  /** Gives [0, 1) and spreads retries; from the job's own id if left out. */
  readonly random?: () => number
}

export type Job = Selectable<JobTable>

/** A kind of work that the jobs table can hold. */
export type JobHandler = {
  /**
   * Does a job. It may settle the job in its own last command; one that only returns is done, one that throws failed.
   * `signal` is aborted when the app closes: nothing that cannot be finished is begun after that.
   */
  readonly run: (job: Job, signal: AbortSignal) => Promise<void>
  /** Puts right what a crash left half done, before the first job runs. */
  readonly recover?: () => Promise<void>
}

/** By the `kind` of the job. */
export type JobHandlers = Readonly<Record<string, JobHandler>>

export type Settlement =
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly error: string }
  | {
      readonly state: 'queued'
      readonly runAt: string
      readonly error: string
      /** Set where the job is to run as soon as there is a network, whatever `runAt` says. */
      readonly waitsFor?: 'network'
    }

/** What the payload of a job says that waits for a network. */
export const waitsForNetwork = toJson({ waitsFor: 'network' })

/** Ends a running job, or gives it a later time; part of the transaction that holds the job's own outcome. */
export const settleJob = async (context: CommandContext, job: Job, settlement: Settlement): Promise<void> => {
  const values =
    settlement.state === 'queued'
      ? {
          runAt: settlement.runAt,
          lastError: settlement.error,
          payload: settlement.waitsFor === 'network' ? waitsForNetwork : '{}',
        }
      : { finishedAt: context.now, lastError: settlement.state === 'failed' ? settlement.error : null }
  await context.trx
    .updateTable('jobs')
    .set({ state: settlement.state, updatedAt: context.now, version: job.version + 1, ...values })
    .where('id', '=', job.id)
    .where('state', '=', 'running')
    .execute()
}

/** The instant that many milliseconds after 1970, as text. */
export const instantAt = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** A number in [0, 1) for an attempt of a job: as good as chance for spreading, and the same in every run. */
export const spreadOf = (job: Job): number => {
  let hash = 0
  for (const character of `${job.id} ${job.attempts}`)
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0
  return (Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b) >>> 0) / 2 ** 32
}
