import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

/** Append-only: a rest of an invoice that will not be paid, or (reversesId) is asked for again. */
export type WriteOffTable = RowColumns & {
  invoiceId: string
  amountE4: Amount
  baseAmountE4: Amount
  writtenOffOn: string
  reason: string
  reversesId: string | null
}
