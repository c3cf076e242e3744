import type { Generated } from 'kysely'
import type { TaxCategory } from '../../shared/documents/model.ts'
import type { Percent } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type TaxRateTable = RowColumns & {
  name: string
  category: TaxCategory
  rateE6: Percent
  isCompound: Generated<number>
  isDefault: Generated<number>
  effectiveFrom: string | null
  effectiveTo: string | null
  exemptionReason: string | null
  /** State, province or country whose authority charges it; null for rates chosen by item. */
  place: string | null
  position: Generated<number>
  status: Generated<'active' | 'archived'>
}
