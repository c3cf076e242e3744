import { fileURLToPath } from 'node:url'
import type { Tinypool } from 'tinypool'
import type { PrintableDocument, PrintableStatement } from '../../shared/documents/printable.ts'
import type { PrintableReport } from '../../shared/documents/printable-report.ts'
import { LogoError } from './logo.ts'
import type { Printable, RenderResult, RenderTask } from './worker.ts'

export type PdfPoolOptions = {
  /** Address of the built worker, `out/main/pdf-worker.js`. */
  readonly workerUrl: URL
  /** Folder of the font packages, as `findFontDirectory` gives it. */
  readonly fontDirectory: string
  /** Worker threads at most; 2 if left out. */
  readonly workers?: number
  /** Documents after which the workers are replaced, because the renderer's memory grows; 200 if left out. */
  readonly recycleAfter?: number
}

export type PdfPool = {
  /**
   * The PDF of a document, made in a worker thread. Errors as `renderDocumentPdf`; an abort rejects with an error named
   * AbortError and ends the work.
   */
  readonly render: (document: PrintableDocument, signal?: AbortSignal) => Promise<Uint8Array>
  /** The PDF of a client statement; as `render`. */
  readonly renderStatement: (statement: PrintableStatement, signal?: AbortSignal) => Promise<Uint8Array>
  /** The PDF of a report's tables; as `render`. */
  readonly renderReport: (report: PrintableReport, signal?: AbortSignal) => Promise<Uint8Array>
  /** Ends the workers; a later `render` is refused. */
  readonly close: () => Promise<void>
}

const idleMilliseconds = 5 * 60_000

const startPool = async (options: PdfPoolOptions): Promise<Tinypool> => {
  const { Tinypool: Pool } = await import('tinypool')
  return new Pool({
    filename: fileURLToPath(options.workerUrl),
    name: 'renderTask',
    minThreads: 0,
    maxThreads: options.workers ?? 2,
    idleTimeout: idleMilliseconds,
    isolateWorkers: false,
  })
}

/** The workers of a stretch of documents; a later stretch has new ones. */
type Generation = { readonly pool: Promise<Tinypool>; taken: number; running: number; isRetired: boolean }

const endIfIdle = async (generation: Generation): Promise<void> => {
  if (generation.isRetired && generation.running === 0) await (await generation.pool).destroy()
}

/** A pool of worker threads that render PDFs; the first document starts it. */
export const createPdfPool = (options: PdfPoolOptions): PdfPool => {
  const recycleAfter = options.recycleAfter ?? 200
  let current: Generation | null = null
  const alive = new Set<Generation>()
  let isClosed = false

  const nextGeneration = (): Generation => {
    if (current && current.taken < recycleAfter) return current
    if (current) {
      current.isRetired = true
      void endIfIdle(current)
    }
    const next: Generation = { pool: startPool(options), taken: 0, running: 0, isRetired: false }
    // One that did not start is told to whoever waits for it; the next document begins another.
    next.pool.catch(() => {
      alive.delete(next)
      if (current === next) current = null
    })
    current = next
    alive.add(next)
    return next
  }

  const run = async (printable: Printable, signal: AbortSignal | undefined): Promise<Uint8Array> => {
    if (isClosed) throw new Error('The PDF workers are closed; the app is shutting down')
    const generation = nextGeneration()
    generation.taken += 1
    generation.running += 1
    try {
      const task: RenderTask = { ...printable, fontDirectory: options.fontDirectory }
      // The pool hands over whatever the worker's function returns, untyped; worker.ts says what that is.
      const result = (await (await generation.pool).run(task, { signal: signal ?? null })) as RenderResult
      if ('logoProblem' in result) throw new LogoError(result.logoProblem)
      return result.bytes
    } finally {
      generation.running -= 1
      if (generation.isRetired && generation.running === 0) alive.delete(generation)
      await endIfIdle(generation)
    }
  }

  const close = async (): Promise<void> => {
    isClosed = true
    await Promise.all([...alive].map(async (generation) => (await generation.pool).destroy()))
    alive.clear()
  }

  return {
    render: (document, signal) => run({ document }, signal),
    renderStatement: (statement, signal) => run({ statement }, signal),
    renderReport: (report, signal) => run({ report }, signal),
    close,
  }
}
