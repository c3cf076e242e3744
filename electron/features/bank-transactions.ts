import { setImmediate } from 'node:timers/promises'
import { type SqlBool, sql } from 'kysely'
import type { AsideReason } from '../../shared/contract/bank-transactions.ts'
import type { contract, Input } from '../../shared/contract/index.ts'
import { todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { page } from '../rpc/pages.ts'
import { getRow } from '../rpc/rows.ts'
import { acceptLine, learn, splitLine, unlearn } from './bank/accept.ts'
import { listTransactions, proposalsOf, transactionDetail, waitingRows } from './bank/lists.ts'
import type { Proposal } from './bank/matching.ts'
import { payments } from './payments.ts'

type AcceptAll = Input<(typeof contract)['bankTransactions']['acceptAll']>
type Accepted = {
  readonly id: string
  readonly version: number
  readonly paymentId: string
  readonly paymentNumber: string
}

const mostAtOnce = 100

// What has become a payment in part is no line to set aside.
const untouched = sql<SqlBool>`NOT EXISTS (SELECT 1 FROM payments p WHERE p.bank_transaction_id = bank_transactions.id AND p.status <> 'cancelled')`

const setState = async (
  context: CommandContext,
  ids: readonly string[],
  from: 'new' | 'ignored',
  to: 'new' | 'ignored',
  asideReason: AsideReason | null = null,
) => {
  const changed = await context.trx
    .updateTable('bankTransactions')
    .set((row) => ({ state: to, asideReason, updatedAt: context.now, version: row('version', '+', 1) }))
    .where('organizationId', '=', context.organizationId)
    .where('id', 'in', ids)
    .where('state', '=', from)
    .$if(to === 'ignored', (query) => query.where(untouched))
    .where('deletedAt', 'is', null)
    .returning('id')
    .execute()
  return { changed: changed.length }
}

const whyNot = (proposal: Proposal | undefined, leastScore: number): string | null => {
  if (proposal === undefined) return 'Nothing is proposed.'
  return proposal.score < leastScore ? `Its score of ${proposal.score} is below ${leastScore}.` : null
}

/** Goes through what waits, oldest first; each line sees what the ones before it paid. */
const acceptAll = async (context: CommandContext, { accountId, leastScore, until, cursor }: AcceptAll) => {
  const accepted: Accepted[] = []
  const left: { id: string; reason: string }[] = []
  const rows = await waitingRows(context.trx, context.organizationId, {
    accountId,
    until,
    cursor,
    limit: mostAtOnce + 1,
  })
  const { rows: seen, nextCursor } = page(rows, mostAtOnce, (row) => ({ value: row.bookedOn, id: row.id }))
  const first = await proposalsOf(context.trx, context.organizationId, seen)
  for (const row of seen) {
    const early = whyNot(first.get(row.id)?.[0], leastScore)
    // What was likely before may be paid by now.
    const again = early === null ? await proposalsOf(context.trx, context.organizationId, [row]) : first
    const proposal = again.get(row.id)?.[0]
    const reason = whyNot(proposal, leastScore)
    if (reason !== null || proposal === undefined) {
      left.push({ id: row.id, reason: reason ?? 'Nothing is proposed.' })
      continue
    }
    const match = { ...proposal, exchangeRateE10: null }
    accepted.push((await acceptLine(context, { id: row.id, version: row.version }, match)).updated)
    // Nothing else waits for a hundred payments.
    await setImmediate()
  }
  return { accepted, left, nextCursor }
}

/** The lines of bank statements, and the payments that they become. */
export const bankTransactions: Handlers<'bankTransactions'> = {
  list: listTransactions,
  get: transactionDetail,

  accept: async (context, { id, version, ...match }) => {
    const { line, updated } = await acceptLine(context, { id, version }, match)
    await learn(context, line, match.clientId)
    return updated
  },

  split: (context, { id, version, parts }) => splitLine(context, { id, version }, parts),

  acceptAll,

  undo: async (context, { id, version }) => {
    const line = await getRow(context.trx, 'bankTransactions', context.organizationId, id, 'bank line')
    if (line.version !== version) {
      throw new AppError('CONFLICT', 'Somebody changed this in the meantime. Look at it again.', {
        details: { yours: { version }, current: line },
      })
    }
    const became = await context.trx
      .selectFrom('payments')
      .select(['id', 'version'])
      .where('organizationId', '=', context.organizationId)
      .where((either) => either.or([either('bankTransactionId', '=', id), either('id', '=', line.paymentId ?? '')]))
      .where('status', 'in', ['pending', 'cleared'])
      .execute()
    if (became.length === 0) throw new AppError('INVALID_STATE', 'This bank line is no payment.')
    const { setStatus } = payments
    if (typeof setStatus !== 'function') throw new Error('payments.setStatus needs no preparation')
    const on = todayIn(context.timezone, context.now)
    const reason = 'The match with the bank line was taken back.'
    // A trigger gives the line back when a payment of it is cancelled, here or on the payments' own screen.
    for (const payment of became) await setStatus(context, { ...payment, status: 'cancelled', on, reason })
    await unlearn(context, id)
    const { version: after } = await getRow(context.trx, 'bankTransactions', context.organizationId, id, 'bank line')
    return { id, version: after }
  },

  ignore: (context, { ids, reason }) => setState(context, ids, 'new', 'ignored', reason),
  unignore: (context, { ids }) => setState(context, ids, 'ignored', 'new'),
}
