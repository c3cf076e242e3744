import { rmSync } from 'node:fs'
import type { DataKey } from '../../../db/key.ts'
import { openReader } from '../../../db/open.ts'
import type { Shadow } from '../../../db/shadow.ts'
import { type PastNews, pastSteps } from '../../../shared/contract/point-in-time.ts'
import { todayIn } from '../../../shared/dates.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Clock, IdSource } from '../../../shared/ids.ts'
import type { BackupPool } from '../../backup/pool.ts'
import type { LimitedReads } from '../../reading/limited.ts'
import type { ReadingPool } from '../../reading/pool.ts'
import type { Db } from '../../rpc/handles.ts'
import type { Log } from '../../rpc/log.ts'
import type { Reach } from './cut.ts'
import type { Picture } from './make-picture.ts'
import { picturesIn } from './pictures-in.ts'
import { createQueue } from './queue.ts'

/** Who looks back, and where. */
export type Looker = {
  readonly userId: string | null
  readonly deviceId: string
  readonly organizationId: string
  readonly timezone: string
}

/** What a query is answered with in place of the present: the rows, the clock and the long readings of then. */
export type PastBooks = {
  readonly clock: Clock
  /** The rows of then and the long readings over them, as far as somebody may see them. */
  readonly through: (shadow: Shadow | null) => { readonly db: Db; readonly readings: Pick<ReadingPool, 'read'> }
}

export type PastViews = {
  readonly reach: (organizationId: string) => Promise<Reach>
  /** Makes a picture of a moment, telling how far it is; whoever stops listening takes it away. */
  readonly open: (caller: Looker, at: string, signal: AbortSignal | undefined) => AsyncGenerator<PastNews, void>
  /** The books of an open view; AppError NOT_FOUND where it was taken away, or is another person's. */
  readonly books: (id: string, caller: Looker) => PastBooks
  /** Takes a picture away for whoever had it made; false for one that is not there, or is another person's. */
  readonly close: (id: string, caller: Pick<Looker, 'userId'>) => Promise<boolean>
  /** Takes every picture away: nobody is there any more, or the data is closed. */
  readonly closeAll: () => Promise<void>
  /** Ends the thread as well. */
  readonly end: () => Promise<void>
}

type Parts = {
  readonly directory: string
  readonly key: DataKey
  readonly pool: BackupPool
  readonly readingsOf: (file: string) => ReadingPool
  readonly limitedOf: (file: string) => LimitedReads
  readonly clock: Clock
  readonly ids: IdSource
  readonly log: Log
  /** What a window that looks back may call. */
  readonly allowed: () => Promise<readonly string[]>
  /** Puts on record who looked at which moment. */
  readonly note: (caller: Looker, at: string) => Promise<void>
}

type Open = PastBooks & {
  readonly userId: string | null
  readonly organizationId: string
  readonly close: () => Promise<void>
}

// Each is as large as the books: two windows may look at two moments, no more.
const mostOpen = 2

const stepOf = (name: string) => pastSteps.find((step) => step === name) ?? 'sums'

const isoOf = (at: string) => new Date(at).toISOString()

const earliestOf = ({ details }: AppError): string | null => {
  if (typeof details !== 'object' || details === null) return null
  const earliest: unknown = Reflect.get(details, 'earliest')
  return typeof earliest === 'string' ? earliest : null
}

const removeFile = (file: string) => {
  for (const part of [file, `${file}-journal`, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true })
}

/** The views into the past of one open data folder; what a killed process left of them is removed at once. */
export const createPastViews = (parts: Parts): PastViews => {
  const { directory, key, pool, clock, ids, log } = parts
  const open = new Map<string, Open>()
  const making = new Set<Int32Array>()
  const folder = picturesIn(directory)
  // What cannot be removed now, as something else holds it, is removed at the next start: nobody is to wait for it.
  const removeFolder = () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    } catch (error) {
      log.error({ error }, 'pictures of the past could not be removed')
    }
  }
  removeFolder()

  const close = async (id: string): Promise<boolean> => {
    const view = open.get(id)
    open.delete(id)
    await view?.close()
    return view !== undefined
  }

  const keep = (id: string, at: string, { userId, organizationId }: Looker, { file }: Picture) => {
    const reader = openReader(file, key)
    const limited = parts.limitedOf(file)
    const readings = parts.readingsOf(file)
    open.set(id, {
      clock: { now: () => at },
      through: (shadow) => ({
        db: shadow === null ? reader.db : limited.through(shadow),
        readings: { read: (kind, input) => readings.read(kind, input, shadow) },
      }),
      userId,
      organizationId,
      close: async () => {
        await reader.close()
        await limited.close()
        await readings.close()
        removeFile(file)
      },
    })
  }

  const dispose = async (id: string, file: string) => {
    if (!(await close(id))) removeFile(file)
  }

  async function* make(caller: Looker, given: string, signal: AbortSignal | undefined): AsyncGenerator<PastNews, void> {
    const at = isoOf(given)
    if (at > clock.now()) throw new AppError('VALIDATION', 'Choose a moment that has been.')
    const id = ids.next()
    const left = new Int32Array(new SharedArrayBuffer(4))
    const leave = () => Atomics.store(left, 0, 1)
    signal?.addEventListener('abort', leave)
    making.add(left)
    const news = createQueue<PastNews>()
    let wanted = false
    const work = pool
      .run('lookBack', { directory, key, id, at, organizationId: caller.organizationId, left }, (progress) =>
        news.put({ kind: 'step', step: stepOf(progress.step), done: progress.done, total: progress.total }),
      )
      .finally(() => news.end())
    try {
      yield* news.all()
      const made = await work
      if (Atomics.load(left, 0) === 1) return removeFile(made.file)
      for (const oldest of [...open.keys()].slice(0, Math.max(0, open.size - mostOpen + 1))) await close(oldest)
      keep(id, at, caller, made)
      await parts.note(caller, at)
      wanted = true
      const { last, differences, milliseconds } = made
      const today = todayIn(caller.timezone, at)
      const allowed = [...(await parts.allowed())]
      yield { kind: 'open', view: { id, at, today, last, differences, milliseconds, allowed } }
    } finally {
      making.delete(left)
      signal?.removeEventListener('abort', leave)
      leave()
      // Whoever stopped listening before it was there does not wait for it either.
      if (!wanted) void work.then(({ file }) => dispose(id, file)).catch(() => undefined)
    }
  }

  const closeViews = async () => {
    for (const left of making) Atomics.store(left, 0, 1)
    for (const id of [...open.keys()]) {
      await close(id).catch((error: unknown) => log.error({ error }, 'a picture of the past could not be closed'))
    }
  }

  const closeAll = async () => {
    await closeViews()
    removeFolder()
  }

  return {
    reach: (organizationId) => pool.run('reach', { directory, key, organizationId }),
    open: async function* (caller, at, signal) {
      try {
        yield* make(caller, at, signal)
      } catch (error) {
        // Words that cross a stream as they are: an error thrown here would lose them.
        if (!(error instanceof AppError)) log.error({ error }, 'a picture of the past could not be made')
        const message =
          error instanceof AppError ? error.message : 'The past could not be shown. Your data is as it was.'
        if (error instanceof AppError && error.code === 'CANCELLED') return
        yield { kind: 'problem', message, earliest: error instanceof AppError ? earliestOf(error) : null }
      }
    },
    books: (id, caller) => {
      const view = open.get(id)
      // Made for somebody who may look back in this business; another one is another matter.
      const isTheirs = view?.userId === caller.userId && view.organizationId === caller.organizationId
      if (view !== undefined && isTheirs) return view
      throw new AppError(
        'NOT_FOUND',
        'This look into the past has ended. Go back to now, or choose the moment again.',
        {
          details: { past: 'closed' },
        },
      )
    },
    close: async (id, { userId }) => {
      const view = open.get(id)
      return view !== undefined && view.userId === userId && (await close(id))
    },
    closeAll,
    end: async () => {
      await closeViews()
      // Before its files go: it may be writing one.
      await pool.close()
      removeFolder()
    },
  }
}
