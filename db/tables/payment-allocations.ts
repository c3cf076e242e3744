import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type PaymentAllocationTable = RowColumns & {
  paymentId: string
  invoiceId: string
  amountE4: Amount
  allocatedOn: string
  reversesId: string | null
}
