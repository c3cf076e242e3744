import type { PaymentCode } from '../../../shared/documents/payment-code.ts'
import type { PrintableBlock, PrintableDocument } from '../../../shared/documents/printable.ts'
import type { DesignBlock, DesignLayout } from '../../../shared/documents/template-design.ts'
import { inFont } from '../faces.ts'
import type { Logo } from '../logo.ts'
import { mirrorSheet } from '../mirror.ts'
import type { Sheet } from '../sheet.ts'
import { type Head, headOf } from './head.ts'
import { drawDenseHead } from './head-dense.ts'
import { drawLetterHead } from './head-letter.ts'
import { drawModernHead } from './head-modern.ts'
import { drawPlainHead } from './head-plain.ts'
import { drawLineTable } from './line-table.ts'
import { drawFrames } from './page-frame.ts'
import { type Flow, filledText, type Job, type PageJob, pageJob, startFlow, turnPage } from './pages.ts'
import { drawPayment } from './payment-block.ts'
import { drawPaymentStub } from './payment-stub.ts'
import { drawSwissSlip, slipHeight } from './swiss-slip.ts'
import { drawParagraph } from './text-blocks.ts'
import type { Paper } from './theme.ts'
import { drawTotals, measureTotals } from './totals.ts'

export type LaidOut = { readonly paper: Paper; readonly pages: readonly Sheet[] }
type SwissCode = Extract<PaymentCode, { kind: 'swiss' }>

const heads: Readonly<Record<DesignLayout, (flow: Flow, job: PageJob, head: Head) => void>> = {
  plain: drawPlainHead,
  modern: drawModernHead,
  dense: drawDenseHead,
  letter: drawLetterHead,
}

/** Draws the head of a paper in the manner of its layout. */
export const drawHead = (flow: Flow, job: PageJob, head: Head): void => heads[job.design.layout](flow, job, head)

const slipOf = ({ payment, design, state, number }: PrintableDocument): SwissCode | null => {
  if (design?.show.paymentSlip === false || state === 'void' || number === null) return null
  return payment?.code?.kind === 'swiss' ? payment.code : null
}

const introOf = (job: Job): string | null => {
  const { design, labels, document } = job
  if (design.texts.intro !== null) return filledText(design.texts.intro, job)
  if (design.layout !== 'letter') return null
  return { invoice: labels.introInvoice, 'credit-note': labels.introCreditNote, quote: labels.introQuote }[
    document.kind
  ]
}

const closingOf = (job: Job): string | null => {
  const { design, labels, document } = job
  if (design.texts.closing !== null) return filledText(design.texts.closing, job)
  return design.layout === 'letter' ? `${labels.regards}\n${document.seller.name}` : null
}

const drawTexts = (flow: Flow, job: PageJob, blocks: readonly PrintableBlock[]): void => {
  for (const block of blocks) {
    flow.y += 7
    drawParagraph(flow, job, { ...block, tone: 'note' })
  }
}

const drawSpeech = (flow: Flow, job: PageJob, text: string | null, gap: number, keep: number): void => {
  if (text === null) return
  flow.y += gap
  drawParagraph(flow, job, { heading: null, text, tone: 'body', keep })
}

const drawLines = (flow: Flow, job: Job): void => {
  const totals = measureTotals(job)
  flow.y += job.design.blocks[0] === 'lines' ? 0 : 8
  drawLineTable(flow, job, totals.height)
  drawTotals(flow, job, totals)
  flow.y += 3
}

type DrawBlock = (flow: Flow, job: Job) => void

const drawRole =
  (...roles: readonly PrintableBlock['role'][]): DrawBlock =>
  (flow, job) => {
    drawTexts(
      flow,
      job,
      job.document.blocks.filter(({ role }) => roles.includes(role)),
    )
  }

const blockDrawers: Readonly<Record<DesignBlock, DrawBlock>> = {
  intro: (flow, job) => drawSpeech(flow, job, introOf(job), 2, 2),
  lines: drawLines,
  words: (flow, job) => {
    const text = job.document.amountInWords
    if (text) drawTexts(flow, job, [{ heading: job.labels.amountInWords, text }])
  },
  payment: (flow, job) => {
    const { payment } = job.document
    if (!payment) return
    flow.y += 10
    drawPayment(flow, job, payment)
    flow.y += 3
  },
  notes: drawRole('notes', undefined),
  terms: drawRole('terms'),
  legal: drawRole('legal'),
  closing: (flow, job) => drawSpeech(flow, job, closingOf(job), 14, 4),
}

/** Makes room for the slip on the last page and gives where the foot line of that page stands. */
const reserveSlip = (flow: Flow, job: PageJob): number => {
  const { paper } = job
  const foot = paper.foot - slipHeight - 6
  if (flow.y + 10 > foot) turnPage(flow, job)
  return foot
}

/** Draws frames and foot, turns the pages around if the language asks for it, and sets the slip, which never turns. */
export const finishPages = (
  flow: Flow,
  job: PageJob,
  head: Head,
  rest: { readonly footer: string | null; readonly slip: SwissCode | null; readonly language: string },
): LaidOut => {
  const { paper } = job
  const lastFoot = rest.slip === null ? paper.foot : reserveSlip(flow, job)
  drawFrames(flow.pages, job, head, { footer: rest.footer, lastFoot })
  if (job.rightToLeft) for (const sheet of flow.pages) mirrorSheet(sheet, paper.width)
  const { slip } = rest
  // Style guide of the QR-bill: the slip is set in a sans-serif font, whatever the letter above it is set in.
  if (slip) inFont('noto-sans', () => drawSwissSlip(flow.sheet, paper, slip, rest.language))
  return { paper, pages: flow.pages }
}

/**
 * Lays a document out page by page: the one template engine of preview, print and mail. The faces that its texts need
 * must be loaded, and its texts clean.
 */
export const layOut = (document: PrintableDocument, logo: Logo | null): LaidOut => {
  const slip = slipOf(document)
  const job: Job = { ...pageJob(document, logo, slip !== null), document }
  const flow = startFlow(job)
  const head = headOf(job)
  drawHead(flow, job, head)
  for (const block of job.design.blocks) blockDrawers[block](flow, job)
  if (slip === null) drawPaymentStub(flow, job)
  return finishPages(flow, job, head, { footer: document.footer, slip, language: document.language })
}
