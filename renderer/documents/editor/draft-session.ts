import { useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentContent } from '../document-content.ts'
import type { DocumentKind } from '../document-kind.ts'
import type { Attempt, SaveState } from './autosave.ts'
import { problemsOf } from './draft-edits.ts'
import { createDraftStore, type DraftStore } from './draft-store.ts'
import { type DraftWriter, type Memory, openDraftWriter } from './draft-writer.ts'
import { dropDraft } from './kept-drafts.ts'

export type OpenDraft = {
  readonly id: string
  /** null: the core has none yet. */
  readonly version: number | null
  readonly content: DocumentContent
  /** The content as the core has it, where this browser kept a newer one. */
  readonly stored: DocumentContent | null
  readonly savedAt: string | null
  /** The kept content is newer than what the core has, and goes there first. */
  readonly isAhead: boolean
  /** A save of an earlier window whose answer never came. */
  readonly unanswered: Attempt | null
}

export type DraftSession = {
  readonly store: DraftStore
  readonly saveState: SaveState
  /** Stores everything written so far; false while that is not possible. */
  readonly saveNow: () => Promise<boolean>
  readonly version: () => number | null
  /** Goes on after a conflict with a content saved over `version`; null takes the stored one as it is. */
  readonly resolve: (version: number, content: DocumentContent | null) => void
  /** The content that the core last acknowledged. */
  readonly stored: () => DocumentContent | null
}

const firstState = (draft: OpenDraft): SaveState =>
  draft.isAhead ? { kind: 'unsaved' } : draft.version === null ? { kind: 'new' } : { kind: 'saved', at: draft.savedAt }

/** A draft that is being edited: its store, its saving, what is kept in this browser. */
export const useDraftSession = (kind: DocumentKind, organizationId: string, draft: OpenDraft): DraftSession => {
  const [store] = useState(() => createDraftStore(draft.content))
  const [memory] = useState<Memory>(() => ({
    version: draft.version,
    stored: draft.stored,
    unanswered: draft.unanswered,
  }))
  const [saveState, setSaveState] = useState<SaveState>(() => firstState(draft))
  const writer = useRef<DraftWriter | null>(null)

  useEffect(() => {
    const onState = (state: SaveState) => {
      // Told with every key: what was unsaved and still is draws nothing anew.
      setSaveState((before) => (before.kind === 'unsaved' && state.kind === 'unsaved' ? before : state))
      if (state.kind !== 'refused') return
      store.setProblems(problemsOf(state.error.fields ?? {}, store.getState().content))
    }
    const opened = openDraftWriter({ kind, organizationId, id: draft.id, store, memory, onState })
    writer.current = opened
    const { content } = store.getState()
    if (draft.isAhead && memory.stored !== content) opened.autosave.change(content)
    return () => {
      opened.close()
      // A new document that nobody wrote on leaves nothing behind.
      const isUntouched = memory.version === null && store.getState().past.length === 0 && !draft.isAhead
      if (isUntouched) dropDraft(kind.kept, organizationId, draft.id)
    }
  }, [kind, organizationId, draft, store, memory])

  return useMemo(
    () => ({
      store,
      saveState,
      saveNow: async () => {
        if (memory.version === null) writer.current?.autosave.change(store.getState().content)
        return (await writer.current?.autosave.flush()) ?? false
      },
      version: () => memory.version,
      resolve: (seen, content) => {
        memory.version = seen
        if (content !== null) store.replace(content)
        writer.current?.autosave.resolve(seen, content)
      },
      stored: () => memory.stored,
    }),
    [store, memory, saveState],
  )
}
