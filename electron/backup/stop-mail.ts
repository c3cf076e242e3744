import type { ScratchContext } from './scratch-command.ts'

/** Calls off what waited to be sent on the day of a backup: it was sent since, or not, and nobody gets it twice. */
export const stopMail = async ({ trx, now }: ScratchContext): Promise<void> => {
  await trx
    .updateTable('outboxMessages')
    .set((row) => ({ state: 'cancelled', nextAttemptAt: null, updatedAt: now, version: row('version', '+', 1) }))
    .where('state', 'in', ['queued', 'sending'])
    .execute()
  await trx
    .updateTable('jobs')
    .set({ state: 'cancelled', finishedAt: now, updatedAt: now })
    .where('kind', '=', 'mail.send')
    .where('state', 'in', ['queued', 'running'])
    .execute()
}
