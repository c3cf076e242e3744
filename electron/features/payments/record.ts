import type { contract, Input } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'
import { convert, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { cashDifference } from '../../../shared/money/cash-rounding.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { assertBookable } from '../book-limit.ts'
import { branchToWrite } from '../branches/to-write.ts'
import { askForRate, lastRateOf, rateError, sameCurrency } from '../exchange-rates.ts'
import { tooFine } from '../minor-units.ts'
import { takeNumber } from '../numbering.ts'
import { allocate } from './allocations.ts'

type CreateInput = Input<(typeof contract)['payments']['create']>

// The rate that was said, or the last one used with this client; none is a question to the person, never 1.
const rateOf = async ({ trx, organizationId }: CommandContext, input: CreateInput, baseCurrency: string) => {
  if (input.currency === baseCurrency) return sameCurrency
  if (input.exchangeRateE10 !== null) return input.exchangeRateE10
  const last = await lastRateOf(trx, organizationId, input.currency, input.clientId)
  if (last === null) throw rateError(askForRate(input.currency, baseCurrency))
  return last
}

/** The step that a currency is rounded to when it is paid by a method; null where it is not. */
export const cashStepOf = async (
  db: Db | Trx,
  organizationId: string,
  { currency, method }: Pick<CreateInput, 'currency' | 'method'>,
): Promise<Amount | null> => {
  const rounded = await db
    .selectFrom('cashRoundings')
    .select('stepE4')
    .where('organizationId', '=', organizationId)
    .where('currency', '=', currency)
    .where('method', '=', method)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return rounded?.stepE4 ?? null
}

// Rounding is for sums that settle what they pay, not for a part of it.
const roundingOf = async ({ trx, organizationId }: CommandContext, input: CreateInput): Promise<Amount> => {
  const { allocations, currency, method } = input
  if (allocations.length === 0) return zero
  const step = await cashStepOf(trx, organizationId, { currency, method })
  if (step === null) return zero
  const invoices = await trx
    .selectFrom('invoices')
    .select(['id', 'openE4'])
    .where('organizationId', '=', organizationId)
    .where(
      'id',
      'in',
      allocations.map((it) => it.invoiceId),
    )
    .execute()
  const open = new Map(invoices.map((it) => [it.id, it.openE4]))
  if (!allocations.every((it) => open.get(it.invoiceId) === it.amountE4)) return zero
  return cashDifference(sum(allocations.map((it) => it.amountE4)), input.amountE4, step)
}

// That of the invoices that it pays where they agree; the money of several is the whole business's.
const branchOfPayment = async (context: CommandContext, input: CreateInput): Promise<string | null> => {
  if (input.branchId !== undefined) return (await branchToWrite(context, input.branchId)) ?? null
  if (input.allocations.length === 0) return context.branchId
  const paid = await context.trx
    .selectFrom('invoices')
    .select('branchId')
    .distinct()
    .where('organizationId', '=', context.organizationId)
    .where(
      'id',
      'in',
      input.allocations.map((it) => it.invoiceId),
    )
    .execute()
  const only = paid.length === 1 ? (paid[0]?.branchId ?? null) : null
  if (only === null && context.branchIds !== null) {
    const message = 'These invoices are of several branches: record a payment for each branch.'
    throw new AppError('VALIDATION', message, { fields: { allocations: message } })
  }
  return only
}

/** What is known of a payment that nobody typed. */
export type PaymentOrigin = { readonly bankTransactionId?: string }

/** Records money received under its own number and allocates it; what is left stays as the client's credit. */
export const recordPayment = async (context: CommandContext, input: CreateInput, origin: PaymentOrigin = {}) => {
  const { trx, organizationId } = context
  const { allocations, exchangeRateE10: _said, ...values } = input
  const fine = tooFine(input.amountE4, input.currency)
  if (fine !== null) throw new AppError('VALIDATION', fine, { fields: { amountE4: fine } })
  const client = await getRow(trx, 'clients', organizationId, input.clientId, 'client')
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const rate = await rateOf(context, input, organization.currency)
  const roundingE4 = await roundingOf(context, input)
  const amountE4 = subtract(input.amountE4, roundingE4)
  const baseAmountE4 = convert(amountE4, rate, minorUnitsOf(organization.currency), organization.roundingMode)
  assertBookable('amountE4', [input.amountE4, baseAmountE4])
  const branchId = await branchOfPayment(context, input)
  const { seriesId, number } = await takeNumber(context, 'payment', input.receivedOn, { clientId: client.id, branchId })
  const row = context.newRow()
  const payment = {
    ...row,
    ...values,
    ...origin,
    branchId,
    clientName: client.name,
    seriesId,
    number,
    statusOn: input.status === 'cleared' ? input.receivedOn : null,
    statusReason: null,
    exchangeRateE10: rate,
    amountE4,
    baseAmountE4,
    roundingE4,
  }
  await trx.insertInto('payments').values(payment).execute()
  await context.record({
    kind: 'payment.recorded',
    entity: 'payment',
    entityId: row.id,
    clientId: client.id,
    data: {
      number,
      currency: input.currency,
      amountE4: input.amountE4,
      method: input.method,
      status: input.status,
      ...(roundingE4 === zero ? {} : { roundingE4 }),
    },
  })
  await allocate(context, { ...payment, allocatedE4: zero }, allocations)
  return { id: row.id, version: 1, number }
}
