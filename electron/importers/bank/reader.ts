import { fileURLToPath } from 'node:url'
import { firstUse } from '../../first-use.ts'
import type { BankFileOptions } from './read-bank-file.ts'
import type { BankReading } from './statement.ts'

export type BankFileReader = {
  readonly read: (bytes: Uint8Array, options: BankFileOptions) => Promise<BankReading>
  readonly close: () => Promise<void>
}

// A statement of a month takes a few milliseconds; a year of a shop takes longer than a frame.
const inlineLimit = 32 * 1024

/** Reads bank files; large ones in a worker thread, so that nothing waits for them. */
export const createBankFileReader = (workerUrl: string | undefined): BankFileReader => {
  const pool = firstUse(async (url: string) => {
    const { Tinypool: Pool } = await import('tinypool')
    return new Pool({
      filename: fileURLToPath(url),
      name: 'readBankFile',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 60_000,
    })
  })
  return {
    read: async (bytes, options) => {
      if (workerUrl === undefined || bytes.length <= inlineLimit) {
        const { readBankFile } = await import('./read-bank-file.ts')
        return readBankFile({ bytes, options })
      }
      // The pool hands over what the worker's function returns, untyped; worker.ts says what that is.
      return (await (await pool.use(workerUrl)).run({ bytes, options })) as BankReading
    },
    close: () => pool.end((started) => started.destroy()),
  }
}
