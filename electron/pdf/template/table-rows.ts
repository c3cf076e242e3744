import type { PrintableLine } from '../../../shared/documents/printable.ts'
import { widthOf } from '../measure-text.ts'
import { directionOf } from '../text-runs.ts'
import { wrapText } from '../wrap-text.ts'
import type { Job } from './pages.ts'
import { colors } from './theme.ts'

export const textSize = 9
const leading = 12.5
const smallSize = 8
const smallLeading = 11

/** Where the columns stand: left edges of texts, right edges of figures. */
export type Columns = {
  readonly positionWidth: number
  readonly text: number
  readonly textWidth: number
  readonly quantity: number
  readonly quantityWidth: number
  readonly price: number
  readonly priceWidth: number
  readonly tax: number
  readonly taxWidth: number
  readonly amount: number
  readonly amountWidth: number
}

/** One line of a row: what stands in each column, empty where nothing does. */
export type RowLine = {
  readonly leading: number
  readonly size: number
  readonly color: string
  readonly position: string
  readonly text: string
  readonly quantity: string
  readonly price: string
  readonly tax: string
  readonly amount: string
}
export type Row = { readonly lines: readonly RowLine[] }

const quantityText = (line: PrintableLine, job: Job): string =>
  `${job.figures.quantity(line.quantityE6)} ${line.unit}`.trimEnd()

type Limits = { readonly least: number; readonly most: number }

const widest = (texts: Iterable<string>, head: string, { least, most }: Limits): number => {
  let width = Math.max(least, widthOf(head, 'strong', 7.5))
  for (const text of texts) {
    if (width >= most) return most
    width = Math.max(width, widthOf(text, 'regular', textSize))
  }
  return Math.min(most, Math.ceil(width))
}

/** Columns as wide as their widest entry, within limits; the description takes the rest. */
export const columnsOf = (job: Job): Columns => {
  const { document, figures, paper, labels } = job
  const { lines } = document
  const gap = 12
  const positionWidth = widest([String(lines.at(-1)?.position ?? '')], labels.position, { least: 16, most: 30 })
  const priceHead = document.pricesIncludeTax ? labels.priceWithTax : labels.price
  const quantityWidth = widest(
    lines.map((line) => quantityText(line, job)),
    labels.quantity,
    { least: 36, most: 74 },
  )
  const priceWidth = widest(
    lines.map((line) => figures.price(line.priceE6)),
    priceHead,
    { least: 36, most: 92 },
  )
  const taxWidth = widest(
    lines.map((line) => line.taxLabel),
    labels.tax,
    { least: 26, most: 62 },
  )
  const amountWidth = widest(
    lines.map((line) => figures.amount(line.netE4)),
    labels.amount,
    { least: 48, most: 98 },
  )
  const amount = paper.right
  const tax = amount - amountWidth - gap
  const price = tax - taxWidth - gap
  const quantity = price - priceWidth - gap
  const text = paper.left + positionWidth + 8
  const textWidth = quantity - quantityWidth - gap - text
  const right = { quantity, quantityWidth, price, priceWidth, tax, taxWidth, amount, amountWidth }
  return { positionWidth, text, textWidth, ...right }
}

type TextLine = Pick<RowLine, 'leading' | 'size' | 'color' | 'text'>

const smallLines = (text: string, width: number): TextLine[] =>
  wrapText(text, 'regular', smallSize, width).map((line) => ({
    leading: smallLeading,
    size: smallSize,
    color: colors.soft,
    text: line,
  }))

const textLines = (line: PrintableLine, job: Job, width: number): TextLine[] => {
  const name = wrapText(line.name, 'regular', textSize, width)
  const { code, description } = line
  // A code before Arabic or Hebrew would turn the whole description to left-to-right.
  const joint = description !== null && directionOf(description) === 'rtl' ? '\n' : ' · '
  const details = [code, description].filter((text) => text !== null && text !== '').join(joint)
  return [
    ...name.map((text) => ({ leading, size: textSize, color: colors.ink, text })),
    ...smallLines(details, width),
    ...line.adjustments.flatMap(({ label, amountE4 }) =>
      smallLines(`${label}  ${job.figures.amount(amountE4)}`, width),
    ),
  ]
}

/** Breaks the texts of a line into the widths of the columns. */
export const measureRow = (line: PrintableLine, job: Job, columns: Columns): Row => {
  const texts = textLines(line, job, columns.textWidth)
  const quantity = wrapText(quantityText(line, job), 'regular', textSize, columns.quantityWidth)
  const tax = wrapText(line.taxLabel, 'regular', textSize, columns.taxWidth)
  const count = Math.max(texts.length, quantity.length, tax.length, 1)
  const blank: TextLine = { leading, size: textSize, color: colors.ink, text: '' }
  const lines: RowLine[] = []
  for (let index = 0; index < count; index += 1) {
    const first = index === 0
    lines.push({
      ...(texts[index] ?? blank),
      position: first ? String(line.position) : '',
      quantity: quantity[index] ?? '',
      price: first ? job.figures.price(line.priceE6) : '',
      tax: tax[index] ?? '',
      amount: first ? job.figures.amount(line.netE4) : '',
    })
  }
  return { lines }
}
