import type { Clock } from '../../shared/ids.ts'
import { mutedKinds } from '../features/notifications/scan.ts'
import type { RunSystemCommand } from '../jobs/job.ts'
import type { Db } from '../rpc/handles.ts'
import type { BackupServiceParts } from './service.ts'

type Parts = { readonly db: Db; readonly runSystemCommand: RunSystemCommand; readonly clock: Clock }

// One database holds every business: what happens to it is told in each.
const entity = 'backup'
const entityId = 'backups'

/**
 * Puts a failure of backups into the inbox of every business, once a day for as long as it lasts, and marks what was
 * said as read once one succeeds.
 */
export const tellOfBackups =
  ({ db, runSystemCommand, clock }: Parts): BackupServiceParts['tell'] =>
  async (kind, problem) => {
    const organizations = await db.selectFrom('organizations').select('id').where('deletedAt', 'is', null).execute()
    for (const { id } of organizations) {
      const said = await db
        .selectFrom('notifications')
        .select(['id', 'occurrence', 'readAt'])
        .where('organizationId', '=', id)
        .where('kind', '=', kind)
        .where('entityId', '=', entityId)
        .orderBy('occurrence', 'desc')
        .limit(1)
        .executeTakeFirst()
      const occurrence = clock.now().slice(0, 10)
      const isNew = problem !== null && said?.occurrence !== occurrence
      const isOver = problem === null && said !== undefined && said.readAt === null
      if (!isNew && !isOver) continue
      await runSystemCommand(
        { name: 'backups.told', organizationId: id, entities: ['notifications'] },
        async ({ trx, newRow, now }) => {
          if (isNew && !(await mutedKinds(trx, id)).includes(kind)) {
            const row = { kind, entity, entityId, occurrence, happenedAt: now, readAt: null }
            await trx
              .insertInto('notifications')
              .values({ ...newRow(), ...row, data: JSON.stringify({ reason: problem }) })
              .execute()
          } else if (isOver) {
            await trx
              .updateTable('notifications')
              .set((own) => ({ readAt: now, updatedAt: now, version: own('version', '+', 1) }))
              .where('organizationId', '=', id)
              .where('kind', '=', kind)
              .where('readAt', 'is', null)
              .execute()
          }
        },
      )
    }
  }
