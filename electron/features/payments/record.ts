import type { contract, Input } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'
import { convert } from '../../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { minorUnitE4 } from '../../../shared/money/rounding.ts'
import { exchangeRate, zero } from '../../../shared/money/scaled.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { assertBookable } from '../book-limit.ts'
import { takeNumber } from '../numbering.ts'
import { allocate } from './allocations.ts'

type CreateInput = Input<(typeof contract)['payments']['create']>

const assertMinor = (amountE4: bigint, currency: string) => {
  const minorUnits = minorUnitsOf(currency)
  if (amountE4 % minorUnitE4(minorUnits) === 0n) return
  const message = `${currency} has ${minorUnits} decimals.`
  throw new AppError('VALIDATION', message, { fields: { amountE4: message } })
}

const sameCurrency = exchangeRate(10_000_000_000n)

// The rate that was said, or the last one used with this client; none is a question to the person, never 1.
const rateOf = async ({ trx }: CommandContext, input: CreateInput, baseCurrency: string) => {
  if (input.currency === baseCurrency) return sameCurrency
  if (input.exchangeRateE10 !== null) return input.exchangeRateE10
  const last = await trx
    .selectFrom('invoices')
    .select('exchangeRateE10')
    .where('clientId', '=', input.clientId)
    .where('deletedAt', 'is', null)
    .where('currency', '=', input.currency)
    .orderBy('issuedOn', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last !== undefined) return last.exchangeRateE10
  const message = `Enter the exchange rate of ${input.currency} to ${baseCurrency}.`
  throw new AppError('VALIDATION', message, { fields: { exchangeRateE10: message } })
}

/** Records money received under its own number and allocates it; what is left stays as the client's credit. */
export const recordPayment = async (context: CommandContext, input: CreateInput) => {
  const { trx, organizationId } = context
  const { allocations, exchangeRateE10: _said, ...values } = input
  assertMinor(input.amountE4, input.currency)
  const client = await getRow(trx, 'clients', organizationId, input.clientId, 'client')
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const rate = await rateOf(context, input, organization.currency)
  const baseAmountE4 = convert(input.amountE4, rate, minorUnitsOf(organization.currency), organization.roundingMode)
  assertBookable('amountE4', [input.amountE4, baseAmountE4])
  const { seriesId, number } = await takeNumber(context, 'payment', input.receivedOn)
  const row = context.newRow()
  const payment = {
    ...row,
    ...values,
    branchId: null,
    clientName: client.name,
    seriesId,
    number,
    statusOn: input.status === 'cleared' ? input.receivedOn : null,
    statusReason: null,
    exchangeRateE10: rate,
    baseAmountE4,
  }
  await trx.insertInto('payments').values(payment).execute()
  await context.record({
    kind: 'payment.recorded',
    entity: 'payment',
    entityId: row.id,
    clientId: client.id,
    data: { number, currency: input.currency, amountE4: input.amountE4, method: input.method, status: input.status },
  })
  await allocate(context, { ...payment, allocatedE4: zero }, allocations)
  return { id: row.id, version: 1, number }
}
