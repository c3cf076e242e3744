import type { PrintableStatement, StatementRow } from '../../../shared/documents/printable.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { Logo } from '../logo.ts'
import { widthOf } from '../measure-text.ts'
import { drawFill, drawRule, drawText, ellipsis } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import type { Head } from './head.ts'
import { drawHead, finishPages, type LaidOut } from './lay-out.ts'
import { drawColumnHeads, headHeightOf } from './line-table.ts'
import { type Flow, hasRoom, type PageJob, pageJob, startFlow, turnPage } from './pages.ts'
import { drawPayment } from './payment-block.ts'
import { drawParagraph } from './text-blocks.ts'
import { colors, tintOf } from './theme.ts'

type Column = {
  readonly head: string
  readonly align: 'left' | 'right'
  readonly width: number
  readonly edge: number
}
type Cells = { readonly texts: readonly string[]; readonly isSum: boolean }

const headContent = (statement: PrintableStatement, job: PageJob): Head => {
  const { labels, figures } = job
  const { from, to, buyer, seller, currency } = statement
  const facts: [string, string][] = [[labels.date, figures.date(statement.issuedOn)]]
  const period = labels.periodOf
    .replace('{from}', () => figures.date(from ?? to))
    .replace('{to}', () => figures.date(to))
  facts.push(from === null ? [labels.asOf, figures.date(to)] : [labels.period, period], [labels.currency, currency])
  return {
    seller,
    buyer,
    deliverTo: null,
    title: labels.statement,
    number: null,
    fullTitle: labels.statement,
    facts,
    state: 'issued',
    sum: { label: labels.closing, value: figures.money(statement.closingE4) },
  }
}

const cellsOf = (row: StatementRow, { figures }: PageJob): Cells => {
  const shown = (value: Amount): string => (value === zero ? '' : figures.amount(value))
  const due = row.dueOn === null ? '' : figures.shortDate(row.dueOn)
  const texts = [figures.shortDate(row.on), row.text, due, shown(row.debitE4), shown(row.creditE4)]
  return { texts: [...texts, figures.amount(row.balanceE4)], isSum: false }
}

const allCells = (statement: PrintableStatement, job: PageJob): Cells[] => {
  const { labels, figures } = job
  const edge = (on: string | null, label: string, balance: Amount): Cells => ({
    texts: [on === null ? '' : figures.shortDate(on), label, '', '', '', figures.amount(balance)],
    isSum: true,
  })
  return [
    edge(statement.from, labels.opening, statement.openingE4),
    ...statement.rows.map((row) => cellsOf(row, job)),
    edge(statement.to, labels.closing, statement.closingE4),
  ]
}

const columnsOf = (rows: readonly Cells[], job: PageJob): Column[] => {
  const { labels, style, paper } = job
  const { size, headSize, gap, inset } = style.table
  const heads = [labels.date, labels.entry, labels.due, labels.debit, labels.credit, labels.balance]
  const widths = heads.map((head, at) =>
    at === 1
      ? 0
      : Math.ceil(
          Math.max(
            widthOf(head, 'strong', headSize),
            ...rows.map(({ texts, isSum }) => widthOf(texts[at] ?? '', isSum ? 'strong' : 'regular', size)),
          ),
        ),
  )
  const room = paper.right - paper.left - inset * 2 - gap * (heads.length - 1)
  widths[1] = room - widths.reduce((sum, width) => sum + width, 0)
  let left = paper.left + inset
  return heads.map((head, at): Column => {
    const width = widths[at] ?? 0
    const align = at > 2 && !job.rightToLeft ? 'right' : 'left'
    const edge = align === 'right' ? left + width : left
    left += width + gap
    return { head, align, width, edge }
  })
}

const drawRow = (flow: Flow, job: PageJob, columns: readonly Column[], cells: Cells, isStriped: boolean): void => {
  const { style, paper, ink, soft, accent } = job
  const { size, leading, padding, rows } = style.table
  const lines = wrapText(cells.texts[1] ?? '', cells.isSum ? 'strong' : 'regular', size, columns[1]?.width ?? 0)
  const height = Math.max(1, lines.length) * leading + padding * 2
  if (!hasRoom(flow, job, height)) {
    turnPage(flow, job)
    drawColumnHeads(flow, job, columns)
  }
  const { left: x1, right: x2 } = paper
  if (rows === 'zebra' && isStriped) {
    drawFill(flow.sheet, { x: x1, y: flow.y, width: x2 - x1, height, color: tintOf(accent, 0.06) })
  }
  const y = flow.y + padding + leading - size * 0.355
  for (const [at, { edge, align, width }] of columns.entries()) {
    const look = { size, color: at === 2 ? soft : ink, weight: cells.isSum ? 'strong' : 'regular', align } as const
    if (at === 1) {
      for (const [index, line] of lines.entries())
        drawText(flow.sheet, line, { ...look, x: edge, y: y + index * leading })
    } else drawText(flow.sheet, cells.texts[at] ?? '', { ...look, x: edge, y, fit: width })
  }
  flow.y += height
  if (rows === 'zebra' || rows === 'none') return
  drawRule(flow.sheet, { x1, x2, y: flow.y, thickness: 0.4, color: colors.hairline })
}

/** The open amount by age in one row of fields; older ones stand further along. */
const drawAgeing = (flow: Flow, job: PageJob, { ageing }: PrintableStatement): void => {
  if (ageing.length === 0) return
  const { paper, labels, figures, accent, ink, soft } = job
  const height = 46
  if (!hasRoom(flow, job, height + 26)) turnPage(flow, job)
  flow.y += 14
  const { sheet } = flow
  drawText(sheet, labels.ageing, { x: paper.left, y: flow.y + 8, size: 8.5, color: ink, weight: 'strong' })
  flow.y += 15
  const step = (paper.right - paper.left) / ageing.length
  drawFill(sheet, {
    x: paper.left,
    y: flow.y,
    width: paper.right - paper.left,
    height: 36,
    color: tintOf(accent, 0.07),
  })
  for (const [index, { label, amountE4 }] of ageing.entries()) {
    const x = paper.left + index * step + 8
    const fit = step - 16
    drawText(sheet, ellipsis(label, 'regular', 7.5, fit), { x, y: flow.y + 13, size: 7.5, color: soft })
    drawText(sheet, figures.amount(amountE4), { x, y: flow.y + 27, size: 9.5, color: ink, weight: 'strong', fit })
  }
  flow.y += height - 4
}

/** Lays a client statement out, in the manner of its template; its faces must be loaded and its texts clean. */
export const layOutStatement = (statement: PrintableStatement, logo: Logo | null): LaidOut => {
  const job = pageJob(statement, logo, false)
  const flow = startFlow(job)
  const head = headContent(statement, job)
  drawHead(flow, job, head)
  const rows = allCells(statement, job)
  const columns = columnsOf(rows, job)
  flow.y += 6
  if (!hasRoom(flow, job, headHeightOf(job) + 40)) turnPage(flow, job)
  drawColumnHeads(flow, job, columns)
  for (const [index, cells] of rows.entries()) drawRow(flow, job, columns, cells, index % 2 === 1)
  drawAgeing(flow, job, statement)
  for (const block of statement.blocks) {
    flow.y += 7
    drawParagraph(flow, job, { ...block, tone: 'note' })
  }
  if (statement.payment) {
    flow.y += 10
    drawPayment(flow, job, statement.payment)
  }
  return finishPages(flow, job, head, { footer: statement.footer, slip: null, language: statement.language })
}
