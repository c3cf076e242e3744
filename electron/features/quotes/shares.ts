import { sql } from 'kysely'
import { z } from 'zod'
import { readJson, toJson } from '../../../db/json.ts'
import { amountField, quantityField } from '../../../shared/contract/fields.ts'
import {
  type AcceptedQuote,
  type Converted,
  type Taken,
  takesWhatIsLeft,
} from '../../../shared/documents/quote-conversion.ts'
import { countedContent } from '../../../shared/documents/quote-totals.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { HeadRow } from '../../documents/tables.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { contentOf } from './content.ts'

const partsSchema = z.array(
  z.union([
    z.object({ lineId: z.string(), quantityE6: quantityField }),
    z.object({ set: z.string(), amountE4: amountField }),
  ]),
)

/** What an invoice took of its quote, as it is kept. */
export const takenJson = ({ quantities, sets }: Pick<Converted, 'quantities' | 'sets'>): string =>
  toJson([...quantities, ...sets])

/** The invoices that stand for a part of a quote, in the order in which they were made, less what is credited of them. */
export const invoicesOf = (db: Db | Trx, quoteId: string) =>
  db
    .selectFrom('quoteInvoices as c')
    .innerJoin('invoices as i', 'i.id', 'c.invoiceId')
    .select([
      'c.id',
      'c.invoiceId',
      'c.kind',
      'c.percentE6',
      'c.totalE4',
      'c.lines',
      'i.number',
      sql<Amount>`i.tax_e4 - (SELECT coalesce(sum(n.tax_e4), 0) FROM credit_notes n WHERE n.invoice_id = i.id
        AND n.issued_at IS NOT NULL AND n.voided_at IS NULL AND n.deleted_at IS NULL)`.as('taxE4'),
      'i.issuedOn',
      sql<string>`i.state`.as('state'),
    ])
    .where('c.quoteId', '=', quoteId)
    .where('c.deletedAt', 'is', null)
    .orderBy('c.createdAt')
    .orderBy('c.id')
    .execute()

type Link = Pick<
  Awaited<ReturnType<typeof invoicesOf>>[number],
  'kind' | 'percentE6' | 'totalE4' | 'lines' | 'number'
> & {
  readonly taxE4?: Amount
}

/** What an invoice took of its quote, read back. */
export const takenOf = ({ kind, percentE6, totalE4, taxE4, lines, number }: Link): Taken => {
  const parts = readJson(partsSchema, lines)
  return {
    kind,
    percentE6,
    number,
    payableE4: totalE4,
    ...(taxE4 === undefined || number === null ? {} : { taxE4 }),
    quantities: parts.flatMap((part) => ('lineId' in part ? [part] : [])),
    sets: parts.flatMap((part) => ('set' in part ? [part] : [])),
  }
}

/** A quote as it turns into invoices: the lines that count. */
export const acceptedQuote = async (db: Db | Trx, quote: HeadRow<'quote'>): Promise<AcceptedQuote> => ({
  number: quote.number ?? '',
  rounding: { mode: quote.roundingMode, scope: quote.roundingScope },
  content: countedContent(await contentOf(db, quote)),
})

const linkOf = (trx: Trx, invoiceId: string) =>
  trx
    .selectFrom('quoteInvoices as c')
    .innerJoin('quotes as q', 'q.id', 'c.quoteId')
    .select(['c.id', 'c.quoteId', 'c.version', 'c.deletedAt', 'q.number', 'q.clientId'])
    .where('c.invoiceId', '=', invoiceId)
    .orderBy('c.createdAt', 'desc')
    .orderBy('c.id', 'desc')
    .limit(1)
    .executeTakeFirst()

type Found = NonNullable<Awaited<ReturnType<typeof linkOf>>>

const setLink = async (context: CommandContext, link: Found, deletedAt: string | null) => {
  await context.trx
    .updateTable('quoteInvoices')
    .set({ deletedAt, updatedAt: context.now, version: link.version + 1 })
    .where('id', '=', link.id)
    .execute()
  // Whoever has the quote before them must see that more, or less, of it is left.
  await context.trx
    .updateTable('quotes')
    .set((row) => ({ updatedAt: context.now, version: row('version', '+', 1) }))
    .where('id', '=', link.quoteId)
    .execute()
  await context.record({
    kind: deletedAt === null ? 'quote.share-taken' : 'quote.share-returned',
    entity: 'quote',
    entityId: link.quoteId,
    clientId: link.clientId,
    data: { number: link.number },
  })
}

/** Gives the share of a quote back that an invoice stood for, where it stood for one. */
export const giveShareBack = async (context: CommandContext, invoiceId: string): Promise<void> => {
  const link = await linkOf(context.trx, invoiceId)
  if (link !== undefined && link.deletedAt === null) await setLink(context, link, context.now)
}

/** Takes a share again whose invoice is restored; AppError INVALID_STATE if it was invoiced otherwise meanwhile. */
export const takeShareAgain = async (context: CommandContext, invoiceId: string): Promise<void> => {
  const { trx, organizationId } = context
  const link = await linkOf(trx, invoiceId)
  if (link === undefined || link.deletedAt === null) return
  const quote = await getRow(trx, 'quotes', organizationId, link.quoteId, 'quote')
  const row = await trx
    .selectFrom('quoteInvoices')
    .select(['kind', 'percentE6', 'totalE4', 'lines'])
    .where('id', '=', link.id)
    .executeTakeFirstOrThrow()
  const earlier = (await invoicesOf(trx, quote.id)).map(takenOf)
  const isAccepted = quote.decision === 'accepted' && quote.voidedAt === null
  if (!isAccepted || !takesWhatIsLeft(await acceptedQuote(trx, quote), earlier, takenOf({ ...row, number: null }))) {
    throw new AppError(
      'INVALID_STATE',
      `Its share of quote ${link.number ?? ''} is invoiced otherwise by now. Make a new invoice of what is left.`,
    )
  }
  await setLink(context, link, null)
}
