import { guardFormula } from '../../../../shared/formula-guard.ts'
import type { ApiOutput } from '../../../app/queries.ts'

export type ReportRow = ApiOutput<'numberSeries', 'report'>[number]

/** A cell that no spreadsheet takes for a formula. */
const cell = (value: string | number): string => {
  const text = String(value)
  const harmless = typeof value === 'string' ? guardFormula(text) : text
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** A gap in words: `7` or `7 to 9`. */
export const gapText = ({ from, to }: ReportRow['gaps'][number]): string =>
  from === to ? `${from}` : `${from} to ${to}`

/** The report as CSV, a line for each period, then for each void number and each gap. */
export const reportCsv = (rows: readonly ReportRow[]): string => {
  const lines = rows.flatMap((row) => [
    [row.documentKind, row.code, row.period, 'numbers', row.firstNumber ?? '', row.lastNumber ?? '', row.count, ''],
    ...row.voids.map((it) => [
      row.documentKind,
      row.code,
      row.period,
      'void',
      it.number,
      it.number,
      1,
      `${it.on} ${it.reason}`,
    ]),
    ...row.gaps.map((gap) => [
      row.documentKind,
      row.code,
      row.period,
      'gap',
      String(gap.from),
      String(gap.to),
      gap.to - gap.from + 1,
      gap.detail,
    ]),
  ])
  const head = ['Kind', 'Series', 'Period', 'What', 'From', 'To', 'Count', 'Detail']
  return `${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
