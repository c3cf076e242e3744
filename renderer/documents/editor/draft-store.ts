import { createStore, type StoreApi } from 'zustand'
import type { DocumentContent } from '../document-content.ts'
import type { Edit, Problems } from './draft-edits.ts'

export type FocusTarget = { readonly lineId: string; readonly field: string }

type DraftState = {
  readonly content: DocumentContent
  readonly past: readonly DocumentContent[]
  readonly future: readonly DocumentContent[]
  /** What the last edit changed: edits of one field in a row are undone together. */
  readonly merging: string | null
  readonly editedAt: number
  readonly problems: Problems
  /** A field that a key asked for; taken as soon as it is drawn. */
  readonly focus: FocusTarget | null
}

export type DraftStore = StoreApi<DraftState> & {
  /** Applies an edit; `field` names what it changes, null for an act of its own. */
  readonly edit: (field: string | null, edit: Edit) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Takes another content without a way back past it (theirs, after a conflict). */
  readonly replace: (content: DocumentContent) => void
  readonly setProblems: (problems: Problems) => void
  readonly focusOn: (focus: FocusTarget | null) => void
}

const deepest = 200
const pauseThatParts = 1500

const without = (problems: Problems, field: string | null): Problems => {
  if (field === null || !(field in problems)) return problems
  const { [field]: _gone, ...rest } = problems
  return rest
}

/** A draft while it is edited, with its undo and redo. `now` gives milliseconds of any steady clock. */
export const createDraftStore = (initial: DocumentContent, now: () => number = () => performance.now()): DraftStore => {
  const store = createStore<DraftState>(() => ({
    content: initial,
    past: [],
    future: [],
    merging: null,
    editedAt: 0,
    problems: {},
    focus: null,
  }))
  const step = (from: 'past' | 'future', to: 'past' | 'future') => {
    const state = store.getState()
    const content = state[from].at(-1)
    if (content === undefined) return
    store.setState({
      content,
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], state.content],
      merging: null,
    })
  }
  return Object.assign(store, {
    edit: (field: string | null, edit: Edit) => {
      const { content, past, merging, editedAt, problems } = store.getState()
      const next = edit(content)
      if (next === content) return
      const at = now()
      const merges = field !== null && field === merging && at - editedAt < pauseThatParts
      store.setState({
        content: next,
        past: merges ? past : [...past.slice(1 - deepest), content],
        future: [],
        merging: field,
        editedAt: at,
        problems: without(problems, field),
      })
    },
    undo: () => step('past', 'future'),
    redo: () => step('future', 'past'),
    replace: (content: DocumentContent) =>
      store.setState({ content, past: [], future: [], merging: null, problems: {} }),
    setProblems: (problems: Problems) => store.setState({ problems }),
    focusOn: (focus: FocusTarget | null) => store.setState({ focus }),
  })
}
