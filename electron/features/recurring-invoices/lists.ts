import { type SqlBool, sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { page, readCursor } from '../../rpc/pages.ts'
import { listed } from './listed.ts'

type ListInput = Input<(typeof contract)['recurringInvoices']['list']>
/** A page of schedules: the next one first, what has ended and has no next date last. */
export const listSchedules = async ({ db, organizationId, clock, timezone }: QueryContext, input: ListInput) => {
  let query = listed(db, { organizationId, today: todayIn(timezone, clock.now()) }, input)
  const key = sql<string>`coalesce(next_on, '9999')`
  if (input.cursor !== null) {
    const from = readCursor(input.cursor)
    query = query.where(sql<SqlBool>`(coalesce(next_on, '9999'), id) > (${from.value}, ${from.id})`)
  }
  const rows = await query
    .selectAll()
    .orderBy(key)
    .orderBy('id')
    .limit(input.limit + 1)
    .execute()
  return page(rows, input.limit, (row) => ({ value: row.nextOn ?? '9999', id: row.id }))
}
