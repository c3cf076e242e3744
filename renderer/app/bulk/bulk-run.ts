import { create } from 'zustand'
import { showToast } from '../../ui/toast.tsx'
import { holdChanges } from '../change-feed.ts'
import { describeError } from '../errors.ts'

/** How an act on one row went. */
export type BulkOutcome = {
  /** In words: `Issued as INV-0042`. */
  readonly text: string
  /** Nothing was to do here. */
  readonly isSkipped?: boolean
  /** Takes it back. */
  readonly undo?: () => Promise<unknown>
}

export type BulkWork<Row> = {
  /** `Issue 12 invoices` */
  readonly title: string
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  /** What a row is called in the results: `INV-0042 · Acme`. */
  readonly rowName: (row: Row) => string
  /** Does it to one row; what it throws is the result of that row alone. */
  readonly act: (row: Row) => Promise<BulkOutcome>
  /** The row as it stands now, for another try; without it the same row is tried. */
  readonly reread?: (row: Row) => Promise<Row>
  /** What a toast says of the rows that it was done to: `12 invoices are issued.` */
  readonly done: (count: number) => string
  /** true: results are shown even where all went well (what goes out, what gets a number). */
  readonly isShown?: boolean
  readonly onEnd?: () => void
}

export type BulkState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed' | 'undone'
export type BulkResult = {
  readonly id: string
  readonly name: string
  readonly state: BulkState
  readonly text: string
  readonly undo: (() => Promise<unknown>) | undefined
}

type Step = { readonly title: string; readonly rows: readonly BulkResult[] }

type Bulk = Step & {
  readonly isOpen: boolean
  readonly phase: 'running' | 'undoing' | 'ended'
  readonly isCancelled: boolean
  readonly retry: (() => void) | null
}

/** The run that is on, or whose results are looked at; null for none. */
export const useBulk = create<{ readonly bulk: Bulk | null }>(() => ({ bulk: null }))

const change = (next: (bulk: Bulk) => Partial<Bulk>) =>
  useBulk.setState(({ bulk }) => (bulk === null ? {} : { bulk: { ...bulk, ...next(bulk) } }))

const put = (id: string, result: Partial<BulkResult>) =>
  change(({ rows }) => ({ rows: rows.map((row) => (row.id === id ? { ...row, ...result } : row)) }))

const current = () => useBulk.getState().bulk

/** Stops after the row that is being worked on. */
export const cancelBulk = (): void => change(() => ({ isCancelled: true }))

/** Puts the results away; a run that is on goes on. */
export const closeBulk = (): void =>
  useBulk.setState(({ bulk }) => ({
    bulk: bulk === null || bulk.phase === 'ended' ? null : { ...bulk, isOpen: false },
  }))

/** How many rows stand so. */
export const countOf = (rows: readonly BulkResult[], ...states: readonly BulkState[]): number =>
  rows.filter(({ state }) => states.includes(state)).length

/** Takes back whatever can be, the last one first; what cannot says why in its row. */
export const undoBulk = async (): Promise<void> => {
  const open =
    current()
      ?.rows.filter((row) => row.undo !== undefined)
      .toReversed() ?? []
  if (open.length === 0) return
  change(() => ({ phase: 'undoing', isCancelled: false, retry: null }))
  const release = holdChanges()
  for (const { id, undo } of open) {
    if (current()?.isCancelled) break
    try {
      await undo?.()
      put(id, { state: 'undone', text: 'Taken back', undo: undefined })
    } catch (thrown) {
      put(id, { text: `Not taken back: ${describeError(thrown).message}`, undo: undefined })
      change(() => ({ isOpen: true }))
    }
  }
  release()
  change(() => ({ phase: 'ended' }))
  const bulk = current()
  if (bulk !== null && !bulk.isOpen) {
    showToast({ message: `${countOf(bulk.rows, 'undone')} taken back.` })
    closeBulk()
  }
}

const patienceMilliseconds = 500

const actOn = async <Row>(work: BulkWork<Row>, row: Row, isAgain: boolean) => {
  const id = work.rowId(row)
  put(id, { state: 'running', text: '' })
  try {
    const outcome = await work.act(isAgain && work.reread !== undefined ? await work.reread(row) : row)
    put(id, { state: outcome.isSkipped ? 'skipped' : 'done', text: outcome.text, undo: outcome.undo })
  } catch (thrown) {
    put(id, { state: 'failed', text: describeError(thrown).message })
  }
}

const finish = <Row>(work: BulkWork<Row>, isAgain: boolean) => {
  const bulk = current()
  if (bulk === null) return
  const failed = new Set(bulk.rows.filter(({ state }) => state === 'failed').map(({ id }) => id))
  change(({ rows, isOpen, isCancelled }) => ({
    phase: 'ended',
    // What only opened because it took a moment closes by itself: a slower computer asks for no more clicks.
    isOpen: (isOpen && (isAgain || work.isShown === true)) || failed.size > 0 || isCancelled,
    rows: rows.map((row) => (row.state === 'waiting' ? { ...row, text: 'Left out' } : row)),
    retry:
      failed.size === 0
        ? null
        : () =>
            void go(
              work,
              work.rows.filter((row) => failed.has(work.rowId(row))),
              true,
            ),
  }))
  work.onEnd?.()
  const done = countOf(bulk.rows, 'done')
  const canUndo = bulk.rows.some((row) => row.undo !== undefined)
  if (current()?.isOpen) return
  showToast({
    message: done === 0 ? 'Nothing was to do.' : work.done(done),
    ...(canUndo ? { undo: undoBulk } : {}),
  })
}

const go = async <Row>(work: BulkWork<Row>, rows: readonly Row[], isAgain: boolean): Promise<void> => {
  change(() => ({ phase: 'running', isCancelled: false, retry: null }))
  // Quick work ends before anybody would read a dialog; what takes longer shows where it is.
  const slow = setTimeout(() => change(() => ({ isOpen: true })), patienceMilliseconds)
  const release = holdChanges()
  for (const row of rows) {
    if (current()?.isCancelled) break
    await actOn(work, row, isAgain)
  }
  clearTimeout(slow)
  release()
  finish(work, isAgain)
}

/** Does an act to rows one after the other: each with its own result, to be stopped, tried again and taken back. */
export const runBulk = <Row>(work: BulkWork<Row>): void => {
  if (current()?.phase === 'running' || current()?.phase === 'undoing') {
    showToast({ message: 'Another run is still on; it has to end first.', tone: 'problem' })
    change(() => ({ isOpen: true }))
    return
  }
  useBulk.setState({
    bulk: {
      title: work.title,
      rows: work.rows.map((row) => ({
        id: work.rowId(row),
        name: work.rowName(row),
        state: 'waiting',
        text: '',
        undo: undefined,
      })),
      isOpen: work.isShown ?? false,
      phase: 'running',
      isCancelled: false,
      retry: null,
    },
  })
  void go(work, work.rows, false)
}
