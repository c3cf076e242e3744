import { sql } from 'kysely'
import { addMonths, firstDayOfMonth, todayIn } from '../../shared/dates.ts'
import { type Amount, zero } from '../../shared/money/scaled.ts'
import type { Db, Handlers } from '../rpc/context.ts'
import { getRow } from '../rpc/rows.ts'
import { attentionOf } from './home/attention.ts'
import { checklistOf } from './home/checklist.ts'

const monthsShown = 12

const outstandingOf = async (db: Db, organizationId: string, today: string) => {
  const rows = await db
    .selectFrom('invoices')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'open')
    .select([
      'currency',
      sql<Amount>`sum(open_e4)`.as('openE4'),
      sql<Amount>`coalesce(sum(CASE WHEN due_on < ${today} THEN open_e4 END), 0)`.as('overdueE4'),
      sql<number>`count(*)`.as('openCount'),
      sql<number>`count(CASE WHEN due_on < ${today} THEN 1 END)`.as('overdueCount'),
    ])
    .groupBy('currency')
    .execute()
  return rows
}

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
  summary: async ({ db, organizationId, clock }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const now = clock.now()
    const today = todayIn(organization.timezone, now)
    const outstanding = await outstandingOf(db, organizationId, today)
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
      attention: await attentionOf(db, organization, { today, now, overdue: outstanding }),
      checklist: await checklistOf(db, organization),
    }
  },
}
