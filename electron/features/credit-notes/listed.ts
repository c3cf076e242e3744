import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../db/tables/index.ts'
import type { creditNoteFilters } from '../../../shared/contract/credit-notes.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { foundBy } from '../../documents/lists.ts'
import type { Db } from '../../rpc/handles.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { listTotals, totalColumnsOf } from '../../rpc/list-totals.ts'

type ListInput = Input<(typeof contract)['creditNotes']['list']>

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
  sent: sql`iif(sent_at IS NULL, 'no', 'yes')`,
  branch: sql.ref('branchId'),
}

const inFilter = (filter: (typeof creditNoteFilters)[number]) => (row: ExpressionBuilder<Database, 'creditNotes'>) =>
  filter === 'all' ? sql<SqlBool>`true` : row('state', '=', filter)

type Listed = Omit<ListInput, 'cursor' | 'limit' | 'sort' | 'direction'>
type Scope = { readonly organizationId: string; readonly today: string }

/** The credit notes that a list is of, before they are sorted and cut into pages. */
export const listed = (db: Db, { organizationId, today }: Scope, input: Listed) => {
  let query = db
    .selectFrom('creditNotes')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where(inFilter(input.filter))
  if (input.clientId !== null) query = query.where('clientId', '=', input.clientId)
  if (input.invoiceId !== null) query = query.where('invoiceId', '=', input.invoiceId)
  if (input.from !== null) query = query.where('issuedOn', '>=', input.from)
  if (input.to !== null) query = query.where('issuedOn', '<=', input.to)
  const where = filterCondition('creditNotes', input.where, filterColumns, today)
  if (where !== null) query = query.where(where)
  const found = foundBy('credit-note', organizationId, input.search)
  if (found !== null) query = query.where(found)
  return query
}

/** What the credit notes of a list come to. */
export const creditNoteTotals = async (db: Db, { input, ...scope }: Scope & { readonly input: Listed }) =>
  listTotals(
    await listed(db, scope, input)
      .select('currency')
      .select(
        totalColumnsOf({
          totalE4: sql.ref('payableE4'),
          restE4: sql`iif(state = 'issued', credit_e4, 0)`,
          counts: sql`(voided_at IS NULL)`,
        }),
      )
      .groupBy('currency')
      .orderBy('currency')
      .execute(),
  )
