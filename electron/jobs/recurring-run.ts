import { recurringJob } from '../features/recurring-invoices/job.ts'
import type { JobHandler, JobParts } from './job.ts'

/** Every active schedule has a job: one that a crash or a copied file left without gets it at the start. */
const recover = async (parts: JobParts): Promise<void> => {
  const schedules = await parts.db
    .selectFrom('recurringInvoices as r')
    .select(['r.id', 'r.organizationId', 'r.branchId', 'r.nextOn', 'r.state'])
    .where('r.state', '=', 'active')
    .where('r.deletedAt', 'is', null)
    .where('r.nextOn', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs as j')
            .select('j.id')
            .where('j.kind', '=', recurringJob)
            .whereRef('j.subjectId', '=', 'r.id')
            .where('j.state', 'in', ['queued', 'running']),
        ),
      ),
    )
    .execute()
  if (schedules.length === 0) return
  const { planRun } = await import('../features/recurring-invoices/schedule.ts')
  for (const schedule of schedules) {
    await parts.runSystemCommand(
      { name: 'recurringInvoices.recovered', organizationId: schedule.organizationId, entities: [] },
      (context) => planRun(context, schedule),
    )
  }
}

/** Makes the job that makes what is due of a schedule; what it needs for that is read with the first one. */
export const recurringRunJob = (parts: JobParts): JobHandler => ({
  run: async (job, signal) => (await import('./recurring-periods.ts')).makeDuePeriods(job, parts, signal),
  recover: () => recover(parts),
})
