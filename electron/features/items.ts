import { sql } from 'kysely'
import { todayIn } from '../../shared/dates.ts'
import type { Handlers } from '../rpc/context.ts'
import { type FilterColumns, filterCondition } from '../rpc/list-filter.ts'
import { likeAnywhere, page, readCursor } from '../rpc/pages.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { sortNameOf } from './sort-name.ts'

const filterColumns: FilterColumns<'items'> = {
  id: sql.ref('items.id'),
  name: sql.ref('name'),
  code: sql.ref('code'),
  description: sql.ref('description'),
  kind: sql.ref('kind'),
  status: sql.ref('status'),
}

/** Products and services with their price and tax. */
export const items: Handlers<'items'> = {
  list: async ({ db, organizationId, clock, timezone }, { search, status, kind, where, cursor, limit }) => {
    let query = db.selectFrom('items').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)
    if (status !== 'all') query = query.where('status', '=', status)
    if (kind !== 'all') query = query.where('kind', '=', kind)
    const filter = filterCondition('items', where, filterColumns, todayIn(timezone, clock.now()))
    if (filter !== null) query = query.where(filter)
    if (search.trim() !== '') {
      const pattern = likeAnywhere(search.trim())
      query = query.where(
        sql<boolean>`(name LIKE ${pattern} ESCAPE '\\' OR sort_name LIKE ${likeAnywhere(sortNameOf(search.trim()))} ESCAPE '\\' OR code LIKE ${pattern} ESCAPE '\\')`,
      )
    }
    const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    if (cursor !== null) {
      const from = readCursor(cursor)
      query = query.where(sql<boolean>`(sort_name, id) > (${from.value}, ${from.id})`)
    }
    const rows = await query
      .select([
        'id',
        'version',
        'kind',
        'name',
        'sortName',
        'code',
        'description',
        'unit',
        'priceE6',
        'taxRateId',
        'classification',
        'status',
      ])
      .orderBy('sortName')
      .orderBy('id')
      .limit(limit + 1)
      .execute()
    return { ...page(rows, limit, (row) => ({ value: row.sortName, id: row.id })), total }
  },

  get: ({ db, organizationId }, { id }) => getRow(db, 'items', organizationId, id, 'item'),

  create: async (context, input) => {
    if (input.taxRateId !== null)
      await getRow(context.trx, 'taxRates', context.organizationId, input.taxRateId, 'tax rate')
    const row = context.newRow()
    await context.trx
      .insertInto('items')
      .values({ ...row, ...input, sortName: sortNameOf(input.name) })
      .execute()
    await context.record({ kind: 'item.created', entity: 'item', entityId: row.id, data: { name: input.name } })
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, ...values }) => {
    if (values.taxRateId) await getRow(context.trx, 'taxRates', context.organizationId, values.taxRateId, 'tax rate')
    const saved = await updateRow(
      context,
      'items',
      { id, version },
      {
        ...values,
        ...(values.name === undefined ? {} : { sortName: sortNameOf(values.name) }),
      },
    )
    await context.record({ kind: 'item.changed', entity: 'item', entityId: id })
    return saved
  },

  setStatus: async (context, { id, version, status }) => {
    const saved = await updateRow(context, 'items', { id, version }, { status })
    await context.record({ kind: 'item.status', entity: 'item', entityId: id, data: { status } })
    return saved
  },
}
