import type { Amount, Percent } from '../../shared/money/scaled.ts'

/** Sums of taxes in base currency, by the month of issue; kept by triggers. */
export type TaxTotalTable = {
  organizationId: string
  month: string
  kind: 'invoice' | 'credit-note'
  name: string
  category: string
  rateE6: Percent
  treatment: string
  place: string
  buyer: 'business' | 'consumer'
  taxableE4: Amount
  taxE4: Amount
  documents: number
}
