import type { DocumentTaxColumns } from './document-head.ts'

export type QuoteTaxTable = DocumentTaxColumns & { quoteId: string }
