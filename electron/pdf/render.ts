import { Canvas, Document, type DocumentProps, Image, Link, Page, renderToBuffer } from '@react-pdf/renderer'
import { createElement, type ReactElement } from 'react'
import type { PrintableDocument, PrintableStatement } from '../../shared/documents/printable.ts'
import type { PrintableReport } from '../../shared/documents/printable-report.ts'
import { type DesignFont, defaultDesign } from '../../shared/documents/template-design.ts'
import type { Amount } from '../../shared/money/scaled.ts'
import { cleanDocument, cleanReport, cleanStatement } from './clean-document.ts'
import { type FaceScript, type HanHand, handOf, inFont, loadFaces, scriptsOfFont } from './faces.ts'
import { figuresFor } from './figures.ts'
import { labelsFor } from './labels.ts'
import { type Logo, readLogo } from './logo.ts'
import { createMarkDrawer, type DrawMarks, type Painter } from './paint.ts'
import type { Sheet } from './sheet.ts'
import { type LaidOut, layOut } from './template/lay-out.ts'
import { layOutReport } from './template/report.ts'
import { layOutStatement } from './template/statement.ts'
import { drawable, needsOtherHand, scriptsIn } from './text-runs.ts'

// The surface does not clip: kept small, so that it fits every page and the page is never broken.
const surface = { position: 'absolute', left: 0, top: 0, width: 10, height: 10 } as const

const placed = ({ x: left, y: top, width, height }: { x: number; y: number; width: number; height: number }) =>
  ({ position: 'absolute', left, top, width, height }) as const

const pictures = (sheet: Sheet, logo: Logo | null): ReactElement[] =>
  sheet.marks.flatMap((mark, index): ReactElement[] => {
    if (mark.kind === 'link') return [createElement(Link, { key: `link-${index}`, style: placed(mark), src: mark.url })]
    if (mark.kind !== 'picture' || !logo) return []
    const src = { data: Buffer.from(logo.bytes), format: logo.format }
    return [createElement(Image, { key: 'logo', style: placed(mark), src, cache: false })]
  })

const pageOf = (sheet: Sheet, index: number, { paper }: LaidOut, logo: Logo | null, draw: DrawMarks): ReactElement => {
  const { width, height } = paper
  const paint = (painter: Painter): null => {
    draw(painter, sheet.marks, width, height)
    return null
  }
  const canvas = createElement(Canvas, { key: 'canvas', style: surface, paint })
  return createElement(Page, { key: `page-${index}`, size: [width, height] }, canvas, ...pictures(sheet, logo))
}

const instantOf = (createdAt: string): Date => {
  const instant = new Date(createdAt)
  if (Number.isNaN(instant.getTime())) {
    throw new RangeError(
      `"${createdAt}" is not an instant; give createdAt as ISO 8601 in UTC, like 2026-03-31T09:00:00Z`,
    )
  }
  return instant
}

type Properties = {
  readonly title: string
  readonly author: string
  readonly language: string
  readonly createdAt: string
}

// No JSX, so that the plain type stripping of Node runs this file as it is, in tests and scripts.
const fileOf = (properties: Properties, laidOut: LaidOut, logo: Logo | null): ReactElement<DocumentProps> => {
  const { createdAt, ...said } = properties
  const instant = instantOf(createdAt)
  const producer = { creator: 'Counterfoil', producer: 'Counterfoil', creationDate: instant, modificationDate: instant }
  const draw = createMarkDrawer()
  const pages = laidOut.pages.map((sheet, index) => pageOf(sheet, index, laidOut, logo, draw))
  return createElement(Document, { ...said, ...producer }, ...pages)
}

const bytesOf = async (properties: Properties, laidOut: LaidOut, logo: Logo | null): Promise<Uint8Array> => {
  const bytes = await renderToBuffer(fileOf(properties, laidOut, logo))
  // A copy with a buffer of its own: what crosses to another thread is the whole buffer behind a view.
  return new Uint8Array(bytes)
}

type Worded = Pick<PrintableDocument, 'language' | 'currency' | 'minorUnits' | 'issuedOn'>

/** What the language adds of its own: labels, names of months and signs of currencies may need a face of their own. */
const ownTexts = ({ language, currency, minorUnits, issuedOn }: Worded, money: Amount, dates: string[]): string[] => {
  const figures = figuresFor(language, currency, minorUnits)
  return [...Object.values(labelsFor(language)), ...[issuedOn, ...dates].map(figures.date), figures.money(money)]
}

/** Loads the faces that the texts need, and gives the hand that draws their Chinese or Japanese. */
const loadFor = async (language: string, texts: readonly string[], font: DesignFont): Promise<HanHand> => {
  const hand = handOf(language, texts)
  const scripts = () => new Set<FaceScript>(texts.flatMap((text) => [...scriptsIn(text)]))
  await loadFaces(inFont(font, scripts, hand))
  const isShort = hand === 'japanese' && inFont(font, () => texts.some(needsOtherHand), hand)
  if (isShort) await loadFaces(['han'])
  return hand
}

const fontOf = ({ design }: Pick<PrintableDocument, 'design'>): DesignFont => (design ?? defaultDesign).font

const prepare = async (
  document: PrintableDocument,
): Promise<{ document: PrintableDocument; texts: readonly string[]; hand: HanHand }> => {
  await loadFaces(scriptsOfFont(fontOf(document)))
  const cleaned = cleanDocument(document)
  const dates = [document.dueOn, document.validUntil].filter((date) => typeof date === 'string')
  const texts = [...cleaned.texts, ...ownTexts(document, document.payableE4, dates)]
  const hand = await loadFor(document.language, texts, fontOf(document))
  return { document: cleaned.value, texts, hand }
}

const logoOf = ({ branding }: Pick<PrintableDocument, 'branding'>): Logo | null =>
  branding.logo === null ? null : readLogo(branding.logo)

/**
 * The PDF of a document, byte for byte the same for the same input. Needs `configureFonts` first. LogoError for a logo
 * that is no sound PNG or JPEG; RangeError for a date, instant or currency that is none.
 */
export const renderDocumentPdf = async (document: PrintableDocument): Promise<Uint8Array> => {
  const logo = logoOf(document)
  const prepared = await prepare(document)
  const { kind, lawfulTitle, number, language, seller, createdAt } = prepared.document
  const labels = labelsFor(language)
  const usual = { invoice: labels.invoice, 'credit-note': labels.creditNote, quote: labels.quote }[kind]
  const title = kind === 'invoice' && lawfulTitle === 'bill-of-supply' ? labels.billOfSupply : usual
  const properties = { title: `${title} ${number ?? labels.draft}`, author: seller.name, language, createdAt }
  const laidOut = inFont(fontOf(document), () => layOut(prepared.document, logo), prepared.hand)
  return await bytesOf(properties, laidOut, logo)
}

/** The PDF of a client statement; errors as `renderDocumentPdf`. */
export const renderStatementPdf = async (statement: PrintableStatement): Promise<Uint8Array> => {
  const logo = logoOf(statement)
  await loadFaces(scriptsOfFont(fontOf(statement)))
  const { value, texts } = cleanStatement(statement)
  const own = ownTexts(
    statement,
    statement.closingE4,
    statement.rows.slice(0, 1).map(({ on }) => on),
  )
  const hand = await loadFor(statement.language, [...texts, ...own], fontOf(statement))
  const { language, seller, buyer, createdAt } = value
  const title = `${labelsFor(language).statement} ${buyer.name}`
  const laidOut = inFont(fontOf(statement), () => layOutStatement(value, logo), hand)
  return await bytesOf({ title, author: seller.name, language, createdAt }, laidOut, logo)
}

/** The PDF of a report's tables, byte for byte the same for the same input; errors as `renderDocumentPdf`. */
export const renderReportPdf = async (report: PrintableReport): Promise<Uint8Array> => {
  await loadFaces(scriptsOfFont(defaultDesign.font))
  const { value, texts } = cleanReport(report)
  const hand = await loadFor(report.language, [...texts, labelsFor(report.language).page], defaultDesign.font)
  const { language, business, title, createdAt } = value
  const laidOut = inFont(defaultDesign.font, () => layOutReport(value), hand)
  return await bytesOf({ title: `${title}, ${business}`, author: business, language, createdAt }, laidOut, null)
}

/** The characters of a document that no bundled font can draw, each once: the paper shows a mark instead of them. */
export const undrawableCharacters = async (document: PrintableDocument): Promise<readonly string[]> => {
  const { texts, hand } = await prepare(document)
  const found = new Set<string>()
  for (const text of texts) {
    const seen = [...inFont(fontOf(document), () => drawable(text), hand)]
    for (const [index, character] of [...text].entries()) if (seen[index] !== character) found.add(character)
  }
  return [...found]
}
