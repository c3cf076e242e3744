import type { PrintableReport, ReportLine, ReportTable } from '../../../shared/documents/printable-report.ts'
import { labelsFor } from '../labels.ts'
import { drawFill, drawRule, drawText, ellipsis, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import type { LaidOut } from './lay-out.ts'
import { normalSizes, type PlacedColumn, placeColumns, type Sizes, smallSizes, widestTable } from './report-columns.ts'
import { accentInk, colors, millimetre, type Paper, paperSize, tintOf } from './theme.ts'

type Job = {
  readonly report: PrintableReport
  readonly paper: Paper
  readonly sizes: Sizes
  readonly accent: string
  readonly pages: Sheet[]
  sheet: Sheet
  y: number
}
type Wrapped = { readonly line: ReportLine; readonly texts: readonly (readonly string[])[]; readonly height: number }

const side = 16 * millimetre
const headHeight = 18
const inset = 4

const paperOf = ({ pageSize }: PrintableReport, isLandscape: boolean): Paper => {
  const [short, long] = paperSize(pageSize)
  const [width, height] = isLandscape ? [long, short] : [short, long]
  return { width, height, left: side, right: width - side, top: 62, bottom: height - 54, foot: height - 42 }
}

const roomOf = (paper: Paper) => paper.right - paper.left - inset * 2

// Upright if it fits, else on its side, else on its side in small letters.
const looksOf = (report: PrintableReport): Pick<Job, 'paper' | 'sizes'> => {
  const [upright, wide] = [paperOf(report, false), paperOf(report, true)]
  const widest = widestTable(report.tables, normalSizes)
  if (widest <= roomOf(upright)) return { paper: upright, sizes: normalSizes }
  return { paper: wide, sizes: widest <= roomOf(wide) ? normalSizes : smallSizes }
}

const turnPage = (job: Job) => {
  job.sheet = { marks: [], rightToLeft: false }
  job.pages.push(job.sheet)
  job.y = job.paper.top
}

const drawTitle = (job: Job) => {
  const { report, paper, accent, sheet } = job
  const x = paper.left
  const fit = paper.right - paper.left
  drawText(sheet, ellipsis(report.business, 'strong', 9, fit), { x, y: 46, size: 9, color: accent, weight: 'strong' })
  job.y = 70
  for (const line of wrapText(report.title, 'strong', 18, fit)) {
    drawText(sheet, line, { x, y: job.y, size: 18, color: colors.ink, weight: 'strong' })
    job.y += 22
  }
  for (const line of wrapText(report.about, 'regular', 8.5, fit)) {
    drawText(sheet, line, { x, y: job.y - 4, size: 8.5, color: colors.soft })
    job.y += 12
  }
  job.y += 8
}

const drawHeads = (job: Job, columns: readonly PlacedColumn[]) => {
  const { sheet, paper, sizes, accent } = job
  const y = job.y + headHeight - 6
  for (const { label, edge, align, width } of columns) {
    drawText(sheet, label, { x: edge, y, size: sizes.head, color: accent, weight: 'strong', align, fit: width })
  }
  job.y += headHeight
  drawRule(sheet, { x1: paper.left, x2: paper.right, y: job.y, thickness: 0.9, color: accent })
}

const weightOf = ({ kind }: ReportLine) => (kind === 'row' || kind === 'detail' ? 'regular' : 'strong')

const wrapped = (job: Job, columns: readonly PlacedColumn[], line: ReportLine): Wrapped => {
  const { sizes } = job
  const { kind, cells } = line
  const leading = sizes.text * 1.38
  const isWhole = kind === 'group' || kind === 'detail'
  const texts = isWhole
    ? [wrapText(cells.join('  '), weightOf(line), sizes.text, roomOf(job.paper) - (kind === 'detail' ? 14 : 0))]
    : columns.map(({ align, width }, at) =>
        align === 'left' ? wrapText(cells[at] ?? '', weightOf(line), sizes.text, width) : [cells[at] ?? ''],
      )
  const most = texts.reduce((count, it) => Math.max(count, it.length), 1)
  return { line, texts, height: most * leading + sizes.text * (kind === 'group' ? 1.3 : 0.75) }
}

const drawGround = (job: Job, { kind }: ReportLine, height: number) => {
  const { sheet, paper, y, accent } = job
  const place = { x1: paper.left, x2: paper.right }
  if (kind === 'total') {
    drawFill(sheet, { x: paper.left, y, width: paper.right - paper.left, height, color: tintOf(accent, 0.08) })
  }
  if (kind === 'sum' || kind === 'total') drawRule(sheet, { ...place, y, thickness: 0.7, color: colors.ink })
  else drawRule(sheet, { ...place, y: y + height, thickness: 0.4, color: colors.hairline })
}

const drawLine = (job: Job, columns: readonly PlacedColumn[], { line, texts, height }: Wrapped) => {
  const { sheet, sizes, paper } = job
  const { kind } = line
  drawGround(job, line, height)
  const leading = sizes.text * 1.38
  const first = job.y + height - (texts.reduce((count, it) => Math.max(count, it.length), 1) - 1) * leading
  const y = first - sizes.text * (kind === 'group' ? 0.62 : 0.68)
  const look = {
    size: sizes.text,
    color: kind === 'detail' ? colors.soft : colors.ink,
    weight: weightOf(line),
  } as const
  for (const [at, lines] of texts.entries()) {
    const column = columns[at]
    const isWhole = kind === 'group' || kind === 'detail'
    const x = isWhole || column === undefined ? paper.left + inset + (kind === 'detail' ? 14 : 0) : column.edge
    const align = isWhole ? 'left' : (column?.align ?? 'left')
    const fit = isWhole || align === 'left' ? {} : { fit: column?.width ?? 0 }
    for (const [index, text] of lines.entries()) {
      drawText(sheet, text, { ...look, ...fit, x, y: y + index * leading, align })
    }
  }
  job.y += height
}

/** A row stays with what it belongs to: the head of a group with its first row, a sum with the last of its rows. */
const needed = (rows: readonly Wrapped[], at: number): number => {
  let height = rows[at]?.height ?? 0
  for (let next = at; ; next += 1) {
    const kind = rows[next]?.line.kind
    const follows = rows[next + 1]
    const isBound = kind === 'group' || follows?.line.kind === 'sum' || follows?.line.kind === 'total'
    if (!isBound || follows === undefined || next - at >= 3) return height
    height += follows.height
  }
}

const drawTable = (job: Job, table: ReportTable) => {
  const { report, paper, sizes } = job
  const columns = placeColumns(report.tables, table, sizes, [paper.left + inset, paper.right - inset])
  const rows = table.rows.map((line) => wrapped(job, columns, line))
  const titleHeight = table.title === '' ? 0 : 22
  if (job.y + titleHeight + headHeight + needed(rows, 0) > paper.bottom) turnPage(job)
  if (table.title !== '') {
    const title = ellipsis(table.title, 'strong', 10.5, paper.right - paper.left)
    drawText(job.sheet, title, { x: paper.left, y: job.y + 13, size: 10.5, color: colors.ink, weight: 'strong' })
    job.y += titleHeight
  }
  drawHeads(job, columns)
  for (const [at, row] of rows.entries()) {
    if (job.y + needed(rows, at) > paper.bottom) {
      turnPage(job)
      drawHeads(job, columns)
    }
    drawLine(job, columns, row)
  }
  job.y += 6
  for (const note of table.notes) {
    for (const text of wrapText(note, 'regular', 7.5, paper.right - paper.left)) {
      if (job.y + 11 > paper.bottom) turnPage(job)
      drawText(job.sheet, text, { x: paper.left, y: job.y + 8, size: 7.5, color: colors.soft })
      job.y += 11
    }
  }
  job.y += 16
}

const drawFrame = (job: Job, sheet: Sheet, index: number) => {
  const { report, paper, pages } = job
  const { left, right, foot } = paper
  const small = { size: 7.5, color: colors.soft } as const
  if (index > 0) {
    const half = (right - left) / 2 - 10
    drawText(sheet, ellipsis(report.business, 'regular', 7.5, half), { ...small, x: left, y: 40 })
    const title = ellipsis(report.title, 'strong', 7.5, half)
    drawText(sheet, title, { ...small, x: right, y: 40, align: 'right', weight: 'strong' })
  }
  drawRule(sheet, { x1: left, x2: right, y: foot, thickness: 0.5, color: colors.hairline })
  const count = labelsFor(report.language)
    .page.replace('{page}', String(index + 1))
    .replace('{pages}', String(pages.length))
  drawText(sheet, report.madeOn, { ...small, x: left, y: foot + 14 })
  drawText(sheet, count, { ...small, x: right, y: foot + 14, align: 'right' })
}

/** Lays a report out page by page; its faces must be loaded and its texts clean. */
export const layOutReport = (report: PrintableReport): LaidOut => {
  const sheet: Sheet = { marks: [], rightToLeft: false }
  const job: Job = { report, ...looksOf(report), accent: accentInk(report.accentColor), pages: [sheet], sheet, y: 0 }
  drawTitle(job)
  for (const table of report.tables) drawTable(job, table)
  for (const [index, page] of job.pages.entries()) drawFrame(job, page, index)
  return { paper: job.paper, pages: job.pages }
}
