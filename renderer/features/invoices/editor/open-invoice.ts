import { useCallback, useEffect, useState } from 'react'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import type { Rounding } from '../../../../shared/documents/model.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { api } from '../../../api.ts'
import { toAppError } from '../../../app/errors.ts'
import { queryKey } from '../../../app/queries.ts'
import { queryClient } from '../../../app/query-client.ts'
import { followTerms } from './draft-edits.ts'
import type { OpenDraft } from './draft-session.ts'
import { dropDraft, type KeptDraft, keptDraft } from './kept-drafts.ts'

export type OpenInvoice =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'draft'; readonly draft: OpenDraft; readonly rounding: Rounding }
  | { readonly kind: 'issued' }

// Whether the core has heard of it: the answer to a first save may have been lost.
const isKnown = async (id: string): Promise<boolean> =>
  (await api.activity.list({ entityId: id, limit: 1 })).rows.length > 0

const unansweredOf = ({ unanswered, content }: KeptDraft) =>
  unanswered === null ? null : { ...unanswered, content: unanswered.content ?? content }

const unsaved = async (kept: KeptDraft): Promise<OpenInvoice> => {
  // How a new document rounds is the organization's choice, which a blank one tells.
  const { roundingMode, roundingScope } = await api.invoices.blank({})
  return {
    kind: 'draft',
    rounding: { mode: roundingMode, scope: roundingScope },
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

const opened = (invoice: Invoice, kept: KeptDraft | null): OpenInvoice => {
  const stored = followTerms(invoice.content)
  const ahead = kept?.touched ? kept : null
  return {
    kind: 'draft',
    rounding: { mode: invoice.roundingMode, scope: invoice.roundingScope },
    draft: {
      id: invoice.id,
      // An older version than the stored one makes the first save a conflict, where one chooses.
      version: ahead === null ? invoice.version : ahead.version,
      content: ahead?.content ?? stored,
      stored,
      savedAt: invoice.updatedAt,
      isAhead: ahead !== null,
      unanswered: ahead === null ? null : unansweredOf(ahead),
    },
  }
}

const open = async (organizationId: string, id: string): Promise<OpenInvoice> => {
  const kept = keptDraft(organizationId, id)
  if (kept !== null && kept.version === null && !(await isKnown(id))) return await unsaved(kept)
  const invoice = await api.invoices.get({ id })
  if (invoice.state !== 'draft') {
    dropDraft(organizationId, id)
    queryClient.setQueryData(queryKey('invoices', 'get', organizationId, { id }), invoice)
    return { kind: 'issued' }
  }
  return opened(invoice, kept)
}

/** Reads an invoice together with what this browser kept of it; `reload` reads it again. */
export const useOpenInvoice = (organizationId: string, id: string) => {
  const [state, setState] = useState<OpenInvoice>({ kind: 'loading' })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another reading
  useEffect(() => {
    let isWanted = true
    const read = async () => {
      try {
        const found = await open(organizationId, id)
        if (isWanted) setState(found)
      } catch (thrown) {
        if (isWanted) setState({ kind: 'failed', error: toAppError(thrown) })
      }
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [organizationId, id, turn])
  const reload = useCallback(() => setTurn((count) => count + 1), [])
  return { state, reload }
}
