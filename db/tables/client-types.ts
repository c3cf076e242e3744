import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type ClientTypeTable = RowColumns & {
  code: string
  name: string
  description: string | null
  /** Terms of clients that have none of their own; null takes the organization's. */
  paymentTermsDays: number | null
  isActive: Generated<number>
}
