import type { ReportGroup, ReportKind, ReportPaper, ReportRow } from '../../../../shared/contract/reports.ts'
import { subtract } from '../../../../shared/money/arithmetic.ts'
import { changeInTenths, tenthsText } from './change.ts'
import { daysText, definitions, groupTitles, type Look, rowTitle } from './definitions.ts'

type Asked = {
  readonly report: ReportKind
  readonly groupBy: ReportGroup
  readonly look: Look
  readonly rows: readonly ReportRow[]
  /** What is counted, over which days. */
  readonly about: string
  /** What it is compared with, in words; null without a comparison. */
  readonly before: string | null
}

const comparedCells = (report: ReportKind, row: ReportRow, { formats, currency }: Look): string[] => {
  const { locale } = formats
  if (report === 'days-to-pay') {
    const { averageDays, previousDays } = row
    const change =
      averageDays === null || previousDays === null ? null : Math.round((averageDays - previousDays) * 10) / 10
    return [daysText(previousDays, locale), `${change !== null && change > 0 ? '+' : ''}${daysText(change, locale)}`]
  }
  const before = row.previousE4 ?? row.amountE4
  const change = subtract(row.amountE4, before)
  return [
    formats.figures(before, currency),
    `${change > 0n ? '+' : ''}${formats.figures(change, currency)}`,
    tenthsText(changeInTenths(before, row.amountE4), locale, 'always'),
  ]
}

/** A report as its paper has it: the columns and figures of the screen, the sum last. */
export const reportPaper = ({ report, groupBy, look, rows, about, before }: Asked): ReportPaper => {
  const { title, figures } = definitions[report]
  const compared = before === null ? [] : report === 'days-to-pay' ? [before, 'Change'] : [before, 'Change', '%']
  const cells = (row: ReportRow, name: string) => [
    name.slice(0, 500),
    ...figures.map((figure) => figure.text(row, look)),
    ...(before === null ? [] : comparedCells(report, row, look)),
  ]
  const heads = [...figures.map((figure) => figure.header), ...compared]
  return {
    title: `${title} by ${groupTitles[groupBy].toLowerCase()}`,
    about,
    tables: [
      {
        title: '',
        columns: [
          { label: groupTitles[groupBy], align: 'start' },
          ...heads.map((label) => ({ label, align: 'end' as const })),
        ],
        rows: [
          ...rows.map((row) => ({ kind: 'row' as const, cells: cells(row, rowTitle(row, groupBy, look.formats)) })),
          { kind: 'total', cells: cells(look.total, 'Total') },
        ],
      },
    ],
  }
}
