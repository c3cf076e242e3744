import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type NumberSeriesTable = RowColumns & {
  branchId: string | null
  deviceId: string | null
  documentKind: string
  code: string
  pattern: string
  startValue: Generated<number>
  isDefault: Generated<number>
}
