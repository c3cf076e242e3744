import type { Generated, GeneratedAlways } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'
import type { DocumentHeadColumns } from './document-head.ts'

export type CreditNoteTable = DocumentHeadColumns & {
  invoiceId: string | null
  reason: string | null
  /** Tax per rate where it closes what is left of an invoice, so that the parts give the whole. */
  mirroredTaxes: string | null
  voidedOn: string | null
  appliedE4: Generated<Amount>
  refundedE4: Generated<Amount>
  creditE4: GeneratedAlways<Amount>
  state: GeneratedAlways<'draft' | 'issued' | 'applied' | 'void'>
}
