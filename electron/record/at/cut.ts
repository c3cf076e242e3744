import type Sqlite from 'better-sqlite3'
import { AppError } from '../../../shared/errors.ts'

/** Where the record is cut to show a moment: the last command and the last change that had happened. */
export type Cut = { readonly at: string; readonly commandSeq: number; readonly auditSeq: number }

/** From when on the record tells everything, and why not from before. */
export type Reach = {
  readonly earliest: string
  /** `begun`: the business was set up or brought in then; `record`: what was before is not on record. */
  readonly because: 'begun' | 'record'
}

type Value = string | number | bigint | null

const one = (database: Sqlite.Database, sql: string, ...values: readonly Value[]): unknown =>
  database
    .prepare(sql)
    .pluck()
    .get(...values)

const number = (value: unknown): number => Number(value ?? 0)

// The log is counted without gaps: a number that is missing was lost with its change, in a salvage or by age.
const lastGap = (database: Sqlite.Database): number => {
  const first = number(one(database, 'SELECT min(seq) FROM audit_log'))
  const last = number(one(database, 'SELECT max(seq) FROM audit_log'))
  const count = number(one(database, 'SELECT count(*) FROM audit_log'))
  if (last === 0 || count === last - first + 1) return first > 1 ? first : 0
  return number(
    one(
      database,
      'SELECT max(seq) FROM audit_log a WHERE seq > 1 AND NOT EXISTS (SELECT 1 FROM audit_log b WHERE b.seq = a.seq - 1)',
    ),
  )
}

const commandAt = (database: Sqlite.Database, auditSeq: number): string =>
  String(
    one(database, 'SELECT c.at FROM audit_log a JOIN commands c ON c.seq = a.command_seq WHERE a.seq = ?', auditSeq),
  )

// What was salvaged may lack rows that the log still tells of.
const salvagedAt = (database: Sqlite.Database): string => {
  const at = one(database, `SELECT max(at) FROM commands WHERE procedure = 'recovery.rebuild'`)
  return typeof at === 'string' ? at : ''
}

/** How far back the record of an organization reaches, read on any connection; AppError NOT_FOUND without one. */
export const reachOf = (database: Sqlite.Database, organizationId: string): Reach => {
  const reach = loggedReach(database, organizationId)
  const salvaged = salvagedAt(database)
  return salvaged > reach.earliest ? { earliest: salvaged, because: 'record' } : reach
}

const loggedReach = (database: Sqlite.Database, organizationId: string): Reach => {
  const made = one(
    database,
    `SELECT seq FROM audit_log WHERE row_id = ? AND table_name = 'organizations' AND action = 'insert'`,
    organizationId,
  )
  const gap = lastGap(database)
  if (made !== undefined && number(made) > gap) return { earliest: commandAt(database, number(made)), because: 'begun' }
  if (gap > 0) return { earliest: commandAt(database, gap), because: 'record' }
  const known = one(database, 'SELECT at FROM commands ORDER BY seq LIMIT 1')
  if (typeof known === 'string') return { earliest: known, because: 'record' }
  throw new AppError('NOT_FOUND', 'There is no record to look back in yet.')
}

/** What a restore of everything took away with it: what was done then is not on record any more. */
export type TakenAway = { readonly from: string; readonly until: string }

/** The time between a backup and its restore that a moment lies in; null where the record tells of that moment. */
export const takenAway = (database: Sqlite.Database, at: string): TakenAway | null => {
  const restore = database
    .prepare(
      `SELECT at, json_extract(data, '$.backup') AS backup FROM security_events
      WHERE kind = 'restored' AND json_extract(data, '$.businessId') IS NULL AND at > ? ORDER BY seq LIMIT 1`,
    )
    .raw(true)
    .get(at)
  if (!Array.isArray(restore)) return null
  const until = String(restore[0])
  const last = one(
    database,
    `SELECT at FROM commands WHERE seq < (SELECT min(seq) FROM commands WHERE procedure = 'recovery.restore' AND at = ?)
      ORDER BY seq DESC LIMIT 1`,
    until,
  )
  // Until the backup was made nothing was done that is not in it.
  const from = [String(last ?? ''), String(restore[1] ?? '')].sort().at(-1) ?? ''
  return at > from ? { from, until } : null
}

/**
 * The cut for a moment: everything that was done by then, to the millisecond. As the commands came: one whose clock was set
 * back does not bring along what was done before it and after the moment.
 */
export const cutAt = (database: Sqlite.Database, at: string): Cut => {
  const later = one(database, 'SELECT seq FROM commands WHERE at > ? ORDER BY seq LIMIT 1', at)
  const commandSeq = later === undefined ? number(one(database, 'SELECT max(seq) FROM commands')) : number(later) - 1
  const auditSeq = number(
    one(
      database,
      'SELECT seq FROM audit_log WHERE command_seq <= ? ORDER BY command_seq DESC, seq DESC LIMIT 1',
      commandSeq,
    ),
  )
  return { at, commandSeq, auditSeq }
}
