import type { Generated, GeneratedAlways } from 'kysely'
import type { PaymentMethod } from '../../shared/contract/payments.ts'
import type { Amount, ExchangeRate } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type PaymentTable = RowColumns & {
  branchId: string | null
  clientId: string
  clientName: string
  seriesId: string
  number: string
  receivedOn: string
  method: PaymentMethod
  status: 'pending' | 'cleared' | 'bounced' | 'cancelled'
  statusOn: string | null
  statusReason: string | null
  currency: string
  exchangeRateE10: Generated<ExchangeRate>
  /** What it settles or leaves as credit; the money that came is this and `roundingE4`. */
  amountE4: Amount
  baseAmountE4: Amount
  reference: string | null
  notes: string | null
  /** What it pays and what was refunded of it. */
  allocatedE4: Generated<Amount>
  refundedE4: Generated<Amount>
  /** Cash rounding: above zero more came than was owed, the difference is no credit. */
  roundingE4: Generated<Amount>
  creditE4: GeneratedAlways<Amount>
  /** The line of a bank statement that it came by. */
  bankTransactionId: Generated<string | null>
}
