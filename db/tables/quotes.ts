import type { Generated, GeneratedAlways } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'
import type { DocumentHeadColumns } from './document-head.ts'

export type QuoteTable = DocumentHeadColumns & {
  validUntil: string | null
  /** The quote that this one takes the place of. */
  revisesId: string | null
  decision: 'accepted' | 'declined' | null
  decidedOn: string | null
  decidedBy: string | null
  decisionNote: string | null
  invoicedE4: Generated<Amount>
  state: GeneratedAlways<'draft' | 'open' | 'accepted' | 'declined' | 'void'>
}
