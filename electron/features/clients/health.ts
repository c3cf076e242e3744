import { sql } from 'kysely'
import { addMonths } from '../../../shared/dates.ts'
import { clientHealthOf } from '../../../shared/documents/client-health.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { Handlers } from '../../rpc/context.ts'
import { daySql, daysAt } from '../../rpc/days.ts'
import { rawRows } from '../raw-rows.ts'

// Two years: long enough to know a habit, short enough to forgive.
const monthsBack = 24

type Row = {
  readonly clientId: string
  readonly settledCount: number
  readonly lateCount: number
  readonly lateDays: number
  readonly overdueCount: number
  readonly oldestOverdueDays: number
  readonly overdueE4: Amount
  readonly openE4: Amount
}

/** How clients pay, by the published rule of `shared/documents/client-health.ts`. */
export const health: Handlers<'clients'>['health'] = async ({ db, organizationId, clock, zones }, { ids }) => {
  const days = daysAt(zones, clock.now())
  const today = daySql(days)
  const since = addMonths(days.today, -monthsBack)
  const rows = await rawRows<Row>(
    db,
    sql`SELECT client_id,
        sum(settled_on >= ${since} AND due_on IS NOT NULL) AS settled_count,
        sum(settled_on >= ${since} AND settled_on > due_on) AS late_count,
        sum(iif(settled_on >= ${since} AND settled_on > due_on, CAST(julianday(settled_on) - julianday(due_on) AS INTEGER), 0)) AS late_days,
        sum(state = 'open' AND due_on < ${today}) AS overdue_count,
        max(iif(state = 'open' AND due_on < ${today}, CAST(julianday(${today}) - julianday(due_on) AS INTEGER), 0)) AS oldest_overdue_days,
        sum(iif(state = 'open' AND due_on < ${today}, open_e4, 0)) AS overdue_e4,
        sum(open_e4) AS open_e4
      FROM invoices
      WHERE organization_id = ${organizationId} AND client_id IN (${sql.join(ids)}) AND issued_at IS NOT NULL AND voided_at IS NULL
      GROUP BY client_id`,
  )
  const found = new Map(rows.map((row) => [row.clientId, row]))
  return ids.map((clientId) => {
    const row = found.get(clientId)
    const settledCount = row?.settledCount ?? 0
    const { level, score, reasons } = clientHealthOf({
      settledCount,
      lateCount: row?.lateCount ?? 0,
      averageDaysLate: settledCount === 0 ? 0 : (row?.lateDays ?? 0) / settledCount,
      overdueCount: row?.overdueCount ?? 0,
      oldestOverdueDays: row?.oldestOverdueDays ?? 0,
      // A share for a score, not money: a double is exact enough.
      overdueShare:
        row === undefined || row.openE4 === 0n ? 0 : Number((row.overdueE4 * 10_000n) / row.openE4) / 10_000,
    })
    return {
      clientId,
      level,
      score,
      reasons: [...reasons],
      settledCount,
      lateCount: row?.lateCount ?? 0,
      overdueCount: row?.overdueCount ?? 0,
    }
  })
}
