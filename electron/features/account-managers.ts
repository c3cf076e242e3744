import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { updateRow } from '../rpc/rows.ts'

const assertMember = async ({ trx, organizationId }: CommandContext, userId: string | null | undefined) => {
  if (userId === null || userId === undefined) return
  const member = await trx
    .selectFrom('memberships')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (member !== undefined) return
  const message = 'This user does not belong to the business.'
  throw new AppError('VALIDATION', message, { fields: { userId: message } })
}

/** The people who look after clients, users of the app or not. */
export const accountManagers: Handlers<'accountManagers'> = {
  list: async ({ db, organizationId }) => {
    const rows = await db
      .selectFrom('accountManagers as m')
      .selectAll('m')
      .select(
        sql<number>`(SELECT count(*) FROM clients c WHERE c.account_manager_id = m.id AND c.deleted_at IS NULL)`.as(
          'clientCount',
        ),
      )
      .where('m.organizationId', '=', organizationId)
      .where('m.deletedAt', 'is', null)
      .orderBy('m.name')
      .execute()
    return rows.map((row) => ({ ...row, isActive: row.isActive === 1 }))
  },

  create: async (context, input) => {
    await assertMember(context, input.userId)
    const row = context.newRow()
    await context.trx
      .insertInto('accountManagers')
      .values({ ...row, ...input })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, isActive, ...values }) => {
    await assertMember(context, values.userId)
    const active = isActive === undefined ? {} : { isActive: isActive ? 1 : 0 }
    return await updateRow(context, 'accountManagers', { id, version }, { ...values, ...active })
  },
}
