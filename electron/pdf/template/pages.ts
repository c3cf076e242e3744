import type { PrintableDocument } from '../../../shared/documents/printable.ts'
import type { Figures } from '../figures.ts'
import type { Labels } from '../labels.ts'
import type { Logo } from '../logo.ts'
import type { Sheet } from '../sheet.ts'
import type { Paper } from './theme.ts'

/** What every part of the template draws from. */
export type Job = {
  readonly document: PrintableDocument
  readonly labels: Labels
  readonly figures: Figures
  readonly paper: Paper
  readonly accent: string
  readonly logo: Logo | null
}

/** The pages made so far and the place on the last one where the next content goes. */
export type Flow = {
  readonly pages: Sheet[]
  sheet: Sheet
  /** Points from the top of the page. */
  y: number
}

/** What the document is called on paper: `Invoice`. */
export const titleOf = ({ document, labels }: Job): string => {
  if (document.kind === 'credit-note') return labels.creditNote
  return document.kind === 'quote' ? labels.quote : labels.invoice
}

/** `Invoice INV-2026-0042`, or `Invoice` alone for a draft. */
export const fullTitleOf = (job: Job): string =>
  job.document.number === null ? titleOf(job) : `${titleOf(job)} ${job.document.number}`

/** Goes to a new page. */
export const turnPage = (flow: Flow, job: Job): void => {
  flow.sheet = { marks: [] }
  flow.pages.push(flow.sheet)
  flow.y = job.paper.top
}

/** Whether so many points are left on the page. */
export const hasRoom = (flow: Flow, job: Job, height: number): boolean => flow.y + height <= job.paper.bottom
