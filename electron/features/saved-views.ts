import { z } from 'zod'
import { notFound } from '../../shared/errors.ts'
import type { Handlers } from '../rpc/context.ts'
import { deleteRow, getRow, updateRow } from '../rpc/rows.ts'

const definitionSchema = z.record(z.string(), z.json())

/** Filters, sort and columns of a list under a name. */
export const savedViews: Handlers<'savedViews'> = {
  list: async ({ db, organizationId, userId }, { list }) => {
    const rows = await db
      .selectFrom('savedViews')
      .select(['id', 'version', 'name', 'definition'])
      .where('organizationId', '=', organizationId)
      .where('list', '=', list)
      .where('deletedAt', 'is', null)
      .where((row) => row.or([row('userId', 'is', null), row('userId', '=', userId)]))
      .orderBy('position')
      .orderBy('name')
      .execute()
    return rows.map((row) => ({ ...row, definition: definitionSchema.parse(JSON.parse(row.definition)) }))
  },

  save: async (context, { list, name, definition }) => {
    const { trx, organizationId, userId } = context
    const text = JSON.stringify(definition)
    const known = await trx
      .selectFrom('savedViews')
      .select(['id', 'version'])
      .where('organizationId', '=', organizationId)
      .where('list', '=', list)
      .where('name', '=', name)
      .where('userId', userId === null ? 'is' : '=', userId)
      .where('deletedAt', 'is', null)
      .executeTakeFirst()
    if (known !== undefined) return await updateRow(context, 'savedViews', known, { definition: text })
    const { last } = await trx
      .selectFrom('savedViews')
      .select(({ fn }) => fn.max('position').as('last'))
      .where('organizationId', '=', organizationId)
      .where('list', '=', list)
      .executeTakeFirstOrThrow()
    const row = context.newRow()
    await trx
      .insertInto('savedViews')
      .values({ ...row, userId, list, name, definition: text, position: (last ?? -1) + 1 })
      .execute()
    return { id: row.id, version: 1 }
  },

  delete: async (context, { id, version }) => {
    const view = await getRow(context.trx, 'savedViews', context.organizationId, id, 'saved view')
    if (view.userId !== null && view.userId !== context.userId) throw notFound('saved view', id)
    return await deleteRow(context, 'savedViews', { id, version })
  },
}
