import type { ScratchContext } from './scratch-command.ts'

/** Says in the inbox of every business that who may sign in is of the backup's day and is to be checked. */
export const tellOfPeople = async ({ trx, now, ids }: ScratchContext, createdAt: string): Promise<void> => {
  const organizations = await trx.selectFrom('organizations').select('id').where('deletedAt', 'is', null).execute()
  for (const { id: organizationId } of organizations) {
    const row = { id: ids.next(), organizationId, createdAt: now, updatedAt: now, deletedAt: null }
    const about = { kind: 'people-of-then', entity: 'people', entityId: 'people', occurrence: now, happenedAt: now }
    await trx
      .insertInto('notifications')
      .values({ ...row, ...about, readAt: null, data: JSON.stringify({ on: createdAt }) })
      .execute()
  }
}
