import type { DocumentTaxColumns } from './document-head.ts'

export type CreditNoteTaxTable = DocumentTaxColumns & { creditNoteId: string }
