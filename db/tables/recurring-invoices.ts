import type { Generated } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type RecurringInvoiceTable = RowColumns & {
  clientId: string
  clientName: string
  name: string
  state: Generated<'active' | 'paused' | 'ended'>
  unit: 'day' | 'week' | 'month' | 'quarter' | 'year'
  every: number
  anchor: 'same-day' | 'last-day'
  startsOn: string
  endsOn: string | null
  count: number | null
  action: 'draft' | 'issue' | 'send'
  prices: 'fixed' | 'item'
  catchUp: 'ask' | 'all' | 'latest'
  currency: string
  totalE4: Amount
  content: string
  nextIndex: Generated<number>
  nextOn: string | null
  /** Periods that came due while the app was away and wait for an answer. */
  waiting: Generated<number>
  /** Why the last try made nothing, in words. */
  problem: string | null
  /** Whose documents it makes; null is the whole business. */
  branchId: Generated<string | null>
}
