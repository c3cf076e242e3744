import { scanForNotifications, scanJob } from '../features/notifications/scan.ts'
import { runSoon } from '../features/run-soon.ts'
import type { CommandContext } from '../rpc/context.ts'
import { nextDayBegins } from '../rpc/days.ts'
import { type JobHandler, type JobParts, settleJob } from './job.ts'

const planNext = (context: CommandContext): Promise<void> =>
  context.enqueue({
    kind: scanJob,
    subjectId: context.organizationId,
    runAt: nextDayBegins(context.zones, context.now),
  })

/** Makes the job that fills the inbox: at each start, each new day, and when something asks for it. */
export const notificationScanJob = (parts: JobParts): JobHandler => ({
  run: async (job) => {
    await parts.runSystemCommand(
      { name: 'notifications.scan', organizationId: job.organizationId, entities: ['notifications'] },
      async (context) => {
        await scanForNotifications(context)
        await settleJob(context, job, { state: 'done' })
        await planNext(context)
      },
    )
  },
  recover: async () => {
    const organizations = await parts.db
      .selectFrom('organizations')
      .select('id')
      .where('deletedAt', 'is', null)
      .execute()
    for (const { id } of organizations) {
      await parts.runSystemCommand(
        { name: 'notifications.planned', organizationId: id, entities: [] },
        async (context) => {
          await runSoon(context, scanJob, id)
        },
      )
    }
  },
})
