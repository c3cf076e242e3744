import type Sqlite from 'better-sqlite3'
import { entityTables } from './capture/triggers.ts'

/**
 * Why a log is not followed any further: an erasure, or a removal of what was past its time, which it does not tell
 * whole; a place that cannot be read; a command that the signed record does not prove. Unknown where the log cannot be
 * held against the backup at all: it cannot be read, or is of other data.
 */
export type ReplayStop = {
  readonly why: 'erasure' | 'removal' | 'unreadable' | 'unproved' | 'unknown'
  /** When the first command that is not done again was done; null where that cannot be read. */
  readonly at: string | null
  /** How many commands are not done again, with that one; null where that cannot be read. */
  readonly left: number | null
}

/** How far the log of one database goes on from the state of another, and what ends it; null for its end. */
export type Replayable = { readonly commands: number; readonly last: string | null; readonly stop: ReplayStop | null }

/** What can be said where the log cannot be held against the backup. */
export const unknownReplay: Replayable = { commands: 0, last: null, stop: { why: 'unknown', at: null, left: null } }

type Row = Readonly<Record<string, unknown>>
type Change = {
  readonly seq: number
  readonly organization: string | null
  readonly table: string
  readonly row: string
  readonly action: string
  readonly values: string
  readonly at: string
}

const secretMark = '[left out]'

type Statements = (database: Sqlite.Database, sql: string) => Sqlite.Statement

// Each statement holds memory that nobody counts until it is collected: one of each, however many changes there are.
const statementsOnce = (): Statements => {
  const made = new Map<Sqlite.Database, Map<string, Sqlite.Statement>>()
  return (database, sql) => {
    const own = made.get(database) ?? new Map<string, Sqlite.Statement>()
    made.set(database, own)
    const statement = own.get(sql) ?? database.prepare(sql)
    own.set(sql, statement)
    return statement
  }
}

type Replay = {
  readonly source: Sqlite.Database
  readonly target: Sqlite.Database
  readonly prepare: Statements
  /** The columns of a table of the target. */
  readonly columns: (table: string) => readonly string[]
  readonly isEntity: (table: string) => boolean
}

const attempt = <T>(work: () => T): T | null => {
  try {
    return work()
  } catch {
    return null
  }
}

const headOf = (database: Sqlite.Database): { readonly seq: number; readonly id: string } | null =>
  // The two columns that the statement names.
  (database.prepare('SELECT seq, id FROM commands ORDER BY seq DESC LIMIT 1').get() as
    | { seq: number; id: string }
    | undefined) ?? null

const versionOf = (database: Sqlite.Database) => Number(database.pragma('user_version', { simple: true }))

// Done again, it would leave the person in the older rows of the record, which it rewrote where it was done.
const nextErasure = `SELECT min(command_seq) FROM audit_log WHERE table_name IN ('erasures', 'person_erasures') AND command_seq > ?`

// What it took out of the record would be in it again, and the checkpoint that stands for it beside. Its entry comes
// right before that of its command.
const nextRemoval = `SELECT min(of.command_seq) FROM chain_entries AS made
  JOIN chain_entries AS of ON of.device_id = made.device_id AND of.seq = made.seq + 1
  WHERE made.kind = 'checkpoint' AND made.kind <> 'command' AND of.command_seq > ?`

// The last command that is gone from the log: what it goes on with is not the next one.
const lastRemoved = `SELECT max(CAST(json_extract(body, '$.cut.command') AS INTEGER)) FROM chain_entries
  WHERE kind = 'checkpoint' AND kind <> 'command'`

type Bound = { readonly seq: number; readonly why: ReplayStop['why'] }

/** The first command after one that is never done again; null where there is none, or that cannot be read. */
const nextBound = (source: Sqlite.Database, after: number): Bound | null => {
  const find = (sql: string, why: Bound['why']): Bound[] => {
    const seq = attempt(() => source.prepare(sql).pluck().get(after)) ?? null
    return seq === null ? [] : [{ seq: Number(seq), why }]
  }
  const removed = attempt(() => source.prepare(lastRemoved).pluck().get()) ?? null
  if (Number(removed ?? 0) > after) return { seq: after + 1, why: 'removal' }
  const [first] = [...find(nextErasure, 'erasure'), ...find(nextRemoval, 'removal')].sort((a, b) => a.seq - b.seq)
  return first ?? null
}

const stopAt = (source: Sqlite.Database, { seq, why }: Bound): ReplayStop => {
  const count = attempt(() => source.prepare('SELECT count(*) FROM commands WHERE seq >= ?').pluck().get(seq)) ?? null
  const first = attempt(() => source.prepare('SELECT at FROM commands WHERE seq = ?').pluck().get(seq)) ?? null
  return { why, at: first === null ? null : String(first), left: count === null ? null : Number(count) }
}

const follows = (source: Sqlite.Database, head: { readonly seq: number; readonly id: string }): boolean =>
  attempt(() => source.prepare('SELECT id FROM commands WHERE seq = ?').pluck().get(head.seq)) === head.id

/** What could be done again on a state that ends with `head`, from a database that may be damaged; null where it cannot be told. */
export const replayable = (
  source: Sqlite.Database,
  schemaVersion: number,
  head: { readonly seq: number; readonly id: string } | null,
): Replayable | null => {
  if (head === null || attempt(() => versionOf(source)) !== schemaVersion || !follows(source, head)) return null
  const bound = nextBound(source, head.seq)
  const row = attempt(() =>
    source
      .prepare('SELECT count(*), max(at) FROM commands WHERE seq > ? AND seq < ?')
      .raw(true)
      .get(head.seq, bound?.seq ?? Number.MAX_SAFE_INTEGER),
  )
  if (!Array.isArray(row)) return null
  const stop = bound === null ? null : stopAt(source, bound)
  return { commands: Number(row[0]), last: row[1] === null ? null : String(row[1]), stop }
}

// In the order of their references; what lies in a page that cannot be read ends the reading there.
const logs: readonly (readonly [string, string])[] = [
  ['commands', 'seq'],
  ['audit_log', 'command_seq'],
  ['chain_entries', 'command_seq'],
  ['chain_documents', 'command_seq'],
  ['activity', 'command_seq'],
]

const columnsOf = (database: Sqlite.Database, table: string): string[] =>
  database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String)

const inserter = ({ target, prepare }: Replay, table: string, columns: readonly string[]) =>
  prepare(
    target,
    `INSERT OR IGNORE INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )

const copyRows = (it: Replay, table: string, where: string, ...values: readonly unknown[]) => {
  const columns = it.columns(table)
  const list = columns.map((name) => `"${name}"`).join(', ')
  const insert = inserter(it, table, columns)
  const sql = `SELECT ${list} FROM "${table}" WHERE ${where}`
  // In raw mode: lists of values.
  for (const row of it
    .prepare(it.source, sql)
    .raw(true)
    .safeIntegers(true)
    .iterate(...values)) {
    insert.run(...(row as unknown[]))
  }
}

const copyCommand = (it: Replay, seq: number) => {
  for (const [table, column] of logs) copyRows(it, table, `${column} = ?`, seq)
  copyRows(it, 'sync_log', 'audit_seq IN (SELECT seq FROM audit_log WHERE command_seq = ?)', seq)
}

const stored = (column: string, value: unknown): unknown => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return /_e(4|6|10)$/.test(column) ? BigInt(value) : value
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  return JSON.stringify(value)
}

// What the log does not tell is read from its row, where that can still be read.
const secretOf = ({ source, prepare }: Replay, { table, row }: Change, column: string): unknown =>
  attempt(() => prepare(source, `SELECT "${column}" FROM "${table}" WHERE id = ?`).pluck().get(row)) ?? null

const apply = (it: Replay, change: Change) => {
  const { target, prepare } = it
  const { table, row, organization, action, at } = change
  if (!it.isEntity(table)) return
  // Written by the capture triggers: one object of columns.
  const values = JSON.parse(change.values) as Row
  if ('set_back' in values) {
    prepare(target, `DELETE FROM "${table}" WHERE id = ?`).run(row)
    return
  }
  const known = it.columns(table)
  const names = Object.keys(values).filter((name) => known.includes(name))
  const given = names.map((name) =>
    values[name] === secretMark ? secretOf(it, change, name) : stored(name, values[name]),
  )
  if (action === 'insert') {
    const columns = ['id', 'organization_id', 'created_at', 'updated_at', ...names]
    inserter(it, table, columns).run(row, organization, at, at, ...given)
    return
  }
  const set = [...names.map((name) => `"${name}" = ?`), 'updated_at = ?', 'version = version + 1']
  prepare(target, `UPDATE "${table}" SET ${set.join(', ')} WHERE id = ?`).run(...given, at, row)
}

const pageOf = 200

const replayCommand = (it: Replay, command: number): void => {
  copyCommand(it, command)
  const page = it.prepare(
    it.target,
    `SELECT a.seq, a.organization_id AS organization, a.table_name AS "table", a.row_id AS row,
      a.action, a.new_values AS "values", c.at FROM audit_log a JOIN commands c ON c.seq = a.command_seq
    WHERE a.command_seq = ? AND a.seq > ? ORDER BY a.seq LIMIT ${pageOf}`,
  )
  // An import is one command of any number of changes.
  for (let last = 0; ; ) {
    // The columns that the statement names.
    const changes = page.all(command, last) as Change[]
    for (const change of changes) apply(it, change)
    if (changes.length < pageOf) return
    last = changes.at(-1)?.seq ?? last
  }
}

const replayOf = (source: Sqlite.Database, target: Sqlite.Database): Replay => {
  const entities = new Set(entityTables(target))
  const columns = new Map<string, readonly string[]>()
  return {
    source,
    target,
    prepare: statementsOnce(),
    columns: (table) => {
      const known = columns.get(table) ?? columnsOf(target, table)
      columns.set(table, known)
      return known
    },
    isEntity: (table) => entities.has(table),
  }
}

type Trigger = { readonly name: string; readonly sql: string }

// Rows that cannot be read end it; a disk that takes no more is no damage of theirs.
const tryCommand = (it: Replay, seq: number): boolean => {
  it.target.exec('SAVEPOINT command')
  try {
    replayCommand(it, seq)
    it.target.exec('RELEASE command')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL') throw error
    it.target.exec('ROLLBACK TO command')
    it.target.exec('RELEASE command')
    return false
  }
}

const nextCommand = (source: Sqlite.Database) => {
  const next = source.prepare('SELECT seq, at FROM commands WHERE seq > ? ORDER BY seq LIMIT 1').raw(true)
  return (after: number): { readonly seq: number; readonly at: string } | 'unreadable' | null => {
    try {
      const found = next.get(after)
      if (!Array.isArray(found)) return null
      // A page of another place may say anything.
      return Number(found[0]) > after ? { seq: Number(found[0]), at: String(found[1]) } : 'unreadable'
    } catch {
      return 'unreadable'
    }
  }
}

const followLog = (it: Replay, after: number, upTo: number): Replayable => {
  const bound = nextBound(it.source, after)
  const next = nextCommand(it.source)
  let commands = 0
  let last: string | null = null
  const end = (stop: ReplayStop | null): Replayable => ({ commands, last, stop })
  for (let seq = after; ; ) {
    const found = next(seq)
    if (found === null) return end(null)
    if (found === 'unreadable') return end({ why: 'unreadable', at: null, left: null })
    seq = found.seq
    if (bound !== null && seq >= bound.seq) return end(stopAt(it.source, bound))
    if (seq > upTo) return end(stopAt(it.source, { seq, why: 'unproved' }))
    if (!tryCommand(it, seq)) return end(stopAt(it.source, { seq, why: 'unreadable' }))
    commands += 1
    last = found.at
  }
}

// Those of commands that were done again; one that came right after the last says how far the security events were then.
const copyKeys = (it: Replay, until: string) => {
  const ends = it.target.prepare('SELECT device_id, max(seq) FROM chain_entries GROUP BY device_id').raw(true)
  // In raw mode: lists of values.
  for (const [device, seq] of ends.all() as [string, number][]) {
    copyRows(it, 'chain_entries', `kind = 'key' AND device_id = ? AND at <= ? AND seq <= ?`, device, until, seq + 1)
  }
}

/**
 * Does again on `target`, the state of a backup, what the log of `source`, a later and damaged state of the same, says was
 * done up to a command; what cannot be read ends it, and so does an erasure or a removal from the record. In one
 * transaction; summaries are left to the caller, and whether the record of what came out is whole. Gives how many
 * commands there were, when the last one was, and why there were no more. Throws where the disk is full.
 */
export const replayLog = (source: Sqlite.Database, target: Sqlite.Database, upTo: number): Replayable => {
  const head = headOf(target)
  if (head === null || versionOf(source) !== versionOf(target) || !follows(source, head)) return unknownReplay
  const it = replayOf(source, target)
  target.pragma('foreign_keys = OFF')
  target.exec('BEGIN IMMEDIATE')
  // Names and texts of triggers; those of the search index follow the rows.
  const triggers = target
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE '%search%'`)
    .all() as Trigger[]
  for (const { name } of triggers) target.exec(`DROP TRIGGER "${name}"`)
  const done = followLog(it, head.seq, upTo)
  attempt(() => copyKeys(it, done.last ?? ''))
  attempt(() => copyRows(it, 'security_events', 'at <= ?', done.last ?? ''))
  for (const { sql } of triggers) target.exec(sql)
  target.exec('COMMIT')
  return done
}
