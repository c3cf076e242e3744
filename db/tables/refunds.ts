import type { Generated } from 'kysely'
import type { Amount, ExchangeRate } from '../../shared/money/scaled.ts'
import type { PaymentTable } from './payments.ts'
import type { RowColumns } from './row.ts'

/** Money given back: from what is left of a payment, or of a credit note. */
export type RefundTable = RowColumns & {
  clientId: string
  clientName: string
  seriesId: string
  number: string
  paymentId: string | null
  creditNoteId: string | null
  refundedOn: string
  method: PaymentTable['method']
  currency: string
  exchangeRateE10: Generated<ExchangeRate>
  amountE4: Amount
  baseAmountE4: Amount
  reference: string | null
  notes: string | null
  cancelledOn: string | null
  cancelReason: string | null
}
