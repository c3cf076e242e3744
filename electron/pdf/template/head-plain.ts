import { widthOf } from '../measure-text.ts'
import { drawRule, drawText, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import {
  contactLines,
  drawChip,
  drawColumn,
  drawDelivery,
  drawHeaderText,
  drawLogo,
  type Head,
  idLines,
  senderLine,
  stateMark,
} from './head.ts'
import type { Flow, PageJob } from './pages.ts'
import { colors, windowTop } from './theme.ts'

const columnWidth = 178
const headTop = 40
const logoBox = { width: 170, height: 52 } as const

/** Where the seller's details stand: opposite of the logo. */
const sellerSide = ({ design, paper }: PageJob): { readonly x: number; readonly sign: number } =>
  design.logo.position === 'right'
    ? { x: paper.left, sign: paper.right }
    : { x: paper.right - columnWidth, sign: paper.left }

/** Logo, or the name set large where there is none; gives the lower edge. */
const drawSign = (sheet: Sheet, job: PageJob, head: Head): number => {
  const { paper, design } = job
  const isRight = design.logo.position === 'right'
  const x = sellerSide(job).sign
  const drawn = drawLogo(sheet, job, { x, y: headTop - 6, align: isRight ? 'right' : 'left' }, logoBox)
  if (drawn) return headTop + drawn.height
  const room = paper.right - columnWidth - paper.left - 24
  const column = { x, width: room, size: 15, leading: 19, align: isRight ? 'right' : 'left' } as const
  const look = { color: job.ink, weight: 'strong' } as const
  return drawColumn(sheet, [head.seller.name], headTop + 9, column, look) - 12
}

const drawSeller = (sheet: Sheet, job: PageJob, { seller }: Head): number => {
  const column = { x: sellerSide(job).x, width: columnWidth, size: 8, leading: 11 }
  let y = headTop + 2
  if (job.logo) {
    const name = { ...column, size: 8.5, leading: 11.5 }
    y = drawColumn(sheet, [seller.name], y, name, { color: job.ink, weight: 'strong' })
  }
  y = drawColumn(sheet, seller.addressLines, y, column, { color: job.soft })
  const rest = [...contactLines(seller), ...idLines(seller)]
  return drawColumn(sheet, rest, rest.length > 0 ? y + 3 : y, column, { color: job.soft })
}

/** Logo or name in the middle with the seller's details in lines under it; gives the lower edge. */
export const drawCentredSeller = (sheet: Sheet, job: PageJob, { seller }: Head, nameSize: number): number => {
  const { paper } = job
  const middle = (paper.left + paper.right) / 2
  const width = paper.right - paper.left
  let y = headTop
  const drawn = drawLogo(sheet, job, { x: middle, y: headTop - 8, align: 'center' }, logoBox)
  if (drawn) y += drawn.height + 6
  else {
    const column = { x: middle, width, size: nameSize, leading: nameSize * 1.25, align: 'center' } as const
    y = drawColumn(sheet, [seller.name], y + nameSize * 0.6, column, { color: job.accent, weight: 'strong' }) - 4
  }
  const small = { x: middle, width, size: 8, leading: 11.5, align: 'center' } as const
  const address = [...(drawn ? [seller.name] : []), ...seller.addressLines].join(' · ')
  const rest = [...contactLines(seller), ...idLines(seller)].join(' · ')
  return drawColumn(sheet, [address, ...(rest === '' ? [] : [rest])], y, small, { color: job.soft })
}

/** The buyer where the window of an envelope shows it; gives the baseline of what follows. */
export const drawWindowAddress = (
  sheet: Sheet,
  job: PageJob,
  { buyer, seller }: Head,
  place: { readonly top: number; readonly width: number },
): number => {
  const { paper } = job
  const { top, width } = place
  if (job.design.show.senderLine) {
    const sender = senderLine(seller, width)
    drawText(sheet, sender, { x: paper.left, y: top, size: 6.5, color: job.soft })
    drawRule(sheet, { x1: paper.left, x2: paper.left + width, y: top + 4, thickness: 0.4, color: colors.hairline })
  }
  const at = { x: paper.left, width }
  const ink = { color: job.ink }
  let y = drawColumn(sheet, [buyer.name], top + 20, { ...at, size: 10.5, leading: 14 }, { ...ink, weight: 'strong' })
  y = drawColumn(sheet, buyer.addressLines, y, { ...at, size: 10, leading: 13.5 }, ink)
  const small = { ...at, size: 8, leading: 11 }
  return drawColumn(sheet, [...idLines(buyer), ...contactLines(buyer)], y + 3, small, { color: job.soft })
}

/** Label and value pairs with hairlines between them; gives the next baseline. */
const drawGrid = (sheet: Sheet, job: PageJob, { facts }: Head, top: number): number => {
  const { paper } = job
  const left = paper.right - columnWidth
  const rule = { x1: left, x2: paper.right, thickness: 0.5, color: colors.hairline }
  let y = top
  for (const [label, value] of facts) {
    const natural = widthOf(label, 'regular', 8)
    // A long label takes a line of its own instead of pushing the value out.
    const alone = natural > columnWidth * 0.55
    const taken = drawText(sheet, label, { x: left, y, size: 8, color: job.soft, fit: columnWidth })
    if (alone) y += 11
    for (const line of wrapText(value, 'regular', 9, alone ? columnWidth : columnWidth - taken - 10)) {
      drawText(sheet, line, { x: paper.right, y, size: 9, color: job.ink, align: 'right' })
      y += 12
    }
    drawRule(sheet, { ...rule, y: y - 6.5 })
    y += 4.5
  }
  return y
}

/** Draws the title and the number and gives the baseline below which the content goes on. */
const drawTitle = (sheet: Sheet, job: PageJob, head: Head, baseline: number): number => {
  const { paper, accent } = job
  const number = head.number ?? ''
  const size = 22
  const title = { y: baseline, size, x: paper.left } as const
  const room = paper.right - paper.left - 90
  let x = paper.left + drawText(sheet, head.title, { ...title, color: accent, weight: 'strong', fit: room }) + 8
  const left = paper.right - x - 90
  const tooLong = widthOf(number, 'regular', size) * 0.6 > left
  if (!tooLong) x += drawText(sheet, number, { ...title, x, color: job.ink, fit: left })
  const chip = number === '' || tooLong ? x + 4 : x + 12
  const mark = stateMark(job, head.state)
  if (mark) drawChip(sheet, mark.text, chip, baseline, mark.color)
  if (!tooLong) return baseline
  const column = { x: paper.left, width: paper.right - paper.left, size: 12, leading: 16 }
  return drawColumn(sheet, [number], baseline + 20, column, { color: job.ink }) - 16
}

/** The plain head: seller, buyer in the envelope's window, dates, title, delivery address. */
export const drawPlainHead = (flow: Flow, job: PageJob, head: Head): void => {
  const { sheet } = flow
  const { paper } = job
  drawHeaderText(sheet, job, 22)
  const headEnd =
    job.design.logo.position === 'center'
      ? drawCentredSeller(sheet, job, head, 15) + 14
      : Math.max(drawSign(sheet, job, head) + 24, drawSeller(sheet, job, head) + 14)
  // A seller with many lines pushes the rest down: a readable page goes before the window.
  const top = Math.max(windowTop, headEnd)
  const width = paper.right - columnWidth - paper.left - 30
  const buyerEnd = drawWindowAddress(sheet, job, head, { top, width })
  const gridEnd = drawGrid(sheet, job, head, top + 20)
  const baseline = Math.max(buyerEnd + 24, gridEnd + 26, windowTop + 132)
  flow.y = drawDelivery(sheet, job, head, drawTitle(sheet, job, head, baseline) + 22)
}
