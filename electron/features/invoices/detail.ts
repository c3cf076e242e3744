import type { z } from 'zod'
import type { invoiceSchema } from '../../../shared/contract/invoices.ts'
import { sum } from '../../../shared/money/arithmetic.ts'
import { deliveryOf } from '../../documents/delivery.ts'
import type { Db, QueryContext } from '../../rpc/context.ts'
import { todayAt } from '../../rpc/days.ts'
import { getRow } from '../../rpc/rows.ts'
import { differencesOf } from '../payments/differences.ts'
import { contentOf } from './content.ts'
import { stateOf } from './lists.ts'
import { totalsOf } from './totals.ts'

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

const creditsOf = (db: Db, invoiceId: string) =>
  db
    .selectFrom('creditAllocations as a')
    .innerJoin('creditNotes as c', 'c.id', 'a.creditNoteId')
    .select(['a.id as allocationId', 'a.creditNoteId', 'c.number', 'a.allocatedOn', 'a.amountE4'])
    .where('a.invoiceId', '=', invoiceId)
    .where('a.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('creditAllocations as r').select('r.id').whereRef('r.reversesId', '=', 'a.id'))),
    )
    .orderBy('a.allocatedOn')
    .orderBy('a.id')
    .execute()

const writeOffsOf = (db: Db, invoiceId: string) =>
  db
    .selectFrom('writeOffs as w')
    .select(['w.id', 'w.amountE4', 'w.writtenOffOn', 'w.reason'])
    .where('w.invoiceId', '=', invoiceId)
    .where('w.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('writeOffs as r').select('r.id').whereRef('r.reversesId', '=', 'w.id'))),
    )
    .orderBy('w.writtenOffOn')
    .execute()

const creditNotesOf = (db: Db, invoiceId: string) =>
  db
    .selectFrom('creditNotes')
    .select(['id', 'number', 'state', 'issuedOn', 'totalE4'])
    .where('invoiceId', '=', invoiceId)
    .where('deletedAt', 'is', null)
    .orderBy('issuedOn')
    .orderBy('id')
    .execute()

const quoteOf = (db: Db, invoiceId: string) =>
  db
    .selectFrom('quoteInvoices as c')
    .innerJoin('quotes as q', 'q.id', 'c.quoteId')
    .select(['q.id', 'q.number'])
    .where('c.invoiceId', '=', invoiceId)
    .where('c.deletedAt', 'is', null)
    .executeTakeFirst()

/** An invoice with its lines, totals and the payments that stand. */
export const invoiceDetail = async (
  { db, organizationId, clock, zones }: QueryContext,
  { id }: { readonly id: string },
): Promise<z.input<typeof invoiceSchema>> => {
  const invoice = await getRow(db, 'invoices', organizationId, id, 'invoice')
  const today = todayAt(zones, invoice.branchId, clock.now())
  const content = await contentOf(db, invoice)
  const totals = totalsOf(content, { mode: invoice.roundingMode, scope: invoice.roundingScope })
  return {
    ...invoice,
    ...stateOf(invoice, today),
    ...(await deliveryOf(db, 'invoice', invoice)),
    content,
    totals: { ...totals, taxes: [...totals.taxes] },
    exchangeDifferenceE4: sum((await differencesOf(db, organizationId, { invoiceIds: [id] })).values()),
    payments: await paymentsOf(db, id),
    // An issued credit note has its number: the condition is for the type alone.
    credits: (await creditsOf(db, id)).map((credit) => ({ ...credit, number: credit.number ?? '' })),
    writeOffs: await writeOffsOf(db, id),
    creditNotes: await creditNotesOf(db, id),
    quote: (await quoteOf(db, id)) ?? null,
  }
}
