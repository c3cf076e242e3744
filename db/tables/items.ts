import type { Generated } from 'kysely'
import type { UnitPrice } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type ItemTable = RowColumns & {
  kind: 'product' | 'service'
  code: string | null
  name: string
  sortName: string
  description: string | null
  unit: string
  priceE6: UnitPrice
  taxRateId: string | null
  /** HSN, SAC, CPV or another code of goods and services. */
  classification: string | null
  status: Generated<'active' | 'archived'>
}
