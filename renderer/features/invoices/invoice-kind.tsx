import { type Invoice, type InvoiceContent, invoiceContentSchema } from '../../../shared/contract/invoices.ts'
import { zero } from '../../../shared/money/scaled.ts'
import { api } from '../../api.ts'
import type { DocumentContent } from '../../documents/document-content.ts'
import type { DocumentKind, IssueQuestion, StoredDocument } from '../../documents/document-kind.ts'
import { dueDate } from '../../documents/editor/draft-edits.ts'
import {
  BuyerReferenceFact,
  CurrencyFact,
  DateFact,
  DueFact,
  ReferenceFact,
  SupplyFact,
  TermsFact,
} from '../../documents/editor/paper-facts.tsx'
import { DraftRecurring } from './make-recurring.tsx'

const stored = (invoice: Invoice): StoredDocument => ({
  id: invoice.id,
  version: invoice.version,
  isDraft: invoice.state === 'draft',
  content: invoice.content,
  rounding: { mode: invoice.roundingMode, scope: invoice.roundingScope },
  updatedAt: invoice.updatedAt,
  answer: invoice,
})

const written = (content: DocumentContent): InvoiceContent => ({
  ...content,
  dueOn: content.dueOn ?? null,
  paymentTermsDays: content.paymentTermsDays ?? null,
  prepaidE4: content.prepaidE4 ?? zero,
})

const consequences = ({ content, clientName, total, number, formats }: IssueQuestion) => {
  const due = dueDate(content)
  return (
    <>
      <p>
        <strong>{clientName}</strong> is billed <strong>{total}</strong>, dated {formats.date(content.issuedOn)}
        {due === null ? '' : ` and due ${formats.date(due)}`}.
      </p>
      <p style={{ marginTop: 8 }}>
        It takes the number <strong>{number ?? 'next in the series'}</strong> and can no longer be changed. A mistake
        found later is corrected by a credit note and a new invoice, which is one step.
      </p>
    </>
  )
}

/** Invoices as the document editor knows them. */
export const invoiceKind: DocumentKind = {
  name: 'invoice',
  feature: 'invoices',
  entity: 'invoice',
  tagged: 'invoice',
  words: {
    one: 'invoice',
    many: 'invoices',
    title: 'Invoice',
    addressee: 'Billed to',
    date: 'Invoice date',
    payable: 'Amount due',
    notesHint: 'Thank you for your business.',
    termsHint: 'How and until when to pay.',
  },
  paths: { list: '/invoices', one: '/invoices/$id' },
  procedures: {
    get: async (id) => stored(await api.invoices.get({ id })),
    blank: async (clientId) => {
      const { content, roundingMode, roundingScope } = await api.invoices.blank({ clientId })
      return { content, rounding: { mode: roundingMode, scope: roundingScope } }
    },
    saveDraft: ({ content, ...draft }, options) =>
      api.invoices.saveDraft({ ...draft, content: written(content) }, options),
    deleteDraft: (draft) => api.invoices.deleteDraft(draft),
    restoreDraft: (draft) => api.invoices.restoreDraft(draft),
    duplicate: (draft) => api.invoices.duplicate(draft),
    issue: (draft) => api.invoices.issue(draft),
    preview: (content, options) => api.invoices.preview({ content: written(content) }, options),
  },
  kept: { prefix: 'counterfoil.draft.', content: invoiceContentSchema },
  facts: [DateFact, TermsFact, DueFact, ReferenceFact, BuyerReferenceFact, SupplyFact, CurrencyFact],
  hasPrepaid: true,
  DraftItems: DraftRecurring,
  consequences,
}
