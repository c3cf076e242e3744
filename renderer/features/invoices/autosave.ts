import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import type { AppError } from '../../../shared/errors.ts'

export type SaveState =
  | { readonly kind: 'new' }
  | { readonly kind: 'saved'; readonly at: string | null }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** It did not work, or takes long; the content is kept in this browser and tried again. */
  | { readonly kind: 'retrying' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly error: AppError }

type Saved = { readonly version: number; readonly savedAt: string }
export type Attempt = { readonly version: number | null; readonly content: InvoiceContent; readonly key: string }

type Options = {
  /** The version that the store holds; null before the first save. */
  readonly version: number | null
  /** A save of an earlier life whose answer never came: it is repeated before anything else. */
  readonly unanswered?: Attempt | null
  readonly save: (attempt: Attempt) => Promise<Saved>
  readonly newKey: () => string
  readonly toError: (thrown: unknown) => AppError
  readonly onState: (state: SaveState) => void
  /** Told when everything written so far is stored. */
  readonly onAllSaved: () => void
  /** Milliseconds after the last change. */
  readonly wait?: number
  readonly retryWait?: number
  readonly slowAfter?: number
}

export type Autosave = {
  /** Saves this content soon. */
  readonly change: (content: InvoiceContent) => void
  /** Saves at once what is not saved yet; true once all of it is stored. */
  readonly flush: () => Promise<boolean>
  readonly version: () => number | null
  /** Goes on from a version that was read, after a conflict: `content` is saved over it, null takes it as it is. */
  readonly resolve: (version: number, content: InvoiceContent | null) => void
  /** Ends the timers; what waits is saved once more, without anybody watching. Resolves when that is over. */
  readonly close: () => Promise<unknown>
}

// An answer that never came may have been a success: the very same call is repeated, which its key makes harmless.
const isWorthRetrying = (error: AppError) =>
  error.code === 'STORAGE_UNAVAILABLE' || error.code === 'STORAGE_FULL' || error.code === 'UNEXPECTED'

/** Saves a draft some time after the last change: one save at a time, the newest content next, nothing given up. */
export const createAutosave = (options: Options): Autosave => {
  const { save, newKey, toError, onAllSaved, wait = 600, retryWait = 2000, slowAfter = 1500 } = options
  let version = options.version
  let waiting: InvoiceContent | null = null
  let unanswered = options.unanswered ?? null
  let running: Promise<boolean> | null = null
  let blocked = false
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (state: SaveState) => {
    if (!closed) options.onState(state)
  }
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

  const attempt = async (call: Attempt): Promise<boolean> => {
    for (;;) {
      const slow = setTimeout(() => tell({ kind: 'retrying' }), slowAfter)
      try {
        const saved = await save(call)
        version = saved.version
        if (waiting === null) {
          tell({ kind: 'saved', at: saved.savedAt })
          onAllSaved()
        }
        return true
      } catch (thrown) {
        const error = toError(thrown)
        if (!isWorthRetrying(error)) {
          waiting ??= call.content
          blocked = error.code === 'CONFLICT'
          tell(blocked ? { kind: 'conflict' } : { kind: 'refused', error })
          return false
        }
        tell({ kind: 'retrying' })
        if (closed) return false
        await pause(retryWait)
      } finally {
        clearTimeout(slow)
      }
    }
  }

  /** What is to be sent next. */
  const take = (): Attempt | null => {
    if (blocked) return null
    const again = unanswered
    unanswered = null
    if (again !== null) return again
    const content = waiting
    waiting = null
    return content === null ? null : { version, content, key: newKey() }
  }

  const drain = async (): Promise<boolean> => {
    for (let next = take(); next !== null; next = take()) {
      tell({ kind: 'saving' })
      if (!(await attempt(next))) return false
    }
    return waiting === null
  }

  const flush = async (): Promise<boolean> => {
    clearTimeout(timer)
    if (blocked) return false
    // Whoever asks while a save runs waits for it and for what came after it.
    running ??= drain().finally(() => {
      running = null
    })
    return await running
  }

  const schedule = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), wait)
  }

  return {
    change: (content) => {
      waiting = content
      if (blocked) return
      if (running === null) tell({ kind: 'unsaved' })
      schedule()
    },
    flush,
    version: () => version,
    resolve: (seen, content) => {
      version = seen
      blocked = false
      waiting = content
      if (content === null) tell({ kind: 'saved', at: null })
      else void flush()
    },
    close: () => {
      const last = flush()
      closed = true
      return last
    },
  }
}
