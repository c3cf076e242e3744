import type { ImportProgress } from '../../shared/contract/data-imports.ts'
import { AppError } from '../../shared/errors.ts'

/** What the work itself says, piece by piece. */
export type Reporter = {
  readonly read: (rowsRead: number, rows: number, of: number | null) => void
  /** Counts records that are done; AppError CANCELLED once somebody has stopped the work. */
  readonly step: (count: number) => void
  readonly end: () => void
}

type Board = {
  /** Begins to report under an id; null for work that nobody follows. */
  readonly begin: (id: string | null, signal: AbortSignal | undefined) => Reporter
  /** Every state that is new, the last one for each look, until the work ends or the signal aborts. */
  readonly watch: (id: string, signal: AbortSignal | undefined) => AsyncIterable<ImportProgress>
  /** false where no such work goes on. */
  readonly stop: (id: string) => boolean
}
export type ProgressBoard = Board

type Entry = {
  state: ImportProgress | null
  stopped: boolean
  ended: boolean
  working: boolean
  readonly wakes: Set<() => void>
}

/** Keeps how far long works are, for those who follow them; nothing of it is stored. */
export const createProgressBoard = (): ProgressBoard => {
  const entries = new Map<string, Entry>()
  const entryOf = (id: string): Entry => {
    const entry = entries.get(id) ?? { state: null, stopped: false, ended: false, working: false, wakes: new Set() }
    entries.set(id, entry)
    return entry
  }
  // Kept while somebody works or looks; a look may begin before the work does.
  const release = (id: string, entry: Entry) => {
    if (!entry.working && entry.wakes.size === 0 && entries.get(id) === entry) entries.delete(id)
  }

  const begin: Board['begin'] = (id, signal) => {
    const entry = id === null ? null : entryOf(id)
    let state: ImportProgress = { rowsRead: 0, rows: 0, done: 0, of: null }
    if (entry !== null) entry.working = true
    const tell = (next: ImportProgress) => {
      state = next
      if (entry === null) return
      entry.state = next
      for (const wake of entry.wakes) wake()
    }
    return {
      read: (rowsRead, rows, of) => tell({ ...state, rowsRead, rows, of: of ?? (rowsRead === rows ? rows : null) }),
      step: (count) => {
        if (entry?.stopped === true || signal?.aborted === true)
          throw new AppError('CANCELLED', 'The import was stopped. Nothing was saved.')
        if (count > 0) tell({ ...state, done: state.done + count })
      },
      end: () => {
        if (entry === null || id === null) return
        entry.working = false
        entry.ended = true
        for (const wake of entry.wakes) wake()
        release(id, entry)
      },
    }
  }

  async function* watch(id: string, signal: AbortSignal | undefined): AsyncGenerator<ImportProgress> {
    const entry = entryOf(id)
    let wake = (): void => undefined
    const listen = () => wake()
    entry.wakes.add(listen)
    signal?.addEventListener('abort', listen)
    let shown: ImportProgress | null = null
    try {
      while (signal?.aborted !== true) {
        const { state, ended } = entry
        if (state !== null && state !== shown) {
          shown = state
          yield state
          continue
        }
        if (ended) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      entry.wakes.delete(listen)
      signal?.removeEventListener('abort', listen)
      release(id, entry)
    }
  }

  return {
    begin,
    watch,
    stop: (id) => {
      const entry = entries.get(id)
      if (entry === undefined || entry.ended) return false
      entry.stopped = true
      return true
    },
  }
}
