import type { RowColumns } from './row.ts'

/** What a step of a plan did for an invoice; once for each. */
export type InvoiceReminderTable = RowColumns & {
  invoiceId: string
  stepId: string
  plannedOn: string
  doneOn: string
  outcome: 'sent' | 'by-hand' | 'skipped'
  outboxMessageId: string | null
  feeInvoiceId: string | null
}
