import type { Generated } from 'kysely'
import type { Percent } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type TaxRegistrationTable = RowColumns & {
  effectiveOn: string
  regime: string
  scheme: 'standard' | 'flat-rate' | 'cash' | 'composition' | 'small-business'
  number: string | null
  numberKeptReason: string | null
  defaultTaxRateId: string | null
  pricesIncludeTax: number
  basis: 'issue' | 'payment'
  filingFrequency: 'monthly' | 'quarterly' | 'half-yearly' | 'yearly'
  periodEndMonth: Generated<number>
  flatPercentE6: Percent | null
  usesOss: Generated<number>
  lutNumber: string | null
  isLarge: Generated<number>
}
