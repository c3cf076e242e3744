import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../db/tables/index.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { quoteFilters, quoteStates } from '../../../shared/contract/quotes.ts'
import { todayIn } from '../../../shared/dates.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { behind, foundBy } from '../../documents/lists.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { page, readCursor } from '../../rpc/pages.ts'

type ListInput = Input<(typeof contract)['quotes']['list']>
type Filter = (typeof quoteFilters)[number]

/** Where a quote stands today: its own state, expired past its last day, invoiced once nothing of it is left. */
export const stateOf = (
  row: {
    readonly state: 'draft' | 'open' | 'accepted' | 'declined' | 'void'
    readonly validUntil: string | null
    readonly payableE4: Amount
    readonly invoicedE4: Amount
  },
  today: string,
): (typeof quoteStates)[number] => {
  if (row.state === 'open' && row.validUntil !== null && row.validUntil < today) return 'expired'
  if (row.state === 'accepted' && row.invoicedE4 !== 0n && row.invoicedE4 === row.payableE4) return 'invoiced'
  return row.state
}

const columns = {
  issuedOn: 'issuedOn',
  number: 'number',
  validUntil: 'validUntil',
  client: 'clientName',
  payable: 'payableE4',
} as const

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
}

// Written into the text: a partial index serves only conditions that are known when the statement is prepared.
const isOpen = sql.lit('open' as const)
const isWhole = sql<SqlBool>`(invoiced_e4 <> 0 AND invoiced_e4 = payable_e4)`

const filterOf = (filter: Filter, today: string) => (row: ExpressionBuilder<Database, 'quotes'>) => {
  switch (filter) {
    case 'draft':
    case 'declined':
    case 'void':
      return row('state', '=', filter)
    case 'open':
      return row.and([
        row('state', '=', isOpen),
        row.or([row('validUntil', 'is', null), row('validUntil', '>=', today)]),
      ])
    case 'expired':
      return row.and([row('state', '=', isOpen), row('validUntil', '<', today)])
    case 'accepted':
      return row.and([row('state', '=', 'accepted'), row.not(isWhole)])
    case 'invoiced':
      return row.and([row('state', '=', 'accepted'), isWhole])
    default:
      return sql<SqlBool>`true`
  }
}

/** A page of quotes by filter, text and sort. */
export const listQuotes = async ({ db, organizationId, clock, timezone }: QueryContext, input: ListInput) => {
  const today = todayIn(timezone, clock.now())
  const column = columns[input.sort]
  let query = db
    .selectFrom('quotes')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where(filterOf(input.filter, today))
  if (input.clientId !== null) query = query.where('clientId', '=', input.clientId)
  if (input.from !== null) query = query.where('issuedOn', '>=', input.from)
  if (input.to !== null) query = query.where('issuedOn', '<=', input.to)
  const where = filterCondition('quotes', input.where, filterColumns, today)
  if (where !== null) query = query.where(where)
  const found = foundBy('quote', organizationId, input.search)
  if (found !== null) query = query.where(found)
  if (input.cursor !== null) {
    const nullable = column === 'number' || column === 'validUntil'
    const sortBy = sql<string | bigint>`${sql.ref(column)}`
    query = query.where(behind(sortBy, readCursor(input.cursor), input.direction, nullable))
  }
  const rows = await query
    .select([
      'id',
      'version',
      'number',
      'clientId',
      'clientName',
      'reference',
      'issuedOn',
      'validUntil',
      'currency',
      'payableE4',
      'invoicedE4',
      'state',
      'sentAt',
    ])
    .orderBy(column, input.direction)
    .orderBy('id', input.direction)
    .limit(input.limit + 1)
    .execute()
  const cut = page(rows, input.limit, (row) => ({ value: row[column], id: row.id }))
  return { ...cut, rows: cut.rows.map((row) => ({ ...row, state: stateOf(row, today) })) }
}

/** How many quotes each filter holds; what is open, and what is accepted and not invoiced yet, in each currency. */
export const quoteStats = async (
  { db, organizationId, clock, timezone }: QueryContext,
  { clientId }: { readonly clientId: string | null },
) => {
  const today = todayIn(timezone, clock.now())
  const own = db.selectFrom('quotes').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)
  const rows = await (clientId === null ? own : own.where('clientId', '=', clientId))
    .select([
      'state',
      'currency',
      sql<number>`count(*)`.as('count'),
      sql<Amount>`sum(payable_e4)`.as('payableE4'),
      sql<Amount>`sum(payable_e4 - invoiced_e4)`.as('leftE4'),
      sql<number>`sum(valid_until IS NOT NULL AND valid_until < ${today})`.as('expired'),
      sql<Amount>`coalesce(sum(CASE WHEN valid_until < ${today} THEN payable_e4 END), 0)`.as('expiredE4'),
      sql<number>`sum(${isWhole})`.as('whole'),
    ])
    .groupBy(['state', 'currency'])
    .execute()
  const count = (state: string, of: (row: (typeof rows)[number]) => number = (row) => row.count) =>
    rows.filter((row) => row.state === state).reduce((sum, row) => sum + of(row), 0)
  const sumOf = (currency: string, state: string, of: (row: (typeof rows)[number]) => bigint) =>
    // A sum of amounts of one currency.
    rows
      .filter((row) => row.currency === currency && row.state === state)
      .reduce((sum, row) => sum + of(row), 0n) as Amount
  return {
    counts: {
      all: rows.reduce((sum, row) => sum + row.count, 0),
      draft: count('draft'),
      open: count('open', (row) => row.count - row.expired),
      expired: count('open', (row) => row.expired),
      accepted: count('accepted', (row) => row.count - row.whole),
      invoiced: count('accepted', (row) => row.whole),
      declined: count('declined'),
      void: count('void'),
    },
    sums: [...new Set(rows.map((row) => row.currency))].sort().map((currency) => ({
      currency,
      openE4: sumOf(currency, 'open', (row) => row.payableE4 - row.expiredE4),
      acceptedE4: sumOf(currency, 'accepted', (row) => row.leftE4),
    })),
  }
}
