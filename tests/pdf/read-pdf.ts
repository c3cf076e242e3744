import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** One drawn piece of text: logical order, lower left corner in points from the lower left of the page. */
export type Piece = { readonly text: string; readonly x: number; readonly y: number; readonly width: number }
/** A glyph with the characters that the file says it stands for; the box of a missing character stands for U+0000. */
export type DrawnGlyph = { readonly unicode: string }
export const missingGlyph = '\u0000'
export type ReadPage = {
  readonly width: number
  readonly height: number
  readonly pieces: readonly Piece[]
  /** All pieces, joined by blanks. */
  readonly text: string
  /** Runs of glyphs in the order in which they are drawn, so from left to right. */
  readonly runs: readonly (readonly DrawnGlyph[])[]
}

const isGlyph = (value: unknown): value is DrawnGlyph =>
  typeof value === 'object' && value !== null && 'unicode' in value && typeof value.unicode === 'string'

const glyphsOf = (args: unknown): DrawnGlyph[] => {
  const shown: unknown = Array.isArray(args) ? args[0] : null
  return Array.isArray(shown) ? shown.filter(isGlyph).map(({ unicode }) => ({ unicode })) : []
}

/** Reads a PDF back with a reader that has nothing in common with the writer. */
export const readPdf = async (bytes: Uint8Array): Promise<readonly ReadPage[]> => {
  // The reader takes the buffer for its own, so it gets a copy.
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const file = await task.promise
  const pages: ReadPage[] = []
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number)
    const content = await page.getTextContent()
    const operators = await page.getOperatorList()
    const pieces = content.items.flatMap((item) =>
      'str' in item
        ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]), width: item.width }]
        : [],
    )
    const runs = operators.fnArray.flatMap((operator, index) =>
      operator === OPS.showText ? [glyphsOf(operators.argsArray[index])] : [],
    )
    const { width, height } = page.getViewport({ scale: 1 })
    pages.push({ width, height, pieces, text: pieces.map((piece) => piece.text).join(' '), runs })
  }
  await task.destroy()
  return pages
}
