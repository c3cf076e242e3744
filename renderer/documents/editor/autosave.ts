import type { AppError } from '../../../shared/errors.ts'
import type { DocumentContent } from '../document-content.ts'

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
export type Attempt = { readonly version: number | null; readonly content: DocumentContent; readonly key: string }

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
  readonly change: (content: DocumentContent) => void
  /** Saves at once what is not saved yet; true once all of it is stored. */
  readonly flush: () => Promise<boolean>
  readonly version: () => number | null
  /** Goes on from a version that was read, after a conflict: `content` is saved over it, null takes it as it is. */
  readonly resolve: (version: number, content: DocumentContent | null) => void
  /** Ends the timers; what waits is saved once more, without anybody watching. Resolves when that is over. */
  readonly close: () => Promise<unknown>
}

// An answer that never came may have been a success: the very same call is repeated, which its key makes harmless.
const isWorthRetrying = (error: AppError) =>
  error.code === 'STORAGE_UNAVAILABLE' || error.code === 'STORAGE_FULL' || error.code === 'UNEXPECTED'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

class Saver implements Autosave {
  readonly #options: Options
  #version: number | null
  #unanswered: Attempt | null
  #waiting: DocumentContent | null = null
  #running: Promise<boolean> | null = null
  #blocked = false
  #closed = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: Options) {
    this.#options = options
    this.#version = options.version
    this.#unanswered = options.unanswered ?? null
  }

  change(content: DocumentContent): void {
    this.#waiting = content
    if (this.#blocked) return
    if (this.#running === null) this.#tell({ kind: 'unsaved' })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), this.#options.wait ?? 600)
  }

  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    if (this.#blocked) return false
    // Whoever asks while a save runs waits for it and for what came after it.
    this.#running ??= this.#drain().finally(() => {
      this.#running = null
    })
    return await this.#running
  }

  version(): number | null {
    return this.#version
  }

  resolve(seen: number, content: DocumentContent | null): void {
    this.#version = seen
    this.#blocked = false
    this.#waiting = content
    if (content === null) this.#tell({ kind: 'saved', at: null })
    else void this.flush()
  }

  close(): Promise<unknown> {
    const last = this.flush()
    this.#closed = true
    return last
  }

  #tell(state: SaveState): void {
    if (!this.#closed) this.#options.onState(state)
  }

  /** What is to be sent next. */
  #take(): Attempt | null {
    if (this.#blocked) return null
    const again = this.#unanswered
    this.#unanswered = null
    if (again !== null) return again
    const content = this.#waiting
    this.#waiting = null
    return content === null ? null : { version: this.#version, content, key: this.#options.newKey() }
  }

  async #drain(): Promise<boolean> {
    for (let next = this.#take(); next !== null; next = this.#take()) {
      this.#tell({ kind: 'saving' })
      if (!(await this.#send(next))) return false
    }
    return this.#waiting === null
  }

  /** Sends one content until there is an answer; false when the answer is a refusal. */
  async #send(attempt: Attempt): Promise<boolean> {
    const { save, toError, slowAfter = 1500, retryWait = 2000 } = this.#options
    for (;;) {
      const slow = setTimeout(() => this.#tell({ kind: 'retrying' }), slowAfter)
      try {
        this.#accept(await save(attempt))
        return true
      } catch (thrown) {
        const error = toError(thrown)
        if (!isWorthRetrying(error)) {
          this.#refuse(attempt, error)
          return false
        }
        this.#tell({ kind: 'retrying' })
        if (this.#closed) return false
        await pause(retryWait)
      } finally {
        clearTimeout(slow)
      }
    }
  }

  #accept(saved: Saved): void {
    this.#version = saved.version
    if (this.#waiting !== null) return
    this.#tell({ kind: 'saved', at: saved.savedAt })
    this.#options.onAllSaved()
  }

  #refuse(attempt: Attempt, error: AppError): void {
    this.#waiting ??= attempt.content
    this.#blocked = error.code === 'CONFLICT'
    this.#tell(this.#blocked ? { kind: 'conflict' } : { kind: 'refused', error })
  }
}

/** Saves a draft some time after the last change: one save at a time, the newest content next, nothing given up. */
export const createAutosave = (options: Options): Autosave => new Saver(options)
