import { ownAmounts } from '../../../shared/documents/own-amounts.ts'
import { type AcceptedQuote, type Taken, takesWhatIsLeft } from '../../../shared/documents/quote-conversion.ts'
import { isSameStanding, type OwnSum, type Standing, standingShare } from '../../../shared/documents/quote-standing.ts'
import { AppError } from '../../../shared/errors.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import { amount } from '../../../shared/money/scaled.ts'
import { bookableTotals } from '../../documents/totals.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { type CreditBook, creditBookOf } from '../credit-notes/credited.ts'
import { invoiceDocument } from '../invoices/document.ts'
import { acceptedQuote, invoicesOf, takenJson, takenOf } from './shares.ts'

const rowsOf = (db: Db | Trx, invoiceId: string) =>
  db
    .selectFrom('quoteInvoices')
    .selectAll()
    .where('invoiceId', '=', invoiceId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

const takenBy = (row: Row): Taken => takenOf({ ...row, number: null })

const issuedSum = ({ invoice }: CreditBook): OwnSum => ({
  sets: ownAmounts(invoice.content, invoice.rounding).sets.map(({ key, amountE4 }) => ({ set: key, amountE4 })),
  payableE4: bookableTotals(() => invoiceDocument.calculate(invoice.content, invoice.rounding)).payableE4,
})

const creditedSums = ({ invoice, earlier }: CreditBook): OwnSum[] =>
  earlier.map(({ content, totals }) => ({
    sets: ownAmounts(content, invoice.rounding).sets.map(({ key, amountE4 }) => ({ set: key, amountE4 })),
    payableE4: totals.payableE4,
  }))

const refuse = (message: string) => new AppError('INVALID_STATE', message)

// A deposit that says something else than its quote could not be taken off the final invoice with its tax.
const assertComparable = (quote: AcceptedQuote, { invoice }: CreditBook, issued: OwnSum) => {
  const own = new Set(ownAmounts(quote.content, quote.rounding).sets.map((set) => set.key))
  const { currency, pricesIncludeTax } = invoice.content
  const isAlike = currency === quote.content.currency && pricesIncludeTax === quote.content.pricesIncludeTax
  if (isAlike && issued.sets.every((it) => it.amountE4 === 0n || own.has(it.set))) return
  throw refuse(
    `This invoice is for a share of quote ${quote.number} and is taxed otherwise than the quote: the final invoice could not take it off. Give its lines the taxes of the quote, or delete it and make it from the quote again.`,
  )
}

const replace = async (context: CommandContext, rows: readonly Row[], standing: Standing | null) => {
  const [first] = rows
  const current = rows.find((row) => row.deletedAt === null)
  if (first === undefined) return
  if (current !== undefined) {
    await context.trx
      .updateTable('quoteInvoices')
      .set({ deletedAt: context.now, updatedAt: context.now, version: current.version + 1 })
      .where('id', '=', current.id)
      .execute()
  }
  if (standing !== null) {
    const { kind, quoteId, invoiceId, netE4, createdAt } = first
    await context.trx
      .insertInto('quoteInvoices')
      .values({
        ...context.newRow(),
        // In the order in which the invoices were made, whatever became of them since.
        createdAt,
        ...{ kind, quoteId, invoiceId, netE4 },
        percentE6: standing.percentE6,
        totalE4: standing.payableE4,
        lines: takenJson(standing),
      })
      .execute()
  }
  // Whoever has the quote before them must see that more, or less, of it is left.
  await context.trx
    .updateTable('quotes')
    .set((row) => ({ updatedAt: context.now, version: row('version', '+', 1) }))
    .where('id', '=', first.quoteId)
    .execute()
}

type Asked = { readonly isRefused: (quote: AcceptedQuote, standing: Standing) => AppError }

const restand = async (context: CommandContext, invoiceId: string, rows: readonly Row[], asked: Asked) => {
  const { trx, organizationId } = context
  const [first] = rows
  if (first === undefined) return
  const row = await getRow(trx, 'quotes', organizationId, first.quoteId, 'quote')
  const quote = await acceptedQuote(trx, row)
  const book = await creditBookOf(trx, organizationId, invoiceId)
  const issued = issuedSum(book)
  const base = takenBy(first)
  if (base.percentE6 !== null) assertComparable(quote, book, issued)
  const wholeE4 = ownAmounts(quote.content, quote.rounding).sets.reduce((all, set) => all + set.amountE4, 0n)
  const standing = standingShare(wholeE4, base, issued, creditedSums(book))
  const current = rows.find((it) => it.deletedAt === null)
  const before = current === undefined ? null : takenBy(current)
  if (standing === null ? before === null : before !== null && isSameStanding(standing, before)) return
  const isMore = (standing?.payableE4 ?? 0n) > (before?.payableE4 ?? 0n)
  if (standing !== null && isMore) {
    const others = (await invoicesOf(trx, first.quoteId)).filter((it) => it.invoiceId !== invoiceId).map(takenOf)
    const isAccepted = row.decision === 'accepted' && row.voidedAt === null
    if (!isAccepted || !takesWhatIsLeft(quote, others, { ...base, ...standing })) throw asked.isRefused(quote, standing)
  }
  await replace(context, rows, standing)
  await context.record({
    kind: isMore ? 'quote.share-taken' : 'quote.share-returned',
    entity: 'quote',
    entityId: first.quoteId,
    clientId: row.clientId,
    data: { number: row.number },
  })
}

/**
 * An invoice stands for what it asks for as it is issued: a deposit that was changed as a draft is taken off the final
 * invoice as it went out. AppError OVER_ALLOCATED above what is left of the quote, INVALID_STATE where its taxes are
 * not those of the quote.
 */
export const standAsIssued = async (context: CommandContext, invoiceId: string): Promise<void> =>
  await restand(context, invoiceId, await rowsOf(context.trx, invoiceId), {
    isRefused: (quote, { payableE4 }) =>
      new AppError(
        'OVER_ALLOCATED',
        `This invoice is for a share of quote ${quote.number}, and ${formatAmount(payableE4, quote.content.currency, 'en')} is more than is left of it. Lower its lines.`,
      ),
  })

/**
 * What a credit note gives back of an invoice is left of its quote again, and no longer where the credit note is void.
 * AppError INVALID_STATE where that was invoiced otherwise meanwhile.
 */
export const standAsCredited = async (context: CommandContext, invoiceId: string | null): Promise<void> => {
  if (invoiceId === null) return
  await restand(context, invoiceId, await rowsOf(context.trx, invoiceId), {
    isRefused: (quote) =>
      refuse(
        `What this credit note gave back of quote ${quote.number} is invoiced otherwise by now. Void or credit that invoice first.`,
      ),
  })
}

/** What an invoice stands for of a quote now, to be handed to the one that takes its place; null for no quote. */
export const shareOf = async (db: Db | Trx, invoiceId: string): Promise<Row | null> =>
  (await rowsOf(db, invoiceId)).find((row) => row.deletedAt === null) ?? null

/** Hands a share that was given back to the invoice that takes the place of another. */
export const handShareOver = async (context: CommandContext, share: Row, invoiceId: string): Promise<void> => {
  const { kind, percentE6, quoteId, netE4, totalE4, lines } = share
  await context.trx
    .insertInto('quoteInvoices')
    .values({ ...context.newRow(), invoiceId, ...{ kind, percentE6, quoteId, netE4, totalE4, lines } })
    .execute()
  await context.record({
    kind: 'quote.share-taken',
    entity: 'quote',
    entityId: quoteId,
    clientId: (await getRow(context.trx, 'quotes', context.organizationId, quoteId, 'quote')).clientId,
    data: { invoiceId, totalE4: amount(totalE4) },
  })
}
