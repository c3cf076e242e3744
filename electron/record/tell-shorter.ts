import type { RunSystemCommand } from '../jobs/job.ts'
import type { Db } from '../rpc/handles.ts'
import type { LostHead } from './head-file.ts'

type Parts = { readonly db: Db; readonly runSystemCommand: RunSystemCommand }

const kind = 'record-shorter'

/**
 * Says in the inbox of every business, once, that the data is older than what was here before: a log that was lost, or an
 * older database put in its place by hand. Numbers that were given since are given again, and somebody has to know.
 */
export const tellOfShorterRecord = async (
  { db, runSystemCommand }: Parts,
  { hash, at, missing }: LostHead,
): Promise<void> => {
  const organizations = await db.selectFrom('organizations').select('id').where('deletedAt', 'is', null).execute()
  for (const { id: organizationId } of organizations) {
    const known = await db
      .selectFrom('notifications')
      .select('id')
      .where('organizationId', '=', organizationId)
      .where('kind', '=', kind)
      .where('occurrence', '=', hash)
      .executeTakeFirst()
    if (known !== undefined) continue
    await runSystemCommand(
      { name: 'record.told', organizationId, entities: ['notifications'] },
      async ({ trx, newRow, now }) => {
        const about = { kind, entity: 'backup', entityId: 'record', occurrence: hash, happenedAt: now, readAt: null }
        await trx
          .insertInto('notifications')
          .values({ ...newRow(), ...about, data: JSON.stringify({ until: at, missing: String(missing) }) })
          .execute()
      },
    )
  }
}
