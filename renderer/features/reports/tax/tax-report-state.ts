import { addDays, addMonths, fiscalYearOf } from '../../../../shared/dates.ts'
import { guardFormula } from '../../../../shared/formula-guard.ts'
import { recentPeriods, type TaxPeriod } from '../../../../shared/tax/periods.ts'
import type { FilingFrequency, ReturnTable } from '../../../../shared/tax/regimes/regime.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'

export type Period = TaxPeriod & { readonly label: string }

const labelOf = ({ from, to }: TaxPeriod, formats: LocaleFormats): string =>
  from.slice(0, 7) === to.slice(0, 7) ? formats.month(from) : `${formats.month(from)} to ${formats.month(to)}`

/** The periods to choose from: those that are filed, newest first, then whole fiscal years. */
export const periodsFor = (
  today: string,
  filing: { readonly frequency: FilingFrequency; readonly endMonth: number; readonly regime: string },
  fiscalYearStart: string,
  formats: LocaleFormats,
): Period[] => {
  const filed = recentPeriods(today, filing.frequency, filing.endMonth, filing.regime, 9).map((period) => ({
    ...period,
    label: labelOf(period, formats),
  }))
  const years = [today, addMonths(today, -12)].map((day): Period => {
    const { from, until, label } = fiscalYearOf(day, fiscalYearStart)
    return { from, to: addDays(until, -1), dueOn: null, label: `Fiscal year ${label}` }
  })
  return [...filed, ...years.filter((year) => !filed.some((it) => it.from === year.from && it.to === year.to))]
}

/** The rows of return tables as CSV, guarded against formulas. */
export const tablesToCsv = (tables: readonly ReturnTable[], figures: (value: bigint) => string): string => {
  const quote = (text: string) => {
    const safe = /^-?[\d.,\s]+$/.test(text) ? text : guardFormula(text)
    return `"${safe.replaceAll('"', '""')}"`
  }
  const lines = tables.flatMap((table) => [
    [table.title],
    ['', ...table.columns.map((column) => column.label)],
    ...table.rows.map((row) => [
      row.label,
      ...table.columns.map((column) => {
        const cell = row.cells[column.id]
        return cell === undefined ? '' : figures(cell.amountE4)
      }),
    ]),
    [],
  ])
  return lines.map((line) => line.map(quote).join(',')).join('\r\n')
}

/** Whether a return asks a person for a figure. */
export const hasTypedCell = (tables: readonly ReturnTable[]): boolean =>
  tables.some((table) => table.rows.some((row) => Object.values(row.cells).some((cell) => cell.isTyped)))
