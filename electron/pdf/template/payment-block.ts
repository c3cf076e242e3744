import type { PrintablePayment } from '../../../shared/documents/printable.ts'
import { codeModules } from '../code-modules.ts'
import { widthOf } from '../measure-text.ts'
import { drawFill, drawText, ellipsis, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { type Flow, hasRoom, type PageJob, turnPage } from './pages.ts'
import { millimetre, tintOf } from './theme.ts'

// Squares of a code of 500 bytes are still 0.4 mm wide at 34 mm: what a camera reads at arm's length.
const codeSizes = { small: 22 * millimetre, large: 34 * millimetre } as const
const quiet = 9

type Line = {
  readonly label: string
  readonly value: string
  readonly parts: readonly string[]
  readonly isLink: boolean
}
type Code = { readonly modules: readonly (readonly boolean[])[]; readonly size: number }
type Measured = {
  readonly lines: readonly Line[]
  readonly code: Code | null
  readonly inset: number
  readonly labelWidth: number
  readonly height: number
}

const codeOf = (job: PageJob, { code }: PrintablePayment): Code | null => {
  // A Swiss code is not drawn here: it has its slip.
  if (!job.design.show.paymentCode || code === null || code.kind === 'swiss') return null
  const modules = codeModules(code.text)
  return { modules, size: modules.length > 45 ? codeSizes.large : codeSizes.small }
}

const measure = (job: PageJob, payment: PrintablePayment): Measured => {
  const { paper, style, labels } = job
  const { size, leading } = style.text
  const { link } = payment
  const code = codeOf(job, payment)
  const rows = [
    ...payment.rows.map((row) => ({ ...row, isLink: false })),
    ...(link === null ? [] : [{ label: labels.payOnline, value: link, isLink: true }]),
  ]
  const inset = style.foot === 'band' ? 14 : 0
  const width = paper.right - paper.left - inset * 2
  const widest = Math.max(40, ...rows.map(({ label }) => widthOf(label, 'regular', size)))
  const labelWidth = Math.min(width * 0.4, widest + 14)
  const valueWidth = width - labelWidth - (code === null ? 0 : code.size + quiet * 3)
  const lines = rows.map((row) => ({ ...row, parts: wrapText(row.value, 'regular', size, valueWidth) }))
  const texts = lines.reduce((sum, { parts }) => sum + Math.max(1, parts.length) * leading, leading + 3)
  const height = Math.max(texts, code === null ? 0 : code.size + 18) + inset * 2
  return { lines, code, inset, labelWidth, height }
}

const drawLines = (sheet: Sheet, job: PageJob, { lines, labelWidth }: Measured, left: number, top: number): number => {
  const { size, leading } = job.style.text
  let y = top
  for (const { label, value, parts, isLink } of lines) {
    drawText(sheet, ellipsis(label, 'regular', size, labelWidth - 6), { x: left, y, size, color: job.soft })
    for (const part of parts) {
      const place = { x: left + labelWidth, y, size, color: isLink ? job.accent : job.ink }
      const width = drawText(sheet, part, place)
      if (isLink) sheet.marks.push({ kind: 'link', x: place.x, y: y - size, width, height: leading, url: value })
      y += leading
    }
  }
  return y
}

/** The code with its quiet zone and caption; gives the lower edge. */
const drawCode = (sheet: Sheet, job: PageJob, { modules, size }: Code, right: number, top: number): number => {
  const x = right - size
  const box = { x: x - quiet, y: top - quiet, width: size + quiet * 2, height: size + quiet * 2 }
  if (job.style.foot === 'band') drawFill(sheet, { ...box, radius: 4, color: '#ffffff' })
  sheet.marks.push({ kind: 'code', x, y: top, size, modules })
  const caption = { x: x + size / 2, y: top + size + 15, size: 7.5, color: job.soft, align: 'center' } as const
  drawText(sheet, job.labels.scanToPay, { ...caption, fit: size + quiet * 2 })
  return top + size + 18
}

/** Draws bank details and link, with the code to scan beside them. */
export const drawPayment = (flow: Flow, job: PageJob, payment: PrintablePayment): void => {
  const { paper, style, accent, ink } = job
  const { size, leading } = style.text
  const measured = measure(job, payment)
  const { lines, code, inset, height } = measured
  if (lines.length === 0 && code === null) return
  if (!hasRoom(flow, job, height)) turnPage(flow, job)
  const isCard = inset > 0
  const { sheet, y: top } = flow
  const width = paper.right - paper.left
  if (isCard) drawFill(sheet, { x: paper.left, y: top, width, height, radius: 6, color: tintOf(accent, 0.07) })
  const left = paper.left + inset
  const heading = { x: left, y: top + inset + size, size, color: isCard ? accent : ink, weight: 'strong' } as const
  drawText(sheet, payment.heading, { ...heading, fit: width * 0.6 })
  const textEnd = drawLines(sheet, job, measured, left, top + inset + leading + 3 + size) - size
  const codeEnd = code === null ? top : drawCode(sheet, job, code, paper.right - inset - quiet, top + inset + 2)
  flow.y = isCard ? top + height : Math.max(textEnd, codeEnd)
}
