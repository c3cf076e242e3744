import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import type { DocumentTotals, Rounding } from '../../../shared/documents/model.ts'
import { bookableTotals } from '../../documents/totals.ts'
import { invoiceDocument } from './document.ts'

/** The totals of what a person wrote; AppError VALIDATION when the figures cannot be held. */
export const totalsOf = (content: InvoiceContent, rounding: Rounding): DocumentTotals =>
  bookableTotals(() => invoiceDocument.calculate(content, rounding))
