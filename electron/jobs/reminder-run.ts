import { reminderJob } from '../features/reminders/job.ts'
import { runSoon } from '../features/run-soon.ts'
import { nextDayBegins } from '../rpc/days.ts'
import { type Job, type JobHandler, type JobParts, settleJob } from './job.ts'

const hasAutomatic = async ({ db }: JobParts, organizationId: string) =>
  (await db
    .selectFrom('reminderPlans')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('isAutomatic', '=', 1)
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

const run = async (job: Job, parts: JobParts, signal: AbortSignal): Promise<void> => {
  const { organizationId } = job
  if (await hasAutomatic(parts, organizationId)) {
    // Most starts have nobody to remind: what writes reminders is read with the first plan that goes by itself.
    const { remindAll } = await import('./reminder-round.ts')
    await remindAll(job, parts, signal)
    if (signal.aborted) return
  }
  await parts.runSystemCommand({ name: 'reminders.planned', organizationId, entities: [] }, async (context) => {
    await settleJob(context, job, { state: 'done' })
    const runAt = nextDayBegins(context.zones, context.now)
    await context.enqueue({ kind: reminderJob, subjectId: organizationId, runAt })
  })
}

/** Makes the job that sends what automatic plans ask for: at the start of the app and of each day. */
export const reminderRunJob = (parts: JobParts): JobHandler => ({
  run: (job, signal) => run(job, parts, signal),
  recover: async () => {
    const organizations = await parts.db
      .selectFrom('organizations')
      .select('id')
      .where('deletedAt', 'is', null)
      .execute()
    for (const { id } of organizations) {
      await parts.runSystemCommand(
        { name: 'reminders.recovered', organizationId: id, entities: [] },
        async (context) => {
          await runSoon(context, reminderJob, id)
        },
      )
    }
  },
})
