import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../db/tables/index.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { invoiceFilters } from '../../../shared/contract/invoices.ts'
import { zero } from '../../../shared/money/scaled.ts'
import { foundBy } from '../../documents/lists.ts'
import { type Days, daySql } from '../../rpc/days.ts'
import type { Db } from '../../rpc/handles.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { listTotals, totalColumnsOf } from '../../rpc/list-totals.ts'

type ListInput = Input<(typeof contract)['invoices']['list']>

const filterColumns: FilterColumns<'invoices'> = {
  id: sql.ref('invoices.id'),
  number: sql.ref('number'),
  clientName: sql.ref('clientName'),
  reference: sql.ref('reference'),
  currency: sql.ref('currency'),
  issuedOn: sql.ref('issuedOn'),
  total: sql.ref('payableE4'),
  state: sql.ref('state'),
  dueOn: sql.ref('dueOn'),
  open: sql.ref('openE4'),
  sent: sql`iif(sent_at IS NULL, 'no', 'yes')`,
  settledOn: sql.ref('settledOn'),
  branch: sql.ref('branchId'),
}

// Written into the text: a partial index serves only conditions that are known when the statement is prepared.
const isOpen = sql.lit('open' as const)

type Builder = ExpressionBuilder<Database, 'invoices'>

const filterOf = (filter: (typeof invoiceFilters)[number], days: Days) => (row: Builder) => {
  switch (filter) {
    case 'draft':
    case 'paid':
    case 'void':
    case 'open':
      return row('state', '=', filter)
    case 'overdue':
      return row.and([row('state', '=', isOpen), row('dueOn', '<', daySql(days))])
    case 'partly-paid':
      return row.and([row('state', '=', 'open'), row('paidE4', '!=', zero)])
    default:
      return sql<SqlBool>`true`
  }
}

type Listed = Omit<ListInput, 'cursor' | 'limit' | 'sort' | 'direction'>
/** `today` is the day of the caller, which a filter by "today" means. */
type Scope = { readonly organizationId: string; readonly days: Days; readonly today: string }

/** The invoices that a list is of, before they are sorted and cut into pages. */
export const listed = (db: Db, { organizationId, days, today }: Scope, input: Listed) => {
  let query = db
    .selectFrom('invoices')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where(filterOf(input.filter, days))
  if (input.clientId !== null) query = query.where('clientId', '=', input.clientId)
  if (input.from !== null) query = query.where('issuedOn', '>=', input.from)
  if (input.to !== null) query = query.where('issuedOn', '<=', input.to)
  const where = filterCondition('invoices', input.where, filterColumns, today)
  if (where !== null) query = query.where(where)
  const found = foundBy('invoice', organizationId, input.search)
  if (found !== null) query = query.where(found)
  return query
}

/** What the invoices of a list come to. */
export const invoiceTotals = async (db: Db, { input, ...scope }: Scope & { readonly input: Listed }) =>
  listTotals(
    await listed(db, scope, input)
      .select('currency')
      .select(
        totalColumnsOf({
          totalE4: sql.ref('payableE4'),
          restE4: sql`iif(state = 'open', open_e4, 0)`,
          counts: sql`(voided_at IS NULL)`,
        }),
      )
      .groupBy('currency')
      .orderBy('currency')
      .execute(),
  )
