import type { z } from 'zod'
import type { creditNoteSchema } from '../../../shared/contract/credit-notes.ts'
import { deliveryOf } from '../../documents/delivery.ts'
import { bookableTotals } from '../../documents/totals.ts'
import type { Db, QueryContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { creditContentOf, creditNoteDocument } from './document.ts'

const applicationsOf = (db: Db, creditNoteId: string) =>
  db
    .selectFrom('creditAllocations as a')
    .innerJoin('invoices as i', 'i.id', 'a.invoiceId')
    .select(['a.id', 'a.invoiceId', 'i.number as invoiceNumber', 'a.amountE4', 'a.allocatedOn'])
    .where('a.creditNoteId', '=', creditNoteId)
    .where('a.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('creditAllocations as r').select('r.id').whereRef('r.reversesId', '=', 'a.id'))),
    )
    .orderBy('a.allocatedOn')
    .orderBy('a.id')
    .execute()

const refundsOf = (db: Db, creditNoteId: string) =>
  db
    .selectFrom('refunds')
    .select(['id', 'number', 'refundedOn', 'amountE4'])
    .where('creditNoteId', '=', creditNoteId)
    .where('cancelledOn', 'is', null)
    .orderBy('refundedOn')
    .orderBy('id')
    .execute()

const invoiceOf = async (db: Db, invoiceId: string | null) => {
  if (invoiceId === null) return null
  const row = await db
    .selectFrom('invoices')
    .select(['id', 'number', 'issuedOn'])
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow()
  return { ...row, number: row.number ?? '' }
}

/** A credit note with its lines, totals and what became of it. */
export const creditNoteDetail = async (
  { db, organizationId }: QueryContext,
  { id }: { readonly id: string },
): Promise<z.input<typeof creditNoteSchema>> => {
  const note = await getRow(db, 'creditNotes', organizationId, id, 'credit note')
  const content = await creditContentOf(db, note)
  const totals = bookableTotals(() =>
    creditNoteDocument.calculate(content, { mode: note.roundingMode, scope: note.roundingScope }),
  )
  return {
    ...note,
    ...(await deliveryOf(db, 'credit-note', note)),
    content,
    totals: { ...totals, taxes: [...totals.taxes] },
    invoice: await invoiceOf(db, note.invoiceId),
    // What takes credit is issued, so it has its number: the condition is for the type alone.
    applications: (await applicationsOf(db, id)).map((it) => ({ ...it, invoiceNumber: it.invoiceNumber ?? '' })),
    refunds: await refundsOf(db, id),
  }
}
