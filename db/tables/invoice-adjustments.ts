import type { DocumentAdjustmentColumns } from './document-head.ts'

export type InvoiceAdjustmentTable = DocumentAdjustmentColumns & { invoiceId: string }
