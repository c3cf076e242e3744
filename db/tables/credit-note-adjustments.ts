import type { DocumentAdjustmentColumns } from './document-head.ts'

export type CreditNoteAdjustmentTable = DocumentAdjustmentColumns & { creditNoteId: string }
