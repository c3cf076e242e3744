import { fileURLToPath } from 'node:url'
import type { EInvoiceFormat } from '../../shared/documents/einvoice-formats.ts'
import { firstUse } from '../first-use.ts'
import type { EInvoiceXml } from './write/make.ts'
import type { EInvoiceSource } from './write/source.ts'
import type { EmbedTask, MakeTask } from './write/tasks.ts'

export type EInvoiceMaker = {
  /** The XML of a document in a form, and every rule that it breaks. */
  readonly make: (source: EInvoiceSource, format: EInvoiceFormat) => Promise<EInvoiceXml>
  /** The document's PDF as PDF/A-3 with the XML inside. */
  readonly embed: (pdf: Uint8Array, xml: string, format: EInvoiceFormat) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

// So many lines are written and judged within a frame.
const inlineLines = 20

/** Makes e-invoices; long ones and PDFs in a worker thread, so that nothing waits for them. */
export const createEInvoiceMaker = (workerUrl: string | undefined): EInvoiceMaker => {
  const pool = firstUse(async (url: string) => {
    const { Tinypool: Pool } = await import('tinypool')
    return new Pool({ filename: fileURLToPath(url), minThreads: 0, maxThreads: 1, idleTimeout: 60_000 })
  })
  const run = async (url: string, name: 'makeTask' | 'embedTask', task: MakeTask | EmbedTask): Promise<unknown> =>
    await (await pool.use(url)).run(task, { name })
  return {
    make: async (source, format) => {
      if (workerUrl === undefined || source.content.lines.length <= inlineLines) {
        const { makeTask } = await import('./write/tasks.ts')
        return makeTask({ source, format })
      }
      // The pool hands over what the worker's function returns, untyped; `makeTask` says what that is.
      return (await run(workerUrl, 'makeTask', { source, format })) as EInvoiceXml
    },
    embed: async (pdf, xml, format) => {
      if (workerUrl === undefined) {
        const { embedTask } = await import('./write/tasks.ts')
        return await embedTask({ pdf, xml, format })
      }
      // As above.
      return (await run(workerUrl, 'embedTask', { pdf, xml, format })) as Uint8Array
    },
    close: () => pool.end((started) => started.destroy()),
  }
}
