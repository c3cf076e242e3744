import { type SqlBool, sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import { sum } from '../../../shared/money/arithmetic.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { page, readCursor } from '../../rpc/pages.ts'
import { getRow } from '../../rpc/rows.ts'
import { differencesOf } from './differences.ts'
import { listed } from './listed.ts'

type ListInput = Input<(typeof contract)['payments']['list']>

const rowColumns = [
  'id',
  'version',
  'number',
  'clientId',
  'clientName',
  'branchId',
  'receivedOn',
  'method',
  'status',
  'currency',
  'amountE4',
  'roundingE4',
  'allocatedE4',
  'creditE4',
  'reference',
] as const

/** A page of payments, newest first. */
export const listPayments = async ({ db, organizationId, clock, timezone }: QueryContext, input: ListInput) => {
  const today = todayIn(timezone, clock.now())
  let query = listed(db, { organizationId, today }, input)
  if (input.cursor !== null) {
    const from = readCursor(input.cursor)
    query = query.where(sql<SqlBool>`(received_on, id) < (${from.value}, ${from.id})`)
  }
  const rows = await query
    .select(rowColumns)
    .orderBy('receivedOn', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
    .execute()
  return page(rows, input.limit, (row) => ({ value: row.receivedOn, id: row.id }))
}

/** A payment with the invoices that it pays and what was given back of it. */
export const paymentDetail = async ({ db, organizationId }: QueryContext, { id }: { readonly id: string }) => {
  const payment = await getRow(db, 'payments', organizationId, id, 'payment')
  const allocations = await db
    .selectFrom('paymentAllocations as a')
    .innerJoin('invoices as i', 'i.id', 'a.invoiceId')
    .select(['a.id', 'a.invoiceId', sql<string>`i.number`.as('invoiceNumber'), 'a.amountE4', 'a.allocatedOn'])
    .where('a.paymentId', '=', id)
    .where('a.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('paymentAllocations as r').select('r.id').whereRef('r.reversesId', '=', 'a.id'))),
    )
    .orderBy('a.id')
    .execute()
  const reversals = await db
    .selectFrom('paymentAllocations as r')
    .innerJoin('paymentAllocations as a', 'a.id', 'r.reversesId')
    .innerJoin('invoices as i', 'i.id', 'r.invoiceId')
    .select([
      'r.id',
      'r.invoiceId',
      sql<string>`i.number`.as('invoiceNumber'),
      'a.amountE4',
      'r.allocatedOn as reversedOn',
    ])
    .where('r.paymentId', '=', id)
    .orderBy('r.id')
    .execute()
  const refunds = await db
    .selectFrom('refunds')
    .select(['id', 'number', 'refundedOn', 'amountE4'])
    .where('paymentId', '=', id)
    .where('cancelledOn', 'is', null)
    .orderBy('id')
    .execute()
  const differences = await differencesOf(db, organizationId, { sourceIds: [id] })
  return {
    ...payment,
    exchangeDifferenceE4: sum(differences.values()),
    allocations: allocations.map((it) => ({ ...it, exchangeDifferenceE4: differences.get(it.id) ?? zero })),
    reversals,
    refunds,
  }
}

/** Open invoices of a client in one currency, oldest due first. */
export const openInvoicesOf = (
  { db, organizationId }: QueryContext,
  { clientId, currency }: { readonly clientId: string; readonly currency: string },
) =>
  db
    .selectFrom('invoices')
    .select(['id', 'branchId', sql<string>`number`.as('number'), 'issuedOn', 'dueOn', 'payableE4', 'openE4'])
    .where('organizationId', '=', organizationId)
    .where('clientId', '=', clientId)
    .where('deletedAt', 'is', null)
    .where('currency', '=', currency)
    .where('state', '=', 'open')
    .where('openE4', '>', zero)
    .orderBy(sql`coalesce(due_on, issued_on)`)
    .orderBy('issuedOn')
    .orderBy('id')
    .execute()
