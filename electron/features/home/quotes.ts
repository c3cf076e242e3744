import { type SqlBool, sql } from 'kysely'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/context.ts'
import { type Days, daySql, shifted } from '../../rpc/days.ts'
import type { Attention } from './attention-entry.ts'

type Sum = { readonly currency: string; readonly amountE4: Amount; readonly count: number }

/** So many days before its last one a quote is worth a word to the client. */
const soonDays = 7

// Written into the text: a partial index serves only conditions that are known when the statement is prepared.
const isOpen = sql.lit('open' as const)

const said = (rows: readonly Sum[], language: string) =>
  rows.map((row) => formatAmount(row.amountE4, row.currency, language)).join(' + ')

const countOf = (rows: readonly Sum[]) => rows.reduce((sum, row) => sum + row.count, 0)

const expiring = async (db: Db, organizationId: string, days: Days): Promise<readonly Sum[]> =>
  await db
    .selectFrom('quotes')
    .select(['currency', sql<Amount>`sum(payable_e4)`.as('amountE4'), sql<number>`count(*)`.as('count')])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', isOpen)
    .where('validUntil', '>=', daySql(days))
    .where('validUntil', '<=', daySql(shifted(days, soonDays)))
    .groupBy('currency')
    .orderBy('currency')
    .execute()

const accepted = async (db: Db, organizationId: string): Promise<readonly Sum[]> =>
  await db
    .selectFrom('quotes')
    .select(['currency', sql<Amount>`sum(payable_e4 - invoiced_e4)`.as('amountE4'), sql<number>`count(*)`.as('count')])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'accepted')
    .where(sql<SqlBool>`invoiced_e4 <> payable_e4`)
    .groupBy('currency')
    .orderBy('currency')
    .execute()

/** Quotes that a person should look at: accepted and not invoiced yet, and those about to expire. */
export const quoteAttention = async (
  db: Db,
  { id, language }: { readonly id: string; readonly language: string },
  { days }: { readonly days: Days },
): Promise<Attention[]> => {
  const [won, soon] = [await accepted(db, id), await expiring(db, id, days)]
  const [wonCount, soonCount] = [countOf(won), countOf(soon)]
  return [
    ...(wonCount === 0
      ? []
      : [
          {
            kind: 'quote-accepted' as const,
            count: wonCount,
            title: `${wonCount} accepted ${wonCount === 1 ? 'quote waits' : 'quotes wait'} for an invoice`,
            detail: `${said(won, language)} left to invoice`,
            route: '/quotes?filter=accepted',
          },
        ]),
    ...(soonCount === 0
      ? []
      : [
          {
            kind: 'quote-expiring' as const,
            count: soonCount,
            title: `${soonCount} ${soonCount === 1 ? 'quote expires' : 'quotes expire'} within a week`,
            detail: said(soon, language),
            route: '/quotes?filter=open',
          },
        ]),
  ]
}
