import { type Quote, type QuoteContent, quoteContentSchema } from '../../../shared/contract/quotes.ts'
import { api } from '../../api.ts'
import type { DocumentContent } from '../../documents/document-content.ts'
import type { DocumentKind, IssueQuestion, StoredDocument } from '../../documents/document-kind.ts'
import { CurrencyFact, DateFact, ReferenceFact, SupplyFact } from '../../documents/editor/paper-facts.tsx'
import { hasChoiceNote, LineChoiceMenu, LineChoiceNote } from './editor/line-choice.tsx'
import { asQuoteLine, missingChoices } from './editor/line-choices.ts'
import { ValidUntilFact } from './editor/valid-until-fact.tsx'

const stored = (quote: Quote): StoredDocument => ({
  id: quote.id,
  version: quote.version,
  isDraft: quote.state === 'draft',
  content: quote.content,
  rounding: { mode: quote.roundingMode, scope: quote.roundingScope },
  updatedAt: quote.updatedAt,
  answer: quote,
})

const written = (content: DocumentContent): QuoteContent => ({
  ...content,
  validUntil: content.validUntil ?? null,
  lines: content.lines.map(asQuoteLine),
})

const consequences = ({ content, clientName, total, number, formats }: IssueQuestion) => (
  <>
    <p>
      <strong>{clientName}</strong> is offered <strong>{total}</strong>, dated {formats.date(content.issuedOn)}
      {content.validUntil ? ` and valid until ${formats.date(content.validUntil)}` : ''}.
    </p>
    <p style={{ marginTop: 8 }}>
      It takes the number <strong>{number ?? 'next in the series'}</strong> and can no longer be changed. To change the
      offer later, revise it: a new quote takes its place.
    </p>
  </>
)

const missing = (content: DocumentContent): Readonly<Record<string, string>> => ({
  ...missingChoices(content),
  ...(content.validUntil && content.validUntil < content.issuedOn
    ? { validUntil: 'The last day is before the quote date.' }
    : {}),
})

/** Quotes as the document editor knows them. */
export const quoteKind: DocumentKind = {
  name: 'quote',
  feature: 'quotes',
  entity: 'quote',
  tagged: 'quote',
  words: {
    one: 'quote',
    many: 'quotes',
    title: 'Quote',
    addressee: 'Offered to',
    date: 'Quote date',
    payable: 'Total',
    notesHint: 'What the offer covers, and what it does not.',
    termsHint: 'How and when the work is paid.',
  },
  paths: { list: '/quotes', one: '/quotes/$id' },
  procedures: {
    get: async (id) => stored(await api.quotes.get({ id })),
    blank: async (clientId) => {
      const { content, roundingMode, roundingScope } = await api.quotes.blank({ clientId })
      return { content, rounding: { mode: roundingMode, scope: roundingScope } }
    },
    saveDraft: ({ content, ...draft }, options) =>
      api.quotes.saveDraft({ ...draft, content: written(content) }, options),
    deleteDraft: (draft) => api.quotes.deleteDraft(draft),
    restoreDraft: (draft) => api.quotes.restoreDraft(draft),
    duplicate: (draft) => api.quotes.duplicate(draft),
    issue: (draft) => api.quotes.issue(draft),
    preview: (content, options) => api.quotes.preview({ content: written(content) }, options),
  },
  kept: { prefix: 'counterfoil.quote-draft.', content: quoteContentSchema },
  facts: [DateFact, ValidUntilFact, ReferenceFact, SupplyFact, CurrencyFact],
  hasPrepaid: false,
  lines: { begin: asQuoteLine, Menu: LineChoiceMenu, Note: LineChoiceNote, hasNote: hasChoiceNote },
  missing,
  consequences,
  comparedFields: (formats) => [
    {
      path: 'validUntil',
      label: 'Valid until',
      text: (value) => (typeof value === 'string' ? formats.date(value) : 'no last day'),
    },
  ],
}
