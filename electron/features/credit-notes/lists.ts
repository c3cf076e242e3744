import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../db/tables/index.ts'
import type { creditNoteFilters } from '../../../shared/contract/credit-notes.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { behind, foundBy } from '../../documents/lists.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { page, readCursor } from '../../rpc/pages.ts'

type ListInput = Input<(typeof contract)['creditNotes']['list']>

const columns = { issuedOn: 'issuedOn', number: 'number', client: 'clientName', payable: 'payableE4' } as const

const inFilter = (filter: (typeof creditNoteFilters)[number]) => (row: ExpressionBuilder<Database, 'creditNotes'>) =>
  filter === 'all' ? sql<SqlBool>`true` : row('state', '=', filter)

const filterColumns: FilterColumns<'creditNotes'> = {
  id: sql.ref('creditNotes.id'),
  number: sql.ref('number'),
  clientName: sql.ref('clientName'),
  reference: sql.ref('reference'),
  currency: sql.ref('currency'),
  issuedOn: sql.ref('issuedOn'),
  total: sql.ref('payableE4'),
  state: sql.ref('state'),
  credit: sql.ref('creditE4'),
  reason: sql.ref('reason'),
}

/** A page of credit notes by filter, text and sort. */
export const listCreditNotes = async ({ db, organizationId, clock, timezone }: QueryContext, input: ListInput) => {
  const column = columns[input.sort]
  let query = db
    .selectFrom('creditNotes')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where(inFilter(input.filter))
  if (input.clientId !== null) query = query.where('clientId', '=', input.clientId)
  if (input.invoiceId !== null) query = query.where('invoiceId', '=', input.invoiceId)
  if (input.from !== null) query = query.where('issuedOn', '>=', input.from)
  if (input.to !== null) query = query.where('issuedOn', '<=', input.to)
  const where = filterCondition('creditNotes', input.where, filterColumns, todayIn(timezone, clock.now()))
  if (where !== null) query = query.where(where)
  const found = foundBy('credit-note', organizationId, input.search)
  if (found !== null) query = query.where(found)
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
