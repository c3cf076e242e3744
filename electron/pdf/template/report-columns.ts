import type { ReportTable } from '../../../shared/documents/printable-report.ts'
import { widthOf } from '../measure-text.ts'

export type PlacedColumn = {
  readonly label: string
  readonly align: 'left' | 'right'
  readonly width: number
  /** Where its texts begin, or end. */
  readonly edge: number
}
export type Sizes = { readonly text: number; readonly head: number; readonly gap: number }

export const normalSizes: Sizes = { text: 8.5, head: 7.5, gap: 14 }
export const smallSizes: Sizes = { text: 7, head: 6.5, gap: 9 }

// Words may wrap: a longer text asks for no more than this, and for no less than that.
const widestWords = 230
const leastWords = 64

const isWide = (kind: string) => kind === 'row' || kind === 'sum' || kind === 'total'

// Figures that stand under each other in tables of the same columns stand at the same place in all of them.
const sameColumns = (tables: readonly ReportTable[], table: ReportTable) => {
  const labels = JSON.stringify(table.columns)
  return tables.filter((it) => JSON.stringify(it.columns) === labels)
}

const naturalWidths = (tables: readonly ReportTable[], table: ReportTable, { text, head }: Sizes): number[] => {
  const rows = sameColumns(tables, table).flatMap((it) => it.rows.filter(({ kind }) => isWide(kind)))
  return table.columns.map(({ label, align }, at) => {
    const most = rows.reduce(
      (width, { kind, cells }) => {
        const own = widthOf(cells[at] ?? '', kind === 'row' ? 'regular' : 'strong', text)
        return Math.max(width, align === 'start' ? Math.min(own, widestWords) : own)
      },
      widthOf(label, 'strong', head),
    )
    return Math.ceil(align === 'start' ? Math.max(most, leastWords) : most)
  })
}

const sumOf = (widths: readonly number[], gap: number) =>
  widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1)

/** The widest that a table of the report would be if no word were broken, in points. */
export const widestTable = (tables: readonly ReportTable[], sizes: Sizes): number =>
  tables.reduce((most, table) => Math.max(most, sumOf(naturalWidths(tables, table, sizes), sizes.gap)), 0)

// What is too wide is taken from the words, which can wrap, as much as they can give; figures are set smaller then.
const fitted = (widths: readonly number[], table: ReportTable, room: number, gap: number): number[] => {
  const over = sumOf(widths, gap) - room
  const isWords = (at: number) => table.columns[at]?.align === 'start'
  if (over <= 0) {
    const grown = table.columns.findIndex(({ align }) => align === 'start')
    return widths.map((width, at) => (at === Math.max(0, grown) ? width - over : width))
  }
  const spare = widths.reduce((sum, width, at) => sum + (isWords(at) ? width - leastWords : 0), 0)
  const share = spare <= 0 ? 0 : Math.min(1, over / spare)
  const given = widths.map((width, at) => (isWords(at) ? width - (width - leastWords) * share : width))
  const left = sumOf(given, gap) - room
  if (left <= 0) return given
  const scale = (room - gap * (given.length - 1)) / given.reduce((sum, width) => sum + width, 0)
  return given.map((width) => width * scale)
}

/** Where the columns of a table stand between two edges: figures as wide as they are, words in what is left. */
export const placeColumns = (
  tables: readonly ReportTable[],
  table: ReportTable,
  sizes: Sizes,
  [left, right]: readonly [left: number, right: number],
): PlacedColumn[] => {
  const widths = fitted(naturalWidths(tables, table, sizes), table, right - left, sizes.gap)
  let x = left
  return table.columns.map(({ label, align }, at) => {
    const width = widths[at] ?? 0
    const isRight = align === 'end'
    const edge = isRight ? x + width : x
    x += width + sizes.gap
    return { label, align: isRight ? 'right' : 'left', width, edge }
  })
}
