import type { PrintableDocument, PrintableStatement } from '../../shared/documents/printable.ts'
import type { PrintableReport } from '../../shared/documents/printable-report.ts'
import { configureFonts } from './faces.ts'
import { LogoError } from './logo.ts'
import { renderDocumentPdf, renderReportPdf, renderStatementPdf } from './render.ts'

export type Printable =
  | { readonly document: PrintableDocument }
  | { readonly statement: PrintableStatement }
  | { readonly report: PrintableReport }
export type RenderTask = Printable & { readonly fontDirectory: string }
/** A LogoError would lose its class on the way between threads, so it goes as a value. */
export type RenderResult = { readonly bytes: Uint8Array } | { readonly logoProblem: string }

const bytesOf = (task: RenderTask): Promise<Uint8Array> => {
  if ('report' in task) return renderReportPdf(task.report)
  return 'statement' in task ? renderStatementPdf(task.statement) : renderDocumentPdf(task.document)
}

/** What the pool runs in its worker threads: one paper to the bytes of its PDF. */
export const renderTask = async (task: RenderTask): Promise<RenderResult> => {
  configureFonts(task.fontDirectory)
  try {
    return { bytes: await bytesOf(task) }
  } catch (error) {
    if (error instanceof LogoError) return { logoProblem: error.message }
    throw error
  }
}
