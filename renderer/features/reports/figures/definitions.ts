import type { ReportGroup, ReportKind, ReportRow } from '../../../../shared/contract/reports.ts'
import { minorUnitsOf } from '../../../../shared/money/currencies.ts'
import { toDecimalString } from '../../../../shared/money/decimal-string.ts'
import { type Amount, digits } from '../../../../shared/money/scaled.ts'
import { methodNames } from '../../../app/payment-methods.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'
import { shareInTenths, tenthsText } from './change.ts'

export const groupTitles: Readonly<Record<ReportGroup, string>> = {
  month: 'Month',
  quarter: 'Quarter',
  'fiscal-year': 'Fiscal year',
  client: 'Client',
  item: 'Item',
  'item-kind': 'Kind of item',
  'client-type': 'Type of client',
  'account-manager': 'Account manager',
  currency: 'Currency',
  method: 'Method',
}

export const isTime = (group: ReportGroup): boolean =>
  group === 'month' || group === 'quarter' || group === 'fiscal-year'

/** How a report writes its figures. */
export type Look = {
  readonly formats: LocaleFormats
  readonly currency: string
  readonly total: ReportRow
}

/** One column of figures; `exact` is for a file, with a point and no grouping, which leaves out what it can compute. */
export type Figure = {
  readonly id: string
  readonly header: string
  readonly text: (row: ReportRow, look: Look) => string
  readonly exact?: (row: ReportRow, currency: string) => string
  /** Left out where the place is narrow. */
  readonly isMinor?: boolean
  readonly isMain?: boolean
}

const exactly = (value: Amount, currency: string) => toDecimalString(value, digits.amount, minorUnitsOf(currency))

const money = (id: string, header: string, value: (row: ReportRow) => Amount, rest: Partial<Figure> = {}): Figure => ({
  id,
  header,
  text: (row, { formats, currency }) => formats.figures(value(row), currency),
  exact: (row, currency) => exactly(value(row), currency),
  ...rest,
})

const count = (header: string): Figure => ({
  id: 'count',
  header,
  text: (row, { formats }) => new Intl.NumberFormat(formats.locale).format(row.count),
  exact: (row) => String(row.count),
})

const share: Figure = {
  id: 'share',
  header: 'Share',
  text: (row, { total, formats }) => tenthsText(shareInTenths(row.amountE4, total.amountE4), formats.locale, 'none'),
  isMinor: true,
}

/** Days with one decimal at most; an en dash where none were paid. */
export const daysText = (days: number | null, locale: string): string =>
  days === null ? '–' : new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(days)

const wonShare = (row: ReportRow) => shareInTenths(BigInt(row.wonCount), BigInt(row.count))

export type Definition = {
  readonly title: string
  readonly figures: readonly Figure[]
  /** What the chart and the comparison are about. */
  readonly measure: string
  readonly measureOf: (row: ReportRow) => number
  readonly measureText: (row: ReportRow, look: Look) => string
  readonly emptySentence: string
  /** What one row leads to: `documents`. */
  readonly behind: string
}

// Only the lengths of bars: figures are written from the exact amounts.
const length = (value: bigint): number => Number(value) / 10_000

const byAmount = {
  measureOf: (row: ReportRow) => length(row.amountE4),
  measureText: (row: ReportRow, { formats, currency }: Look) => formats.amount(row.amountE4, currency),
}

const amount = (row: ReportRow) => row.amountE4

export const definitions: Readonly<Record<ReportKind, Definition>> = {
  revenue: {
    title: 'Revenue',
    figures: [
      count('Documents'),
      money('net', 'Net', (row) => row.netE4, { isMinor: true }),
      money('tax', 'Tax', (row) => row.taxE4, { isMinor: true }),
      money('total', 'Total', amount, { isMain: true }),
      share,
    ],
    measure: 'Revenue with tax',
    ...byAmount,
    emptySentence: 'No revenue in this period; choose another one above.',
    behind: 'Documents',
  },
  payments: {
    title: 'Payments',
    figures: [count('Payments'), money('total', 'Received', amount, { isMain: true }), share],
    measure: 'Received',
    ...byAmount,
    emptySentence: 'No money came in during this period; choose another one above.',
    behind: 'Payments',
  },
  'days-to-pay': {
    title: 'Days to pay',
    figures: [
      count('Paid invoices'),
      money('total', 'Their total', amount, { isMinor: true }),
      {
        id: 'days',
        header: 'Average days',
        text: (row, { formats }) => daysText(row.averageDays, formats.locale),
        exact: (row) => (row.averageDays === null ? '' : String(row.averageDays)),
        isMain: true,
      },
    ],
    measure: 'Days from issue to full payment, on average',
    measureOf: (row) => row.averageDays ?? 0,
    measureText: (row, { formats }) => `${daysText(row.averageDays, formats.locale)} days`,
    emptySentence: 'No invoice was paid in full during this period; choose another one above.',
    behind: 'Invoices',
  },
  quotes: {
    title: 'Quotes won',
    figures: [
      count('Quotes'),
      {
        id: 'won',
        header: 'Won',
        text: (row, { formats }) => new Intl.NumberFormat(formats.locale).format(row.wonCount),
        exact: (row) => String(row.wonCount),
      },
      {
        id: 'rate',
        header: 'Won, share',
        text: (row, { formats }) => tenthsText(wonShare(row), formats.locale, 'none'),
        isMinor: true,
      },
      money('won-amount', 'Amount won', (row) => row.wonE4),
      money('total', 'Offered', amount, { isMain: true }),
    ],
    measure: 'Offered with tax',
    ...byAmount,
    emptySentence: 'No quote was issued in this period; choose another one above.',
    behind: 'Quotes',
  },
}

const quarterText = (key: string) => key.replace(/^(\d{4})-(Q\d)$/, '$2 $1')

/** The name of a row as people read it; short for a chart. */
export const rowTitle = (row: ReportRow, group: ReportGroup, formats: LocaleFormats, short = false): string => {
  if (row.key !== null && group === 'month') return formats.month(row.key, short)
  if (row.key !== null && group === 'quarter') return quarterText(row.key)
  if (group === 'method') return Object.entries(methodNames).find(([value]) => value === row.key)?.[1] ?? 'Not said'
  return row.label === '' ? 'Not said' : row.label
}

/** An amount without its currency as a file has it: exact, with a point. */
export const exactAmount = exactly
