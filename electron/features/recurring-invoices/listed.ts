import { type SqlBool, sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { Db } from '../../rpc/handles.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { listTotals, totalColumnsOf } from '../../rpc/list-totals.ts'
import { likeAnywhere } from '../../rpc/pages.ts'

type ListInput = Input<(typeof contract)['recurringInvoices']['list']>

const filterColumns: FilterColumns<'recurringInvoices'> = {
  id: sql.ref('recurringInvoices.id'),
  name: sql.ref('name'),
  clientName: sql.ref('clientName'),
  currency: sql.ref('currency'),
  total: sql.ref('totalE4'),
  state: sql.ref('state'),
  action: sql.ref('action'),
  unit: sql.ref('unit'),
  nextOn: sql.ref('nextOn'),
  startsOn: sql.ref('startsOn'),
  endsOn: sql.ref('endsOn'),
  waiting: sql.ref('waiting'),
  problem: sql.ref('problem'),
  branch: sql.ref('branchId'),
}

type Listed = Omit<ListInput, 'cursor' | 'limit'>
type Scope = { readonly organizationId: string; readonly today: string }

/** The schedules that a list is of, before they are sorted and cut into pages. */
export const listed = (db: Db, { organizationId, today }: Scope, input: Listed) => {
  let query = db
    .selectFrom('recurringInvoices')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
  if (input.state === 'waiting') query = query.where('waiting', '>', 0)
  else if (input.state !== 'all') query = query.where('state', '=', input.state)
  if (input.clientId !== null) query = query.where('clientId', '=', input.clientId)
  const where = filterCondition('recurringInvoices', input.where, filterColumns, today)
  if (where !== null) query = query.where(where)
  if (input.search.trim() !== '') {
    const pattern = likeAnywhere(input.search.trim())
    query = query.where(sql<SqlBool>`(name LIKE ${pattern} ESCAPE '\\' OR client_name LIKE ${pattern} ESCAPE '\\')`)
  }
  return query
}

/** What one period of the schedules of a list comes to; those that rest or have ended make nothing. */
export const scheduleTotals = async (db: Db, { input, ...scope }: Scope & { readonly input: Listed }) =>
  listTotals(
    await listed(db, scope, input)
      .select('currency')
      .select(totalColumnsOf({ totalE4: sql.ref('totalE4'), restE4: sql`0`, counts: sql`(state = 'active')` }))
      .groupBy('currency')
      .orderBy('currency')
      .execute(),
  )
