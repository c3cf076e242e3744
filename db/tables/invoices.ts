import type { Generated, GeneratedAlways } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'
import type { DocumentHeadColumns } from './document-head.ts'

export type InvoiceTable = DocumentHeadColumns & {
  dueOn: string | null
  paymentTermsDays: number | null
  prepaidE4: Generated<Amount>
  /** The credited invoice that this one stands for. */
  correctsId: string | null
  remindersStoppedAt: string | null
  remindersStopReason: string | null
  /** The overdue invoice that this one asks a fee for. */
  lateFeeForId: string | null
  /** Everything that settles it: money, credit and write-offs. */
  paidE4: Generated<Amount>
  creditedE4: Generated<Amount>
  writtenOffE4: Generated<Amount>
  settledOn: string | null
  /** Civil day of the void, which the ledger counts by. */
  voidedOn: string | null
  openE4: GeneratedAlways<Amount>
  state: GeneratedAlways<'draft' | 'open' | 'paid' | 'void'>
}
