import { widthOf } from '../measure-text.ts'
import { drawFill, drawText, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { contactLines, drawColumn, drawDelivery, drawLogo, type Head, idLines, stateMark } from './head.ts'
import type { Flow, PageJob } from './pages.ts'
import { colors, tintOf } from './theme.ts'

const white = '#ffffff'
const bandHeight = 92
const logoBox = { width: 150, height: 50 } as const

/** The name in white, or the logo on a white card: no logo is made for every colour. */
const drawSign = (sheet: Sheet, job: PageJob, head: Head, room: number): void => {
  const { paper, design, logo } = job
  const isRight = design.logo.position === 'right'
  const x = isRight ? paper.right : paper.left
  if (logo) {
    const probe: Sheet = { marks: [], rightToLeft: false }
    const size = drawLogo(probe, job, { x: 0, y: 0, align: 'left' }, logoBox)
    const [width, height] = [Math.min(size?.width ?? 0, 210), Math.min(size?.height ?? 0, bandHeight - 34)]
    const left = isRight ? x - width - 16 : x
    const top = (bandHeight - height) / 2
    drawFill(sheet, { x: left, y: top - 8, width: width + 16, height: height + 16, radius: 5, color: white })
    sheet.marks.push({ kind: 'picture', x: left + 8, y: top, width, height })
    return
  }
  const lines = wrapText(head.seller.name, 'strong', 17, room).slice(0, 3)
  let y = bandHeight / 2 + 6 - (lines.length - 1) * 10.5
  for (const line of lines) {
    drawText(sheet, line, { x, y, size: 17, color: white, weight: 'strong', align: isRight ? 'right' : 'left' })
    y += 21
  }
}

const drawBand = (sheet: Sheet, job: PageJob, head: Head): void => {
  const { paper, design, accent } = job
  drawFill(sheet, { x: 0, y: 0, width: paper.width, height: bandHeight, color: accent })
  const half = (paper.right - paper.left) / 2 - 12
  drawSign(sheet, job, head, half)
  const isRight = design.logo.position === 'right'
  const title = { x: isRight ? paper.left : paper.right, align: isRight ? 'left' : 'right', color: white } as const
  drawText(sheet, head.title, { ...title, y: bandHeight / 2 + 2, size: 27, weight: 'strong', fit: half })
  const mark = stateMark(job, head.state)
  const number = [head.number, mark?.text].filter((text) => text !== null && text !== undefined).join(' · ')
  const { header } = design.texts
  drawText(sheet, number, { ...title, y: bandHeight / 2 + 22, size: 12, fit: half })
  if (header !== null) {
    const side = { ...title, x: paper.left, align: 'left' } as const
    drawText(sheet, header.replace(/\s*\n\s*/g, ' · '), { ...side, y: 18, size: 7.5, fit: half * 2 })
  }
}

type Box = { readonly x: number; readonly width: number; readonly top: number }

const drawParty = (
  sheet: Sheet,
  job: PageJob,
  label: string,
  texts: { name: string; lines: string[]; small: string[] },
  box: Box,
): number => {
  const at = { x: box.x, width: box.width }
  drawText(sheet, label, { x: box.x, y: box.top, size: 7.5, color: job.accent, weight: 'strong', fit: box.width })
  const strong = { color: job.ink, weight: 'strong' } as const
  let y = drawColumn(sheet, [texts.name], box.top + 17, { ...at, size: 10.5, leading: 14 }, strong)
  y = drawColumn(sheet, texts.lines, y, { ...at, size: 9, leading: 12.5 }, { color: job.ink })
  const small = { ...at, size: 8, leading: 11 }
  return drawColumn(sheet, texts.small, texts.small.length > 0 ? y + 3 : y, small, { color: job.soft })
}

/** Facts in a tinted card with the sum to pay set large on top; gives its lower edge. */
const drawCard = (sheet: Sheet, job: PageJob, head: Head, box: Box): number => {
  const inner = { left: box.x + 12, right: box.x + box.width - 12 }
  const width = inner.right - inner.left
  const rows = head.facts.map(([label, value]) => {
    const taken = Math.min(width * 0.55, widthOf(label, 'regular', 8))
    return { label, lines: wrapText(value, 'regular', 8.5, width - taken - 8), taken }
  })
  const height = 54 + rows.reduce((sum, { lines }) => sum + lines.length * 11.5 + 3, 0)
  const top = box.top - 14
  drawFill(sheet, { x: box.x, y: top, width: box.width, height, radius: 6, color: tintOf(job.accent, 0.09) })
  const strong = { x: inner.left, color: job.accent, weight: 'strong' } as const
  drawText(sheet, head.sum.label, { ...strong, y: box.top + 3, size: 7.5, fit: width })
  drawText(sheet, head.sum.value, { ...strong, y: box.top + 22, size: 17, fit: width })
  let y = box.top + 40
  for (const { label, lines, taken } of rows) {
    drawText(sheet, label, { x: inner.left, y, size: 8, color: job.soft, fit: taken + 0.1 })
    for (const line of lines) {
      drawText(sheet, line, { x: inner.right, y, size: 8.5, color: job.ink, align: 'right' })
      y += 11.5
    }
    y += 3
  }
  return top + height
}

/** The modern head: a band in the accent colour over the whole width, then buyer, seller and a card of facts. */
export const drawModernHead = (flow: Flow, job: PageJob, head: Head): void => {
  const { sheet } = flow
  const { paper, labels } = job
  drawBand(sheet, job, head)
  const top = bandHeight + 31
  const cardWidth = 186
  const width = (paper.right - paper.left - cardWidth - 48) / 2
  const { buyer, seller } = head
  const small = [...idLines(buyer), ...contactLines(buyer)]
  const billTo = { name: buyer.name, lines: [...buyer.addressLines], small }
  const buyerEnd = drawParty(sheet, job, labels.recipient, billTo, { x: paper.left, width, top })
  const from = {
    name: seller.name,
    lines: [...seller.addressLines],
    small: [...contactLines(seller), ...idLines(seller)],
  }
  const middle = paper.left + width + 24
  drawFill(sheet, { x: middle - 12, y: top - 7, width: 0.5, height: 66, color: colors.hairline })
  const sellerEnd = drawParty(sheet, job, '', from, { x: middle, width, top: top - 17 })
  const cardEnd = drawCard(sheet, job, head, { x: paper.right - cardWidth, width: cardWidth, top })
  const end = Math.max(buyerEnd, sellerEnd, cardEnd + 8) + 8
  flow.y = drawDelivery(sheet, job, head, end)
}
