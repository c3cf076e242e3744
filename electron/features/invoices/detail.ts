import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import type { deliveryStates, invoiceSchema } from '../../../shared/contract/invoices.ts'
import { todayIn } from '../../../shared/dates.ts'
import type { Db, QueryContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { contentOf } from './content.ts'
import { stateOf } from './lists.ts'
import { totalsOf } from './totals.ts'

// The delivery that counts is the last one; an invoice stays sent once any server has accepted it.
const deliveryOf = async (db: Db, invoice: Selectable<InvoiceTable>): Promise<(typeof deliveryStates)[number]> => {
  const last = await db
    .selectFrom('outboxMessages')
    .select('state')
    .where('entityId', '=', invoice.id)
    .where('state', '!=', 'cancelled')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  switch (last?.state) {
    case 'queued':
    case 'sending':
      return 'queued'
    case 'failed':
    case 'bounced':
      return last.state
    default:
      return invoice.sentAt === null ? 'not-sent' : 'sent'
  }
}

const paymentsOf = (db: Db, invoiceId: string) =>
  db
    .selectFrom('paymentAllocations as a')
    .innerJoin('payments as p', 'p.id', 'a.paymentId')
    .select(['a.id as allocationId', 'a.paymentId', 'p.number', 'p.receivedOn', 'p.method', 'p.status', 'a.amountE4'])
    .where('a.invoiceId', '=', invoiceId)
    .where('a.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('paymentAllocations as r').select('r.id').whereRef('r.reversesId', '=', 'a.id'))),
    )
    .orderBy('p.receivedOn')
    .orderBy('a.id')
    .execute()

/** An invoice with its lines, totals and the payments that stand. */
export const invoiceDetail = async (
  { db, organizationId, clock, timezone }: QueryContext,
  { id }: { readonly id: string },
): Promise<z.input<typeof invoiceSchema>> => {
  const invoice = await getRow(db, 'invoices', organizationId, id, 'invoice')
  const today = todayIn(timezone, clock.now())
  const content = await contentOf(db, invoice)
  const totals = totalsOf(content, { mode: invoice.roundingMode, scope: invoice.roundingScope })
  return {
    ...invoice,
    ...stateOf(invoice, today),
    deliveryState: await deliveryOf(db, invoice),
    content,
    totals: { ...totals, taxes: [...totals.taxes] },
    payments: await paymentsOf(db, id),
  }
}
