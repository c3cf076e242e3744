import { amount } from '../../../shared/money/scaled.ts'
import { widthOf } from '../measure-text.ts'
import { drawRule, drawText } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { type Flow, hasRoom, type Job, turnPage } from './pages.ts'
import { colors } from './theme.ts'

type TotalRow = { readonly lines: readonly string[]; readonly value: string; readonly isSum: boolean }
export type Totals = { readonly rows: readonly TotalRow[]; readonly height: number; readonly labelWidth: number }

const blockWidth = 262
const size = 9
const leading = 12
const gap = 4
const payableHeight = 34

const payableLabel = ({ document, labels }: Job): string => {
  if (document.kind === 'credit-note') return labels.creditTotal
  return document.kind === 'quote' ? labels.quoteTotal : labels.payable
}

const entries = (job: Job): [label: string, value: string, isSum: boolean][] => {
  const { document, labels, figures } = job
  const rows: [string, string, boolean][] = []
  const adjusted = document.adjustments.length > 0 || document.lineNetE4 !== document.netE4
  if (adjusted) rows.push([labels.subtotal, figures.amount(document.lineNetE4), false])
  for (const { label, amountE4 } of document.adjustments) rows.push([label, figures.amount(amountE4), false])
  if (document.taxes.length > 0 || adjusted) rows.push([labels.net, figures.amount(document.netE4), true])
  for (const { label, taxableE4, taxE4 } of document.taxes) {
    const base = figures.amount(taxableE4)
    rows.push([labels.taxOn.replace('{tax}', () => label).replace('{base}', () => base), figures.amount(taxE4), false])
  }
  if (document.prepaidE4 !== 0n || document.roundingE4 !== 0n) {
    rows.push([labels.total, figures.amount(document.totalE4), true])
  }
  if (document.prepaidE4 !== 0n) rows.push([labels.prepaid, figures.amount(amount(-document.prepaidE4)), false])
  if (document.roundingE4 !== 0n) rows.push([labels.rounding, figures.amount(document.roundingE4), false])
  return rows
}

/** The totals with their height in points, measured before the last lines are placed. */
export const measureTotals = (job: Job): Totals => {
  const rows = entries(job)
  const widestValue = Math.max(60, ...rows.map(([, value]) => widthOf(value, 'strong', size)))
  const labelWidth = blockWidth - widestValue - 14
  const measured = rows.map(([label, value, isSum]) => ({
    lines: wrapText(label, isSum ? 'strong' : 'regular', size, labelWidth),
    value,
    isSum,
  }))
  const lines = measured.reduce((sum, row) => sum + Math.max(1, row.lines.length), 0)
  return { rows: measured, height: 8 + lines * leading + measured.length * gap + payableHeight, labelWidth }
}

const drawPayable = (flow: Flow, job: Job, left: number): void => {
  const { paper, document, accent, figures } = job
  drawRule(flow.sheet, { x1: left, x2: paper.right, y: flow.y + 4, thickness: 1, color: accent })
  const strong = { y: flow.y + 21, color: accent, weight: 'strong' } as const
  const value = figures.money(document.payableE4)
  const room = blockWidth * 0.7
  const taken = Math.min(room, widthOf(value, 'strong', 14))
  drawText(flow.sheet, payableLabel(job), { ...strong, x: left, size: 10.5, fit: blockWidth - taken - 12 })
  drawText(flow.sheet, value, { ...strong, x: paper.right, size: 14, align: 'right', fit: room })
  flow.y += payableHeight
}

/** Draws sums, a row for each tax, what is paid already, and what is to pay. */
export const drawTotals = (flow: Flow, job: Job, totals: Totals): void => {
  const { paper } = job
  const left = paper.right - blockWidth
  if (!hasRoom(flow, job, Math.min(totals.height, 300))) turnPage(flow, job)
  flow.y += 8
  for (const { lines, value, isSum } of totals.rows) {
    if (!hasRoom(flow, job, Math.max(1, lines.length) * leading)) turnPage(flow, job)
    const look = { size, color: isSum ? colors.ink : colors.soft, weight: isSum ? 'strong' : 'regular' } as const
    const top = flow.y
    for (const line of lines.length > 0 ? lines : ['']) {
      drawText(flow.sheet, line, { ...look, x: left, y: flow.y + 9 })
      flow.y += leading
    }
    drawText(flow.sheet, value, { ...look, color: colors.ink, x: paper.right, y: top + 9, align: 'right' })
    flow.y += gap
  }
  if (!hasRoom(flow, job, payableHeight)) turnPage(flow, job)
  drawPayable(flow, job, left)
}
