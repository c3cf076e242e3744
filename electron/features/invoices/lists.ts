import { sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import { paymentStatusOf } from '../../../shared/documents/status.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { behind } from '../../documents/lists.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { dayOf, daySql, daysAt } from '../../rpc/days.ts'
import { page, readCursor } from '../../rpc/pages.ts'
import { listed } from './listed.ts'

type ListInput = Input<(typeof contract)['invoices']['list']>

/** The payment state of a row with the days it is overdue. */
export const stateOf = (
  row: {
    readonly issuedAt: string | null
    readonly voidedAt: string | null
    readonly payableE4: Amount
    readonly paidE4: Amount
    readonly dueOn: string | null
  },
  today: string,
) => {
  const status = paymentStatusOf({ ...row, openE4: (row.payableE4 - row.paidE4) as Amount, today }) // a difference of amounts
  return { paymentState: status.status, overdueDays: status.status === 'overdue' ? status.daysOverdue : 0 }
}

const columns = {
  issuedOn: 'issuedOn',
  number: 'number',
  dueOn: 'dueOn',
  client: 'clientName',
  payable: 'payableE4',
} as const

/** A page of invoices by filter, text and sort. */
export const listInvoices = async (context: QueryContext, input: ListInput) => {
  const { db, organizationId, clock, timezone, zones } = context
  const now = clock.now()
  const days = daysAt(zones, now)
  const column = columns[input.sort]
  const nullable = column === 'number' || column === 'dueOn'
  const sortBy = sql<string | bigint>`${sql.ref(column)}`
  let query = listed(db, { organizationId, days, today: todayIn(timezone, now) }, input)
  if (input.cursor !== null) {
    const from = readCursor(input.cursor)
    query = query.where(behind(sortBy, from, input.direction, nullable))
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
      'dueOn',
      'currency',
      'payableE4',
      'openE4',
      'paidE4',
      'issuedAt',
      'voidedAt',
      'sentAt',
    ])
    .orderBy(column, input.direction)
    .orderBy('id', input.direction)
    .limit(input.limit + 1)
    .execute()
  const cut = page(rows, input.limit, (row) => ({ value: row[column], id: row.id }))
  return { ...cut, rows: cut.rows.map((row) => ({ ...row, ...stateOf(row, dayOf(days, row.branchId)) })) }
}

// Written into the text: a partial index serves only conditions that are known when the statement is prepared.
const isOpen = sql.lit('open' as const)

/** How many invoices each filter holds, and what is open and overdue in each currency. */
export const invoiceStats = async (
  { db, organizationId, clock, zones }: QueryContext,
  { clientId }: { readonly clientId: string | null },
) => {
  const today = daySql(daysAt(zones, clock.now()))
  const own = db.selectFrom('invoices').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)
  const base = clientId === null ? own : own.where('clientId', '=', clientId)
  const states = await base
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  const open = await base
    .where('state', '=', isOpen)
    .select([
      'currency',
      sql<Amount>`sum(open_e4)`.as('openE4'),
      sql<Amount>`coalesce(sum(CASE WHEN due_on < ${today} THEN open_e4 END), 0)`.as('overdueE4'),
      sql<number>`sum(due_on < ${today})`.as('overdue'),
      sql<number>`sum(paid_e4 <> 0)`.as('partly'),
    ])
    .groupBy('currency')
    .execute()
  const count = (state: string) => states.find((row) => row.state === state)?.count ?? 0
  return {
    counts: {
      all: states.reduce((sum, row) => sum + row.count, 0),
      draft: count('draft'),
      open: count('open'),
      overdue: open.reduce((sum, row) => sum + (row.overdue ?? 0), 0),
      'partly-paid': open.reduce((sum, row) => sum + row.partly, 0),
      paid: count('paid'),
      void: count('void'),
    },
    open: open.map(({ currency, openE4, overdueE4 }) => ({ currency, openE4, overdueE4 })),
  }
}
