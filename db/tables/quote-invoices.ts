import type { Generated } from 'kysely'
import type { Amount, Percent } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

/** Which invoices a quote was turned into, and what each took of it. */
export type QuoteInvoiceTable = RowColumns & {
  quoteId: string
  invoiceId: string
  kind: 'lines' | 'percentage' | 'deposit' | 'final'
  percentE6: Percent | null
  netE4: Amount
  totalE4: Amount
  lines: Generated<string>
}
