import type { RowColumns } from './row.ts'

export type TaxLockTable = RowColumns & {
  /** The last day of what is locked. */
  lockedUntil: string
  reason: string | null
}
