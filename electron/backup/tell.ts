import type { Clock } from '../../shared/ids.ts'
import type { RunSystemCommand } from '../jobs/job.ts'
import type { Db } from '../rpc/handles.ts'
import type { BackupServiceParts } from './service.ts'

type Parts = { readonly db: Db; readonly runSystemCommand: RunSystemCommand; readonly clock: Clock }

// One database holds every business: what happens to it is told in each.
const entity = 'backup'
const entityId = 'backups'

const latest = (db: Db, organizationId: string, kind: string) =>
  db
    .selectFrom('notifications')
    .select(['id', 'occurrence', 'readAt', 'data', 'version'])
    .where('organizationId', '=', organizationId)
    .where('kind', '=', kind)
    .where('entityId', '=', entityId)
    .orderBy('occurrence', 'desc')
    .limit(1)
    .executeTakeFirst()

/**
 * Keeps a failure of backups before the people of every business: one notice that stays new for as long as it lasts, with
 * its latest reason, and is marked as read once one succeeds.
 */
export const tellOfBackups =
  ({ db, runSystemCommand, clock }: Parts): BackupServiceParts['tell'] =>
  async (kind, problem) => {
    const organizations = await db.selectFrom('organizations').select('id').where('deletedAt', 'is', null).execute()
    for (const { id } of organizations) {
      const said = await latest(db, id, kind)
      const stands = said?.readAt === null
      const data = JSON.stringify({ reason: problem })
      if (problem === null ? !stands : stands && said.data === data) continue
      const occurrence = clock.now().slice(0, 10)
      await runSystemCommand(
        { name: 'backups.told', organizationId: id, entities: ['notifications'] },
        async ({ trx, newRow, now }) => {
          if (problem === null) {
            await trx
              .updateTable('notifications')
              .set((own) => ({ readAt: now, updatedAt: now, version: own('version', '+', 1) }))
              .where('organizationId', '=', id)
              .where('kind', '=', kind)
              .where('readAt', 'is', null)
              .execute()
          } else if (said !== undefined && (stands || said.occurrence === occurrence)) {
            await trx
              .updateTable('notifications')
              .set({ data, readAt: null, deletedAt: null, happenedAt: now, updatedAt: now, version: said.version + 1 })
              .where('id', '=', said.id)
              .execute()
          } else {
            const row = { kind, entity, entityId, occurrence, happenedAt: now, readAt: null, data }
            await trx
              .insertInto('notifications')
              .values({ ...newRow(), ...row })
              .execute()
          }
        },
      )
    }
  }
