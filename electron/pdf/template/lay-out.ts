import type { PrintableDocument } from '../../../shared/documents/printable.ts'
import { figuresFor } from '../figures.ts'
import { labelsFor } from '../labels.ts'
import type { Logo } from '../logo.ts'
import type { Sheet } from '../sheet.ts'
import { drawLetterhead } from './letterhead.ts'
import { drawLineTable } from './line-table.ts'
import { drawFrames } from './page-frame.ts'
import type { Flow, Job } from './pages.ts'
import { drawPaymentStub } from './payment-stub.ts'
import { drawTextBlocks } from './text-blocks.ts'
import { accentInk, type Paper, paperOf } from './theme.ts'
import { drawTotals, measureTotals } from './totals.ts'

export type LaidOut = { readonly paper: Paper; readonly pages: readonly Sheet[] }

/**
 * Lays a document out page by page: the one template of preview, print and mail. The faces that its texts need must be
 * loaded, and its texts clean.
 */
export const layOut = (document: PrintableDocument, logo: Logo | null): LaidOut => {
  const job: Job = {
    document,
    labels: labelsFor(document.language),
    figures: figuresFor(document.language, document.currency, document.minorUnits),
    paper: paperOf(document.pageSize),
    accent: accentInk(document.branding.accentColor),
    logo,
  }
  const sheet: Sheet = { marks: [] }
  const flow: Flow = { pages: [sheet], sheet, y: job.paper.top }
  const totals = measureTotals(job)
  drawLetterhead(flow, job)
  drawLineTable(flow, job, totals.height)
  drawTotals(flow, job, totals)
  drawTextBlocks(flow, job)
  drawPaymentStub(flow, job)
  drawFrames(flow.pages, job)
  return { paper: job.paper, pages: flow.pages }
}
