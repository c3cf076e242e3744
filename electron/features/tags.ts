import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { deleteRow, getRow, restoreRow, updateRow } from '../rpc/rows.ts'

const assertFree = async ({ trx, organizationId }: CommandContext, name: string, id: string | null) => {
  const taken = await trx
    .selectFrom('tags')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where(sql<string>`lower(name)`, '=', name.toLowerCase())
    .executeTakeFirst()
  if (taken === undefined || taken.id === id) return
  const message = `There is a tag ${name} already.`
  throw new AppError('DUPLICATE', message, { fields: { name: message } })
}

const tables = {
  client: 'clients',
  item: 'items',
  invoice: 'invoices',
  quote: 'quotes',
  'credit-note': 'creditNotes',
  payment: 'payments',
  'recurring-invoice': 'recurringInvoices',
} as const

/** Words of one's own on clients, items, documents, payments and schedules. */
export const tags: Handlers<'tags'> = {
  list: ({ db, organizationId }) =>
    db
      .selectFrom('tags as t')
      .select(['t.id', 't.version', 't.name', 't.color'])
      .select(
        sql<number>`(SELECT count(*) FROM taggings g WHERE g.tag_id = t.id AND g.deleted_at IS NULL)`.as('useCount'),
      )
      .where('t.organizationId', '=', organizationId)
      .where('t.deletedAt', 'is', null)
      .orderBy('t.name')
      .execute(),

  of: ({ db, organizationId }, { entityIds }) =>
    db
      .selectFrom('taggings as g')
      .innerJoin('tags as t', 't.id', 'g.tagId')
      .select(['g.entityId', 'g.tagId', 't.name', 't.color'])
      .where('g.organizationId', '=', organizationId)
      .where('g.entityId', 'in', entityIds)
      .where('g.deletedAt', 'is', null)
      .where('t.deletedAt', 'is', null)
      .orderBy('t.name')
      .execute(),

  create: async (context, input) => {
    await assertFree(context, input.name, null)
    const row = context.newRow()
    await context.trx
      .insertInto('tags')
      .values({ ...row, ...input })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, ...values }) => {
    if (values.name !== undefined) await assertFree(context, values.name, id)
    return await updateRow(context, 'tags', { id, version }, values)
  },

  delete: async (context, { id, version }) => {
    const { trx, now } = context
    await trx
      .updateTable('taggings')
      .set((row) => ({ deletedAt: now, updatedAt: now, version: row('version', '+', 1) }))
      .where('tagId', '=', id)
      .where('deletedAt', 'is', null)
      .execute()
    return await deleteRow(context, 'tags', { id, version })
  },

  restore: async (context, { id }) => {
    const { trx, organizationId, now } = context
    const tag = await trx
      .selectFrom('tags')
      .select(['name', 'deletedAt'])
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (tag?.deletedAt != null) {
      await assertFree(context, tag.name, id)
      await trx
        .updateTable('taggings')
        .set((row) => ({ deletedAt: null, updatedAt: now, version: row('version', '+', 1) }))
        // What was taken off before stays off, and a row has a tag once.
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('taggings')
            .select(({ fn }) => fn.max('id').as('id'))
            .where('tagId', '=', id)
            .where('deletedAt', '=', tag.deletedAt)
            .groupBy('entityId'),
        )
        .execute()
    }
    return await restoreRow(context, 'tags', id)
  },

  assign: async (context, { tagId, entity, entityIds, on }) => {
    const { trx, organizationId, now } = context
    await getRow(trx, 'tags', organizationId, tagId, 'tag')
    const ids = [...new Set(entityIds)]
    for (const id of ids) await getRow(trx, tables[entity], organizationId, id, entity.replace('-', ' '))
    const standing = await trx
      .selectFrom('taggings')
      .select(['id', 'entityId', 'version'])
      .where('tagId', '=', tagId)
      .where('entityId', 'in', ids)
      .where('deletedAt', 'is', null)
      .execute()
    if (!on) {
      for (const tagging of standing) await deleteRow(context, 'taggings', tagging)
      return { changed: standing.length }
    }
    const has = new Set(standing.map((tagging) => tagging.entityId))
    const missing = ids.filter((id) => !has.has(id))
    for (const entityId of missing) {
      await trx
        .insertInto('taggings')
        .values({ ...context.newRow(), tagId, entity, entityId, createdAt: now, updatedAt: now })
        .execute()
    }
    return { changed: missing.length }
  },
}
