import { drawText } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { type Flow, hasRoom, type Job, turnPage } from './pages.ts'
import { colors } from './theme.ts'

const size = 8.5
const leading = 12
const headingLeading = 13

/** Draws notes, terms and legal texts under the totals; a heading stays with its first line. */
export const drawTextBlocks = (flow: Flow, job: Job): void => {
  const { paper, document } = job
  const width = Math.min(paper.right - paper.left, 430)
  for (const [index, { heading, text }] of document.blocks.entries()) {
    const lines = wrapText(text, 'regular', size, width)
    const headings = wrapText(heading ?? '', 'strong', size, width)
    flow.y += index === 0 ? 10 : 7
    if (!hasRoom(flow, job, headings.length * headingLeading + Math.min(lines.length, 2) * leading)) turnPage(flow, job)
    for (const line of headings) {
      drawText(flow.sheet, line, { x: paper.left, y: flow.y + 9, size, color: colors.ink, weight: 'strong' })
      flow.y += headingLeading
    }
    for (const line of lines) {
      if (!hasRoom(flow, job, leading)) turnPage(flow, job)
      drawText(flow.sheet, line, { x: paper.left, y: flow.y + 9, size, color: colors.soft })
      flow.y += leading
    }
  }
}
