import { amount } from '../../../shared/money/scaled.ts'
import { widthOf } from '../measure-text.ts'
import { drawFill, drawRule, drawText } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { type Flow, hasRoom, type Job, payableLabelOf, turnPage } from './pages.ts'
import { colors, tintOf } from './theme.ts'

type TotalRow = { readonly lines: readonly string[]; readonly value: string; readonly isSum: boolean }
export type Totals = {
  readonly rows: readonly TotalRow[]
  readonly height: number
  readonly inset: number
  readonly gap: number
  readonly valueWidth: number
}

type Entry = readonly [label: string, value: string, isSum: boolean]

const afterTotal = (job: Job): Entry[] => {
  const { document, labels, figures } = job
  const rows: Entry[] = []
  for (const { label, amountE4, taxE4 } of document.deductions ?? []) {
    const tax = taxE4 === 0n ? '' : ` (${labels.deductionTax.replace('{tax}', () => figures.amount(taxE4))})`
    rows.push([`${label}${tax}`, figures.amount(amount(-amountE4)), false])
  }
  if (document.prepaidE4 !== 0n) rows.push([labels.prepaid, figures.amount(amount(-document.prepaidE4)), false])
  if (document.roundingE4 !== 0n) rows.push([labels.rounding, figures.amount(document.roundingE4), false])
  return rows
}

const entries = (job: Job): Entry[] => {
  const { document, labels, figures } = job
  const rows: Entry[] = []
  const adjusted = document.adjustments.length > 0 || document.lineNetE4 !== document.netE4
  if (adjusted) rows.push([labels.subtotal, figures.amount(document.lineNetE4), false])
  for (const { label, amountE4 } of document.adjustments) rows.push([label, figures.amount(amountE4), false])
  if (document.taxes.length > 0 || adjusted) rows.push([labels.net, figures.amount(document.netE4), true])
  for (const { label, taxableE4, taxE4 } of document.taxes) {
    const base = figures.amount(taxableE4)
    rows.push([labels.taxOn.replace('{tax}', () => label).replace('{base}', () => base), figures.amount(taxE4), false])
  }
  const after = afterTotal(job)
  return after.length === 0 ? rows : [...rows, [labels.total, figures.amount(document.totalE4), true], ...after]
}

const payableHeightOf = ({ style }: Job): number => style.totals.payableSize + 17

const insets = { rule: 0, card: 12, grid: 4, underline: 0 } as const
const gaps = { rule: 4, card: 4, grid: 2.4, underline: 4 } as const

/** The totals with their height in points, measured before the last lines are placed. */
export const measureTotals = (job: Job): Totals => {
  const { width, size, leading, kind } = job.style.totals
  const rows = entries(job)
  const [inset, gap] = [insets[kind], gaps[kind]]
  const widestValue = Math.max(60, ...rows.map(([, value]) => widthOf(value, 'strong', size)))
  const labelWidth = width - inset * 2 - widestValue - 14
  const measured = rows.map(([label, value, isSum]) => ({
    lines: wrapText(label, isSum ? 'strong' : 'regular', size, labelWidth),
    value,
    isSum,
  }))
  const lines = measured.reduce((count, row) => count + Math.max(1, row.lines.length), 0)
  const height = 8 + lines * leading + measured.length * gap + payableHeightOf(job)
  return { rows: measured, height, inset, gap, valueWidth: widestValue }
}

/** The sum to pay, in the manner of the layout. */
const drawPayable = (flow: Flow, job: Job, left: number, inset: number): void => {
  const { paper, document, accent, figures, style, ink } = job
  const { sheet } = flow
  const { kind, width, payableSize } = style.totals
  const { right } = paper
  const top = flow.y
  const height = payableHeightOf(job)
  let color = accent
  if (kind === 'rule') drawRule(sheet, { x1: left, x2: right, y: top + 4, thickness: 1, color: accent })
  if (kind === 'card') {
    drawFill(sheet, { x: left, y: top + 2, width, height: height - 4, radius: 5, color: accent })
    color = '#ffffff'
  }
  if (kind === 'grid') {
    drawFill(sheet, { x: left, y: top, width, height: height - 7, color: tintOf(ink, 0.12) })
    for (const y of [top, top + height - 7]) drawRule(sheet, { x1: left, x2: right, y, thickness: 0.8, color: ink })
    color = ink
  }
  if (kind === 'underline') {
    drawRule(sheet, { x1: left, x2: right, y: top + 1, thickness: 0.6, color: ink })
    // Two lines under the sum, as books close.
    for (const y of [height - 6.5, height - 4]) {
      drawRule(sheet, { x1: left, x2: right, y: top + y, thickness: 0.6, color: ink })
    }
    color = ink
  }
  const rises = {
    rule: 21,
    card: height / 2 + payableSize * 0.36,
    grid: (height - 7) / 2 + payableSize * 0.36,
    underline: 18,
  }
  const strong = { y: top + rises[kind] + (kind === 'rule' ? payableSize - 14 : 0), color, weight: 'strong' } as const
  const value = figures.money(document.payableE4)
  const room = (width - inset * 2) * 0.68
  const taken = Math.min(room, widthOf(value, 'strong', payableSize))
  const labelSize = Math.max(style.totals.size, payableSize * 0.68)
  const fit = width - inset * 2 - taken - 12
  drawText(sheet, payableLabelOf(job), { ...strong, x: left + inset, size: labelSize, fit })
  drawText(sheet, value, { ...strong, x: right - inset, size: payableSize, align: 'right', fit: room })
  flow.y += height
}

/** Draws sums, a row for each tax, what is paid already, and what is to pay. */
export const drawTotals = (flow: Flow, job: Job, totals: Totals): void => {
  const { paper, style, soft, ink } = job
  const { width, size, leading, kind } = style.totals
  const left = paper.right - width
  if (!hasRoom(flow, job, Math.min(totals.height, 300))) turnPage(flow, job)
  flow.y += 8
  for (const { lines, value, isSum } of totals.rows) {
    const rows = Math.max(1, lines.length)
    if (!hasRoom(flow, job, rows * leading)) turnPage(flow, job)
    const look = { size, color: isSum ? ink : soft, weight: isSum ? 'strong' : 'regular' } as const
    const top = flow.y
    for (const line of lines.length > 0 ? lines : ['']) {
      drawText(flow.sheet, line, { ...look, x: left + totals.inset, y: flow.y + size })
      flow.y += leading
    }
    const edge = paper.right - totals.inset
    // Turned around, what begins here ends flush there, cents under cents.
    const end = job.rightToLeft ? { x: edge - totals.valueWidth } : ({ x: edge, align: 'right' } as const)
    drawText(flow.sheet, value, { ...look, ...end, y: top + size, color: ink })
    flow.y += totals.gap
    if (kind === 'grid') {
      drawRule(flow.sheet, { x1: left, x2: paper.right, y: flow.y - 1.2, thickness: 0.3, color: colors.hairline })
    }
  }
  if (!hasRoom(flow, job, payableHeightOf(job))) turnPage(flow, job)
  drawPayable(flow, job, left, totals.inset)
}
