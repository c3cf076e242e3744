import type { ReportPaper } from '../../../../shared/contract/reports.ts'
import type { ReturnCell, ReturnTable } from '../../../../shared/tax/regimes/regime.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'

/** The figure of a cell as the return writes it: whole units where the form asks for them. */
export const cellText = (cell: ReturnCell, currency: string, formats: LocaleFormats): string =>
  cell.isWhole
    ? new Intl.NumberFormat(formats.locale).format(cell.amountE4 / 10_000n)
    : formats.figures(cell.amountE4, currency)

type Asked = {
  readonly title: string
  readonly about: string
  readonly tables: readonly ReturnTable[]
  readonly currency: string
  readonly formats: LocaleFormats
}

/** A tax return as its paper has it, every table under its own name. */
export const taxPaper = ({ title, about, tables, currency, formats }: Asked): ReportPaper => ({
  title,
  about,
  tables: tables.map((table) => ({
    title: table.title,
    columns: [{ label: '', align: 'start' }, ...table.columns.map(({ label }) => ({ label, align: 'end' as const }))],
    rows: table.rows.map((row) => ({
      kind: row.id === 'total' ? ('total' as const) : ('row' as const),
      cells: [
        row.label,
        ...table.columns.map(({ id }) => {
          const cell = row.cells[id]
          return cell === undefined ? '' : cellText(cell, currency, formats)
        }),
      ],
    })),
    notes: [...(table.rows.length === 0 ? ['Nothing in this period.'] : []), ...table.notes],
  })),
})
