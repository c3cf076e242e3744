import { drawFill, drawRule, drawText, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { contactLines, drawColumn, drawHeaderText, drawLogo, type Head, idLines, stateMark } from './head.ts'
import type { Flow, PageJob } from './pages.ts'
import { colors, tintOf } from './theme.ts'

const logoBox = { width: 120, height: 34 } as const
const top = 30

/** Seller on one side, title and number on the other; gives the lower edge. */
const drawStrip = (sheet: Sheet, job: PageJob, head: Head): number => {
  const { paper, design } = job
  const { seller } = head
  const isRight = design.logo.position === 'right'
  const [near, far] = isRight ? [paper.right, paper.left] : [paper.left, paper.right]
  const align = isRight ? 'right' : 'left'
  const width = (paper.right - paper.left) * 0.6
  const drawn = drawLogo(sheet, job, { x: near, y: top - 8, align }, logoBox)
  const shift = drawn ? drawn.width + 12 : 0
  const column = { x: isRight ? near - shift : near + shift, width: width - shift, align } as const
  const strong = { color: job.ink, weight: 'strong' } as const
  let y = drawColumn(sheet, [seller.name], top + 4, { ...column, size: 11, leading: 13 }, strong)
  const lines = [seller.addressLines.join(', '), [...contactLines(seller), ...idLines(seller)].join(' · ')].filter(
    (line) => line !== '',
  )
  y = drawColumn(sheet, lines, y - 1, { ...column, size: 7, leading: 9 }, { color: job.soft })
  const room = paper.right - paper.left - width - 14
  const title = { x: far, align: isRight ? 'left' : 'right', fit: room } as const
  drawText(sheet, head.title, { ...title, y: top + 5, size: 15, color: job.accent, weight: 'strong' })
  const mark = stateMark(job, head.state)
  const number = [head.number, mark?.text].filter((text) => text !== null && text !== undefined).join(' · ')
  drawText(sheet, number, { ...title, y: top + 19, size: 10, color: job.ink, weight: 'strong' })
  return Math.max(y, top + 26, drawn ? top - 2 + drawn.height : 0)
}

/** Facts in two columns of a small table; gives the next baseline. */
const drawFacts = (sheet: Sheet, job: PageJob, head: Head, x: number, y: number): number => {
  const { paper } = job
  const columns = 2
  const width = (paper.right - x) / columns
  const rows = [...head.facts, [head.sum.label, head.sum.value] as const]
  const ends = Array.from({ length: columns }, () => y)
  for (const [index, [label, value]] of rows.entries()) {
    const column = index % columns
    const left = x + column * width
    const start = ends[column] ?? y
    drawText(sheet, label, { x: left + 4, y: start, size: 6.5, color: job.soft, fit: width - 8 })
    const last = index === rows.length - 1
    const at = { x: left + 4, width: width - 8, size: 8, leading: 9.5 }
    const next = drawColumn(sheet, [value], start + 9, at, { color: job.ink, weight: last ? 'strong' : 'regular' })
    ends[column] = next + 4
  }
  return Math.max(...ends)
}

/** The dense head: everything in one strip of a few lines, so that the list begins high on the page. */
export const drawDenseHead = (flow: Flow, job: PageJob, head: Head): void => {
  const { sheet } = flow
  const { paper, labels, style } = job
  drawHeaderText(sheet, job, 16)
  const strip = drawStrip(sheet, job, head)
  drawRule(sheet, { x1: paper.left, x2: paper.right, y: strip, thickness: 1.2, color: job.ink })
  const { buyer, deliverTo } = head
  const y = strip + 12
  const width = (paper.right - paper.left) / 4
  const party = (label: string, name: string, lines: readonly string[], x: number): number => {
    drawText(sheet, label, { x: x + 4, y, size: 6.5, color: job.soft, fit: width - 8 })
    const at = { x: x + 4, width: width - 10, size: 8, leading: 9.8 }
    const next = drawColumn(sheet, [name], y + 9.5, at, { color: job.ink, weight: 'strong' })
    return drawColumn(sheet, lines, next, at, { color: job.ink })
  }
  const ids = [...idLines(buyer), ...contactLines(buyer)]
  const ends = [party(labels.recipient, buyer.name, [...buyer.addressLines, ...ids], paper.left)]
  const hasDelivery = deliverTo !== null
  if (deliverTo) ends.push(party(labels.deliverTo, deliverTo.name, deliverTo.addressLines, paper.left + width))
  const factsLeft = paper.left + width * (hasDelivery ? 2 : 1.6)
  ends.push(drawFacts(sheet, job, head, factsLeft, y))
  const bottom = Math.max(...ends) - 2
  const verticals = [...(hasDelivery ? [paper.left + width] : []), factsLeft]
  for (const x of verticals) {
    drawFill(sheet, { x: x - 3, y: strip + 4, width: 0.5, height: bottom - strip - 6, color: tintOf(job.ink, 0.25) })
  }
  flow.y = bottom + 2
  const { intro } = job.design.texts
  if (intro === null) return
  const width2 = paper.right - paper.left
  if (wrapText(intro, 'regular', style.text.size, width2).length > 0)
    drawRule(sheet, { x1: paper.left, x2: paper.right, y: bottom, thickness: 0.5, color: colors.hairline })
}
