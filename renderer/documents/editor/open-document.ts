import { useCallback, useEffect, useState } from 'react'
import type { Rounding } from '../../../shared/documents/model.ts'
import type { AppError } from '../../../shared/errors.ts'
import { api, currentAsOf } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import { queryKey } from '../../app/queries.ts'
import { queryClient } from '../../app/query-client.ts'
import type { DocumentKind, StoredDocument } from '../document-kind.ts'
import { followTerms } from './draft-edits.ts'
import type { OpenDraft } from './draft-session.ts'
import { dropDraft, type KeptDraft, keptDraft } from './kept-drafts.ts'

export type OpenDocument =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'draft'; readonly draft: OpenDraft; readonly rounding: Rounding }
  | { readonly kind: 'issued' }

// Whether the core has heard of it: the answer to a first save may have been lost.
const isKnown = async (id: string): Promise<boolean> =>
  (await api.activity.list({ entityId: id, limit: 1 })).rows.length > 0

const unansweredOf = ({ unanswered, content }: KeptDraft) =>
  unanswered === null ? null : { ...unanswered, content: unanswered.content ?? content }

const unsaved = async (kind: DocumentKind, kept: KeptDraft): Promise<OpenDocument> => {
  // How a new document rounds is the organization's choice, which a blank one tells.
  const { rounding } = await kind.procedures.blank(null)
  return {
    kind: 'draft',
    rounding,
    draft: {
      id: kept.id,
      version: null,
      content: kept.content,
      stored: null,
      savedAt: null,
      isAhead: kept.touched,
      unanswered: unansweredOf(kept),
    },
  }
}

const opened = (document: StoredDocument, kept: KeptDraft | null): OpenDocument => {
  const stored = followTerms(document.content)
  const ahead = kept?.touched ? kept : null
  return {
    kind: 'draft',
    rounding: document.rounding,
    draft: {
      id: document.id,
      // An older version than the stored one makes the first save a conflict, where one chooses.
      version: ahead === null ? document.version : ahead.version,
      content: ahead?.content ?? stored,
      stored,
      savedAt: document.updatedAt,
      isAhead: ahead !== null,
      unanswered: ahead === null ? null : unansweredOf(ahead),
    },
  }
}

const open = async (kind: DocumentKind, organizationId: string, id: string): Promise<OpenDocument> => {
  // What is being written now is no part of the past.
  const kept = currentAsOf() === null ? keptDraft(kind.kept, organizationId, id) : null
  if (kept !== null && kept.version === null && !(await isKnown(id))) return await unsaved(kind, kept)
  const document = await kind.procedures.get(id)
  if (!document.isDraft) {
    dropDraft(kind.kept, organizationId, id)
    queryClient.setQueryData(queryKey(kind.feature, 'get', organizationId, { id }), document.answer)
    return { kind: 'issued' }
  }
  return opened(document, kept)
}

/** Reads a document together with what this browser kept of it; `reload` reads it again. */
export const useOpenDocument = (kind: DocumentKind, organizationId: string, id: string) => {
  const [state, setState] = useState<OpenDocument>({ kind: 'loading' })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another reading
  useEffect(() => {
    let isWanted = true
    const read = async () => {
      try {
        const found = await open(kind, organizationId, id)
        if (isWanted) setState(found)
      } catch (thrown) {
        if (isWanted) setState({ kind: 'failed', error: toAppError(thrown) })
      }
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [kind, organizationId, id, turn])
  const reload = useCallback(() => setTurn((count) => count + 1), [])
  return { state, reload }
}
