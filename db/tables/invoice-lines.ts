import type { DocumentLineColumns } from './document-head.ts'

export type InvoiceLineTable = DocumentLineColumns & { invoiceId: string }
