import { z } from 'zod'
import { AppError, notFound } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { deleteRow, getRow, updateRow } from '../rpc/rows.ts'

const definitionSchema = z.record(z.string(), z.json())

type Place = { readonly list: string; readonly name: string; readonly userId: string | null }

/** The view of a name among those of one person, or among the shared ones. */
const standing = ({ trx, organizationId }: CommandContext, { list, name, userId }: Place) =>
  trx
    .selectFrom('savedViews')
    .select(['id', 'version'])
    .where('organizationId', '=', organizationId)
    .where('list', '=', list)
    .where('name', '=', name)
    .where('userId', userId === null ? 'is' : '=', userId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()

/** A view that this person may change: their own, or a shared one. */
const reachable = async (context: CommandContext, id: string) => {
  const view = await getRow(context.trx, 'savedViews', context.organizationId, id, 'saved view')
  if (view.userId !== null && view.userId !== context.userId) throw notFound('saved view', id)
  return view
}

/** Filters, sort and columns of a list under a name, for oneself or for everybody in the business. */
export const savedViews: Handlers<'savedViews'> = {
  list: async ({ db, organizationId, userId }, { list }) => {
    const rows = await db
      .selectFrom('savedViews')
      .select(['id', 'version', 'name', 'userId', 'definition'])
      .where('organizationId', '=', organizationId)
      .where('list', '=', list)
      .where('deletedAt', 'is', null)
      .where((row) => row.or([row('userId', 'is', null), row('userId', '=', userId)]))
      .orderBy('position')
      .orderBy('name')
      .execute()
    return rows.map(({ userId: owner, definition, ...row }) => ({
      ...row,
      isShared: owner === null,
      definition: definitionSchema.parse(JSON.parse(definition)),
    }))
  },

  save: async (context, { list, name, isShared, definition }) => {
    const { trx, organizationId } = context
    const userId = isShared ? null : context.userId
    const text = JSON.stringify(definition)
    const known = await standing(context, { list, name, userId })
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

  share: async (context, { id, version, isShared }) => {
    const { list, name } = await reachable(context, id)
    const userId = isShared ? null : context.userId
    const taken = await standing(context, { list, name, userId })
    if (taken !== undefined && taken.id !== id) {
      const message = isShared ? `There is a shared view ${name} already.` : `You have a view ${name} already.`
      throw new AppError('DUPLICATE', message, { fields: { name: message } })
    }
    return await updateRow(context, 'savedViews', { id, version }, { userId })
  },

  delete: async (context, { id, version }) => {
    await reachable(context, id)
    return await deleteRow(context, 'savedViews', { id, version })
  },
}
