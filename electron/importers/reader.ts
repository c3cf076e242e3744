import { fileURLToPath } from 'node:url'
import { firstUse } from '../first-use.ts'
import type { EInvoiceReading } from './einvoice-reading.ts'

export type EInvoiceReader = {
  readonly read: (source: string | Uint8Array) => Promise<EInvoiceReading>
  readonly close: () => Promise<void>
}

// 8 MB take half a second; this much takes less than a frame and not worth a thread.
const inlineLimit = 128 * 1024

/** Reads e-invoices; large ones in a worker thread, so that nothing waits for them. */
export const createEInvoiceReader = (workerUrl: string | undefined): EInvoiceReader => {
  const pool = firstUse(async (url: string) => {
    const { Tinypool: Pool } = await import('tinypool')
    return new Pool({
      filename: fileURLToPath(url),
      name: 'readEInvoice',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 60_000,
    })
  })
  return {
    read: async (source) => {
      if (workerUrl === undefined || source.length <= inlineLimit) {
        const { readEInvoice } = await import('./einvoice-reading.ts')
        return readEInvoice(source)
      }
      // The pool hands over what the worker's function returns, untyped; worker.ts says what that is.
      return (await (await pool.use(workerUrl)).run(source)) as EInvoiceReading
    },
    close: () => pool.end((started) => started.destroy()),
  }
}
