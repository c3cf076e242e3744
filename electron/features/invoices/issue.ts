import { toJson } from '../../../db/json.ts'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import type { TaxTotals } from '../../../shared/documents/model.ts'
import { AppError, notFound } from '../../../shared/errors.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { findRow, getRow, updateRow } from '../../rpc/rows.ts'
import { missingRate, sameCurrency } from '../exchange-rates.ts'
import { tooFine } from '../minor-units.ts'
import { takeNumber } from '../numbering.ts'
import { wrongRate } from '../tax-rates.ts'
import { contentOf } from './content.ts'
import { buyerOf, sellerOf } from './snapshots.ts'
import { type BaseTax, baseTaxes, totalColumns, totalsOf } from './totals.ts'

// What an invoice must say before it may go out; the paths are those of the content, for the editor to mark.
const assertComplete = (content: InvoiceContent, baseCurrency: string) => {
  const fields: Record<string, string> = {}
  if (content.clientId === null) fields['clientId'] = 'Choose who this invoice is for.'
  if (content.lines.length === 0) fields['lines'] = 'Add at least one line.'
  for (const [index, line] of content.lines.entries()) {
    if (line.name === '') fields[`lines.${index}.name`] = 'Say what this line is for.'
    for (const { category, rateE6 } of line.taxes) {
      const problem = wrongRate(category, rateE6)
      if (problem !== null) fields[`lines.${index}.taxes`] = problem
    }
  }
  if (content.dueOn !== null && content.dueOn < content.issuedOn)
    fields['dueOn'] = 'The due date is before the invoice date.'
  if (content.supplyFrom !== null && content.supplyTo !== null && content.supplyTo < content.supplyFrom) {
    fields['supplyTo'] = 'The end of the period is before its beginning.'
  }
  for (const field of ['prepaidE4', 'roundingAmountE4'] as const) {
    const problem = tooFine(content[field] ?? zero, content.currency)
    if (problem !== null) fields[field] = problem
  }
  const rate = missingRate(content.currency, baseCurrency, content.exchangeRateE10)
  if (rate !== null) fields['exchangeRateE10'] = rate
  const first = Object.values(fields)[0]
  if (first !== undefined) throw new AppError('VALIDATION', first, { fields })
}

const exemptionOf = (content: InvoiceContent, tax: TaxTotals): string | null => {
  for (const line of content.lines) {
    for (const { category, rateE6, exemptionReason } of line.taxes) {
      if (category === tax.category && rateE6 === tax.rateE6 && exemptionReason !== null) return exemptionReason
    }
  }
  return null
}

const insertTaxes = async (
  context: CommandContext,
  invoiceId: string,
  content: InvoiceContent,
  taxes: readonly TaxTotals[],
  base: readonly BaseTax[],
) => {
  if (taxes.length === 0) return
  await context.trx
    .insertInto('invoiceTaxes')
    .values(
      taxes.map((tax, position) => ({
        ...context.newRow(),
        invoiceId,
        position,
        name: tax.name,
        category: tax.category,
        rateE6: tax.rateE6,
        isCompound: tax.compound ? 1 : 0,
        taxableE4: tax.taxableE4,
        taxE4: tax.taxE4,
        baseTaxableE4: base[position]?.taxableE4 ?? zero,
        baseTaxE4: base[position]?.taxE4 ?? zero,
        exemptionReason: exemptionOf(content, tax),
      })),
    )
    .execute()
}

/**
 * Gives a draft its number and freezes it with everything it prints, in one transaction; its PDF is made after the
 * commit. AppError VALIDATION names what is missing, INVALID_STATE if it is issued already.
 */
export const issueInvoice = async (
  context: CommandContext,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<{ id: string; version: number; number: string }> => {
  const { trx, organizationId } = context
  const invoice = await findRow(trx, 'invoices', organizationId, id)
  if (invoice === undefined || invoice.deletedAt !== null) throw notFound('invoice', id)
  if (invoice.issuedAt !== null)
    throw new AppError('INVALID_STATE', `This invoice is already issued as ${invoice.number ?? ''}.`)
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const written = await contentOf(trx, invoice)
  // Written before the business chose this currency for its books, it may still hold a rate.
  const content = written.currency === organization.currency ? { ...written, exchangeRateE10: sameCurrency } : written
  assertComplete(content, organization.currency)
  const client = await getRow(trx, 'clients', organizationId, content.clientId ?? '', 'client')
  const rounding = { mode: invoice.roundingMode, scope: invoice.roundingScope }
  const totals = totalsOf(content, rounding)
  const columns = totalColumns(content, totals, rounding, organization.currency)
  await insertTaxes(
    context,
    id,
    content,
    totals.taxes,
    baseTaxes(content, totals, rounding, columns, organization.currency),
  )
  const { seriesId, number, counter, period } = await takeNumber(context, 'invoice', content.issuedOn)
  const updated = await updateRow(
    context,
    'invoices',
    { id, version },
    {
      ...columns,
      exchangeRateE10: content.exchangeRateE10,
      clientName: client.name,
      seriesId,
      number,
      counter,
      period,
      seller: toJson(await sellerOf(trx, organization)),
      buyer: toJson(await buyerOf(trx, client)),
      issuedAt: context.now,
    },
  )
  await context.record({
    kind: 'invoice.issued',
    entity: 'invoice',
    entityId: id,
    clientId: client.id,
    data: { number, currency: content.currency, payableE4: totals.payableE4 },
  })
  await context.enqueue({ kind: 'invoice.pdf', subjectId: id })
  return { ...updated, number }
}

/** Makes an issued, unpaid invoice void; number and document stay, with the reason. */
export const voidInvoice = async (
  context: CommandContext,
  { id, version, reason }: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<{ id: string; version: number }> => {
  const invoice = await getRow(context.trx, 'invoices', context.organizationId, id, 'invoice')
  if (invoice.issuedAt === null) throw new AppError('INVALID_STATE', 'This is a draft: delete it instead.')
  if (invoice.voidedAt !== null) throw new AppError('INVALID_STATE', `Invoice ${invoice.number ?? ''} is void already.`)
  if (invoice.paidE4 !== 0n) {
    throw new AppError(
      'INVALID_STATE',
      `Invoice ${invoice.number ?? ''} has payments. Take their allocations back first.`,
    )
  }
  const updated = await updateRow(context, 'invoices', { id, version }, { voidedAt: context.now, voidReason: reason })
  await context.record({
    kind: 'invoice.voided',
    entity: 'invoice',
    entityId: id,
    clientId: invoice.clientId,
    data: { number: invoice.number, reason },
  })
  return updated
}
