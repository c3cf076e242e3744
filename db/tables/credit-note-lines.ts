import type { DocumentLineColumns } from './document-head.ts'

export type CreditNoteLineTable = DocumentLineColumns & { creditNoteId: string; invoiceLineId: string | null }
