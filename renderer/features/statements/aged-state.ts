import { useNavigate, useSearch } from '@tanstack/react-router'
import { addDays, addMonths } from '../../../shared/dates.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { toDecimalString } from '../../../shared/money/decimal-string.ts'
import { digits } from '../../../shared/money/scaled.ts'
import { useToday } from '../../app/organization.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { type ReportSearch, reportSearch, type StatementSearch } from '../../app/report-search.ts'
import { buckets, bucketTitles } from './buckets.ts'

export type Aged = ApiOutput<'statements', 'aged'>
export type AgedRow = Aged['rows'][number]
export type Basis = 'due' | 'issued'

/** What tells a row from the others: whose, and in which currency. */
export const rowIdOf = (row: { readonly clientId: string; readonly currency: string }): string =>
  `${row.clientId} ${row.currency}`

/** The state of the page in its address, and how to change it. */
export const useAgedState = () => {
  const search = useSearch({ from: '/reports/$report' })
  const navigate = useNavigate()
  const today = useToday()
  const change = (next: { readonly [K in keyof ReportSearch]: ReportSearch[K] | undefined }) =>
    void navigate({
      to: '/reports/$report',
      params: { report: 'aged' },
      search: (old) => reportSearch({ ...old, ...next }),
      replace: true,
    })
  const basis: Basis = search.basis === 'issued' ? 'issued' : 'due'
  return { search, change, today, on: search.on ?? today, basis, currency: search.currency ?? null }
}

/** The year of statement that ends on a day. */
export const yearUntil = (on: string): { readonly from: string; readonly to: string } => ({
  from: addDays(addMonths(on, -12), 1),
  to: on,
})

/** The address of a client's statement as of a day. */
export const statementOn = (on: string, today: string): StatementSearch =>
  on === today ? {} : { range: 'custom', ...yearUntil(on) }

/** Aged receivables as the rows of a file, exact with a point. */
export const agedFile = (rows: readonly AgedRow[], basis: Basis, baseCurrency: string): string[][] => {
  const titles = bucketTitles(basis)
  const figures = [...buckets, 'openE4', 'creditE4', 'balanceE4'] as const
  const exact = (value: AgedRow['openE4'], currency: string) =>
    toDecimalString(value, digits.amount, minorUnitsOf(currency))
  return [
    [
      'Client',
      'Currency',
      ...buckets.map((bucket) => titles[bucket]),
      'Open',
      'Credit',
      'Balance',
      `Balance (${baseCurrency})`,
      'Invoices',
      'Oldest due date',
    ],
    ...rows.map((row) => [
      row.clientName,
      row.currency,
      ...figures.map((figure) => exact(row[figure], row.currency)),
      exact(row.baseBalanceE4, baseCurrency),
      String(row.invoiceCount),
      row.oldestDueOn ?? '',
    ]),
  ]
}
