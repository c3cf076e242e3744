import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import { type SentByHand, sentHows } from '../../shared/contract/documents.ts'
import { startOfDayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Db, Trx } from '../rpc/context.ts'
import { lastDayAt, todayAt, zoneOf } from '../rpc/days.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { type DocumentKind, standIn, titleFor, wordFor } from './tables.ts'

type Row = { readonly id: string; readonly version: number }
type Mark = SentByHand & { readonly markedAt: string }

const dataSchema = z.looseObject({ on: z.string(), how: z.enum(sentHows).catch('other'), note: z.string().nullable() })

/** The marks that stand, oldest first: each that was taken back is gone, and none is ever rewritten. */
export const marksOf = async (db: Db | Trx, kind: DocumentKind, id: string): Promise<readonly Mark[]> => {
  const rows = await db
    .selectFrom('activity as a')
    .innerJoin('commands as c', 'c.seq', 'a.commandSeq')
    .leftJoin('users as u', 'u.id', 'c.userId')
    .select(['a.kind', 'a.at', 'a.data', 'u.name as by'])
    .where('a.entityId', '=', id)
    .where('a.kind', 'in', [`${kind}.sent-by-hand`, `${kind}.sent-taken-back`])
    .orderBy('a.seq')
    .execute()
  const marks: Mark[] = []
  for (const row of rows) {
    if (row.kind.endsWith('.sent-taken-back')) marks.pop()
    else {
      const { on, how, note } = readJson(dataSchema, row.data)
      marks.push({ on, how, note, by: row.by, markedAt: row.at })
    }
  }
  return marks
}

// Noon of the day, where the document belongs: in any zone nearby it is the same day.
const noonOf = (timezone: string, on: string) =>
  new Date(Date.parse(startOfDayIn(timezone, on)) + 12 * 3_600_000).toISOString()

// By the clock there alone: whoever takes a later mark back finds the instant again, wherever they are.
const sentInstant = (
  { zones, now }: Pick<CommandContext, 'zones' | 'now'>,
  branchId: string | null,
  on: string,
): string => (on >= todayAt(zones, branchId, now) ? now : noonOf(zoneOf(zones, branchId), on))

const issuedRow = async ({ trx, organizationId }: CommandContext, kind: DocumentKind, id: string) => {
  const row = await getRow(trx, standIn(kind).head, organizationId, id, wordFor(kind))
  if (row.issuedAt === null) throw new AppError('INVALID_STATE', 'This is a draft: issue it first.')
  if (row.voidedAt !== null) throw new AppError('INVALID_STATE', `${titleFor(kind)} ${row.number ?? ''} is void.`)
  return row
}

/** Notes that a document went out in another way than by mail, on which day and how; the first sending stays the one that counts. */
export const markSentByHand = async (
  context: CommandContext,
  kind: DocumentKind,
  { id, version, on, how, note }: Row & Omit<SentByHand, 'by'>,
): Promise<Row> => {
  const row = await issuedRow(context, kind, id)
  if (on > lastDayAt(context, row.branchId)) {
    const message = 'This day is still to come.'
    throw new AppError('VALIDATION', message, { fields: { on: message } })
  }
  const sentAt = row.sentAt ?? sentInstant(context, row.branchId, on)
  const updated = await updateRow(context, standIn(kind).head, { id, version }, { sentAt })
  await context.record({
    kind: `${kind}.sent-by-hand`,
    entity: kind,
    entityId: id,
    clientId: row.clientId,
    data: { number: row.number, on, how, note },
  })
  return updated
}

const firstAccepted = async (trx: Trx, id: string): Promise<string | null> => {
  const { first } = await trx
    .selectFrom('outboxMessages')
    .select(({ fn }) => fn.min('acceptedAt').as('first'))
    .where('entityId', '=', id)
    .executeTakeFirstOrThrow()
  return first
}

/** Takes the last mark of `markSentByHand` back: what is left of mails and earlier marks says whether it is sent. */
export const takeBackSentByHand = async (
  context: CommandContext,
  kind: DocumentKind,
  { id, version }: Row,
): Promise<Row> => {
  const row = await issuedRow(context, kind, id)
  const marks = await marksOf(context.trx, kind, id)
  if (marks.length === 0) {
    throw new AppError('INVALID_STATE', `${titleFor(kind)} ${row.number ?? ''} was not marked as sent by hand.`)
  }
  const left = marks
    .slice(0, -1)
    .map(({ on, markedAt }) => sentInstant({ zones: context.zones, now: markedAt }, row.branchId, on))
  const mailed = await firstAccepted(context.trx, id)
  const [sentAt = null] = [...left, ...(mailed === null ? [] : [mailed])].sort()
  const updated = await updateRow(context, standIn(kind).head, { id, version }, { sentAt })
  await context.record({
    kind: `${kind}.sent-taken-back`,
    entity: kind,
    entityId: id,
    clientId: row.clientId,
    data: { number: row.number },
  })
  return updated
}
