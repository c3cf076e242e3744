import type { contract, Input } from '../../../shared/contract/index.ts'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import type { QuoteConversion } from '../../../shared/contract/quotes.ts'
import { convertQuote } from '../../../shared/documents/quote-conversion.ts'
import { AppError } from '../../../shared/errors.ts'
import { zero } from '../../../shared/money/scaled.ts'
import { blankDocument } from '../../documents/blank.ts'
import type { HeadRow } from '../../documents/tables.ts'
import type { CommandContext, Db, QueryContext, Trx } from '../../rpc/context.ts'
import { todayAt } from '../../rpc/days.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { saveDraft } from '../invoices/drafts.ts'
import { acceptedQuote, invoicesOf, takenJson, takenOf } from './shares.ts'
import { conversionTexts } from './words.ts'

type Frame = { readonly organizationId: string; readonly today: string; readonly newId: () => string }

const assertAccepted = (quote: HeadRow<'quote'>) => {
  if (quote.voidedAt !== null) throw new AppError('INVALID_STATE', `Quote ${quote.number ?? ''} is void.`)
  if (quote.decision !== 'accepted') {
    throw new AppError(
      'INVALID_STATE',
      'Only an accepted quote turns into invoices: note first that the client accepted.',
    )
  }
}

// Terms and texts are those of a new invoice for this client; what refers to the deal comes from the quote.
const invoiceOf = async (db: Db | Trx, quote: HeadRow<'quote'>, conversion: QuoteConversion, frame: Frame) => {
  assertAccepted(quote)
  const accepted = await acceptedQuote(db, quote)
  const earlier = (await invoicesOf(db, quote.id)).map(takenOf)
  const texts = conversionTexts(quote.language, accepted.number, quote.currency)
  const converted = convertQuote(accepted, earlier, conversion, { texts, newId: frame.newId })
  const { content: blank, paymentTermsDays } = await blankDocument(
    db,
    { ...frame, branchId: quote.branchId },
    quote.clientId,
  )
  const { content } = accepted
  const invoice: InvoiceContent = {
    ...blank,
    currency: content.currency,
    exchangeRateE10: content.exchangeRateE10,
    language: content.language,
    reference: content.reference,
    orderReference: content.orderReference,
    buyerReference: content.buyerReference,
    supplyFrom: content.supplyFrom,
    supplyTo: content.supplyTo,
    taxTreatment: content.taxTreatment,
    placeOfSupply: content.placeOfSupply,
    pricesIncludeTax: content.pricesIncludeTax,
    payableStepE4: converted.payableStepE4,
    roundingAmountE4: converted.roundingAmountE4,
    dueOn: null,
    paymentTermsDays,
    prepaidE4: zero,
    lines: [...converted.lines],
    adjustments: converted.adjustments,
  }
  return { invoice, converted, rounding: accepted.rounding }
}

/** The invoice that a conversion would make; nothing is written. */
export const previewInvoice = async (
  { db, organizationId, clock, zones, ids }: QueryContext,
  { id, conversion }: { readonly id: string; readonly conversion: QuoteConversion },
) => {
  const quote = await getRow(db, 'quotes', organizationId, id, 'quote')
  const frame = { organizationId, today: todayAt(zones, quote.branchId, clock.now()), newId: () => ids.next() }
  const { invoice, converted } = await invoiceOf(db, quote, conversion, frame)
  return { content: invoice, netE4: converted.netE4, taxE4: converted.taxE4, totalE4: converted.payableE4 }
}

/** Makes a draft invoice of a part of an accepted quote, and notes what it takes. */
export const quoteToInvoice = async (
  context: CommandContext,
  { id, version, invoiceId, conversion }: Input<(typeof contract)['quotes']['toInvoice']>,
): Promise<{ id: string; version: number; invoiceId: string }> => {
  const { trx, organizationId } = context
  const quote = await getRow(trx, 'quotes', organizationId, id, 'quote')
  const frame = {
    organizationId,
    today: todayAt(context.zones, quote.branchId, context.now),
    newId: () => context.ids.next(),
  }
  const { invoice, converted, rounding } = await invoiceOf(trx, quote, conversion, frame)
  const updated = await updateRow(context, 'quotes', { id, version }, {})
  await saveDraft(context, { id: invoiceId, version: null, content: invoice, rounding })
  await trx
    .insertInto('quoteInvoices')
    .values({
      ...context.newRow(),
      quoteId: id,
      invoiceId,
      kind: conversion.kind,
      percentE6: converted.percentE6,
      netE4: converted.netE4,
      totalE4: converted.payableE4,
      lines: takenJson(converted),
    })
    .execute()
  await context.record({
    kind: 'quote.invoiced',
    entity: 'quote',
    entityId: id,
    clientId: quote.clientId,
    data: {
      number: quote.number,
      kind: conversion.kind,
      currency: quote.currency,
      amountE4: converted.payableE4,
      invoiceId,
    },
  })
  return { ...updated, invoiceId }
}
