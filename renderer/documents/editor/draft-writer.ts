import { toAppError } from '../../app/errors.ts'
import { newId } from '../../ids.ts'
import type { DocumentContent } from '../document-content.ts'
import type { DocumentKind } from '../document-kind.ts'
import { type Attempt, type Autosave, createAutosave, type SaveState } from './autosave.ts'
import type { DraftStore } from './draft-store.ts'
import { dropDraft, holdDraft, keepDraft } from './kept-drafts.ts'

/** What is known of the stored draft; outlives a remount of the editor. */
export type Memory = {
  version: number | null
  /** What the core last acknowledged. */
  stored: DocumentContent | null
  unanswered: Attempt | null
}

const keepEvery = 200

/** Keeps what is written in this browser until it is stored, at most a moment behind the keys. */
const createKeeper = ({ kind, organizationId, id, store, memory }: Parts) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const write = () => {
    stop()
    const { content } = store.getState()
    const { version, unanswered } = memory
    const attempt =
      unanswered === null
        ? null
        : { ...unanswered, content: unanswered.content === content ? null : unanswered.content }
    keepDraft(kind.kept, organizationId, { id, touched: true, version, content, unanswered: attempt })
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
      stop()
      dropDraft(kind.kept, organizationId, id)
    },
  }
}

const watchWindow = (onHide: () => void): (() => void) => {
  window.addEventListener('pagehide', onHide)
  document.addEventListener('visibilitychange', onHide)
  return () => {
    window.removeEventListener('pagehide', onHide)
    document.removeEventListener('visibilitychange', onHide)
  }
}

type Parts = {
  readonly kind: DocumentKind
  readonly organizationId: string
  readonly id: string
  readonly store: DraftStore
  readonly memory: Memory
  readonly onState: (state: SaveState) => void
}

export type DraftWriter = { readonly autosave: Autosave; readonly close: () => void }

/** Saves a draft as it is written, keeps it in this browser meanwhile, and holds it against other windows. */
export const openDraftWriter = (parts: Parts): DraftWriter => {
  const { kind, id, store, memory, onState } = parts
  const keeper = createKeeper(parts)
  const autosave = createAutosave({
    version: memory.version,
    unanswered: memory.unanswered,
    newKey: newId,
    toError: toAppError,
    onState,
    onAllSaved: keeper.drop,
    save: async (attempt) => {
      const { version, content, key } = attempt
      memory.unanswered = attempt
      keeper.write()
      const saved = await kind.procedures.saveDraft({ id, version, content }, { idempotencyKey: key })
      memory.version = saved.version
      memory.stored = content
      memory.unanswered = null
      return saved
    },
  })
  const letGo = holdDraft(id)
  const stopWatching = store.subscribe((state, before) => {
    if (state.content === before.content) return
    keeper.soon()
    autosave.change(state.content)
  })
  const stopListening = watchWindow(() => {
    keeper.flush()
    if (document.visibilityState === 'hidden') void autosave.flush()
  })
  return {
    autosave,
    close: () => {
      stopListening()
      stopWatching()
      keeper.flush()
      void autosave.close().finally(letGo)
    },
  }
}
