import type { Amount, Percent } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type ReminderStepTable = RowColumns & {
  planId: string
  position: number
  /** Days after the due date; below zero before it. */
  days: number
  tone: 'friendly' | 'firm' | 'final'
  feePercentE6: Percent | null
  feeAmountE4: Amount | null
}
