import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { readJson } from '../../../db/json.ts'
import type { OutboxMessageTable } from '../../../db/tables/outbox-messages.ts'
import type { OutboxRow } from '../../../shared/contract/mail.ts'
import { todayIn } from '../../../shared/dates.ts'
import type { Db, Handlers } from '../../rpc/context.ts'
import { type FilterColumns, filterCondition } from '../../rpc/list-filter.ts'
import { likeAnywhere, page, readCursor } from '../../rpc/pages.ts'
import { getRow } from '../../rpc/rows.ts'

export type OutboxMessage = Selectable<OutboxMessageTable>

const addressesSchema = z.array(z.string())

/** The addresses kept in a JSON column. */
export const addressesOf = (text: string): string[] => readJson(addressesSchema, text)

const rowOf = (message: OutboxMessage): OutboxRow => ({
  id: message.id,
  version: message.version,
  entity: message.entity,
  entityId: message.entityId,
  to: addressesOf(message.toAddresses),
  subject: message.subject,
  state: message.state,
  attempts: message.attempts,
  nextAttemptAt: message.nextAttemptAt,
  lastError: message.lastError,
  createdAt: message.createdAt,
  sendAt: message.sendAt,
  acceptedAt: message.acceptedAt,
  seenAt: message.seenAt,
  seenHow: message.seenHow,
  kind: message.kind,
})

const filterColumns: FilterColumns<'outbox'> = {
  id: sql.ref('outboxMessages.id'),
  to: sql.ref('toAddresses'),
  subject: sql.ref('subject'),
  state: sql.ref('state'),
  created: sql.ref('createdAt'),
  accepted: sql.ref('acceptedAt'),
  seen: sql`iif(seen_at IS NULL, 'no', 'yes')`,
  attempts: sql.ref('attempts'),
  problem: sql.ref('lastError'),
}

const live = (db: Db, organizationId: string) =>
  db.selectFrom('outboxMessages').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)

const standingOf = async (db: Db, organizationId: string) => {
  const counts = await live(db, organizationId)
    .where('state', 'in', ['queued', 'sending', 'failed'])
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  const countOf = (wanted: OutboxMessage['state']) => counts.find((row) => row.state === wanted)?.count ?? 0
  return { waiting: countOf('queued') + countOf('sending'), failed: countOf('failed') }
}

/** How many messages wait and how many failed, without showing any. */
export const standing: Handlers<'mail'>['standing'] = ({ db, organizationId }) => standingOf(db, organizationId)

/** A page of messages, newest first, and how many of all of them wait or failed. */
export const outbox: Handlers<'mail'>['outbox'] = async (
  { db, organizationId, clock, timezone },
  { search, where, state, kind, entityId, cursor, limit },
) => {
  let query = live(db, organizationId).selectAll()
  if (state !== 'all') query = query.where('state', '=', state)
  if (kind !== 'all') query = query.where('kind', '=', kind)
  if (entityId !== null) query = query.where('entityId', '=', entityId)
  const condition = filterCondition('outbox', where, filterColumns, todayIn(timezone, clock.now()), timezone)
  if (condition !== null) query = query.where(condition)
  if (search.trim() !== '') {
    const pattern = likeAnywhere(search.trim())
    query = query.where(sql<boolean>`(subject LIKE ${pattern} ESCAPE '\\' OR to_addresses LIKE ${pattern} ESCAPE '\\')`)
  }
  if (cursor !== null) {
    const from = readCursor(cursor)
    query = query.where(sql<boolean>`(created_at, id) < (${from.value}, ${from.id})`)
  }
  const rows = await query
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const cut = page(rows, limit, (row) => ({ value: row.createdAt, id: row.id }))
  return {
    rows: cut.rows.map(rowOf),
    nextCursor: cut.nextCursor,
    ...(await standingOf(db, organizationId)),
  }
}

/** A message as it goes out, with every attempt to deliver it, oldest first. */
export const message: Handlers<'mail'>['message'] = async ({ db, organizationId }, { id }) => {
  const row = await getRow(db, 'outboxMessages', organizationId, id, 'message')
  const log = await db
    .selectFrom('mailLog')
    .select(['createdAt', 'outcome', 'detail', 'server'])
    .where('outboxMessageId', '=', id)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return {
    ...rowOf(row),
    cc: addressesOf(row.ccAddresses),
    body: row.body,
    serverResponse: row.serverResponse,
    log: log.map(({ createdAt, ...entry }) => ({ ...entry, at: createdAt })),
  }
}
