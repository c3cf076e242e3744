import type { PrintableDocument, PrintableParty } from '../../../shared/documents/printable.ts'
import { widthOf } from '../measure-text.ts'
import { drawText, ellipsis, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { factsOf, fullTitleOf, type Job, type PageJob, payableLabelOf, titleOf } from './pages.ts'
import { colors } from './theme.ts'

/** What the head of a paper says, whatever its layout. */
export type Head = {
  readonly seller: PrintableParty
  readonly buyer: PrintableParty
  readonly deliverTo: PrintableParty | null
  readonly title: string
  readonly number: string | null
  /** Title with number: the line on top of later pages. */
  readonly fullTitle: string
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly state: PrintableDocument['state']
  /** The one figure that matters, for layouts that set it large. */
  readonly sum: { readonly label: string; readonly value: string }
}

/** The head of a document. */
export const headOf = (job: Job): Head => {
  const { document, figures } = job
  return {
    seller: document.seller,
    buyer: document.buyer,
    deliverTo: document.deliverTo,
    title: titleOf(job),
    number: document.number,
    fullTitle: fullTitleOf(job),
    facts: factsOf(job),
    state: document.state,
    sum: { label: payableLabelOf(job), value: figures.money(document.payableE4) },
  }
}

export type TextColumn = {
  readonly x: number
  readonly width: number
  readonly size: number
  readonly leading: number
  readonly align?: 'left' | 'right' | 'center'
}

/** Draws lines under each other, wrapped to the column, and gives the baseline of the next. */
export const drawColumn = (
  sheet: Sheet,
  lines: readonly string[],
  y: number,
  { x, width, size, leading, align = 'left' }: TextColumn,
  look: { readonly color: string; readonly weight?: 'regular' | 'strong' },
): number => {
  let baseline = y
  for (const line of lines.flatMap((text) => wrapText(text, look.weight ?? 'regular', size, width))) {
    drawText(sheet, line, { x, y: baseline, size, align, ...look })
    baseline += leading
  }
  return baseline
}

/** Phone, e-mail and website, those that there are. */
export const contactLines = ({ phone, email, website }: PrintableParty): string[] =>
  [phone ?? '', email ?? '', website ?? ''].filter((text) => text !== '')

/** Tax and registration numbers with their labels. */
export const idLines = (party: PrintableParty): string[] =>
  party.ids.map(({ label, value }) => `${label} ${value}`.trim())

const logoScale = { small: 0.68, medium: 1, large: 1.4 } as const

/** Places the logo in a box of the design's size and gives its size; null where there is none. */
export const drawLogo = (
  sheet: Sheet,
  job: PageJob,
  { x, y, align }: { readonly x: number; readonly y: number; readonly align: 'left' | 'center' | 'right' },
  box: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } | null => {
  const { logo, design } = job
  if (!logo) return null
  const factor = logoScale[design.logo.size]
  const scale = Math.min((box.width * factor) / logo.width, (box.height * factor) / logo.height)
  const [width, height] = [logo.width * scale, logo.height * scale]
  const left = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x
  sheet.marks.push({ kind: 'picture', x: left, y, width, height })
  return { width, height }
}

/** A frame with a word, for drafts and void documents. */
export const drawChip = (sheet: Sheet, text: string, x: number, baseline: number, color: string): void => {
  const width = widthOf(text, 'strong', 8) + 14
  sheet.marks.push({ kind: 'chip', x, y: baseline - 12.5, width, height: 15.5, color })
  drawText(sheet, text, { x: x + 7, y: baseline - 1.8, size: 8, color, weight: 'strong' })
}

/** The word and colour that mark a draft or a void document; null for an issued one. */
export const stateMark = (job: PageJob, state: Head['state']): { text: string; color: string } | null => {
  if (state === 'draft') return { text: job.labels.draft, color: colors.draftChip }
  return state === 'void' ? { text: job.labels.void, color: colors.voidChip } : null
}

/** The design's own line above everything, small. */
export const drawHeaderText = (sheet: Sheet, job: PageJob, y: number): void => {
  const { header } = job.design.texts
  if (header === null) return
  const { left, right } = job.paper
  const text = ellipsis(header.replace(/\s*\n\s*/g, ' · '), 'regular', 7.5, right - left)
  drawText(sheet, text, { x: left, y, size: 7.5, color: job.soft })
}

/** One line of delivery address with its label; gives the next baseline. */
export const drawDelivery = (sheet: Sheet, job: PageJob, head: Head, top: number): number => {
  const { deliverTo } = head
  if (!deliverTo) return top
  const { paper, labels } = job
  const taken = drawText(sheet, labels.deliverTo, { x: paper.left, y: top, size: 8, color: job.soft })
  const text = [deliverTo.name, ...deliverTo.addressLines].filter((part) => part !== '').join(', ')
  const x = paper.left + taken + 10
  const column = { x, width: paper.right - x, size: 8.5, leading: 12 }
  return drawColumn(sheet, [text], top, column, { color: job.ink }) + 6
}

/** The sender above the address, as many parts as fit: street and town matter, the country may fall away. */
export const senderLine = (seller: PrintableParty, width: number): string => {
  const parts = [seller.name, ...seller.addressLines]
  while (parts.length > 1 && widthOf(parts.join(' · '), 'regular', 6.5) > width) parts.pop()
  return ellipsis(parts.join(' · '), 'regular', 6.5, width)
}
