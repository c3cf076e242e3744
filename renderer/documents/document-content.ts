import type { InvoiceContent, InvoiceLine } from '../../shared/contract/invoices.ts'

/** What a person writes on a document of any kind, as the editor holds it; a kind turns it into what its own procedures take. */
export type DocumentContent = InvoiceContent

/** A line of it. */
export type DocumentLine = InvoiceLine
