import type { Generated } from 'kysely'
import type { Amount, Percent } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type InvoiceAdjustmentTable = RowColumns & {
  invoiceId: string
  position: number
  kind: 'allowance' | 'charge'
  reason: string | null
  amountE4: Amount | null
  percentE6: Percent | null
  baseE4: Amount | null
  resultE4: Generated<Amount>
  taxes: string | null
}
