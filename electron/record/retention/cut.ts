import { sql } from 'kysely'
import { z } from 'zod'
import { startOfDayIn } from '../../../shared/dates.ts'
import { believedTime, settledUpTo } from '../../believed-time.ts'
import { rawRows } from '../../features/raw-rows.ts'
import type { Db, Trx } from '../../rpc/handles.ts'
import { newestCheckpoint } from './checkpoint.ts'
import { type Kept, retentions } from './setting.ts'

/** Why nothing is removed at all, whatever the date. */
export type Keeping = 'hold' | 'for-ever' | null

/**
 * The chain is one for all businesses of the folder: the one that keeps longest decides. `from` is the first instant
 * that is kept.
 */
export const keptByAll = (all: readonly Kept[]): { readonly keeping: Keeping; readonly from: string | null } => {
  if (all.some(({ legalHold }) => legalHold)) return { keeping: 'hold', from: null }
  const instants = all.map(({ keptFrom, timezone }) => (keptFrom === null ? null : startOfDayIn(timezone, keptFrom)))
  if (instants.length === 0 || instants.includes(null)) return { keeping: 'for-ever', from: null }
  return { keeping: null, from: instants.filter((it) => it !== null).sort()[0] ?? null }
}

const first = async <T extends object>(db: Db | Trx, select: ReturnType<typeof sql<T>>): Promise<T | undefined> =>
  (await rawRows<T>(db, select))[0]

/** The last command of before an instant, after another command; as the commands came, so that a clock set back hides none. */
export const lastCommandBefore = async (db: Db | Trx, after: number, instant: string): Promise<number> => {
  const next = await first(
    db,
    sql<{
      seq: number
    }>`SELECT seq FROM commands WHERE seq > ${after} AND at >= ${instant} ORDER BY seq LIMIT 1`,
  )
  if (next !== undefined) return next.seq - 1
  const last = await first(db, sql<{ seq: number | null }>`SELECT max(seq) AS seq FROM commands`)
  return last?.seq ?? 0
}

const sentSchema = z.object({ sentUpTo: z.int() })

// Where changes are sent to other places, what they do not have yet must stay: a row of settings says up to which line
// of sync_log everybody has it. Without the row nobody waits.
const lastSent = async (db: Db | Trx): Promise<number | null> => {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'sync-position')
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  const { sentUpTo } = sentSchema.parse(JSON.parse(row.value))
  const waiting = await first(
    db,
    sql<{ commandSeq: number }>`SELECT a.command_seq FROM sync_log s JOIN audit_log a ON a.seq = s.audit_seq
      WHERE s.seq > ${sentUpTo} ORDER BY s.seq LIMIT 1`,
  )
  return waiting === undefined ? null : waiting.commandSeq - 1
}

/** The last command of before the record: what the log said until then is one hash, and goes as a whole or not at all. */
export const beganAfter = async (db: Db | Trx): Promise<number> => {
  const row = await first(
    db,
    sql<{ commands: number | null }>`SELECT max(CAST(json_extract(body, '$.before.commands') AS INTEGER)) AS commands
      FROM chain_entries WHERE kind = 'genesis' AND kind <> 'command'`,
  )
  return row?.commands ?? 0
}

export type Cut = {
  readonly keeping: Keeping
  /** The first instant that is kept. */
  readonly from: string | null
  /** The command after which the record begins now; 0 for its beginning. */
  readonly begins: number
  /** The last command to be removed; null where nothing is due. */
  readonly command: number | null
}

// What is removed for a clock that is not believed yet never comes back.
const believed = async (db: Db | Trx, clock: string): Promise<string> => {
  const last = await first(
    db,
    sql<{ at: string }>`SELECT at FROM commands WHERE at <= ${settledUpTo(clock)} ORDER BY seq DESC LIMIT 1`,
  )
  return believedTime(clock, last?.at ?? null)
}

/** What is past its time now. */
export const dueCut = async (db: Db | Trx, clock: string): Promise<Cut> => {
  const now = await believed(db, clock)
  const { keeping, from } = keptByAll(await retentions(db, now))
  const begins = (await newestCheckpoint(db))?.cut.command ?? 0
  if (from === null) return { keeping, from, begins, command: null }
  const past = await lastCommandBefore(db, begins, from)
  const sent = await lastSent(db)
  const command = sent === null ? past : Math.min(past, sent)
  const isDue = command > begins && command >= (await beganAfter(db))
  return { keeping, from, begins, command: isDue ? command : null }
}

/** How many changes the commands after one up to another made. */
export const changesBetween = async (db: Db | Trx, after: number, upTo: number): Promise<number> => {
  const row = await first(
    db,
    sql<{
      count: number
    }>`SELECT count(*) AS count FROM audit_log WHERE command_seq > ${after} AND command_seq <= ${upTo}`,
  )
  return row?.count ?? 0
}
