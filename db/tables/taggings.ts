import type { RowColumns } from './row.ts'

export type TaggingTable = RowColumns & {
  tagId: string
  entity: 'client' | 'item' | 'invoice' | 'quote' | 'credit-note' | 'payment' | 'recurring-invoice'
  entityId: string
}
