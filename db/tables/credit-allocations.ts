import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

/** Append-only: a credit note pays an invoice, or (reversesId) no longer does. */
export type CreditAllocationTable = RowColumns & {
  creditNoteId: string
  invoiceId: string
  amountE4: Amount
  allocatedOn: string
  reversesId: string | null
}
