import { faceFor } from '../faces.ts'
import { runsOf, widthOf } from '../measure-text.ts'
import { drawRule, drawText, ellipsis, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { fullTitleOf, type Job } from './pages.ts'
import { colors } from './theme.ts'

const watermark = (sheet: Sheet, job: Job, text: string, color: string): void => {
  const face = runsOf(text, 'strong')[0]?.face ?? faceFor('latin', 'strong')
  if (!face) return
  const { width, height } = job.paper
  const diagonal = Math.hypot(width, height) * 0.68
  const size = Math.min(120, (diagonal / widthOf(text, 'strong', 100)) * 100)
  // First of all marks, so that every figure stands on top of it.
  sheet.marks.unshift({ kind: 'watermark', face, text, size, width: widthOf(text, 'strong', size), color })
}

const drawStateMark = (sheet: Sheet, job: Job): void => {
  const { state } = job.document
  if (state === 'draft') watermark(sheet, job, job.labels.draft, colors.draftMark)
  if (state === 'void') watermark(sheet, job, job.labels.void, colors.voidMark)
}

const drawContinuation = (sheet: Sheet, job: Job): void => {
  const { paper, document } = job
  const small = { y: 42, size: 8, color: colors.soft } as const
  const title = fullTitleOf(job)
  const half = (paper.right - paper.left) / 2 - 10
  drawText(sheet, ellipsis(document.seller.name, 'regular', 8, half), { ...small, x: paper.left })
  drawText(sheet, ellipsis(title, 'strong', 8, half), { ...small, x: paper.right, align: 'right', weight: 'strong' })
  drawRule(sheet, { x1: paper.left, x2: paper.right, y: 50, thickness: 0.5, color: colors.hairline })
}

const drawFoot = (sheet: Sheet, job: Job, page: number, pages: number): void => {
  const { paper, document, labels } = job
  const small = { size: 7.5, color: colors.soft } as const
  drawRule(sheet, { x1: paper.left, x2: paper.right, y: paper.foot, thickness: 0.5, color: colors.hairline })
  const count = labels.page.replace('{page}', String(page)).replace('{pages}', String(pages))
  const taken = drawText(sheet, count, { ...small, x: paper.right, y: paper.foot + 13, align: 'right' })
  const room = paper.right - paper.left - taken - 20
  const lines = wrapText(document.footer ?? '', 'regular', small.size, room)
  const first = lines[0]
  if (first !== undefined) drawText(sheet, first, { ...small, x: paper.left, y: paper.foot + 13 })
  if (lines.length < 2) return
  const rest = ellipsis(lines.slice(1).join(' '), 'regular', small.size, room)
  drawText(sheet, rest, { ...small, x: paper.left, y: paper.foot + 23 })
}

/** Draws what each page has whatever stands on it: state mark, head of later pages, foot line and page count. */
export const drawFrames = (pages: readonly Sheet[], job: Job): void => {
  for (const [index, sheet] of pages.entries()) {
    if (index > 0) drawContinuation(sheet, job)
    drawFoot(sheet, job, index + 1, pages.length)
    drawStateMark(sheet, job)
  }
}
