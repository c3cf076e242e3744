import { todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { formatAmount } from '../../shared/money/format.ts'
import type { Handlers } from '../rpc/context.ts'
import { todayAt } from '../rpc/days.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { allocate, reverseAllocations } from './payments/allocations.ts'
import { listPayments, openInvoicesOf, paymentDetail } from './payments/lists.ts'
import { cashStepOf, recordPayment } from './payments/record.ts'

/** Money received, and which invoices it pays. */
export const payments: Handlers<'payments'> = {
  list: listPayments,
  totals: ({ engines, organizationId, clock, timezone }, input) =>
    engines.readings.read('paymentTotals', { organizationId, today: todayIn(timezone, clock.now()), input }),
  get: paymentDetail,
  openInvoices: openInvoicesOf,
  rounding: async ({ db, organizationId }, asked) => ({ stepE4: await cashStepOf(db, organizationId, asked) }),
  create: recordPayment,

  allocate: async (context, { id, version, allocations }) => {
    const payment = await getRow(context.trx, 'payments', context.organizationId, id, 'payment')
    const updated = await updateRow(context, 'payments', { id, version }, {})
    await allocate(context, payment, allocations)
    return updated
  },

  unallocate: async (context, { id, version, allocationId }) => {
    const payment = await getRow(context.trx, 'payments', context.organizationId, id, 'payment')
    const updated = await updateRow(context, 'payments', { id, version }, {})
    await reverseAllocations(context, payment, allocationId, todayAt(context.zones, payment.branchId, context.now))
    return updated
  },

  setStatus: async (context, { id, version, status, on, reason }) => {
    const payment = await getRow(context.trx, 'payments', context.organizationId, id, 'payment')
    if (status === 'cleared' && payment.status !== 'pending') {
      throw new AppError('INVALID_STATE', `Payment ${payment.number} is ${payment.status}, not pending.`)
    }
    if (payment.status === 'bounced' || payment.status === 'cancelled') {
      throw new AppError('INVALID_STATE', `Payment ${payment.number} is ${payment.status} and stays so.`)
    }
    if (status !== 'cleared' && payment.refundedE4 !== 0n) {
      const message = `${formatAmount(payment.refundedE4, payment.currency, 'en')} of payment ${payment.number} was refunded: cancel the refund first.`
      throw new AppError('INVALID_STATE', message)
    }
    if (status !== 'cleared') await reverseAllocations(context, payment, null, on)
    const updated = await updateRow(
      context,
      'payments',
      { id, version },
      { status, statusOn: on, statusReason: reason },
    )
    await context.record({
      kind: `payment.${status}`,
      entity: 'payment',
      entityId: id,
      clientId: payment.clientId,
      data: { number: payment.number, currency: payment.currency, amountE4: payment.amountE4, reason },
    })
    return updated
  },
}
