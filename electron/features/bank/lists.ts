import { type SqlBool, sql } from 'kysely'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import { notFound } from '../../../shared/errors.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { Db, QueryContext, Trx } from '../../rpc/context.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { likeAnywhere, page, readCursor } from '../../rpc/pages.ts'
import { leastScore, type Proposal, proposalsFor } from './matching.ts'
import { matchLine, worldFor } from './world.ts'

type ListInput = Input<(typeof contract)['bankTransactions']['list']>

// Payments of before name no line: the line names its one.
const ofLine = sql`(l.bank_transaction_id = t.id OR l.id = t.payment_id) AND l.status <> 'cancelled'`
const openOfLine = sql<Amount>`CASE WHEN t.state = 'matched' THEN 0 ELSE t.amount_e4 -
  (SELECT coalesce(sum(l.amount_e4 + l.rounding_e4), 0) FROM payments l WHERE ${ofLine}) END`

const rowsOf = (db: Db | Trx, organizationId: string) =>
  db
    .selectFrom('bankTransactions as t')
    .innerJoin('bankAccounts as a', 'a.id', 't.accountId')
    .leftJoin('payments as p', 'p.id', 't.paymentId')
    .where('t.organizationId', '=', organizationId)
    .where('t.deletedAt', 'is', null)
    .select([
      't.id',
      't.version',
      't.accountId',
      'a.name as accountName',
      't.bookedOn',
      't.valuedOn',
      't.amountE4',
      't.currency',
      't.counterpartyName',
      't.counterpartyAccount',
      't.endToEndReference',
      't.mandateReference',
      't.structuredReference',
      't.bankReference',
      't.purpose',
      't.state',
      't.statementId',
      't.paymentId',
      't.asideReason',
      openOfLine.as('openE4'),
      sql<number>`(SELECT count(*) FROM payments l WHERE ${ofLine})`.as('paymentCount'),
      'p.number as paymentNumber',
      'p.clientId',
      'p.clientName',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]

const filterColumns: FilterColumns<'bankLines'> = {
  id: sql.ref('t.id'),
  name: sql.ref('t.counterpartyName'),
  purpose: sql.ref('t.purpose'),
  reference: sql`coalesce(t.structured_reference, t.end_to_end_reference)`,
  account: sql.ref('t.counterpartyAccount'),
  amount: sql.ref('t.amountE4'),
  currency: sql.ref('t.currency'),
  bookedOn: sql.ref('t.bookedOn'),
  state: sql.ref('t.state'),
}

const filtered = (db: Db, organizationId: string, today: string, input: Omit<ListInput, 'limit' | 'cursor'>) => {
  let query = rowsOf(db, organizationId)
  if (input.accountId !== null) query = query.where('t.accountId', '=', input.accountId)
  if (input.filter === 'to-match') query = query.where('t.state', '=', 'new').where('t.amountE4', '>', zero)
  if (input.filter === 'money-out') query = query.where('t.state', '=', 'new').where('t.amountE4', '<', zero)
  if (input.filter === 'matched' || input.filter === 'ignored') query = query.where('t.state', '=', input.filter)
  const where = filterCondition('bankLines', input.where, filterColumns, today)
  if (where !== null) query = query.where(where)
  const text = input.search.trim()
  if (text !== '') {
    const pattern = likeAnywhere(text)
    query = query.where(
      sql<SqlBool>`(t.counterparty_name LIKE ${pattern} ESCAPE '\\' OR t.purpose LIKE ${pattern} ESCAPE '\\'
        OR t.structured_reference LIKE ${pattern} ESCAPE '\\' OR t.end_to_end_reference LIKE ${pattern} ESCAPE '\\')`,
    )
  }
  return query
}

const countsOf = async (db: Db, organizationId: string, accountId: string | null) => {
  let query = db
    .selectFrom('bankTransactions')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'new')
  if (accountId !== null) query = query.where('accountId', '=', accountId)
  const { toMatch, moneyOut } = await query
    .select([
      sql<number | null>`sum(amount_e4 > 0)`.as('toMatch'),
      sql<number | null>`sum(amount_e4 < 0)`.as('moneyOut'),
    ])
    .executeTakeFirstOrThrow()
  return { toMatch: Number(toMatch ?? 0), moneyOut: Number(moneyOut ?? 0) }
}

// What is proposed is for what is open of a line.
const openLine = (row: Row) => matchLine({ ...row, amountE4: row.openE4 })

/** The proposals for lines that wait, best first, by the line's id. */
export const proposalsOf = async (
  db: Db | Trx,
  organizationId: string,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, readonly Proposal[]>> => {
  const waiting = rows.filter((row) => row.state === 'new' && row.amountE4 > zero)
  const world = await worldFor(db, organizationId, waiting.map(openLine))
  return new Map(waiting.map((row) => [row.id, proposalsFor(openLine(row), world)]))
}

const shown = (proposal: Proposal) => ({
  ...proposal,
  allocations: [...proposal.allocations],
  reasons: [...proposal.reasons],
})

const rowOutput = (row: Row, proposals: readonly Proposal[] | undefined) => {
  const best = proposals?.[0]
  return {
    ...row,
    reference: row.structuredReference ?? row.endToEndReference,
    proposal: best === undefined || best.score < leastScore ? null : shown(best),
  }
}

/** A page of bank lines, newest first, each with its proposal. */
export const listTransactions = async ({ db, organizationId, clock, timezone }: QueryContext, input: ListInput) => {
  let query = filtered(db, organizationId, todayIn(timezone, clock.now()), input)
  if (input.cursor !== null) {
    const from = readCursor(input.cursor)
    query = query.where(sql<SqlBool>`(t.booked_on, t.id) < (${from.value}, ${from.id})`)
  }
  const rows = await query
    .orderBy('t.bookedOn', 'desc')
    .orderBy('t.id', 'desc')
    .limit(input.limit + 1)
    .execute()
  const cut = page(rows, input.limit, (row) => ({ value: row.bookedOn, id: row.id }))
  const proposals = await proposalsOf(db, organizationId, cut.rows)
  return {
    rows: cut.rows.map((row) => rowOutput(row, proposals.get(row.id))),
    nextCursor: cut.nextCursor,
    counts: await countsOf(db, organizationId, input.accountId),
  }
}

type Waiting = {
  readonly accountId: string | null
  readonly until: string | null
  readonly cursor: string | null
  readonly limit: number
}

/** Lines that wait, oldest first, as `acceptAll` goes through them. */
export const waitingRows = async (
  db: Db | Trx,
  organizationId: string,
  { accountId, until, cursor, limit }: Waiting,
): Promise<Row[]> => {
  let query = rowsOf(db, organizationId).where('t.state', '=', 'new').where('t.amountE4', '>', zero)
  if (accountId !== null) query = query.where('t.accountId', '=', accountId)
  if (until !== null) query = query.where('t.bookedOn', '<=', until)
  if (cursor !== null) {
    const from = readCursor(cursor)
    query = query.where(sql<SqlBool>`(t.booked_on, t.id) > (${from.value}, ${from.id})`)
  }
  return await query.orderBy('t.bookedOn').orderBy('t.id').limit(limit).execute()
}

/** A bank line with all that the bank said, its proposal and the other clients that it may be from. */
export const transactionDetail = async ({ db, organizationId }: QueryContext, { id }: { readonly id: string }) => {
  const row = await rowsOf(db, organizationId).where('t.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('bank line', id)
  const { fileName } = await db
    .selectFrom('bankStatements')
    .select('fileName')
    .where('id', '=', row.statementId)
    .executeTakeFirstOrThrow()
  const proposals = (await proposalsOf(db, organizationId, [row])).get(id) ?? []
  const payments = await db
    .selectFrom('payments')
    .select(['id', 'number', 'clientId', 'clientName', sql<Amount>`amount_e4 + rounding_e4`.as('amountE4')])
    .where('organizationId', '=', organizationId)
    .where((either) => either.or([either('bankTransactionId', '=', id), either('id', '=', row.paymentId ?? '')]))
    .where('status', '<>', 'cancelled')
    .orderBy('id')
    .execute()
  return { ...rowOutput(row, proposals), payments, fileName, alternatives: proposals.slice(1, 6).map(shown) }
}
