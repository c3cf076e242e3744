import type { Generated } from 'kysely'
import type { DocumentLineColumns } from './document-head.ts'

export type QuoteLineTable = DocumentLineColumns & {
  quoteId: string
  choice: Generated<'included' | 'optional' | 'alternative'>
  isChosen: Generated<number>
  groupName: string | null
}
