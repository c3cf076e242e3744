import type { CommandContext } from '../../rpc/context.ts'

/** Takes the demo companies away, with the work that still waits for them; false where there is none. */
export const removeDemo = async ({ trx, now }: CommandContext): Promise<{ removed: boolean }> => {
  const demos = await trx
    .selectFrom('organizations')
    .select(['id', 'version'])
    .where('isDemo', '=', 1)
    .where('deletedAt', 'is', null)
    .execute()
  for (const { id, version } of demos) {
    await trx
      .updateTable('organizations')
      .set({ deletedAt: now, updatedAt: now, version: version + 1 })
      .where('id', '=', id)
      .execute()
    await trx
      .updateTable('jobs')
      .set((row) => ({ state: 'cancelled', updatedAt: now, version: row('version', '+', 1) }))
      .where('organizationId', '=', id)
      .where('state', '=', 'queued')
      .execute()
    await trx
      .updateTable('outboxMessages')
      .set((row) => ({ state: 'cancelled', updatedAt: now, version: row('version', '+', 1) }))
      .where('organizationId', '=', id)
      .where('state', '=', 'queued')
      .execute()
  }
  return { removed: demos.length > 0 }
}
