import type { Selectable } from 'kysely'
import type { PaymentTable } from '../../../db/tables/payments.ts'
import { AppError } from '../../../shared/errors.ts'
import { add, negate, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { tooFine } from '../minor-units.ts'

type Payment = Pick<
  Selectable<PaymentTable>,
  'id' | 'number' | 'clientId' | 'currency' | 'amountE4' | 'allocatedE4' | 'receivedOn'
>
type Wanted = { readonly invoiceId: string; readonly amountE4: Amount }

/** Uses a payment for invoices; AppError OVER_ALLOCATED beyond the payment or an invoice's open amount (SQL checks too). */
export const allocate = async (context: CommandContext, payment: Payment, wanted: readonly Wanted[]): Promise<void> => {
  const left = subtract(payment.amountE4, payment.allocatedE4)
  const total = sum(wanted.map((it) => it.amountE4))
  if (total > left) {
    const text = (value: Amount) => formatAmount(value, payment.currency, 'en')
    throw new AppError('OVER_ALLOCATED', `${text(total)} is more than the ${text(left)} left of this payment.`, {
      fields: { allocations: `At most ${text(left)} in all.` },
    })
  }
  for (const [index, { invoiceId, amountE4 }] of wanted.entries()) {
    const fine = tooFine(amountE4, payment.currency)
    if (fine !== null) throw new AppError('VALIDATION', fine, { fields: { [`allocations.${index}.amountE4`]: fine } })
    const invoice = await getRow(context.trx, 'invoices', context.organizationId, invoiceId, 'invoice')
    const open = subtract(invoice.payableE4, invoice.paidE4)
    if (add(invoice.paidE4, amountE4) > invoice.payableE4) {
      const text = formatAmount(open, invoice.currency, 'en')
      throw new AppError('OVER_ALLOCATED', `Invoice ${invoice.number ?? ''} has ${text} open.`, {
        fields: { [`allocations.${index}.amountE4`]: `At most ${text}.` },
      })
    }
    await context.trx
      .insertInto('paymentAllocations')
      .values({
        ...context.newRow(),
        paymentId: payment.id,
        invoiceId,
        amountE4,
        allocatedOn: payment.receivedOn,
        reversesId: null,
      })
      .execute()
    await context.record({
      kind: amountE4 === open ? 'invoice.paid' : 'invoice.partly-paid',
      entity: 'invoice',
      entityId: invoiceId,
      clientId: payment.clientId,
      data: {
        number: invoice.number,
        payment: payment.number,
        paymentId: payment.id,
        currency: payment.currency,
        amountE4,
      },
    })
  }
}

/** Takes allocations of a payment back by reversals dated `on`: one, or (null) all that stand. */
export const reverseAllocations = async (
  context: CommandContext,
  payment: Payment,
  allocationId: string | null,
  on: string,
): Promise<void> => {
  const standing = await context.trx
    .selectFrom('paymentAllocations as a')
    .innerJoin('invoices as i', 'i.id', 'a.invoiceId')
    .select(['a.id', 'a.invoiceId', 'a.amountE4', 'i.number'])
    .where('a.paymentId', '=', payment.id)
    .where('a.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('paymentAllocations as r').select('r.id').whereRef('r.reversesId', '=', 'a.id'))),
    )
    .execute()
  const taken = allocationId === null ? standing : standing.filter((it) => it.id === allocationId)
  if (allocationId !== null && taken.length === 0) {
    throw new AppError('NOT_FOUND', 'This allocation no longer stands.', { details: { id: allocationId } })
  }
  for (const { id, invoiceId, amountE4, number } of taken) {
    await context.trx
      .insertInto('paymentAllocations')
      .values({
        ...context.newRow(),
        paymentId: payment.id,
        invoiceId,
        amountE4: negate(amountE4),
        allocatedOn: on,
        reversesId: id,
      })
      .execute()
    await context.record({
      kind: 'invoice.payment-reversed',
      entity: 'invoice',
      entityId: invoiceId,
      clientId: payment.clientId,
      data: { number, payment: payment.number, paymentId: payment.id, currency: payment.currency, amountE4 },
    })
  }
}
