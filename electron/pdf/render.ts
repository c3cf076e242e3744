import { Canvas, Document, type DocumentProps, Image, Page, renderToBuffer } from '@react-pdf/renderer'
import { createElement, type ReactElement } from 'react'
import type { PrintableDocument } from '../../shared/documents/printable.ts'
import { cleanDocument } from './clean-document.ts'
import { type FaceScript, loadFaces } from './faces.ts'
import { figuresFor } from './figures.ts'
import { labelsFor } from './labels.ts'
import { type Logo, readLogo } from './logo.ts'
import { createMarkDrawer, type DrawMarks, type Painter } from './paint.ts'
import type { Sheet } from './sheet.ts'
import { type LaidOut, layOut } from './template/lay-out.ts'
import { drawable, scriptsIn } from './text-runs.ts'

// The surface does not clip: kept small, so that it fits every page and the page is never broken.
const surface = { position: 'absolute', left: 0, top: 0, width: 10, height: 10 } as const

const pictures = (sheet: Sheet, logo: Logo | null): ReactElement[] =>
  sheet.marks.flatMap((mark) => {
    if (mark.kind !== 'picture' || !logo) return []
    const { x: left, y: top, width, height } = mark
    const style = { position: 'absolute', left, top, width, height } as const
    const src = { data: Buffer.from(logo.bytes), format: logo.format }
    return [createElement(Image, { key: 'logo', style, src, cache: false })]
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

// No JSX, so that the plain type stripping of Node runs this file as it is, in tests and scripts.
const fileOf = (document: PrintableDocument, laidOut: LaidOut, logo: Logo | null): ReactElement<DocumentProps> => {
  const instant = instantOf(document.createdAt)
  const labels = labelsFor(document.language)
  const kinds = { invoice: labels.invoice, 'credit-note': labels.creditNote, quote: labels.quote }
  const properties = {
    title: `${kinds[document.kind]} ${document.number ?? labels.draft}`,
    author: document.seller.name,
    language: document.language,
    creator: 'Counterfoil',
    producer: 'Counterfoil',
    creationDate: instant,
    modificationDate: instant,
  }
  const draw = createMarkDrawer()
  const pages = laidOut.pages.map((sheet, index) => pageOf(sheet, index, laidOut, logo, draw))
  return createElement(Document, properties, ...pages)
}

/** What the language adds of its own: names of months and signs of currencies may need a face that no text needs. */
const figureTexts = (document: PrintableDocument): string[] => {
  const figures = figuresFor(document.language, document.currency, document.minorUnits)
  const dates = [document.issuedOn, document.dueOn ?? document.issuedOn].map(figures.date)
  return [...dates, figures.money(document.payableE4)]
}

const prepare = async (
  document: PrintableDocument,
): Promise<{ document: PrintableDocument; texts: readonly string[] }> => {
  await loadFaces(['latin'])
  const cleaned = cleanDocument(document)
  const texts = [...cleaned.texts, ...figureTexts(document)]
  const scripts = new Set<FaceScript>(texts.flatMap((text) => [...scriptsIn(text)]))
  await loadFaces(scripts)
  return { document: cleaned.document, texts }
}

/**
 * The PDF of a document, byte for byte the same for the same input. Needs `configureFonts` first. LogoError for a logo
 * that is no sound PNG or JPEG; RangeError for a date, instant or currency that is none.
 */
export const renderDocumentPdf = async (document: PrintableDocument): Promise<Uint8Array> => {
  const logo = document.branding.logo === null ? null : readLogo(document.branding.logo)
  const prepared = await prepare(document)
  const laidOut = layOut(prepared.document, logo)
  const bytes = await renderToBuffer(fileOf(prepared.document, laidOut, logo))
  // A copy with a buffer of its own: what crosses to another thread is the whole buffer behind a view.
  return new Uint8Array(bytes)
}

/** The characters of a document that no bundled font can draw, each once: the paper shows a mark instead of them. */
export const undrawableCharacters = async (document: PrintableDocument): Promise<readonly string[]> => {
  const { texts } = await prepare(document)
  const found = new Set<string>()
  for (const text of texts) {
    const seen = [...drawable(text)]
    for (const [index, character] of [...text].entries()) if (seen[index] !== character) found.add(character)
  }
  return [...found]
}
