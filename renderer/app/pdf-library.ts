import type { PDFDocumentProxy } from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

const load = async () => {
  const library = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const port = new Worker(workerAddress, { type: 'module' })
  return { library, worker: library.PDFWorker.create({ port }) }
}

let loaded: ReturnType<typeof load> | null = null

export type OpenPdf = { readonly document: PDFDocumentProxy; readonly close: () => void }

/** Opens a PDF for drawing; throws what the reader says of a broken one. Close it when its pages are replaced. */
export const openPdf = async (bytes: Uint8Array): Promise<OpenPdf> => {
  loaded ??= load().catch((error: unknown) => {
    // What could not be read this time may be read the next.
    loaded = null
    throw error
  })
  const { library, worker } = await loaded
  // The reader takes its bytes away to the worker: it gets a copy. Our own PDFs need no compiled image decoders.
  const task = library.getDocument({ data: bytes.slice(), worker, useWasm: false, enableXfa: false })
  return { document: await task.promise, close: () => void task.destroy() }
}
