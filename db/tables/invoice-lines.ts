import type { Generated } from 'kysely'
import type { Amount, Quantity, UnitPrice } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type InvoiceLineTable = RowColumns & {
  invoiceId: string
  position: number
  itemId: string | null
  code: string | null
  name: string
  description: string | null
  quantityE6: Quantity
  unit: string
  priceE6: UnitPrice
  baseQuantityE6: Generated<Quantity>
  grossE4: Generated<Amount>
  netE4: Generated<Amount>
  taxE4: Generated<Amount>
  totalE4: Generated<Amount>
  taxes: Generated<string>
  adjustments: Generated<string>
}
