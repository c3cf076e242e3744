import { type Selectable, sql } from 'kysely'
import type { BankTransactionTable } from '../../../db/tables/bank-transactions.ts'
import { AppError } from '../../../shared/errors.ts'
import { subtract, sum } from '../../../shared/money/arithmetic.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Amount, ExchangeRate } from '../../../shared/money/scaled.ts'
import { accountKeyOf } from '../../importers/bank/iban.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { recordPayment } from '../payments/record.ts'
import { nameKey } from './words.ts'

type Line = Selectable<BankTransactionTable>
type Match = {
  readonly clientId: string
  readonly allocations: readonly { readonly invoiceId: string; readonly amountE4: Amount }[]
  readonly exchangeRateE10: ExchangeRate | null
}

const referenceFor = (line: Line): string | null =>
  (line.structuredReference ?? line.endToEndReference ?? line.purpose).replace(/\s+/g, ' ').trim().slice(0, 100) || null

const textOf = (value: Amount, line: Line) => formatAmount(value, line.currency, 'en')

/** What payments do not stand for yet of a line. */
export const openOf = async ({ trx }: CommandContext, line: Pick<Line, 'id' | 'amountE4'>): Promise<Amount> => {
  const { paidE4 } = await trx
    .selectFrom('payments')
    .select(sql<Amount | null>`sum(amount_e4 + rounding_e4)`.as('paidE4'))
    .where('bankTransactionId', '=', line.id)
    .where('status', '<>', 'cancelled')
    .executeTakeFirstOrThrow()
  return paidE4 === null ? line.amountE4 : subtract(line.amountE4, paidE4)
}

const waitingLine = async (context: CommandContext, id: string): Promise<Line> => {
  const line = await getRow(context.trx, 'bankTransactions', context.organizationId, id, 'bank line')
  if (line.state !== 'new') {
    const what = line.state === 'matched' ? 'has become a payment already' : 'was set aside'
    throw new AppError('INVALID_STATE', `This bank line ${what}.`)
  }
  if (line.amountE4 <= 0n) throw new AppError('INVALID_STATE', 'Money that went out is no payment of a client.')
  return line
}

const record = (context: CommandContext, line: Line, match: Match, amountE4: Amount) =>
  recordPayment(
    context,
    {
      clientId: match.clientId,
      receivedOn: line.bookedOn,
      method: 'bank-transfer',
      status: 'cleared',
      currency: line.currency,
      exchangeRateE10: match.exchangeRateE10,
      amountE4,
      reference: referenceFor(line),
      notes: null,
      allocations: [...match.allocations],
    },
    { bankTransactionId: line.id },
  )

/** Records a line that waits as a cleared bank transfer of a client; AppError INVALID_STATE if it does not wait. */
export const acceptLine = async (context: CommandContext, seen: { id: string; version: number }, match: Match) => {
  const line = await waitingLine(context, seen.id)
  const payment = await record(context, line, match, await openOf(context, line))
  const updated = await updateRow(context, 'bankTransactions', seen, { state: 'matched', paymentId: payment.id })
  return { line, updated: { ...updated, paymentId: payment.id, paymentNumber: payment.number } }
}

/** Records a line as payments of several clients; AppError VALIDATION where they do not come to what is open of it. */
export const splitLine = async (
  context: CommandContext,
  seen: { id: string; version: number },
  parts: readonly (Match & { readonly amountE4: Amount })[],
) => {
  const line = await waitingLine(context, seen.id)
  const [openE4, total] = [await openOf(context, line), sum(parts.map((part) => part.amountE4))]
  if (total !== openE4) {
    const message = `The parts come to ${textOf(total, line)}, but ${textOf(openE4, line)} of this bank line is open.`
    throw new AppError('VALIDATION', message, { fields: { parts: message } })
  }
  const payments: { id: string; number: string }[] = []
  for (const part of parts) payments.push(await record(context, line, part, part.amountE4))
  const updated = await updateRow(context, 'bankTransactions', seen, {
    state: 'matched',
    paymentId: payments[0]?.id ?? null,
  })
  return { ...updated, payments: payments.map(({ id, number }) => ({ id, number })) }
}

const learnKey = async (
  context: CommandContext,
  kind: 'account' | 'name',
  matchKey: string,
  clientId: string,
  lineId: string,
): Promise<void> => {
  if (matchKey === '') return
  const known = await context.trx
    .selectFrom('bankMatchRules')
    .select(['id', 'version', 'clientId'])
    .where('organizationId', '=', context.organizationId)
    .where('kind', '=', kind)
    .where('matchKey', '=', matchKey)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (known?.clientId === clientId) return
  if (known !== undefined) {
    await updateRow(context, 'bankMatchRules', known, { clientId, learnedFrom: lineId })
    return
  }
  await context.trx
    .insertInto('bankMatchRules')
    .values({ ...context.newRow(), kind, matchKey, clientId, learnedFrom: lineId })
    .execute()
}

/** Remembers who paid: the account of the other side, and its name. */
export const learn = async (context: CommandContext, line: Line, clientId: string): Promise<void> => {
  await learnKey(context, 'account', accountKeyOf(line.counterpartyAccount ?? ''), clientId, line.id)
  await learnKey(context, 'name', nameKey(line.counterpartyName ?? ''), clientId, line.id)
}

/** Forgets what was learned from a line. */
export const unlearn = async (context: CommandContext, lineId: string): Promise<void> => {
  await context.trx
    .updateTable('bankMatchRules')
    .set((row) => ({ deletedAt: context.now, updatedAt: context.now, version: row('version', '+', 1) }))
    .where('learnedFrom', '=', lineId)
    .where('organizationId', '=', context.organizationId)
    .where('deletedAt', 'is', null)
    .execute()
}
