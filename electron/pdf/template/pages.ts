import type { PrintableDocument } from '../../../shared/documents/printable.ts'
import { defaultDesign, type TemplateDesign } from '../../../shared/documents/template-design.ts'
import { type Figures, figuresFor } from '../figures.ts'
import { isRightToLeft, type Labels, labelsFor } from '../labels.ts'
import type { Logo } from '../logo.ts'
import type { Sheet } from '../sheet.ts'
import { paperOf, type Style, styleOf } from './style.ts'
import { accentInk, type Paper, softInk } from './theme.ts'

/** What the page of any paper needs, be it an invoice or a statement. */
export type PageJob = {
  readonly design: TemplateDesign
  readonly style: Style
  readonly labels: Labels
  readonly figures: Figures
  readonly paper: Paper
  readonly accent: string
  readonly ink: string
  readonly soft: string
  readonly logo: Logo | null
  readonly rightToLeft: boolean
}

/** What every part of the template draws from. */
export type Job = PageJob & { readonly document: PrintableDocument }

/** The pages made so far and the place on the last one where the next content goes. */
export type Flow = {
  readonly pages: Sheet[]
  sheet: Sheet
  /** Points from the top of the page. */
  y: number
}

type Look = Pick<PrintableDocument, 'language' | 'pageSize' | 'currency' | 'minorUnits' | 'branding' | 'design'>

/** The measures, words and colours of a paper. A Swiss slip stands on A4 only, so `hasSlip` decides the size. */
export const pageJob = (look: Look, logo: Logo | null, hasSlip: boolean): PageJob => {
  const design = look.design ?? defaultDesign
  const ink = accentInk(design.textColor)
  return {
    design,
    style: styleOf(design),
    labels: labelsFor(look.language),
    figures: figuresFor(look.language, look.currency, look.minorUnits),
    paper: paperOf(design.layout, hasSlip ? 'A4' : (design.pageSize ?? look.pageSize)),
    accent: accentInk(design.accentColor ?? look.branding.accentColor),
    ink,
    soft: softInk(ink),
    logo: design.logo.isShown ? logo : null,
    rightToLeft: isRightToLeft(look.language),
  }
}

const newSheet = ({ rightToLeft }: PageJob): Sheet => ({ marks: [], rightToLeft })

/** The first page, empty. */
export const startFlow = (job: PageJob): Flow => {
  const sheet = newSheet(job)
  return { pages: [sheet], sheet, y: job.paper.top }
}

/** Goes to a new page. */
export const turnPage = (flow: Flow, job: PageJob): void => {
  flow.sheet = newSheet(job)
  flow.pages.push(flow.sheet)
  flow.y = job.paper.top
}

/** Whether so many points are left on the page. */
export const hasRoom = (flow: Flow, job: PageJob, height: number): boolean => flow.y + height <= job.paper.bottom

/**
 * What the document is called on paper: `Invoice`, what tax law calls it, or the design's own title for invoices, which
 * never stands on a bill of supply: that is no tax invoice, whatever the house calls its own.
 */
export const titleOf = ({ document, labels, design }: Job): string => {
  if (document.kind === 'credit-note') return labels.creditNote
  if (document.kind === 'quote') return labels.quote
  if (document.lawfulTitle === 'bill-of-supply') return labels.billOfSupply
  return design.texts.title ?? (document.lawfulTitle === 'tax-invoice' ? labels.taxInvoice : labels.invoice)
}

/** `Invoice INV-2026-0042`, or `Invoice` alone for a draft. */
export const fullTitleOf = (job: Job): string =>
  job.document.number === null ? titleOf(job) : `${titleOf(job)} ${job.document.number}`

/** What the sum to pay is called: amount due, credit total or quote total. */
export const payableLabelOf = ({ document, labels }: Job): string => {
  if (document.kind === 'credit-note') return labels.creditTotal
  return document.kind === 'quote' ? labels.quoteTotal : labels.payable
}

/** Dates and references of a document in order, as label and value. */
export const factsOf = ({ document, labels, figures }: Job): readonly (readonly [label: string, value: string])[] => {
  const rows: [string, string][] = [[labels.date, figures.date(document.issuedOn)]]
  const validUntil = document.validUntil ?? (document.kind === 'quote' ? document.dueOn : null)
  if (validUntil !== null) rows.push([labels.validUntil, figures.date(validUntil)])
  else if (document.dueOn !== null) rows.push([labels.due, figures.date(document.dueOn)])
  if (document.original) {
    const { number, issuedOn } = document.original
    const text = labels.originalOf.replace('{number}', () => number).replace('{date}', () => figures.date(issuedOn))
    rows.push([labels.original, text])
  }
  const more: readonly (readonly [string, string | null | undefined])[] = [
    [labels.supply, document.supply],
    [labels.reference, document.reference],
    [labels.placeOfSupply, document.placeOfSupply],
  ]
  for (const [label, value] of more) if (value) rows.push([label, value])
  if (typeof document.reverseCharge === 'boolean') {
    rows.push([labels.reverseCharge, document.reverseCharge ? labels.yes : labels.no])
  }
  rows.push([labels.currency, document.currency])
  return rows
}

/** An own text with `{number}`, `{client}`, `{date}`, `{due}` and `{total}` filled in. */
export const filledText = (text: string, { document, figures }: Job): string => {
  const values: Readonly<Record<string, string>> = {
    number: document.number ?? '',
    client: document.buyer.name,
    date: figures.date(document.issuedOn),
    due: document.dueOn === null ? '' : figures.date(document.dueOn),
    total: figures.money(document.payableE4),
  }
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
}
