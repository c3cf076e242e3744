import { type SqlBool, sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { listTotals, totalColumnsOf } from '../../rpc/list-totals.ts'
import { likeAnywhere } from '../../rpc/pages.ts'

type ListInput = Input<(typeof contract)['payments']['list']>

const filterColumns: FilterColumns<'payments'> = {
  id: sql.ref('payments.id'),
  number: sql.ref('number'),
  clientName: sql.ref('clientName'),
  reference: sql.ref('reference'),
  currency: sql.ref('currency'),
  receivedOn: sql.ref('receivedOn'),
  amount: sql`amount_e4 + rounding_e4`,
  credit: sql.ref('creditE4'),
  method: sql.ref('method'),
  status: sql.ref('status'),
  branch: sql.ref('branchId'),
}

type Listed = Omit<ListInput, 'cursor' | 'limit'>
type Scope = { readonly organizationId: string; readonly today: string }

/** The payments that a list is of, before they are sorted and cut into pages. */
export const listed = (db: Db, { organizationId, today }: Scope, input: Listed) => {
  let query = db.selectFrom('payments').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)
  if (input.status !== 'all') query = query.where('status', '=', input.status)
  if (input.clientId !== null) query = query.where('clientId', '=', input.clientId)
  if (input.withCredit) query = query.where('creditE4', '>', zero)
  const where = filterCondition('payments', input.where, filterColumns, today)
  if (where !== null) query = query.where(where)
  if (input.search.trim() !== '') {
    const pattern = likeAnywhere(input.search.trim())
    query = query.where(
      sql<SqlBool>`(number LIKE ${pattern} ESCAPE '\\' OR client_name LIKE ${pattern} ESCAPE '\\' OR reference LIKE ${pattern} ESCAPE '\\')`,
    )
  }
  return query
}

/** What the payments of a list come to. */
export const paymentTotals = async (db: Db, { input, ...scope }: Scope & { readonly input: Listed }) =>
  listTotals(
    await listed(db, scope, input)
      .select('currency')
      .select(
        totalColumnsOf({
          totalE4: sql`amount_e4 + rounding_e4`,
          restE4: sql.ref('creditE4'),
          counts: sql`(status IN ('pending', 'cleared'))`,
        }),
      )
      .groupBy('currency')
      .orderBy('currency')
      .execute(),
  )
