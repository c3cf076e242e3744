import type { SqlBool } from 'kysely'
import { sql } from 'kysely'
import type { contract, Input } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { convert } from '../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { formatAmount } from '../../shared/money/format.ts'
import { type Amount, type ExchangeRate, zero } from '../../shared/money/scaled.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { assertBookable } from './book-limit.ts'
import { tooFine } from './minor-units.ts'
import { takeNumber } from './numbering.ts'

type Source = {
  readonly number: string
  readonly clientId: string
  readonly clientName: string
  readonly branchId: string | null
  readonly currency: string
  readonly exchangeRateE10: ExchangeRate
  readonly creditE4: Amount
  readonly on: string
}

const paymentSource = async ({ trx, organizationId }: CommandContext, id: string): Promise<Source> => {
  const payment = await getRow(trx, 'payments', organizationId, id, 'payment')
  if (payment.status !== 'cleared') {
    const message = `Payment ${payment.number} is ${payment.status}: only money that is there can be refunded.`
    throw new AppError('INVALID_STATE', message)
  }
  return { ...payment, on: payment.receivedOn }
}

const creditNoteSource = async ({ trx, organizationId }: CommandContext, id: string): Promise<Source> => {
  const note = await getRow(trx, 'creditNotes', organizationId, id, 'credit note')
  if (note.issuedAt === null || note.number === null || note.clientId === null)
    throw new AppError('INVALID_STATE', 'Issue this credit note first.')
  if (note.voidedAt !== null) throw new AppError('INVALID_STATE', `Credit note ${note.number} is void.`)
  return { ...note, number: note.number, clientId: note.clientId, on: note.issuedOn }
}

const assertRefundable = (source: Source, amountE4: Amount, refundedOn: string) => {
  const fine = tooFine(amountE4, source.currency)
  if (fine !== null) throw new AppError('VALIDATION', fine, { fields: { amountE4: fine } })
  if (amountE4 > source.creditE4) {
    const text = (value: Amount) => formatAmount(value, source.currency, 'en')
    throw new AppError(
      'OVER_ALLOCATED',
      `${text(amountE4)} is more than the ${text(source.creditE4)} left of ${source.number}.`,
      {
        fields: { amountE4: `At most ${text(source.creditE4)}.` },
      },
    )
  }
  if (refundedOn < source.on) {
    const message = `${source.number} is of ${source.on}: a refund is made on that day or later.`
    throw new AppError('VALIDATION', message, { fields: { refundedOn: message } })
  }
}

type CreateInput = Input<(typeof contract)['refunds']['create']>
type CancelInput = Input<(typeof contract)['refunds']['cancel']>

/** Records money given back of a payment or a credit note; AppError OVER_ALLOCATED beyond what is left of it. */
export const recordRefund = async (context: CommandContext, input: CreateInput) => {
  const { trx, organizationId } = context
  const source =
    input.paymentId !== null
      ? await paymentSource(context, input.paymentId)
      : await creditNoteSource(context, input.creditNoteId ?? '')
  assertRefundable(source, input.amountE4, input.refundedOn)
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const isBase = source.currency === organization.currency
  const rate = isBase ? source.exchangeRateE10 : (input.exchangeRateE10 ?? source.exchangeRateE10)
  const baseAmountE4 = convert(input.amountE4, rate, minorUnitsOf(organization.currency), organization.roundingMode)
  assertBookable('amountE4', [baseAmountE4])
  const { seriesId, number } = await takeNumber(context, 'refund', input.refundedOn, {
    clientId: source.clientId,
    branchId: source.branchId,
  })
  const row = context.newRow()
  const { clientId, clientName, currency } = source
  await trx
    .insertInto('refunds')
    .values({
      ...row,
      ...input,
      clientId,
      clientName,
      currency,
      seriesId,
      number,
      exchangeRateE10: rate,
      baseAmountE4,
      cancelledOn: null,
      cancelReason: null,
    })
    .execute()
  await context.record({
    kind: 'refund.recorded',
    entity: 'refund',
    entityId: row.id,
    clientId,
    data: { number, source: source.number, currency, amountE4: input.amountE4, method: input.method },
  })
  return { id: row.id, version: 1, number }
}

/** Takes a refund back that did not happen; AppError INVALID_STATE if it is cancelled already. */
export const cancelRefund = async (context: CommandContext, { id, version, on, reason }: CancelInput) => {
  const refund = await getRow(context.trx, 'refunds', context.organizationId, id, 'refund')
  if (refund.cancelledOn !== null) throw new AppError('INVALID_STATE', `Refund ${refund.number} is cancelled already.`)
  const updated = await updateRow(context, 'refunds', { id, version }, { cancelledOn: on, cancelReason: reason })
  await context.record({
    kind: 'refund.cancelled',
    entity: 'refund',
    entityId: id,
    clientId: refund.clientId,
    data: { number: refund.number, currency: refund.currency, amountE4: refund.amountE4, reason },
  })
  return updated
}

/** Money given back to clients, from what is left of a payment or of a credit note. */
export const refunds: Handlers<'refunds'> = {
  list: async ({ db, organizationId }, input) => {
    let query = db
      .selectFrom('refunds as r')
      .leftJoin('payments as p', 'p.id', 'r.paymentId')
      .leftJoin('creditNotes as c', 'c.id', 'r.creditNoteId')
      .where('r.organizationId', '=', organizationId)
    if (input.clientId !== null) query = query.where('r.clientId', '=', input.clientId)
    if (input.cursor !== null) {
      const from = readCursor(input.cursor)
      query = query.where(sql<SqlBool>`(r.refunded_on, r.id) < (${from.value}, ${from.id})`)
    }
    const rows = await query
      .select([
        'r.id',
        'r.version',
        'r.number',
        'r.clientId',
        'r.clientName',
        'r.paymentId',
        'r.creditNoteId',
        'r.refundedOn',
        'r.method',
        'r.currency',
        'r.amountE4',
        'r.reference',
        'r.notes',
        'r.cancelledOn',
        'r.cancelReason',
        sql<string>`coalesce(p.number, c.number)`.as('sourceNumber'),
      ])
      .orderBy('r.refundedOn', 'desc')
      .orderBy('r.id', 'desc')
      .limit(input.limit + 1)
      .execute()
    return page(rows, input.limit, (row) => ({ value: row.refundedOn, id: row.id }))
  },

  sources: async ({ db, organizationId }, { clientId }) => {
    await getRow(db, 'clients', organizationId, clientId, 'client')
    const payments = await db
      .selectFrom('payments')
      .select(['id', 'version', 'number', 'receivedOn as on', 'currency', 'creditE4'])
      .where('clientId', '=', clientId)
      .where('deletedAt', 'is', null)
      .where('status', '=', 'cleared')
      .where('creditE4', '>', zero)
      .execute()
    const notes = await db
      .selectFrom('creditNotes')
      .select(['id', 'version', sql<string>`number`.as('number'), 'issuedOn as on', 'currency', 'creditE4'])
      .where('clientId', '=', clientId)
      .where('deletedAt', 'is', null)
      .where('state', '=', sql.lit('issued' as const))
      .execute()
    return [
      ...payments.map((it) => ({ ...it, kind: 'payment' as const })),
      ...notes.map((it) => ({ ...it, kind: 'credit-note' as const })),
    ].sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
  },

  create: recordRefund,
  cancel: cancelRefund,
}
