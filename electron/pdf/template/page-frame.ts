import { faceFor } from '../faces.ts'
import { runsOf, widthOf } from '../measure-text.ts'
import { drawFill, drawRule, drawText, ellipsis, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { contactLines, type Head, idLines } from './head.ts'
import type { PageJob } from './pages.ts'
import { colors } from './theme.ts'

const watermark = (sheet: Sheet, job: PageJob, text: string, color: string): void => {
  const face = runsOf(text, 'strong')[0]?.face ?? faceFor('latin', 'strong')
  if (!face) return
  const { width, height } = job.paper
  const diagonal = Math.hypot(width, height) * 0.68
  const size = Math.min(120, (diagonal / widthOf(text, 'strong', 100)) * 100)
  // First of all marks, so that every figure stands on top of it.
  sheet.marks.unshift({ kind: 'watermark', face, text, size, width: widthOf(text, 'strong', size), color })
}

const drawStateMark = (sheet: Sheet, job: PageJob, { state }: Head): void => {
  if (state === 'draft') watermark(sheet, job, job.labels.draft, colors.draftMark)
  if (state === 'void') watermark(sheet, job, job.labels.void, colors.voidMark)
}

const drawContinuation = (sheet: Sheet, job: PageJob, head: Head): void => {
  const { paper, style, accent, soft } = job
  const y = paper.top - 28
  if (style.foot === 'band') drawFill(sheet, { x: 0, y: 0, width: paper.width, height: 14, color: accent })
  const small = { y, size: 8, color: soft } as const
  const half = (paper.right - paper.left) / 2 - 10
  drawText(sheet, ellipsis(head.seller.name, 'regular', 8, half), { ...small, x: paper.left })
  const title = ellipsis(head.fullTitle, 'strong', 8, half)
  drawText(sheet, title, { ...small, x: paper.right, align: 'right', weight: 'strong' })
  drawRule(sheet, { x1: paper.left, x2: paper.right, y: y + 8, thickness: 0.5, color: colors.hairline })
}

type Foot = { readonly y: number; readonly count: string; readonly text: string }

const drawFootLine = (sheet: Sheet, job: PageJob, { y, count, text }: Foot): void => {
  const { paper } = job
  const small = { size: 7.5, color: job.soft } as const
  const taken = drawText(sheet, count, { ...small, x: paper.right, y: y + 13, align: 'right' })
  const room = paper.right - paper.left - taken - 20
  const lines = wrapText(text, 'regular', small.size, room)
  const first = lines[0]
  if (first !== undefined) drawText(sheet, first, { ...small, x: paper.left, y: y + 13 })
  if (lines.length < 2) return
  const rest = ellipsis(lines.slice(1).join(' '), 'regular', small.size, room)
  drawText(sheet, rest, { ...small, x: paper.left, y: y + 22.5 })
}

const rowsOfFoot = 4

/** The seller in three columns, as letterheads have it: address, ways to reach, numbers. */
const drawFootColumns = (sheet: Sheet, job: PageJob, { seller }: Head, { y, count, text }: Foot): void => {
  const { paper } = job
  const small = { size: 7, color: job.soft } as const
  const width = (paper.right - paper.left) / 3
  const columns = [
    [seller.name, ...seller.addressLines],
    [...contactLines(seller)],
    [...idLines(seller), ...(text === '' ? [] : wrapText(text, 'regular', small.size, width - 10))],
  ]
  for (const [index, lines] of columns.entries()) {
    // What does not fit is joined on the last line rather than lost.
    const shown = [...lines.slice(0, rowsOfFoot - 1), lines.slice(rowsOfFoot - 1).join(', ')]
    for (const [row, line] of shown.entries()) {
      const place = { ...small, x: paper.left + index * width, y: y + 12 + row * 9 }
      drawText(sheet, ellipsis(line, 'regular', small.size, width - 10), place)
    }
  }
  drawText(sheet, count, { ...small, x: paper.right, y: y + 12 + rowsOfFoot * 9, align: 'right' })
}

const drawFoot = (sheet: Sheet, job: PageJob, head: Head, foot: Foot, atPaperEnd: boolean): void => {
  const { paper, style, accent } = job
  const { y } = foot
  if (style.foot === 'band') {
    if (atPaperEnd) drawFill(sheet, { x: 0, y: paper.height - 8, width: paper.width, height: 8, color: accent })
  } else {
    drawRule(sheet, { x1: paper.left, x2: paper.right, y, thickness: 0.5, color: colors.hairline })
  }
  if (style.foot === 'columns') drawFootColumns(sheet, job, head, foot)
  else drawFootLine(sheet, job, foot)
}

/**
 * Draws what each page has whatever stands on it: state mark, head of later pages, foot line and page count. `lastFoot`
 * is where the foot of the last page stands, above a slip if there is one.
 */
export const drawFrames = (
  pages: readonly Sheet[],
  job: PageJob,
  head: Head,
  { footer, lastFoot }: { readonly footer: string | null; readonly lastFoot: number },
): void => {
  const text = job.design.texts.footer ?? footer ?? ''
  for (const [index, sheet] of pages.entries()) {
    if (index > 0) drawContinuation(sheet, job, head)
    const count = job.labels.page.replace('{page}', String(index + 1)).replace('{pages}', String(pages.length))
    const y = index === pages.length - 1 ? lastFoot : job.paper.foot
    const foot = { y, count, text: text.replace(/\s*\n\s*/g, ' · ') }
    drawFoot(sheet, job, head, foot, y === job.paper.foot)
    drawStateMark(sheet, job, head)
  }
}
