import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { DataKey } from '../../db/key.ts'
import type { Shadow } from '../../db/shadow.ts'
import { AppError } from '../../shared/errors.ts'
import { firstUse } from '../first-use.ts'
import type { ReadingAnswer, ReadingInput, ReadingKind, ReadingOutput, ReadingTask } from './readings.ts'

/** Readings over everything, off the main thread: they would hold up every other call for a second. */
export type ReadingPool = {
  /** Through a shadow: of what that shows alone. */
  readonly read: <K extends ReadingKind>(
    kind: K,
    input: ReadingInput<K>,
    shadow?: Shadow | null,
  ) => Promise<ReadingOutput<K>>
  readonly close: () => Promise<void>
}

/** A pool of one thread on a database file; the first reading starts it. */
export const createReadingPool = (options: {
  readonly workerUrl: string
  readonly file: string
  readonly key: DataKey
}): ReadingPool => {
  const pool = firstUse(async () => {
    const { Tinypool: Pool } = await import('tinypool')
    const filename = fileURLToPath(options.workerUrl)
    return new Pool({ filename, name: 'readingTask', minThreads: 0, maxThreads: 1, idleTimeout: 60_000 })
  })
  return {
    read: async <K extends ReadingKind>(kind: K, input: ReadingInput<K>, shadow: Shadow | null = null) => {
      const task: ReadingTask<K> = { kind, file: options.file, key: options.key, input, shadow }
      // The pool hands over what the worker's function returns, untyped; `ReadingAnswer` says what that is.
      const answer = (await (await pool.use()).run(task)) as ReadingAnswer
      // An answer of every client is taken over and checked in two turns, so that others come in between.
      await nextTurn()
      if ('problem' in answer) {
        const { code, message, ...more } = answer.problem
        throw new AppError(code, message, more)
      }
      // readings.ts says what the reading of this kind gives.
      return answer.value as ReadingOutput<K>
    },
    close: () => pool.end((started) => started.destroy()),
  }
}
