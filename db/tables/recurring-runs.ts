import type { RowColumns } from './row.ts'

export type RecurringRunTable = RowColumns & {
  recurringInvoiceId: string
  periodIndex: number
  periodOn: string
  outcome: 'made' | 'skipped'
  invoiceId: string | null
}
