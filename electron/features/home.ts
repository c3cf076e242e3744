import { sql } from 'kysely'
import { addMonths, firstDayOfMonth, todayIn } from '../../shared/dates.ts'
import { type Amount, zero } from '../../shared/money/scaled.ts'
import type { Db, Handlers } from '../rpc/context.ts'
import { type Days, daySql, daysAt } from '../rpc/days.ts'
import { getRow } from '../rpc/rows.ts'
import { attentionOf } from './home/attention.ts'
import { checklistOf } from './home/checklist.ts'
import { rawRows } from './raw-rows.ts'

const monthsShown = 12

type Outstanding = {
  readonly currency: string
  readonly openE4: Amount
  readonly overdueE4: Amount
  readonly openCount: number
  readonly overdueCount: number
}

// The hint makes it read the index of open invoices alone; the planner would fetch each invoice to group by currency.
const outstandingOf = (db: Db, organizationId: string, days: Days): Promise<Outstanding[]> =>
  rawRows(
    db,
    sql<Outstanding>`SELECT currency, sum(open_e4) AS open_e4,
        coalesce(sum(CASE WHEN due_on < ${daySql(days)} THEN open_e4 END), 0) AS overdue_e4,
        count(*) AS open_count, count(CASE WHEN due_on < ${daySql(days)} THEN 1 END) AS overdue_count
      FROM invoices INDEXED BY invoices_open_due
      WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND state = 'open' GROUP BY currency`,
  )

const monthsOf = async (db: Db, organizationId: string, today: string) => {
  const first = firstDayOfMonth(today)
  const months = Array.from({ length: monthsShown }, (_, index) =>
    addMonths(first, index - monthsShown + 1).slice(0, 7),
  )
  const rows = await db
    .selectFrom('monthlyTotals')
    .select(['month', 'issuedBaseE4', 'receivedBaseE4'])
    .where('organizationId', '=', organizationId)
    .where('month', 'in', months)
    .execute()
  const byMonth = new Map(rows.map((row) => [row.month, row]))
  return months.map((month) => ({
    month,
    issuedE4: byMonth.get(month)?.issuedBaseE4 ?? zero,
    receivedE4: byMonth.get(month)?.receivedBaseE4 ?? zero,
  }))
}

/** Where the business stands, read from summary tables and covering indexes alone. */
export const home: Handlers<'home'> = {
  summary: async (context) => {
    const { db, organizationId, clock, timezone, zones } = context
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const now = clock.now()
    const today = todayIn(timezone, now)
    const days = daysAt(zones, now)
    const outstanding = await outstandingOf(db, organizationId, days)
    const months = await monthsOf(db, organizationId, today)
    const current = months.at(-1)
    // The currency of the books first: it is the figure that a person looks for.
    outstanding.sort(
      (one, other) =>
        Number(other.currency === organization.currency) - Number(one.currency === organization.currency) ||
        (one.currency < other.currency ? -1 : 1),
    )
    return {
      currency: organization.currency,
      outstanding,
      receivedThisMonthE4: current?.receivedE4 ?? zero,
      issuedThisMonthE4: current?.issuedE4 ?? zero,
      months,
      attention: await attentionOf(context, organization, { today, days, now, overdue: outstanding }),
      checklist: await checklistOf(db, organization),
    }
  },
}
