import { type JobParts, waitsForNetwork } from './job.ts'

/** Queues again the jobs that a crash left running. */
export const recoverRunning = async ({ db, runSystemCommand }: JobParts): Promise<void> => {
  const left = await db.selectFrom('jobs').select('organizationId').distinct().where('state', '=', 'running').execute()
  for (const { organizationId } of left) {
    await runSystemCommand({ name: 'jobs.recovered', organizationId, entities: [] }, async ({ trx, now }) => {
      await trx
        .updateTable('jobs')
        .set({ state: 'queued', runAt: now, updatedAt: now })
        .where('organizationId', '=', organizationId)
        .where('state', '=', 'running')
        .execute()
    })
  }
}

/** Brings forward the jobs that wait for a network. */
export const bringForward = async ({ db, runSystemCommand }: JobParts): Promise<void> => {
  const waiting = await db
    .selectFrom('jobs')
    .select('organizationId')
    .distinct()
    .where('state', '=', 'queued')
    .where('payload', '=', waitsForNetwork)
    .execute()
  for (const { organizationId } of waiting) {
    await runSystemCommand({ name: 'jobs.network.back', organizationId, entities: ['mail'] }, async ({ trx, now }) => {
      await trx
        .updateTable('jobs')
        .set({ runAt: now, updatedAt: now })
        .where('organizationId', '=', organizationId)
        .where('state', '=', 'queued')
        .where('payload', '=', waitsForNetwork)
        .execute()
    })
  }
}
