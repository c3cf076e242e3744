import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type CashRoundingTable = RowColumns & {
  currency: string
  method: 'bank-transfer' | 'cash' | 'card' | 'cheque' | 'direct-debit' | 'upi' | 'other'
  stepE4: Amount
}
