import type { DocumentTaxColumns } from './document-head.ts'

export type InvoiceTaxTable = DocumentTaxColumns & { invoiceId: string }
