import type { CreditNoteContent, CreditNoteLine } from '../../shared/contract/credit-notes.ts'
import type { DocumentContent as CommonContent, DocumentLine as CommonLine } from '../../shared/contract/documents.ts'
import type { InvoiceContent } from '../../shared/contract/invoices.ts'
import type { QuoteContent, QuoteLine } from '../../shared/contract/quotes.ts'

export type { LineTax } from '../../shared/contract/documents.ts'

/** A line of a document of any kind; what one kind alone has is missing on the others. */
export type DocumentLine = CommonLine &
  Partial<Pick<QuoteLine, 'choice' | 'isChosen' | 'groupName'>> &
  Partial<Pick<CreditNoteLine, 'invoiceLineId'>>

/** What a person writes on a document, as the editor holds it: a kind says how its own procedures take it. */
export type DocumentContent = Omit<CommonContent, 'lines'> &
  Partial<Pick<InvoiceContent, 'dueOn' | 'paymentTermsDays' | 'prepaidE4'>> &
  Partial<Pick<QuoteContent, 'validUntil'>> &
  Partial<Pick<CreditNoteContent, 'invoiceId' | 'reason' | 'mirroredTaxes'>> & { readonly lines: DocumentLine[] }

/** Whether a line counts in the totals: those offered beside the others count once they are chosen. */
export const isCounted = (line: DocumentLine): boolean =>
  line.choice === undefined || line.choice === 'included' || line.isChosen === true
