import type { DocumentAdjustmentColumns } from './document-head.ts'

export type QuoteAdjustmentTable = DocumentAdjustmentColumns & { quoteId: string }
