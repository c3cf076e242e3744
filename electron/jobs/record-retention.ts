import type { Signer } from '../../db/record/entry.ts'
import { addDays, startOfDayIn, todayIn } from '../../shared/dates.ts'
import { dueCut } from '../record/retention/cut.ts'
import type { PlanInput, PlannedCut } from '../record/retention/plan.ts'
import type { CommandContext } from '../rpc/context.ts'
import { type JobHandler, type JobParts, settleJob } from './job.ts'

const kind = 'record.retention'
// The chain is one for all businesses: so is the job, whichever of them it belongs to.
const subjectId = 'record'

export type RecordRetentionParts = JobParts & {
  readonly signer: Signer
  /** Reads everything, off the main thread. */
  readonly plan: (input: PlanInput) => Promise<PlannedCut>
  /** Heads of the record that were seen before. */
  readonly heads: () => readonly string[]
}

const planNext = (context: CommandContext): Promise<void> => {
  const tomorrow = addDays(todayIn(context.timezone, context.now), 1)
  return context.enqueue({ kind, subjectId, runAt: startOfDayIn(context.timezone, tomorrow) })
}

const ranToday = async ({ db, clock }: JobParts, timezone: string): Promise<boolean> => {
  const last = await db
    .selectFrom('jobs')
    .select('finishedAt')
    .where('kind', '=', kind)
    .where('finishedAt', 'is not', null)
    .orderBy('finishedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.finishedAt != null && todayIn(timezone, last.finishedAt) === todayIn(timezone, clock.now())
}

/** Makes the job that removes what is past its time from the record: looks once a day, acts about once a month. */
export const recordRetentionJob = (parts: RecordRetentionParts): JobHandler => ({
  run: async (job) => {
    const { command } = await dueCut(parts.db, parts.clock.now())
    const planned = command === null ? null : await parts.plan({ command, heads: parts.heads() })
    // A record that does not agree is evidence: nothing of it goes.
    if (planned?.problem != null)
      parts.log.error({ problem: planned.problem }, 'nothing is removed from a record that does not agree')
    // Something goes about once a month.
    const { purge } = planned?.problem === null ? await import('../record/retention/purge.ts') : { purge: null }
    await parts.runSystemCommand(
      { name: kind, organizationId: job.organizationId, entities: planned === null ? [] : ['security'] },
      async (context) => {
        if (planned?.problem === null) await purge?.(context, { checkpoint: planned.checkpoint, signer: parts.signer })
        await settleJob(context, job, { state: 'done' })
        await planNext(context)
      },
    )
  },
  recover: async () => {
    const organization = await parts.db
      .selectFrom('organizations')
      .select(['id', 'timezone'])
      .where('deletedAt', 'is', null)
      .orderBy('createdAt')
      .limit(1)
      .executeTakeFirst()
    if (organization === undefined) return
    const waits = await parts.db
      .selectFrom('jobs')
      .select('id')
      .where('kind', '=', kind)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirst()
    if (waits !== undefined) return
    const isDone = await ranToday(parts, organization.timezone)
    await parts.runSystemCommand(
      { name: `${kind}.planned`, organizationId: organization.id, entities: [] },
      async (context) => {
        if (isDone) await planNext(context)
        else await context.enqueue({ kind, subjectId })
      },
    )
  },
})
