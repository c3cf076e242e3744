import type { Generated } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type ReminderPlanTable = RowColumns & {
  name: string
  isDefault: Generated<number>
  /** Whether messages go by themselves; otherwise a person is asked. */
  isAutomatic: Generated<number>
  /** Invoices with less open are left alone. */
  leastOpenE4: Generated<Amount>
}
