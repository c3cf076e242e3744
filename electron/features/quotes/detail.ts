import type { z } from 'zod'
import type { quoteSchema } from '../../../shared/contract/quotes.ts'
import { quoteLeft } from '../../../shared/documents/quote-conversion.ts'
import { countedContent } from '../../../shared/documents/quote-totals.ts'
import { subtract } from '../../../shared/money/arithmetic.ts'
import { quantity } from '../../../shared/money/scaled.ts'
import { deliveryOf } from '../../documents/delivery.ts'
import { bookableTotals } from '../../documents/totals.ts'
import type { Db, QueryContext } from '../../rpc/context.ts'
import { todayAt } from '../../rpc/days.ts'
import { getRow } from '../../rpc/rows.ts'
import { contentOf } from './content.ts'
import { quoteDocument } from './document.ts'
import { stateOf } from './lists.ts'
import { invoicesOf, takenOf } from './shares.ts'

const revisionOf = (db: Db, quoteId: string) =>
  db
    .selectFrom('quotes')
    .select(['id', 'number'])
    .where('revisesId', '=', quoteId)
    .where('deletedAt', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** A quote with its lines, totals, decision, and what became and is left of it. */
export const quoteDetail = async (
  { db, organizationId, clock, zones }: QueryContext,
  { id }: { readonly id: string },
): Promise<z.input<typeof quoteSchema>> => {
  const quote = await getRow(db, 'quotes', organizationId, id, 'quote')
  const content = await contentOf(db, quote)
  const rounding = { mode: quote.roundingMode, scope: quote.roundingScope }
  const totals = bookableTotals(() => quoteDocument.calculate(content, rounding))
  const invoices = await invoicesOf(db, id)
  const left = quoteLeft(
    { number: quote.number ?? '', content: countedContent(content), rounding },
    invoices.map(takenOf),
  )
  return {
    ...quote,
    state: stateOf(quote, todayAt(zones, quote.branchId, clock.now())),
    ...(await deliveryOf(db, 'quote', quote)),
    content,
    totals: { ...totals, taxes: [...totals.taxes] },
    revisedBy: (await revisionOf(db, id)) ?? null,
    leftE4: subtract(totals.payableE4, quote.invoicedE4),
    invoices: invoices.map(({ invoiceId, number, state, kind, percentE6, issuedOn, totalE4 }) => ({
      invoiceId,
      number,
      state,
      kind,
      percentE6,
      issuedOn,
      totalE4,
    })),
    lineRests: left.lines.map(({ line, quantityE6 }) => ({
      lineId: line.id,
      invoicedE6: quantity(line.quantityE6 - quantityE6),
      leftE6: quantityE6,
    })),
  }
}
