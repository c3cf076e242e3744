import type { PrintableParty } from '../../../shared/documents/printable.ts'
import { widthOf } from '../measure-text.ts'
import { drawRule, drawText, ellipsis, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { type Flow, type Job, titleOf } from './pages.ts'
import { colors, windowTop } from './theme.ts'

const columnWidth = 178
const headTop = 40
const logoBox = { width: 170, height: 52 } as const

type Column = { readonly x: number; readonly width: number; readonly size: number; readonly leading: number }

/** Draws lines under each other and gives the baseline of the next. */
const drawColumn = (sheet: Sheet, lines: readonly string[], y: number, column: Column, color: string): number => {
  let baseline = y
  for (const line of lines.flatMap((text) => wrapText(text, 'regular', column.size, column.width))) {
    drawText(sheet, line, { x: column.x, y: baseline, size: column.size, color })
    baseline += column.leading
  }
  return baseline
}

const contactLines = ({ phone, email, website }: PrintableParty): string[] =>
  [phone ?? '', email ?? '', website ?? ''].filter((text) => text !== '')

const idLines = (party: PrintableParty): string[] => party.ids.map(({ label, value }) => `${label} ${value}`.trim())

/** Logo, or the name set large where there is none; gives the lower edge. */
const drawSign = (sheet: Sheet, job: Job): number => {
  const { paper, document, logo } = job
  if (logo) {
    const scale = Math.min(logoBox.width / logo.width, logoBox.height / logo.height)
    const height = logo.height * scale
    sheet.marks.push({ kind: 'picture', x: paper.left, y: headTop - 6, width: logo.width * scale, height })
    return headTop + height
  }
  const room = paper.right - columnWidth - paper.left - 24
  let baseline = headTop + 9
  for (const line of wrapText(document.seller.name, 'strong', 15, room)) {
    drawText(sheet, line, { x: paper.left, y: baseline, size: 15, color: colors.ink, weight: 'strong' })
    baseline += 19
  }
  return baseline - 12
}

const drawSeller = (sheet: Sheet, job: Job): number => {
  const { paper, document } = job
  const { seller } = document
  const column = { x: paper.right - columnWidth, width: columnWidth, size: 8, leading: 11 }
  let y = headTop + 2
  if (job.logo) {
    for (const line of wrapText(seller.name, 'strong', 8.5, columnWidth)) {
      drawText(sheet, line, { x: column.x, y, size: 8.5, color: colors.ink, weight: 'strong' })
      y += 11.5
    }
  }
  y = drawColumn(sheet, seller.addressLines, y, column, colors.soft)
  const rest = [...contactLines(seller), ...idLines(seller)]
  return drawColumn(sheet, rest, rest.length > 0 ? y + 3 : y, column, colors.soft)
}

/** The sender above the address, as many parts as fit: street and town matter, the country may fall away. */
const senderLine = (seller: PrintableParty, width: number): string => {
  const parts = [seller.name, ...seller.addressLines]
  while (parts.length > 1 && widthOf(parts.join(' · '), 'regular', 6.5) > width) parts.pop()
  return ellipsis(parts.join(' · '), 'regular', 6.5, width)
}

const drawBuyer = (sheet: Sheet, job: Job, top: number): number => {
  const { paper, document } = job
  const { buyer, seller } = document
  const width = paper.right - columnWidth - paper.left - 30
  const sender = senderLine(seller, width)
  drawText(sheet, sender, { x: paper.left, y: top, size: 6.5, color: colors.soft })
  drawRule(sheet, { x1: paper.left, x2: paper.left + width, y: top + 4, thickness: 0.4, color: colors.hairline })
  let y = top + 20
  for (const line of wrapText(buyer.name, 'strong', 10.5, width)) {
    drawText(sheet, line, { x: paper.left, y, size: 10.5, color: colors.ink, weight: 'strong' })
    y += 14
  }
  y = drawColumn(sheet, buyer.addressLines, y, { x: paper.left, width, size: 10, leading: 13.5 }, colors.ink)
  const small = { x: paper.left, width, size: 8, leading: 11 }
  return drawColumn(sheet, [...idLines(buyer), ...contactLines(buyer)], y + 3, small, colors.soft)
}

const gridRows = (job: Job): [string, string][] => {
  const { document, labels, figures } = job
  const rows: [string, string][] = [[labels.date, figures.date(document.issuedOn)]]
  if (document.dueOn !== null) {
    rows.push([document.kind === 'quote' ? labels.validUntil : labels.due, figures.date(document.dueOn)])
  }
  if (document.supply !== null && document.supply !== '') rows.push([labels.supply, document.supply])
  if (document.reference !== null && document.reference !== '') rows.push([labels.reference, document.reference])
  rows.push([labels.currency, document.currency])
  return rows
}

const drawGrid = (sheet: Sheet, job: Job, top: number): number => {
  const { paper } = job
  const left = paper.right - columnWidth
  const rule = { x1: left, x2: paper.right, thickness: 0.5, color: colors.hairline }
  let y = top
  for (const [label, value] of gridRows(job)) {
    const taken = drawText(sheet, label, { x: left, y, size: 8, color: colors.soft })
    const lines = wrapText(value, 'regular', 9, columnWidth - taken - 10)
    for (const line of lines) {
      drawText(sheet, line, { x: paper.right, y, size: 9, color: colors.ink, align: 'right' })
      y += 12
    }
    drawRule(sheet, { ...rule, y: y - 6.5 })
    y += 4.5
  }
  return y
}

const drawChip = (sheet: Sheet, text: string, x: number, baseline: number, color: string): void => {
  const width = widthOf(text, 'strong', 8) + 14
  sheet.marks.push({ kind: 'chip', x, y: baseline - 12.5, width, height: 15.5, color })
  drawText(sheet, text, { x: x + 7, y: baseline - 1.8, size: 8, color, weight: 'strong' })
}

/** Draws the title and the number and gives the baseline below which the content goes on. */
const drawTitle = (sheet: Sheet, job: Job, baseline: number): number => {
  const { paper, document, labels, accent } = job
  const number = document.number ?? ''
  const size = 22
  const title = { y: baseline, size, x: paper.left } as const
  let x = paper.left + drawText(sheet, titleOf(job), { ...title, color: accent, weight: 'strong' }) + 8
  const room = paper.right - x - 90
  const tooLong = widthOf(number, 'regular', size) * 0.6 > room
  if (!tooLong) x += drawText(sheet, number, { ...title, x, color: colors.ink, fit: room })
  const chip = number === '' || tooLong ? x + 4 : x + 12
  if (document.state === 'draft') drawChip(sheet, labels.draft, chip, baseline, colors.draftChip)
  if (document.state === 'void') drawChip(sheet, labels.void, chip, baseline, colors.voidChip)
  if (!tooLong) return baseline
  const column = { x: paper.left, width: paper.right - paper.left, size: 12, leading: 16 }
  return drawColumn(sheet, [number], baseline + 20, column, colors.ink) - 16
}

const drawDelivery = (sheet: Sheet, job: Job, top: number): number => {
  const { deliverTo } = job.document
  if (!deliverTo) return top
  const { paper, labels } = job
  const taken = drawText(sheet, labels.deliverTo, { x: paper.left, y: top, size: 8, color: colors.soft })
  const text = [deliverTo.name, ...deliverTo.addressLines].filter((part) => part !== '').join(', ')
  const x = paper.left + taken + 10
  return drawColumn(sheet, [text], top, { x, width: paper.right - x, size: 8.5, leading: 12 }, colors.ink) + 6
}

/** Draws the first page down to the table: seller, buyer in the envelope's window, dates, title, delivery address. */
export const drawLetterhead = (flow: Flow, job: Job): void => {
  const { sheet } = flow
  const headEnd = Math.max(drawSign(sheet, job) + 24, drawSeller(sheet, job) + 14)
  // A seller with many lines pushes the rest down: a readable page goes before the window.
  const top = Math.max(windowTop, headEnd)
  const buyerEnd = drawBuyer(sheet, job, top)
  const gridEnd = drawGrid(sheet, job, top + 20)
  const baseline = Math.max(buyerEnd + 24, gridEnd + 26, windowTop + 132)
  flow.y = drawDelivery(sheet, job, drawTitle(sheet, job, baseline) + 22)
}
