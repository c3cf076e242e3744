import type { Selectable } from 'kysely'
import type { QuoteTable } from '../../../db/tables/quotes.ts'
import type { QuoteContent } from '../../../shared/contract/quotes.ts'
import { adjustmentsOf, headContent, lineContent, linesOf } from '../../documents/content.ts'
import type { Db, Trx } from '../../rpc/context.ts'

/** What a person wrote on a quote, read back from its rows; which lines are chosen is what the client decided. */
export const contentOf = async (db: Db | Trx, quote: Selectable<QuoteTable>): Promise<QuoteContent> => ({
  ...headContent(quote),
  validUntil: quote.validUntil,
  lines: (await linesOf(db, 'quote', quote.id)).map((line) => ({
    ...lineContent(line),
    choice: line.choice,
    isChosen: line.isChosen === 1,
    groupName: line.groupName,
  })),
  adjustments: await adjustmentsOf(db, 'quote', quote.id),
})
