import { fileURLToPath } from 'node:url'
import type { Tinypool } from 'tinypool'
import type { Findings } from '../features/integrity/check.ts'
import type { ReadingTask } from './worker.ts'

/** Readings over everything, off the main thread: they would hold up every other call for a second. */
export type ReadingPool = {
  readonly checkIntegrity: (organizationId: string) => Promise<Findings>
  readonly close: () => Promise<void>
}

/** A pool of one thread on a database file; the first reading starts it. */
export const createReadingPool = (options: { readonly workerUrl: string; readonly file: string }): ReadingPool => {
  let starting: Promise<Tinypool> | null = null
  const start = async () => {
    const { Tinypool: Pool } = await import('tinypool')
    const filename = fileURLToPath(options.workerUrl)
    return new Pool({ filename, name: 'readingTask', minThreads: 0, maxThreads: 1, idleTimeout: 60_000 })
  }
  return {
    checkIntegrity: async (organizationId) => {
      starting ??= start()
      const task: ReadingTask = { kind: 'integrity', file: options.file, organizationId }
      // The pool hands over what the worker's function returns, untyped; worker.ts says what that is.
      return (await (await starting).run(task)) as Findings
    },
    close: async () => {
      if (starting !== null) await (await starting).destroy()
    },
  }
}
