import { type Amount, amount } from '../../../shared/money/scaled.ts'
import { widthOf } from '../measure-text.ts'
import { drawRule, drawText, type Sheet } from '../sheet.ts'
import { type Flow, hasRoom, type Job, turnPage } from './pages.ts'
import { type Columns, columnsOf, measureRow, type Row, type RowLine, textSize } from './table-rows.ts'
import { colors } from './theme.ts'

const headHeight = 22
const carryHeight = 19
const rowPadding = 4
// A row taller than this may be cut at the end of a page; a smaller one moves to the next as a whole.
const wholeRowHeight = 220

const rowHeight = (row: Row): number => row.lines.reduce((sum, line) => sum + line.leading, 0) + rowPadding * 2

const drawHead = (flow: Flow, job: Job, columns: Columns): void => {
  const { labels, document, paper, accent } = job
  const baseline = flow.y + 11
  const place = { y: baseline, size: 7.5, color: accent, weight: 'strong' } as const
  const right = (text: string, edge: number, fit: number): void => {
    drawText(flow.sheet, text, { ...place, x: edge, align: 'right', fit })
  }
  drawText(flow.sheet, labels.position, { ...place, x: paper.left, fit: columns.positionWidth })
  drawText(flow.sheet, labels.description, { ...place, x: columns.text, fit: columns.textWidth })
  right(labels.quantity, columns.quantity, columns.quantityWidth)
  right(document.pricesIncludeTax ? labels.priceWithTax : labels.price, columns.price, columns.priceWidth)
  right(labels.tax, columns.tax, columns.taxWidth)
  right(labels.amount, columns.amount, columns.amountWidth)
  drawRule(flow.sheet, { x1: paper.left, x2: paper.right, y: flow.y + 17, thickness: 1, color: accent })
  flow.y += headHeight - 4
}

const drawCarry = (flow: Flow, job: Job, label: string, sum: Amount): void => {
  const place = { y: flow.y + 12.5, size: 8, color: colors.soft, align: 'right' } as const
  const figures = job.figures.amount(sum)
  const { right } = job.paper
  drawText(flow.sheet, label, { ...place, x: right - widthOf(figures, 'strong', place.size) - 12 })
  drawText(flow.sheet, figures, { ...place, x: right, weight: 'strong' })
  flow.y += carryHeight
}

const drawRowLine = (sheet: Sheet, line: RowLine, columns: Columns, top: number, left: number): void => {
  const y = top + line.leading - 3.2
  const figure = { y, size: textSize, color: colors.ink, align: 'right' } as const
  if (line.position !== '') {
    drawText(sheet, line.position, { x: left, y, size: 8, color: colors.soft, fit: columns.positionWidth })
  }
  if (line.text !== '') drawText(sheet, line.text, { x: columns.text, y, size: line.size, color: line.color })
  if (line.quantity !== '') drawText(sheet, line.quantity, { ...figure, x: columns.quantity })
  if (line.price !== '') drawText(sheet, line.price, { ...figure, x: columns.price, fit: columns.priceWidth })
  if (line.tax !== '') drawText(sheet, line.tax, { ...figure, x: columns.tax, color: colors.soft })
  if (line.amount !== '') drawText(sheet, line.amount, { ...figure, x: columns.amount, fit: columns.amountWidth })
}

/** The state of the table while its rows are laid on pages. */
type Table = { readonly flow: Flow; readonly job: Job; readonly columns: Columns; sum: Amount; rowsOnPage: number }

const breakTable = (table: Table): void => {
  const { flow, job } = table
  drawCarry(flow, job, job.labels.carriedForward, table.sum)
  turnPage(flow, job)
  drawHead(flow, job, table.columns)
  drawCarry(flow, job, job.labels.broughtForward, table.sum)
  drawRule(flow.sheet, {
    x1: job.paper.left,
    x2: job.paper.right,
    y: flow.y - 1,
    thickness: 0.5,
    color: colors.hairline,
  })
  table.rowsOnPage = 0
}

const drawRow = (table: Table, row: Row, net: Amount, isLast: boolean): void => {
  const { flow, job, columns } = table
  const carry = isLast && rowHeight(row) <= wholeRowHeight ? 0 : carryHeight
  flow.y += rowPadding
  for (const [index, line] of row.lines.entries()) {
    if (!hasRoom(flow, job, line.leading + rowPadding + carry)) breakTable(table)
    drawRowLine(flow.sheet, line, columns, flow.y, job.paper.left)
    flow.y += line.leading
    // The amount stands beside the first line, so from there on it belongs to the sum of this page.
    if (index === 0) table.sum = amount(table.sum + net)
  }
  flow.y += rowPadding
  const { left, right } = job.paper
  drawRule(flow.sheet, { x1: left, x2: right, y: flow.y, thickness: 0.5, color: colors.hairline })
  table.rowsOnPage += 1
}

const needsBreak = (table: Table, row: Row, isLast: boolean, tail: number): boolean => {
  const { flow, job } = table
  const height = rowHeight(row)
  const whole = Math.min(height, wholeRowHeight)
  if (!isLast) return !hasRoom(flow, job, whole + carryHeight)
  if (!hasRoom(flow, job, whole)) return true
  // Totals never stand on a page without a line: the last row goes with them.
  return table.rowsOnPage > 1 && height <= wholeRowHeight && !hasRoom(flow, job, height + tail)
}

/**
 * Draws the lines of the document over as many pages as they need, with the head on each and the sum carried from page
 * to page. `tail` is the height of the totals, which keep the last row with them.
 */
export const drawLineTable = (flow: Flow, job: Job, tail: number): void => {
  const columns = columnsOf(job)
  const table: Table = { flow, job, columns, sum: amount(0n), rowsOnPage: 0 }
  const { lines } = job.document
  if (!hasRoom(flow, job, headHeight + 60)) turnPage(flow, job)
  drawHead(flow, job, columns)
  for (const [index, line] of lines.entries()) {
    const row = measureRow(line, job, columns)
    const isLast = index === lines.length - 1
    if (needsBreak(table, row, isLast, tail)) breakTable(table)
    drawRow(table, row, line.netE4, isLast)
  }
}
