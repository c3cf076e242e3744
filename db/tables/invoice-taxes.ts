import type { TaxCategory } from '../../shared/documents/model.ts'
import type { Amount, Percent } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type InvoiceTaxTable = RowColumns & {
  invoiceId: string
  position: number
  name: string
  category: TaxCategory
  rateE6: Percent
  isCompound: number
  taxableE4: Amount
  taxE4: Amount
  exemptionReason: string | null
}
