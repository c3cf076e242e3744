import type { JobParts } from './job.ts'

const interrupted =
  'Counterfoil was closed while this was being sent. It may have gone out; it is sent again under the same message id.'

/** Queues again what a crash left 'sending' on this device; a server that has it already knows its message id. */
export const recoverSending = async ({ db, runSystemCommand }: JobParts): Promise<void> => {
  const rows = await db
    .selectFrom('outboxMessages as m')
    .select(['m.id', 'm.organizationId', 'm.version'])
    .where('m.state', '=', 'sending')
    // Jobs are known to one device only: what another device is sending is none of ours.
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('jobs as j').select('j.id').whereRef('j.subjectId', '=', 'm.id')),
    )
    .execute()
  for (const { id, organizationId, version } of rows) {
    await runSystemCommand(
      { name: 'jobs.mail.recovered', organizationId, entities: ['mail', 'invoices'] },
      async (context) => {
        await context.trx
          .updateTable('outboxMessages')
          .set({
            state: 'queued',
            nextAttemptAt: context.now,
            lastError: interrupted,
            updatedAt: context.now,
            version: version + 1,
          })
          .where('id', '=', id)
          .where('state', '=', 'sending')
          .execute()
        await context.enqueue({ kind: 'mail.send', subjectId: id })
      },
    )
  }
}
