import { drawRule, drawText, ellipsis } from '../sheet.ts'
import { type Flow, type Job, titleOf } from './pages.ts'
import { colors } from './theme.ts'

const height = 62

const isPayable = ({ document, design }: Job): boolean =>
  design.show.stub &&
  document.kind === 'invoice' &&
  document.state !== 'void' &&
  document.number !== null &&
  document.payableE4 > 0n

/**
 * Draws the counterfoil at the foot of the last page: a tear line and what a payment has to name. Only where there is
 * room, because it repeats what the invoice says and is worth no page.
 */
export const drawPaymentStub = (flow: Flow, job: Job): void => {
  const { paper, document, labels, figures, accent, ink, soft } = job
  const top = paper.bottom - height
  if (!isPayable(job) || flow.y + 10 > top) return
  const { sheet } = flow
  drawRule(sheet, { x1: 0, x2: paper.width, y: top, thickness: 0.6, color: colors.draftChip, dash: 3.2 })
  drawText(sheet, labels.stub, { x: paper.left, y: top + 12, size: 6.5, color: soft })
  const payable = figures.money(document.payableE4)
  const fields: [string, string][] = [
    [document.seller.name, ''],
    [titleOf(job), document.number ?? ''],
    ...(document.dueOn === null ? [] : [[labels.due, figures.date(document.dueOn)] as [string, string]]),
  ]
  drawText(sheet, labels.payable, { x: paper.right, y: top + 29, size: 7, color: soft, align: 'right' })
  const amountWidth = drawText(sheet, payable, {
    x: paper.right,
    y: top + 43,
    size: 12,
    color: accent,
    weight: 'strong',
    align: 'right',
    fit: 150,
  })
  const step = (paper.right - paper.left - Math.max(amountWidth, 90) - 20) / fields.length
  for (const [index, [label, value]] of fields.entries()) {
    const x = paper.left + index * step
    const name = value === '' ? '' : label
    drawText(sheet, ellipsis(name, 'regular', 7, step - 12), { x, y: top + 29, size: 7, color: soft })
    const shown = ellipsis(value === '' ? label : value, 'regular', 9, step - 12)
    drawText(sheet, shown, { x, y: top + 43, size: 9, color: ink })
  }
}
