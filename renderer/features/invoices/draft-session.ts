import { useEffect, useMemo, useRef, useState } from 'react'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import { newId } from '../../ids.ts'
import { type Attempt, type Autosave, createAutosave, type SaveState } from './autosave.ts'
import { problemsOf } from './draft-edits.ts'
import { createDraftStore, type DraftStore } from './draft-store.ts'
import { dropDraft, holdDraft, keepDraft } from './kept-drafts.ts'

export type OpenDraft = {
  readonly id: string
  /** null: the core has none yet. */
  readonly version: number | null
  readonly content: InvoiceContent
  /** The content as the core has it, where this browser kept a newer one. */
  readonly stored: InvoiceContent | null
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
  readonly resolve: (version: number, content: InvoiceContent | null) => void
  /** The content that the core last acknowledged. */
  readonly stored: () => InvoiceContent | null
}

const keepEvery = 200

type Writing = {
  readonly version: number | null
  readonly content: InvoiceContent
  readonly unanswered: Attempt | null
}

/** Keeps what is written in this browser until it is stored, at most a moment behind the keys. */
const createKeeper = (organizationId: string, id: string, read: () => Writing) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    const { version, content, unanswered } = read()
    const attempt =
      unanswered === null
        ? null
        : { ...unanswered, content: unanswered.content === content ? null : unanswered.content }
    keepDraft(organizationId, { id, touched: true, version, content, unanswered: attempt })
  }
  return {
    soon: () => {
      timer ??= setTimeout(write, keepEvery)
    },
    write,
    /** What waits to be written, before the window goes. */
    flush: () => {
      if (timer !== undefined) write()
    },
    drop: () => {
      clearTimeout(timer)
      timer = undefined
      dropDraft(organizationId, id)
    },
  }
}

const firstState = (draft: OpenDraft): SaveState =>
  draft.isAhead ? { kind: 'unsaved' } : draft.version === null ? { kind: 'new' } : { kind: 'saved', at: draft.savedAt }

/** A draft that is being edited: its store, its saving, what is kept in this browser. */
export const useDraftSession = (organizationId: string, draft: OpenDraft): DraftSession => {
  const [store] = useState(() => createDraftStore(draft.content))
  const [saveState, setSaveState] = useState<SaveState>(() => firstState(draft))
  const autosave = useRef<Autosave | null>(null)
  const stored = useRef<InvoiceContent | null>(draft.stored)
  const version = useRef(draft.version)
  const unanswered = useRef(draft.unanswered)

  useEffect(() => {
    const keeper = createKeeper(organizationId, draft.id, () => ({
      version: version.current,
      content: store.getState().content,
      unanswered: unanswered.current,
    }))
    const saving = createAutosave({
      version: version.current,
      unanswered: unanswered.current,
      newKey: newId,
      toError: toAppError,
      save: async (attempt) => {
        const { content, key } = attempt
        unanswered.current = attempt
        keeper.write()
        const saved = await api.invoices.saveDraft(
          { id: draft.id, version: attempt.version, content },
          { idempotencyKey: key },
        )
        version.current = saved.version
        stored.current = content
        unanswered.current = null
        return saved
      },
      onState: (state) => {
        setSaveState(state)
        if (state.kind !== 'refused') return
        store.setProblems(problemsOf(state.error.fields ?? {}, store.getState().content))
      },
      onAllSaved: keeper.drop,
    })
    autosave.current = saving
    const letGo = holdDraft(draft.id)
    if (draft.isAhead && stored.current !== store.getState().content) saving.change(store.getState().content)
    const stopWatching = store.subscribe((state, before) => {
      if (state.content === before.content) return
      keeper.soon()
      saving.change(state.content)
    })
    const onHide = () => {
      keeper.flush()
      if (document.visibilityState === 'hidden') void saving.flush()
    }
    window.addEventListener('pagehide', onHide)
    document.addEventListener('visibilitychange', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      document.removeEventListener('visibilitychange', onHide)
      stopWatching()
      keeper.flush()
      void saving.close().finally(letGo)
      // A new invoice that nobody wrote on leaves nothing behind.
      if (version.current === null && store.getState().past.length === 0 && !draft.isAhead) keeper.drop()
    }
  }, [organizationId, draft, store])

  return useMemo(
    () => ({
      store,
      saveState,
      saveNow: async () => {
        if (version.current === null) autosave.current?.change(store.getState().content)
        return (await autosave.current?.flush()) ?? false
      },
      version: () => version.current,
      resolve: (seen, content) => {
        version.current = seen
        if (content !== null) store.replace(content)
        autosave.current?.resolve(seen, content)
      },
      stored: () => stored.current,
    }),
    [store, saveState],
  )
}
