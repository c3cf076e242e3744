import { AppError } from '../../shared/errors.ts'
import { convert, negate, subtract, sum } from '../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { formatAmount } from '../../shared/money/format.ts'
import type { Amount } from '../../shared/money/scaled.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { tooFine } from './minor-units.ts'

const openInvoice = async ({ trx, organizationId }: CommandContext, invoiceId: string, amountE4: Amount) => {
  const invoice = await getRow(trx, 'invoices', organizationId, invoiceId, 'invoice')
  if (invoice.issuedAt === null || invoice.voidedAt !== null)
    throw new AppError('INVALID_STATE', 'Only an issued invoice is written off.')
  const fine = tooFine(amountE4, invoice.currency)
  if (fine !== null) throw new AppError('VALIDATION', fine, { fields: { amountE4: fine } })
  const open = subtract(invoice.payableE4, invoice.paidE4)
  if (amountE4 > open) {
    const text = formatAmount(open, invoice.currency, 'en')
    throw new AppError('OVER_ALLOCATED', `Invoice ${invoice.number ?? ''} has ${text} open.`, {
      fields: { amountE4: `At most ${text}.` },
    })
  }
  return invoice
}

// At the invoice's rate: what is missing of the base amount of all that is written off, so that parts give the whole.
const baseOf = async (
  { trx, organizationId }: CommandContext,
  invoice: Awaited<ReturnType<typeof openInvoice>>,
  amountE4: Amount,
): Promise<Amount> => {
  const { currency } = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const written = await trx.selectFrom('writeOffs').select('baseAmountE4').where('invoiceId', '=', invoice.id).execute()
  const soFar = convert(
    sum([invoice.writtenOffE4, amountE4]),
    invoice.exchangeRateE10,
    minorUnitsOf(currency),
    invoice.roundingMode,
  )
  return subtract(soFar, sum(written.map((it) => it.baseAmountE4)))
}

/** Rests of invoices that will not be paid: they count as settled, not as money. */
export const writeOffs: Handlers<'writeOffs'> = {
  create: async (context, { invoiceId, invoiceVersion, amountE4, on, reason }) => {
    const invoice = await openInvoice(context, invoiceId, amountE4)
    if (on < invoice.issuedOn) {
      const message = `Invoice ${invoice.number ?? ''} is of ${invoice.issuedOn}: write off on that day or later.`
      throw new AppError('VALIDATION', message, { fields: { on: message } })
    }
    await updateRow(context, 'invoices', { id: invoiceId, version: invoiceVersion }, {})
    const baseAmountE4 = await baseOf(context, invoice, amountE4)
    const row = context.newRow()
    await context.trx
      .insertInto('writeOffs')
      .values({ ...row, invoiceId, amountE4, baseAmountE4, writtenOffOn: on, reason, reversesId: null })
      .execute()
    await context.record({
      kind: 'invoice.written-off',
      entity: 'invoice',
      entityId: invoiceId,
      clientId: invoice.clientId,
      data: { number: invoice.number, currency: invoice.currency, amountE4, reason },
    })
    return { id: row.id, version: 1 }
  },

  reverse: async (context, { id, on }) => {
    const written = await getRow(context.trx, 'writeOffs', context.organizationId, id, 'write-off')
    const reversal = await context.trx
      .selectFrom('writeOffs')
      .select('id')
      .where('reversesId', '=', id)
      .executeTakeFirst()
    if (written.reversesId !== null || reversal !== undefined)
      throw new AppError('INVALID_STATE', 'This write-off no longer stands.')
    const invoice = await getRow(context.trx, 'invoices', context.organizationId, written.invoiceId, 'invoice')
    const row = context.newRow()
    await context.trx
      .insertInto('writeOffs')
      .values({
        ...row,
        invoiceId: written.invoiceId,
        amountE4: negate(written.amountE4),
        baseAmountE4: negate(written.baseAmountE4),
        writtenOffOn: on,
        reason: written.reason,
        reversesId: id,
      })
      .execute()
    await context.record({
      kind: 'invoice.write-off-reversed',
      entity: 'invoice',
      entityId: written.invoiceId,
      clientId: invoice.clientId,
      data: { number: invoice.number, currency: invoice.currency, amountE4: written.amountE4 },
    })
    return { id: row.id, version: 1 }
  },
}
