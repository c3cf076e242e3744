import type { ReportGroup, ReportKind, ReportRow } from '../../../../shared/contract/reports.ts'
import { subtract } from '../../../../shared/money/arithmetic.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'
import { definitions, exactAmount, groupTitles, rowTitle } from './definitions.ts'

type Asked = {
  readonly report: ReportKind
  readonly groupBy: ReportGroup
  readonly currency: string
  readonly formats: LocaleFormats
  readonly rows: readonly ReportRow[]
  readonly total: ReportRow
  readonly isCompared: boolean
}

const comparedCells = (report: ReportKind, row: ReportRow, currency: string): string[] => {
  if (report === 'days-to-pay') return [row.previousDays === null ? '' : String(row.previousDays)]
  if (row.previousE4 === null) return ['', '']
  return [exactAmount(row.previousE4, currency), exactAmount(subtract(row.amountE4, row.previousE4), currency)]
}

/** A report as the rows of a file: exact figures with a point, months as `2026-03`, the sum last. */
export const reportFile = ({ report, groupBy, currency, formats, rows, total, isCompared }: Asked): string[][] => {
  const figures = definitions[report].figures.flatMap((it) =>
    it.exact === undefined ? [] : [{ ...it, exact: it.exact }],
  )
  const compared = report === 'days-to-pay' ? ['Average days before'] : [`Before (${currency})`, `Change (${currency})`]
  const money = new Set(['net', 'tax', 'total', 'won-amount'])
  const cells = (row: ReportRow) => [
    ...figures.map((it) => it.exact(row, currency)),
    ...(isCompared ? comparedCells(report, row, currency) : []),
  ]
  const name = (row: ReportRow) =>
    groupBy === 'month' || groupBy === 'quarter' ? (row.key ?? '') : rowTitle(row, groupBy, formats)
  return [
    [
      groupTitles[groupBy],
      ...figures.map((it) => (money.has(it.id) ? `${it.header} (${currency})` : it.header)),
      ...(isCompared ? compared : []),
    ],
    ...rows.map((row) => [name(row), ...cells(row)]),
    ['Total', ...cells(total)],
  ]
}
