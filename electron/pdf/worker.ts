import type { PrintableDocument, PrintableStatement } from '../../shared/documents/printable.ts'
import { configureFonts } from './faces.ts'
import { LogoError } from './logo.ts'
import { renderDocumentPdf, renderStatementPdf } from './render.ts'

export type Printable = { readonly document: PrintableDocument } | { readonly statement: PrintableStatement }
export type RenderTask = Printable & { readonly fontDirectory: string }
/** A LogoError would lose its class on the way between threads, so it goes as a value. */
export type RenderResult = { readonly bytes: Uint8Array } | { readonly logoProblem: string }

/** What the pool runs in its worker threads: one paper to the bytes of its PDF. */
export const renderTask = async (task: RenderTask): Promise<RenderResult> => {
  configureFonts(task.fontDirectory)
  try {
    return {
      bytes: await ('statement' in task ? renderStatementPdf(task.statement) : renderDocumentPdf(task.document)),
    }
  } catch (error) {
    if (error instanceof LogoError) return { logoProblem: error.message }
    throw error
  }
}
