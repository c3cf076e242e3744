import type { Percent } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type TaxRateVersionTable = RowColumns & {
  taxRateId: string
  effectiveFrom: string
  name: string
  rateE6: Percent
}
