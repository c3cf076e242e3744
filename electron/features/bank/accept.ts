import type { Selectable } from 'kysely'
import type { BankTransactionTable } from '../../../db/tables/bank-transactions.ts'
import { AppError } from '../../../shared/errors.ts'
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

/** Records a line that waits as a cleared bank transfer of a client; AppError INVALID_STATE if it does not wait. */
export const acceptLine = async (context: CommandContext, seen: { id: string; version: number }, match: Match) => {
  const line = await getRow(context.trx, 'bankTransactions', context.organizationId, seen.id, 'bank line')
  if (line.state !== 'new') {
    const what = line.state === 'matched' ? 'has become a payment already' : 'was set aside'
    throw new AppError('INVALID_STATE', `This bank line ${what}.`)
  }
  if (line.amountE4 <= 0n) throw new AppError('INVALID_STATE', 'Money that went out is no payment of a client.')
  const payment = await recordPayment(context, {
    clientId: match.clientId,
    receivedOn: line.bookedOn,
    method: 'bank-transfer',
    status: 'cleared',
    currency: line.currency,
    exchangeRateE10: match.exchangeRateE10,
    amountE4: line.amountE4,
    reference: referenceFor(line),
    notes: null,
    allocations: [...match.allocations],
  })
  const updated = await updateRow(context, 'bankTransactions', seen, { state: 'matched', paymentId: payment.id })
  return { line, updated: { ...updated, paymentId: payment.id, paymentNumber: payment.number } }
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
