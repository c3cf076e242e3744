import type { CommandContext } from '../rpc/context.ts'

/** Has a job of a kind run right after the commit, also where it waits for a later time. */
export const runSoon = async (context: CommandContext, kind: string, subjectId: string): Promise<void> => {
  await context.enqueue({ kind, subjectId })
  await context.trx
    .updateTable('jobs')
    .set({ runAt: context.now, updatedAt: context.now })
    .where('kind', '=', kind)
    .where('subjectId', '=', subjectId)
    .where('state', '=', 'queued')
    .where('runAt', '>', context.now)
    .execute()
}
