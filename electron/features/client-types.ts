import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { updateRow } from '../rpc/rows.ts'

const assertFree = async ({ trx, organizationId }: CommandContext, code: string, id: string | null) => {
  const taken = await trx
    .selectFrom('clientTypes')
    .select(['id', 'name'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where(sql<string>`lower(code)`, '=', code.toLowerCase())
    .executeTakeFirst()
  if (taken === undefined || taken.id === id) return
  const message = `${taken.name} has this code already.`
  throw new AppError('DUPLICATE', message, { fields: { code: message } })
}

/** Kinds of clients, with the terms that their clients begin with. */
export const clientTypes: Handlers<'clientTypes'> = {
  list: async ({ db, organizationId }) => {
    const rows = await db
      .selectFrom('clientTypes as t')
      .selectAll('t')
      .select(
        sql<number>`(SELECT count(*) FROM clients c WHERE c.client_type_id = t.id AND c.deleted_at IS NULL)`.as(
          'clientCount',
        ),
      )
      .where('t.organizationId', '=', organizationId)
      .where('t.deletedAt', 'is', null)
      .orderBy('t.name')
      .execute()
    return rows.map((row) => ({ ...row, isActive: row.isActive === 1 }))
  },

  create: async (context, input) => {
    await assertFree(context, input.code, null)
    const row = context.newRow()
    await context.trx
      .insertInto('clientTypes')
      .values({ ...row, ...input })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, isActive, ...values }) => {
    if (values.code !== undefined) await assertFree(context, values.code, id)
    const active = isActive === undefined ? {} : { isActive: isActive ? 1 : 0 }
    return await updateRow(context, 'clientTypes', { id, version }, { ...values, ...active })
  },
}
