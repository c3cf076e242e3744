import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../db/tables/index.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { quoteFilters } from '../../../shared/contract/quotes.ts'
import { foundBy } from '../../documents/lists.ts'
import { type Days, daySql } from '../../rpc/days.ts'
import type { Db } from '../../rpc/handles.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { listTotals, totalColumnsOf } from '../../rpc/list-totals.ts'

type ListInput = Input<(typeof contract)['quotes']['list']>
type Filter = (typeof quoteFilters)[number]

const filterColumns: FilterColumns<'quotes'> = {
  id: sql.ref('quotes.id'),
  number: sql.ref('number'),
  clientName: sql.ref('clientName'),
  reference: sql.ref('reference'),
  currency: sql.ref('currency'),
  issuedOn: sql.ref('issuedOn'),
  total: sql.ref('payableE4'),
  state: sql.ref('state'),
  validUntil: sql.ref('validUntil'),
  sent: sql`iif(sent_at IS NULL, 'no', 'yes')`,
  branch: sql.ref('branchId'),
}

// Written into the text: a partial index serves only conditions that are known when the statement is prepared.
const isOpen = sql.lit('open' as const)
const isWhole = sql<SqlBool>`(invoiced_e4 <> 0 AND invoiced_e4 = payable_e4)`

const filterOf = (filter: Filter, days: Days) => (row: ExpressionBuilder<Database, 'quotes'>) => {
  switch (filter) {
    case 'draft':
    case 'declined':
    case 'void':
      return row('state', '=', filter)
    case 'open':
      return row.and([
        row('state', '=', isOpen),
        row.or([row('validUntil', 'is', null), row('validUntil', '>=', daySql(days))]),
      ])
    case 'expired':
      return row.and([row('state', '=', isOpen), row('validUntil', '<', daySql(days))])
    case 'accepted':
      return row.and([row('state', '=', 'accepted'), row.not(isWhole)])
    case 'invoiced':
      return row.and([row('state', '=', 'accepted'), isWhole])
    default:
      return sql<SqlBool>`true`
  }
}

type Listed = Omit<ListInput, 'cursor' | 'limit' | 'sort' | 'direction'>
/** `today` is the day of the caller, which a filter by "today" means. */
type Scope = { readonly organizationId: string; readonly days: Days; readonly today: string }

/** The quotes that a list is of, before they are sorted and cut into pages. */
export const listed = (db: Db, { organizationId, days, today }: Scope, input: Listed) => {
  let query = db
    .selectFrom('quotes')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where(filterOf(input.filter, days))
  if (input.clientId !== null) query = query.where('clientId', '=', input.clientId)
  if (input.from !== null) query = query.where('issuedOn', '>=', input.from)
  if (input.to !== null) query = query.where('issuedOn', '<=', input.to)
  const where = filterCondition('quotes', input.where, filterColumns, today)
  if (where !== null) query = query.where(where)
  const found = foundBy('quote', organizationId, input.search)
  if (found !== null) query = query.where(found)
  return query
}

/** What the quotes of a list come to. */
export const quoteTotals = async (db: Db, { input, ...scope }: Scope & { readonly input: Listed }) =>
  listTotals(
    await listed(db, scope, input)
      .select('currency')
      .select(
        totalColumnsOf({
          totalE4: sql.ref('payableE4'),
          restE4: sql`iif(state = 'accepted', payable_e4 - invoiced_e4, 0)`,
          counts: sql`(voided_at IS NULL)`,
        }),
      )
      .groupBy('currency')
      .orderBy('currency')
      .execute(),
  )
