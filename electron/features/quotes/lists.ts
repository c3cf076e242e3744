import { sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { quoteStates } from '../../../shared/contract/quotes.ts'
import { todayIn } from '../../../shared/dates.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { behind } from '../../documents/lists.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { dayOf, daySql, daysAt } from '../../rpc/days.ts'
import { page, readCursor } from '../../rpc/pages.ts'
import { listed } from './listed.ts'

type ListInput = Input<(typeof contract)['quotes']['list']>

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

/** A page of quotes by filter, text and sort. */
export const listQuotes = async (context: QueryContext, input: ListInput) => {
  const { db, organizationId, clock, timezone, zones } = context
  const now = clock.now()
  const days = daysAt(zones, now)
  const column = columns[input.sort]
  let query = listed(db, { organizationId, days, today: todayIn(timezone, now) }, input)
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
      'branchId',
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
  return { ...cut, rows: cut.rows.map((row) => ({ ...row, state: stateOf(row, dayOf(days, row.branchId)) })) }
}

/** How many quotes each filter holds; what is open, and what is accepted and not invoiced yet, in each currency. */
export const quoteStats = async (
  { db, organizationId, clock, zones }: QueryContext,
  { clientId }: { readonly clientId: string | null },
) => {
  const today = daySql(daysAt(zones, clock.now()))
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
      sql<number>`sum(invoiced_e4 <> 0 AND invoiced_e4 = payable_e4)`.as('whole'),
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
