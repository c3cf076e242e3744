import {
  type CreditNote,
  type CreditNoteContent,
  creditNoteContentSchema,
} from '../../../shared/contract/credit-notes.ts'
import { api } from '../../api.ts'
import type { DocumentContent } from '../../documents/document-content.ts'
import type { DocumentKind, IssueQuestion, StoredDocument } from '../../documents/document-kind.ts'
import {
  BuyerReferenceFact,
  CurrencyFact,
  DateFact,
  ReferenceFact,
  SupplyFact,
} from '../../documents/editor/paper-facts.tsx'
import { CreditedInvoiceFact, ReasonFact } from './credit-note-facts.tsx'

const stored = (note: CreditNote): StoredDocument => ({
  id: note.id,
  version: note.version,
  isDraft: note.state === 'draft',
  content: note.content,
  rounding: { mode: note.roundingMode, scope: note.roundingScope },
  updatedAt: note.updatedAt,
  answer: note,
})

const written = (content: DocumentContent): CreditNoteContent => ({
  ...content,
  invoiceId: content.invoiceId ?? null,
  reason: content.reason ?? null,
  mirroredTaxes: content.mirroredTaxes ?? null,
  lines: content.lines.map((line) => ({ ...line, invoiceLineId: line.invoiceLineId ?? null })),
})

const consequences = ({ content, clientName, total, number, formats }: IssueQuestion) => (
  <>
    <p>
      <strong>{clientName}</strong> is credited <strong>{total}</strong>, dated {formats.date(content.issuedOn)}. It is
      their credit until it is used for an invoice or refunded.
    </p>
    <p style={{ marginTop: 8 }}>
      It takes the number <strong>{number ?? 'next in the series'}</strong> and can no longer be changed; a mistake
      found later makes it void.
    </p>
  </>
)

/** Credit notes as the document editor knows them. */
export const creditNoteKind: DocumentKind = {
  name: 'credit-note',
  feature: 'creditNotes',
  entity: 'credit-note',
  tagged: 'credit-note',
  words: {
    one: 'credit note',
    many: 'credit notes',
    title: 'Credit note',
    addressee: 'Credited to',
    date: 'Credit note date',
    payable: 'Credit',
    notesHint: 'What is given back, and why.',
    termsHint: 'How the credit is paid back or used.',
  },
  paths: { list: '/credit-notes', one: '/credit-notes/$id' },
  procedures: {
    get: async (id) => stored(await api.creditNotes.get({ id })),
    blank: async (clientId) => {
      const { content, roundingMode, roundingScope } = await api.creditNotes.blank({ clientId })
      return { content, rounding: { mode: roundingMode, scope: roundingScope } }
    },
    saveDraft: ({ content, ...draft }, options) =>
      api.creditNotes.saveDraft({ ...draft, content: written(content) }, options),
    deleteDraft: (draft) => api.creditNotes.deleteDraft(draft),
    restoreDraft: (draft) => api.creditNotes.restoreDraft(draft),
    issue: (draft) => api.creditNotes.issue(draft),
    preview: (content, options) => api.creditNotes.preview({ content: written(content) }, options),
  },
  kept: { prefix: 'counterfoil.credit-note-draft.', content: creditNoteContentSchema },
  facts: [DateFact, CreditedInvoiceFact, ReasonFact, ReferenceFact, BuyerReferenceFact, SupplyFact, CurrencyFact],
  hasPrepaid: false,
  consequences,
  comparedFields: () => [{ path: 'reason', label: 'Reason' }],
}
