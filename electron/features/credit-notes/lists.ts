import { sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { behind } from '../../documents/lists.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { page, readCursor } from '../../rpc/pages.ts'
import { listed } from './listed.ts'

type ListInput = Input<(typeof contract)['creditNotes']['list']>

const columns = { issuedOn: 'issuedOn', number: 'number', client: 'clientName', payable: 'payableE4' } as const

/** A page of credit notes by filter, text and sort. */
export const listCreditNotes = async ({ db, organizationId, clock, timezone }: QueryContext, input: ListInput) => {
  const today = todayIn(timezone, clock.now())
  const column = columns[input.sort]
  let query = listed(db, { organizationId, today }, input)
  if (input.cursor !== null) {
    const sortBy = sql<string | bigint>`${sql.ref(column)}`
    query = query.where(behind(sortBy, readCursor(input.cursor), input.direction, column === 'number'))
  }
  const rows = await query
    .select([
      'id',
      'version',
      'number',
      'clientId',
      'clientName',
      'branchId',
      'invoiceId',
      'reference',
      'reason',
      'issuedOn',
      'currency',
      'payableE4',
      'creditE4',
      'state',
      'sentAt',
      sql<string | null>`(SELECT i.number FROM invoices i WHERE i.id = credit_notes.invoice_id)`.as('invoiceNumber'),
    ])
    .orderBy(column, input.direction)
    .orderBy('id', input.direction)
    .limit(input.limit + 1)
    .execute()
  return page(rows, input.limit, (row) => ({ value: row[column], id: row.id }))
}

/** How many credit notes each filter holds, and what credit is left in each currency. */
export const creditNoteStats = async (
  { db, organizationId }: QueryContext,
  { clientId }: { readonly clientId: string | null },
) => {
  const own = db.selectFrom('creditNotes').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)
  const base = clientId === null ? own : own.where('clientId', '=', clientId)
  const states = await base
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  const sums = await base
    .where('state', '=', sql.lit('issued' as const))
    .select(['currency', sql<Amount>`sum(credit_e4)`.as('creditE4')])
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  const count = (state: string) => states.find((row) => row.state === state)?.count ?? 0
  return {
    counts: {
      all: states.reduce((sum, row) => sum + row.count, 0),
      draft: count('draft'),
      issued: count('issued'),
      applied: count('applied'),
      void: count('void'),
    },
    sums,
  }
}
