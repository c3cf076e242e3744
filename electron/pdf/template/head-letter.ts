import { drawRule, drawText } from '../sheet.ts'
import { drawChip, drawColumn, drawHeaderText, drawLogo, type Head, stateMark } from './head.ts'
import { drawWindowAddress } from './head-plain.ts'
import type { Flow, PageJob } from './pages.ts'
import { windowTop } from './theme.ts'

const logoBox = { width: 190, height: 56 } as const
const headTop = 44

/** The letterhead: logo or name with a short rule under it; gives the lower edge. */
const drawLetterhead = (flow: Flow, job: PageJob, { seller }: Head): number => {
  const { sheet } = flow
  const { paper, design } = job
  const { position: align } = design.logo
  const x = { left: paper.left, center: (paper.left + paper.right) / 2, right: paper.right }[align]
  const drawn = drawLogo(sheet, job, { x, y: headTop - 14, align }, logoBox)
  let y = headTop + (drawn?.height ?? 0) + 2
  if (!drawn) {
    const column = { x, width: paper.right - paper.left, size: 19, leading: 24, align }
    y = drawColumn(sheet, [seller.name], headTop + 12, column, { color: job.ink, weight: 'strong' }) - 12
  }
  const half = 22
  const from = { left: x, center: x - half, right: x - half * 2 }[align]
  drawRule(sheet, { x1: from, x2: from + half * 2, y, thickness: 1.2, color: job.accent })
  return y
}

/** Subject and references of the letter; gives the baseline of what follows. */
const drawSubject = (flow: Flow, job: PageJob, head: Head, top: number): number => {
  const { sheet } = flow
  const { paper, labels } = job
  const width = paper.right - paper.left
  const subject = { x: paper.left, width, size: 13, leading: 18 }
  const next = drawColumn(sheet, [head.fullTitle], top, subject, { color: job.ink, weight: 'strong' })
  const mark = stateMark(job, head.state)
  if (mark) drawChip(sheet, mark.text, paper.right - 86, top, mark.color)
  const facts = head.facts
    .filter(([label]) => label !== labels.date && label !== labels.currency)
    .map(([label, value]) => `${label}: ${value}`)
  const { deliverTo } = head
  if (deliverTo) {
    const place = [deliverTo.name, ...deliverTo.addressLines].filter((part) => part !== '').join(', ')
    facts.push(`${labels.deliverTo}: ${place}`)
  }
  const lines = { x: paper.left, width, size: 9, leading: 13 }
  return drawColumn(sheet, facts, next, lines, { color: job.soft })
}

/** The letter's head: letterhead, buyer in the envelope's window, date, subject. */
export const drawLetterHead = (flow: Flow, job: PageJob, head: Head): void => {
  const { sheet } = flow
  const { paper } = job
  drawHeaderText(sheet, job, 22)
  const headEnd = drawLetterhead(flow, job, head)
  const top = Math.max(windowTop, headEnd + 26)
  const width = (paper.right - paper.left) * 0.56
  const buyerEnd = drawWindowAddress(sheet, job, head, { top, width })
  const dateLine = Math.max(buyerEnd + 14, windowTop + 116)
  const date = head.facts[0]?.[1] ?? ''
  drawText(sheet, date, { x: paper.right, y: dateLine, size: 10, color: job.ink, align: 'right' })
  flow.y = drawSubject(flow, job, head, dateLine + 26) + 4
}
