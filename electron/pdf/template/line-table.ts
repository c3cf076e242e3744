import type { PrintableLine } from '../../../shared/documents/printable.ts'
import { type Amount, amount } from '../../../shared/money/scaled.ts'
import { widthOf } from '../measure-text.ts'
import { drawFill, drawRule, drawStrokes, drawText, type Sheet } from '../sheet.ts'
import { type Flow, hasRoom, type Job, type PageJob, turnPage } from './pages.ts'
import { type Column, type Columns, columnsOf } from './table-columns.ts'
import { measureRow, type Row, type RowLine } from './table-rows.ts'
import { colors, tintOf } from './theme.ts'

// A row taller than this may be cut at the end of a page; a smaller one moves to the next as a whole.
const wholeRowHeight = 220

/** The state of the table while its rows are laid on pages. */
type Table = {
  readonly flow: Flow
  readonly job: Job
  readonly columns: Columns
  sum: Amount
  rowsOnPage: number
  /** Where the table begins on this page, and where its verticals do. */
  headTop: number
  top: number
  isStriped: boolean
}

/** The height of a table's head, in points. */
export const headHeightOf = ({ style }: PageJob): number => style.table.headSize + 10.5
const carryHeightOf = ({ style }: Job): number => style.table.leading + 6.5

const rowHeight = (row: Row, { style }: Job): number =>
  row.lines.reduce((height, line) => height + line.leading, 0) + style.table.padding * 2

/** The ground of the head, behind its texts. */
const drawHeadGround = (sheet: Sheet, job: PageJob, top: number, height: number): void => {
  const { paper, accent, ink, style } = job
  const { left, right } = paper
  const { head } = style.table
  if (head === 'fill') {
    drawFill(sheet, { x: left, y: top, width: right - left, height: height + 2, radius: 3, color: accent })
  } else if (head === 'grid') {
    drawFill(sheet, { x: left, y: top, width: right - left, height, color: tintOf(ink, 0.12) })
    drawRule(sheet, { x1: left, x2: right, y: top, thickness: 0.8, color: ink })
    drawRule(sheet, { x1: left, x2: right, y: top + height, thickness: 0.8, color: ink })
  } else {
    const isQuiet = head === 'quiet'
    const thickness = isQuiet ? 0.6 : 1
    drawRule(sheet, { x1: left, x2: right, y: top + height - 1, thickness, color: isQuiet ? ink : accent })
  }
}

const headColor = ({ style, accent, ink, soft }: PageJob): string =>
  ({ rule: accent, fill: '#ffffff', grid: ink, quiet: soft })[style.table.head]

/** Draws the head of a table of columns at the place of the flow. */
export const drawColumnHeads = (
  flow: Flow,
  job: PageJob,
  columns: readonly Pick<Column, 'head' | 'edge' | 'align' | 'width'>[],
): void => {
  const { head, headSize } = job.style.table
  const height = headHeightOf(job)
  drawHeadGround(flow.sheet, job, flow.y, height)
  const shift = head === 'fill' ? 1 : head === 'grid' ? 0 : -1
  const weight = head === 'quiet' ? 'regular' : 'strong'
  const look = {
    y: flow.y + height / 2 + headSize * 0.36 + shift,
    size: headSize,
    color: headColor(job),
    weight,
  } as const
  for (const { head: text, edge, align, width } of columns) {
    drawText(flow.sheet, text, { ...look, x: edge, align, fit: width })
  }
  flow.y += head === 'fill' ? height + 2 : height
}

const drawTableHead = (table: Table): void => {
  const { flow, job, columns } = table
  table.headTop = flow.y
  table.top = flow.y
  drawColumnHeads(flow, job, columns.columns)
}

const drawCarry = (flow: Flow, job: Job, label: string, sum: Amount): void => {
  const { inset, smallSize } = job.style.table
  const height = carryHeightOf(job)
  const place = { y: flow.y + height * 0.66, size: smallSize, color: job.soft, align: 'right' } as const
  const figures = job.figures.amount(sum)
  const right = job.paper.right - inset
  drawText(flow.sheet, label, { ...place, x: right - widthOf(figures, 'strong', place.size) - 12 })
  drawText(flow.sheet, figures, { ...place, x: right, weight: 'strong' })
  flow.y += height
}

/** Verticals between the columns from the head or the sum brought forward down to here, where rows are framed. */
const drawVerticals = ({ flow, job, columns, top }: Table): void => {
  if (job.style.table.rows !== 'grid') return
  const between = columns.columns.slice(1).map(({ edge, align, width }) => {
    const left = align === 'right' ? edge - width : edge
    return left - job.style.table.gap / 2
  })
  const lines = between.map((x) => [x, top, x, flow.y] as const)
  drawStrokes(flow.sheet, lines, { thickness: 0.4, color: tintOf(job.ink, 0.3) })
}

/** The end of the table on a page: a rule, and the frame where rows are framed. */
const closeFrame = (table: Table): void => {
  const { flow, job, headTop } = table
  const { style, paper, ink, accent } = job
  const { left: x1, right: x2 } = paper
  const { rows } = style.table
  drawVerticals(table)
  if (rows === 'hairline') return
  const isGrid = rows === 'grid'
  const color = rows === 'zebra' ? accent : ink
  drawRule(flow.sheet, { x1, x2, y: flow.y, thickness: isGrid ? 0.8 : 0.6, color })
  if (!isGrid) return
  const frame = [x1, x2].map((x) => [x, headTop, x, flow.y] as const)
  drawStrokes(flow.sheet, frame, { thickness: 0.8, color: ink })
}

const breakTable = (table: Table): void => {
  const { flow, job } = table
  const { left, right } = job.paper
  closeFrame(table)
  drawCarry(flow, job, job.labels.carriedForward, table.sum)
  turnPage(flow, job)
  drawTableHead(table)
  drawVerticals(table)
  drawCarry(flow, job, job.labels.broughtForward, table.sum)
  table.top = flow.y - 1
  drawRule(flow.sheet, { x1: left, x2: right, y: flow.y - 1, thickness: 0.5, color: colors.hairline })
  table.rowsOnPage = 0
}

const drawRowLine = (sheet: Sheet, line: RowLine, { columns, textAt }: Columns, job: Job, top: number): void => {
  const { size, smallSize } = job.style.table
  const y = top + line.leading - size * 0.355
  for (const [at, { key, edge, align, width }] of columns.entries()) {
    const text = line.cells[at]
    if (text === undefined || text === '') continue
    if (at === textAt) drawText(sheet, text, { x: edge, y, size: line.size, color: line.color })
    else if (key === 'position') drawText(sheet, text, { x: edge, y, size: smallSize, color: job.soft, fit: width })
    else {
      const color = key === 'tax' || key === 'code' || key === 'hsn' || key === 'unit' ? job.soft : job.ink
      drawText(sheet, text, { x: edge, y, size, color, align, fit: width })
    }
  }
}

/** The tinted ground of every second row, drawn before its texts for the part that stands on this page. */
const drawStripe = (table: Table, height: number): void => {
  const { flow, job } = table
  const { paper } = job
  if (job.style.table.rows !== 'zebra' || !table.isStriped) return
  const room = Math.min(height, paper.bottom - flow.y)
  const color = tintOf(job.accent, 0.06)
  drawFill(flow.sheet, { x: paper.left, y: flow.y, width: paper.right - paper.left, height: room, color })
}

const drawRow = (table: Table, row: Row, line: PrintableLine, isLast: boolean): void => {
  const { flow, job, columns } = table
  const { padding, rows } = job.style.table
  let left = rowHeight(row, job)
  const carry = isLast && left <= wholeRowHeight ? 0 : carryHeightOf(job)
  drawStripe(table, left)
  flow.y += padding
  for (const [index, part] of row.lines.entries()) {
    if (!hasRoom(flow, job, part.leading + padding + carry)) {
      breakTable(table)
      drawStripe(table, left)
    }
    drawRowLine(flow.sheet, part, columns, job, flow.y)
    flow.y += part.leading
    left -= part.leading
    // The amount stands beside the first line, so from there on it belongs to the sum of this page.
    if (index === 0 && (!line.choice || line.isChosen)) table.sum = amount(table.sum + line.netE4)
  }
  flow.y += padding
  const { left: x1, right: x2 } = job.paper
  if (rows === 'hairline') drawRule(flow.sheet, { x1, x2, y: flow.y, thickness: 0.5, color: colors.hairline })
  else if (rows === 'grid') drawRule(flow.sheet, { x1, x2, y: flow.y, thickness: 0.3, color: tintOf(job.ink, 0.3) })
  table.rowsOnPage += 1
  table.isStriped = !table.isStriped
}

const needsBreak = (table: Table, row: Row, isLast: boolean, tail: number): boolean => {
  const { flow, job } = table
  const height = rowHeight(row, job)
  const whole = Math.min(height, wholeRowHeight)
  if (!isLast) return !hasRoom(flow, job, whole + carryHeightOf(job))
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
  if (!hasRoom(flow, job, 82)) turnPage(flow, job)
  const table: Table = {
    flow,
    job,
    columns,
    sum: amount(0n),
    rowsOnPage: 0,
    headTop: flow.y,
    top: flow.y,
    isStriped: false,
  }
  const { lines } = job.document
  drawTableHead(table)
  for (const [index, line] of lines.entries()) {
    const row = measureRow(line, job, columns)
    const isLast = index === lines.length - 1
    if (needsBreak(table, row, isLast, tail)) breakTable(table)
    drawRow(table, row, line, isLast)
  }
  closeFrame(table)
}
