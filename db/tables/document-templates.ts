import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type DocumentTemplateTable = RowColumns & {
  name: string
  design: string
  isInvoiceDefault: Generated<number>
  isQuoteDefault: Generated<number>
  isCreditNoteDefault: Generated<number>
  isStatementDefault: Generated<number>
  position: Generated<number>
}
