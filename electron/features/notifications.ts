import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import { notificationSchema } from '../../shared/contract/notifications.ts'
import { AppError } from '../../shared/errors.ts'
import { alwaysToldKinds, notificationKinds, standingKinds } from '../../shared/notification-kinds.ts'
import { hiddenKinds, noticeFor } from '../people/shown.ts'
import type { Handlers } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { askForScan, mutedKinds } from './notifications/scan.ts'

const dataSchema = notificationSchema.shape.data.catch({})
const kindSchema = z.enum(notificationKinds)

/** The inbox: what happened by itself and wants to be seen, once each. */
export const notifications: Handlers<'notifications'> = {
  list: async (context, { unread, cursor, limit }) => {
    const { db, organizationId } = context
    const hidden = hiddenKinds(context)
    const own = db
      .selectFrom('notifications')
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .$if(hidden.length > 0, (query) => query.where('entity', 'not in', hidden))
    const { unreadCount } = await own
      .select(({ fn }) => fn.countAll<number>().as('unreadCount'))
      .where('readAt', 'is', null)
      .executeTakeFirstOrThrow()
    let query = unread ? own.where('readAt', 'is', null) : own
    if (cursor !== null) {
      const from = readCursor(cursor)
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('happenedAt', 'id'), '<', tuple(String(from.value), from.id)),
      )
    }
    const rows = await query
      .selectAll()
      .orderBy('happenedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const cut = page(rows, limit, (row) => ({ value: row.happenedAt, id: row.id }))
    return {
      ...cut,
      unreadCount,
      rows: cut.rows.map((row) => ({
        ...row,
        kind: kindSchema.parse(row.kind),
        data: noticeFor(context, row.kind, readJson(dataSchema, row.data)),
      })),
    }
  },

  muted: async ({ db, organizationId }) => ({ kinds: await mutedKinds(db, organizationId) }),

  setRead: async (context, { id, version, read }) => {
    // Read first: what another branch is told cannot be read, but could be written.
    const { entity, kind } = await getRow(context.trx, 'notifications', context.organizationId, id, 'notification')
    if (hiddenKinds(context).includes(entity)) {
      throw new AppError('FORBIDDEN', 'This tells of something that is not part of your role.')
    }
    if (read && standingKinds.some((it) => it === kind)) {
      throw new AppError(
        'INVALID_STATE',
        'This stays until it is over: it goes by itself with the next one that succeeds.',
      )
    }
    return await updateRow(context, 'notifications', { id, version }, { readAt: read ? context.now : null })
  },

  readAll: async (context) => {
    const { trx, organizationId, now } = context
    // What somebody cannot see stays new for those who can.
    const hidden = hiddenKinds(context)
    const result = await trx
      .updateTable('notifications')
      .set((row) => ({ readAt: now, updatedAt: now, version: row('version', '+', 1) }))
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('notifications as n')
          .select('n.id')
          .where('n.organizationId', '=', organizationId)
          .where('n.readAt', 'is', null)
          // Nor is what somebody has to look at read unseen, among all the rest.
          .where('n.kind', 'not in', alwaysToldKinds)
          .where('n.deletedAt', 'is', null)
          .$if(hidden.length > 0, (query) => query.where('n.entity', 'not in', hidden)),
      )
      .executeTakeFirst()
    return { changed: Number(result.numUpdatedRows) }
  },

  mute: async (context, { kinds }) => {
    const { trx, organizationId, now, ids } = context
    const value = JSON.stringify(kinds)
    const known = await trx
      .selectFrom('settings')
      .select(['id', 'version'])
      .where('organizationId', '=', organizationId)
      .where('userId', 'is', null)
      .where('key', '=', 'notifications.muted')
      .executeTakeFirst()
    if (known === undefined) {
      await trx
        .insertInto('settings')
        .values({
          id: ids.next(),
          organizationId,
          createdAt: now,
          updatedAt: now,
          userId: null,
          key: 'notifications.muted',
          value,
        })
        .execute()
    } else {
      await trx
        .updateTable('settings')
        .set({ value, deletedAt: null, updatedAt: now, version: known.version + 1 })
        .where('id', '=', known.id)
        .execute()
    }
    await askForScan(context)
    return { kinds }
  },
}
