import { fileURLToPath } from 'node:url'
import type { DataKey } from '../../db/key.ts'
import { remoteReader } from '../../db/remote-driver.ts'
import type { Shadow } from '../../db/shadow.ts'
import { firstUse } from '../first-use.ts'
import type { Db } from '../rpc/handles.ts'
import type { LimitedAnswer, LimitedTask } from './limited-worker.ts'

/** What people read who see a part of a business: in a thread, as its sums are made anew and would hold up others. */
export type LimitedReads = {
  /** A handle that reads through a shadow. */
  readonly through: (shadow: Shadow) => Db
  readonly close: () => Promise<void>
}

/** SQLite's own word for what went wrong, which errors lose on their way between threads. */
class StatementError extends Error {
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}

/** One thread on a database file: it begins with the first reading, and ends with its connections after the last. */
export const createLimitedReads = (options: {
  readonly workerUrl: string
  readonly file: string
  readonly key: DataKey
  readonly idleMilliseconds?: number
}): LimitedReads => {
  const { file, key } = options
  const handles = new Map<string, Db>()
  const pool = firstUse(async () => {
    const { Tinypool: Pool } = await import('tinypool')
    return new Pool({
      filename: fileURLToPath(options.workerUrl),
      name: 'limitedTask',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: options.idleMilliseconds ?? 60_000,
    })
  })
  const run = async (task: LimitedTask): Promise<LimitedAnswer> =>
    // The pool hands over what the worker's function returns, untyped; `LimitedAnswer` says what that is.
    (await (await pool.use()).run(task)) as LimitedAnswer
  const readerOf = (shadow: Shadow): Db =>
    remoteReader(async (sql, parameters) => {
      const asked = { file, shadowKey: shadow.key, sql, parameters }
      let answer = await run({ ...asked, opening: null })
      if ('unknown' in answer) answer = await run({ ...asked, opening: { key, shadow } })
      if ('rows' in answer) return answer.rows
      if ('problem' in answer) throw new StatementError(answer.problem.message, answer.problem.code)
      throw new Error('A thread that was told how to open a connection opened none.')
    })
  return {
    through: (shadow) => {
      const known = handles.get(shadow.key) ?? readerOf(shadow)
      handles.set(shadow.key, known)
      return known
    },
    close: () => pool.end((started) => started.destroy()),
  }
}
