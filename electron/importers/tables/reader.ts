import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import type { Tinypool } from 'tinypool'
import { AppError } from '../../../shared/errors.ts'
import { firstUse } from '../../first-use.ts'
import type { InspectChoice } from './inspect.ts'
import type { Chunk } from './read.ts'
import type { InspectAnswer, RecordsMessage, RecordsRequest } from './worker-entry.ts'
import { isZip } from './zip-mark.ts'

export type TableReader = {
  readonly inspect: (bytes: Uint8Array, choice: InspectChoice) => Promise<InspectAnswer>
  /** The records in the order of the file; AppError IMPORT_FAILED where it is no table. */
  readonly records: (bytes: Uint8Array, request: RecordsRequest) => AsyncIterable<Chunk>
  readonly close: () => Promise<void>
}

// Below it a table is read in less time than a thread takes to start; an archive may be far larger than it looks.
const inlineLimit = 64 * 1024
const inlineArchiveLimit = 16 * 1024

const isSmall = (bytes: Uint8Array) => bytes.length <= (isZip(bytes) ? inlineArchiveLimit : inlineLimit)

const refused = (message: string) => new AppError('IMPORT_FAILED', `${message} Nothing was saved.`)

async function* inline(bytes: Uint8Array, request: RecordsRequest): AsyncGenerator<Chunk> {
  const { emitRecords } = await import('./worker-entry.ts')
  const chunks: Chunk[] = []
  const fault = await emitRecords(bytes, request, (chunk) => chunks.push(chunk))
  if (fault !== null) throw refused(fault)
  yield* chunks
}

async function* throughPort(pool: Tinypool, bytes: Uint8Array, request: RecordsRequest): AsyncGenerator<Chunk> {
  const { port1, port2 } = new MessageChannel()
  const waiting: RecordsMessage[] = []
  let wake = (): void => undefined
  let crashed: unknown = null
  port1.on('message', (message: RecordsMessage) => {
    waiting.push(message)
    wake()
  })
  const run = pool.run({ bytes, request, port: port2 }, { name: 'streamRecords', transferList: [port2] })
  run.catch((error: unknown) => {
    crashed = error
    wake()
  })
  try {
    for (;;) {
      const message = waiting.shift()
      if (message === undefined) {
        if (crashed !== null) throw crashed
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      if ('chunk' in message) yield message.chunk
      else if (message.fault === null) return
      else throw refused(message.fault)
    }
  } finally {
    port1.close()
  }
}

/** Reads tables of other products; large ones in a worker thread, whose records arrive while it still reads. */
export const createTableReader = (workerUrl: string | undefined): TableReader => {
  const kept = firstUse(async (url: string) => {
    const { Tinypool: Pool } = await import('tinypool')
    return new Pool({ filename: fileURLToPath(url), minThreads: 0, maxThreads: 1, idleTimeout: 60_000 })
  })
  const poolFor = (bytes: Uint8Array) => (workerUrl === undefined || isSmall(bytes) ? null : kept.use(workerUrl))
  return {
    inspect: async (bytes, choice) => {
      const pool = await poolFor(bytes)
      if (pool === null) {
        const { inspectFile } = await import('./worker-entry.ts')
        return await inspectFile({ bytes, choice })
      }
      // The pool hands over what the worker's function returns, untyped; worker-entry.ts says what that is.
      return (await pool.run({ bytes, choice }, { name: 'inspectFile' })) as InspectAnswer
    },
    records: async function* (bytes, request) {
      const pool = await poolFor(bytes)
      yield* pool === null ? inline(bytes, request) : throughPort(pool, bytes, request)
    },
    close: () => kept.end((started) => started.destroy()),
  }
}
