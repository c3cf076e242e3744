import type { PrintableDocument } from '../../shared/documents/printable.ts'
import { configureFonts } from './faces.ts'
import { LogoError } from './logo.ts'
import { renderDocumentPdf } from './render.ts'

export type RenderTask = { readonly document: PrintableDocument; readonly fontDirectory: string }
/** A LogoError would lose its class on the way between threads, so it goes as a value. */
export type RenderResult = { readonly bytes: Uint8Array } | { readonly logoProblem: string }

/** What the pool runs in its worker threads: one document to the bytes of its PDF. */
export const renderTask = async ({ document, fontDirectory }: RenderTask): Promise<RenderResult> => {
  configureFonts(fontDirectory)
  try {
    return { bytes: await renderDocumentPdf(document) }
  } catch (error) {
    if (error instanceof LogoError) return { logoProblem: error.message }
    throw error
  }
}
