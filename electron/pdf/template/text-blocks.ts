import { drawText } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { type Flow, hasRoom, type PageJob, turnPage } from './pages.ts'

/** A paragraph with an optional heading; `strength` says how it is set. */
export type Paragraph = {
  readonly heading: string | null
  readonly text: string
  /** `body`: in the text colour, as the letter itself speaks; `note`: softer. */
  readonly tone: 'body' | 'note'
  /** Not to be left alone at the end of a page: the heading goes with as many lines. */
  readonly keep?: number
}

/** Draws a paragraph at the place of the flow, over pages if it has to; a heading stays with its first lines. */
export const drawParagraph = (flow: Flow, job: PageJob, { heading, text, tone, keep = 2 }: Paragraph): void => {
  const { paper, style } = job
  const { size, leading } = style.text
  const width = Math.min(paper.right - paper.left, style.text.width)
  const lines = wrapText(text, 'regular', size, width)
  const headings = wrapText(heading ?? '', 'strong', size, width)
  const together = headings.length * (leading + 1) + Math.min(lines.length, keep) * leading
  if (!hasRoom(flow, job, together)) turnPage(flow, job)
  for (const line of headings) {
    drawText(flow.sheet, line, { x: paper.left, y: flow.y + size, size, color: job.ink, weight: 'strong' })
    flow.y += leading + 1
  }
  const color = tone === 'body' ? job.ink : job.soft
  for (const line of lines) {
    if (!hasRoom(flow, job, leading)) turnPage(flow, job)
    drawText(flow.sheet, line, { x: paper.left, y: flow.y + size, size, color })
    flow.y += leading
  }
}
