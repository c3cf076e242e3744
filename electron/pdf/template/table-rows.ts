import type { PrintableLine } from '../../../shared/documents/printable.ts'
import { directionOf } from '../text-runs.ts'
import { wrapText } from '../wrap-text.ts'
import type { Job } from './pages.ts'
import { type Column, type Columns, cellText } from './table-columns.ts'

/** One line of a row: what stands in each column, empty where nothing does. */
export type RowLine = {
  readonly leading: number
  readonly size: number
  readonly color: string
  readonly cells: readonly string[]
}
export type Row = { readonly lines: readonly RowLine[] }

type TextLine = Omit<RowLine, 'cells'> & { readonly text: string }

const choiceText = ({ choice, isChosen, groupName }: PrintableLine, { labels }: Job): string => {
  if (!choice) return ''
  const mark = labels[choice]
  return `${groupName ? `${mark}: ${groupName}` : mark} · ${isChosen ? labels.insideTotal : labels.outsideTotal}`
}

const textLines = (line: PrintableLine, job: Job, width: number, says: Columns): TextLine[] => {
  const { size, leading, smallSize, smallLeading } = job.style.table
  const small = (text: string, color: string): TextLine[] =>
    wrapText(text, 'regular', smallSize, width).map((part) => ({
      leading: smallLeading,
      size: smallSize,
      color,
      text: part,
    }))
  const { description } = line
  const code = says.saysCode ? line.code : null
  // A code before Arabic or Hebrew would turn the whole description to left-to-right.
  const joint = description !== null && directionOf(description) === 'rtl' ? '\n' : ' · '
  const details = [code, description].filter((text) => text !== null && text !== '').join(joint)
  const discounts = says.saysDiscount ? line.adjustments : []
  return [
    ...wrapText(line.name, 'regular', size, width).map((text) => ({ leading, size, color: job.ink, text })),
    ...small(details, job.soft),
    ...discounts.flatMap(({ label, amountE4 }) => small(`${label}  ${job.figures.amount(amountE4)}`, job.soft)),
    ...small(choiceText(line, job), job.accent),
  ]
}

const wrapped = new Set<Column['key']>(['code', 'hsn', 'quantity', 'unit', 'tax'])

/** Breaks the texts of a line into the widths of the columns. */
export const measureRow = (line: PrintableLine, job: Job, columns: Columns): Row => {
  const { size, leading } = job.style.table
  const cells = columns.columns.map((column): readonly string[] => {
    if (column.key === 'description') return []
    const text = cellText(line, column, job, columns.saysUnit)
    return wrapped.has(column.key) ? wrapText(text, 'regular', size, column.width) : text === '' ? [] : [text]
  })
  const textColumn = columns.columns[columns.textAt]
  const texts = textLines(line, job, textColumn?.width ?? 0, columns)
  const count = Math.max(1, texts.length, ...cells.map((lines) => lines.length))
  const blank: TextLine = { leading, size, color: job.ink, text: '' }
  const lines: RowLine[] = []
  for (let index = 0; index < count; index += 1) {
    const text = texts[index] ?? blank
    lines.push({
      leading: text.leading,
      size: text.size,
      color: text.color,
      cells: cells.map((column, at) => (at === columns.textAt ? text.text : (column[index] ?? ''))),
    })
  }
  return { lines }
}
