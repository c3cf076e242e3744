import type { ExchangeRate } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type ExchangeRateTable = RowColumns & {
  baseCurrency: string
  currency: string
  rateOn: string
  /** Units of the base currency for one of the other. */
  rateE10: ExchangeRate
  source: 'typed' | 'csv' | 'fetched'
  sourceName: string | null
}
