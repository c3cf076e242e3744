import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type ExchangeRateSourceTable = RowColumns & {
  name: string
  urlTemplate: string
  format: 'json' | 'ecb-csv'
  jsonPath: string | null
  direction: 'base-per-unit' | 'units-per-base'
  isEnabled: Generated<number>
}
