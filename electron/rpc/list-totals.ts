import { type RawBuilder, sql } from 'kysely'
import type { ListTotals } from '../../shared/contract/fields.ts'
import type { Amount } from '../../shared/money/scaled.ts'

type Columns = {
  readonly totalE4: RawBuilder<unknown>
  readonly restE4: RawBuilder<unknown>
  /** Whether the amounts of a row count. */
  readonly counts: RawBuilder<unknown>
}

/** What a list selects to be summed by `listTotals`, grouped by currency. */
export const totalColumnsOf = ({ totalE4, restE4, counts }: Columns) =>
  [
    sql<number>`count(*)`.as('count'),
    sql<number>`sum(${counts})`.as('counted'),
    sql<Amount>`coalesce(sum(CASE WHEN ${counts} THEN ${totalE4} END), 0)`.as('totalE4'),
    sql<Amount>`coalesce(sum(CASE WHEN ${counts} THEN ${restE4} END), 0)`.as('restE4'),
  ] as const

type Group = {
  readonly currency: string
  readonly count: number
  readonly counted: number
  readonly totalE4: Amount
  readonly restE4: Amount
}

/** The totals of a list from its groups by currency; a currency of which nothing counts has no sum. */
export const listTotals = (groups: readonly Group[]): ListTotals => ({
  count: groups.reduce((sum, { count }) => sum + Number(count), 0),
  sums: groups
    .filter(({ counted }) => Number(counted) > 0)
    .map(({ currency, totalE4, restE4 }) => ({ currency, totalE4, restE4 })),
})
