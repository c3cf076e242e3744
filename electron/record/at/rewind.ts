import type Sqlite from 'better-sqlite3'
import { entityTables } from '../../../db/capture/triggers.ts'
import { mark } from '../../../db/record/personal-columns.ts'
import type { Cut } from './cut.ts'

/** Who may do what is a matter of today, and somebody erased stays erased: these are not set back. */
const keptAsNow: ReadonlySet<string> = new Set([
  'users',
  'memberships',
  'roles',
  'devices',
  'erasures',
  'person_erasures',
])

// Secrets and machinery that no page shows, which a picture of the past has no use for, and sums, which `derive` makes.
const leftOut = [
  'client_balances',
  'monthly_totals',
  'tax_totals',
  'jobs',
  'access_tokens',
  'mfa_methods',
  'recovery_codes',
  'trusted_devices',
  'sign_in_attempts',
  'sessions',
  'security_events',
]

const secretMark = '[left out]'
const pageOf = 2000

export type OnDone = (done: number, total: number) => void

type Change = {
  readonly seq: number
  readonly table: string
  readonly row: string
  readonly old: string
}

const storedValue = (column: string, value: unknown): string | bigint | number | null => {
  if (value === null || value === undefined) return null
  // The log keeps scaled integers as digits, as JSON readers would round them.
  if (typeof value === 'string') return /_e(4|6|10)$/.test(column) ? BigInt(value) : value
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  return JSON.stringify(value)
}

const columnsOf = (database: Sqlite.Database, table: string): ReadonlySet<string> =>
  new Set(database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String))

const removeBorn = (
  database: Sqlite.Database,
  tables: readonly string[],
  cut: Cut,
  onTable: (index: number) => void,
) => {
  database.exec(
    'CREATE TABLE rewind_born (table_name TEXT NOT NULL, row_id TEXT NOT NULL, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID',
  )
  database
    .prepare(
      // One that was changed before it was inserted was there already, and went and came with a business brought back.
      `INSERT OR IGNORE INTO rewind_born SELECT table_name, row_id FROM audit_log a WHERE seq > @cut AND action = 'insert'
        AND NOT EXISTS (SELECT 1 FROM audit_log u WHERE u.row_id = a.row_id AND u.table_name = a.table_name
          AND u.seq > @cut AND u.seq < a.seq)`,
    )
    .run({ cut: cut.auditSeq })
  for (const [index, table] of tables.entries()) {
    database
      .prepare(`DELETE FROM "${table}" WHERE id IN (SELECT row_id FROM rewind_born WHERE table_name = ?)`)
      .run(table)
    onTable(index + 1)
  }
}

type Gone = { readonly table: string; readonly row: string; readonly organization: string; readonly old: string }

// What a business that was brought back from a backup no longer has: the record says what it was.
const bringGone = (database: Sqlite.Database, tables: readonly string[], cut: Cut) => {
  const gone = database
    .prepare(
      `SELECT table_name AS "table", row_id AS row, organization_id AS organization, old_values AS old, max(seq) FROM audit_log a
      WHERE seq > ? AND action = 'update' AND json_extract(new_values, '$.set_back') = 1
        AND NOT EXISTS (SELECT 1 FROM rewind_born b WHERE b.table_name = a.table_name AND b.row_id = a.row_id)
      GROUP BY table_name, row_id`,
    )
    // The columns that the statement names.
    .all(cut.auditSeq) as Gone[]
  for (const { table, row, organization, old } of gone) {
    if (!tables.includes(table)) continue
    const known = columnsOf(database, table)
    // Written by the restore: one object of columns.
    const values = Object.entries(JSON.parse(old) as Readonly<Record<string, unknown>>).filter(([name]) =>
      known.has(name),
    )
    const names = ['id', 'organization_id', ...values.map(([name]) => name)].map((name) => `"${name}"`)
    database
      .prepare(`INSERT OR IGNORE INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(row, organization, ...values.map(([name, value]) => storedValue(name, value)))
  }
}

/** Takes the changes of what stays back, the newest first, each to the value that it replaced. */
const takeBack = (database: Sqlite.Database, tables: readonly string[], cut: Cut, onDone: OnDone) => {
  const columns = new Map(tables.map((table) => [table, columnsOf(database, table)]))
  const prepared = new Map<string, Sqlite.Statement>()
  const statementFor = (table: string, names: readonly string[]): Sqlite.Statement => {
    const key = `${table} ${names.join(' ')}`
    const known = prepared.get(key)
    if (known !== undefined) return known
    const set = names.map((name) => `"${name}" = ?`).join(', ')
    const made = database.prepare(`UPDATE "${table}" SET ${set} WHERE id = ?`)
    prepared.set(key, made)
    return made
  }
  const undo = ({ table, row, old }: Change) => {
    // Written by the capture triggers: one object of columns.
    const before = JSON.parse(old) as Readonly<Record<string, unknown>>
    // What was erased since stays erased, and a column of then may be gone.
    const names = Object.keys(before).filter(
      (name) => before[name] !== mark && before[name] !== secretMark && columns.get(table)?.has(name) === true,
    )
    if (names.length === 0) return
    statementFor(table, names).run(...names.map((name) => storedValue(name, before[name])), row)
  }
  const later = database.prepare(
    `SELECT seq, table_name AS "table", row_id AS row, old_values AS old FROM audit_log a
      WHERE seq > ? AND seq < ? AND action = 'update' AND NOT EXISTS (
        SELECT 1 FROM rewind_born b WHERE b.table_name = a.table_name AND b.row_id = a.row_id)
      ORDER BY seq DESC LIMIT ${pageOf}`,
  )
  const last = Number(database.prepare('SELECT coalesce(max(seq), 0) FROM audit_log').pluck().get())
  let before = last + 1
  for (;;) {
    // The columns that the statement names.
    const page = later.all(cut.auditSeq, before) as Change[]
    for (const change of page) if (columns.has(change.table)) undo(change)
    before = page.at(-1)?.seq ?? 0
    if (page.length < pageOf) return onDone(last - cut.auditSeq, last - cut.auditSeq)
    onDone(last - before, last - cut.auditSeq)
  }
}

// What follows from other rows, which a row's own version and time say nothing of: what settles a document, and the name
// of a client on drafts.
const settling = [
  'paid_e4',
  'credited_e4',
  'written_off_e4',
  'settled_on',
  'applied_e4',
  'allocated_e4',
  'refunded_e4',
  'invoiced_e4',
]
const isOwn = `(a.action = 'insert' OR EXISTS (SELECT 1 FROM json_each(a.old_values) k
  WHERE k.key NOT IN (${settling.map((name) => `'${name}'`).join(', ')}) AND NOT (k.key = 'client_name' AND c.procedure LIKE 'clients.%')))`

// A draft is saved as a whole: what changed of it may be its lines alone.
const partsOf: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ['invoice', 'quote', 'credit_note'].map((kind) => [
    `${kind}s`,
    ['lines', 'adjustments', 'taxes'].map(
      (part) => `SELECT max(a.command_seq) FROM ${kind}_${part} p JOIN audit_log a ON a.row_id = p.id
        WHERE p.${kind}_id = r.id AND a.seq <= @cut`,
    ),
  ]),
)

const lastWritten = (table: string) => {
  const own = `SELECT max(a.command_seq) AS seq FROM audit_log a JOIN commands c ON c.seq = a.command_seq
    WHERE a.row_id = r.id AND a.table_name = '${table}' AND a.seq <= @cut AND ${isOwn}`
  const all = [own, ...(partsOf[table] ?? [])].join(' UNION ALL ')
  return `(SELECT at FROM commands WHERE seq = (SELECT max(seq) FROM (${all})))`
}

// The log does not say when a row was written: that follows from the changes that are left of it. How often it was is near
// the truth only, as what was saved without a change is in no log; no page shows it.
const stampRows = (database: Sqlite.Database, tables: readonly string[], cut: Cut) => {
  database.exec(
    'CREATE TABLE rewind_touched (table_name TEXT NOT NULL, row_id TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID',
  )
  database
    .prepare(
      `INSERT INTO rewind_touched SELECT table_name, row_id, count(DISTINCT iif(${isOwn}, a.command_seq, NULL))
        FROM audit_log a JOIN commands c ON c.seq = a.command_seq
        WHERE a.seq > ? AND a.action = 'update' GROUP BY table_name, row_id`,
    )
    .run(cut.auditSeq)
  for (const table of tables) {
    const times = `SELECT times FROM rewind_touched t WHERE t.table_name = '${table}' AND t.row_id = r.id`
    database
      .prepare(`UPDATE "${table}" AS r SET version = max(1, r.version - (${times})) WHERE EXISTS (${times})`)
      .run()
    database
      .prepare(
        `UPDATE "${table}" AS r SET updated_at = coalesce(${lastWritten(table)}, r.created_at) WHERE r.updated_at > @at`,
      )
      .run({ at: cut.at, cut: cut.auditSeq })
  }
}

const cutLogs = (database: Sqlite.Database, cut: Cut) => {
  const after: readonly (readonly [string, string, number])[] = [
    ['sync_log', 'audit_seq', cut.auditSeq],
    ['audit_log', 'seq', cut.auditSeq],
    ['activity', 'command_seq', cut.commandSeq],
    ['chain_documents', 'command_seq', cut.commandSeq],
    ['chain_entries', 'command_seq', cut.commandSeq],
    ['commands', 'seq', cut.commandSeq],
  ]
  for (const [table, column, last] of after) {
    database.prepare(`DELETE FROM "${table}" WHERE "${column}" > ?`).run(last)
  }
}

// What is kept as it is now may name what was not there yet.
const letGo = (database: Sqlite.Database) => {
  for (const table of leftOut) database.exec(`DELETE FROM "${table}"`)
  for (const table of ['memberships', 'roles']) {
    database.exec(`DELETE FROM "${table}" WHERE organization_id NOT IN (SELECT id FROM organizations)`)
  }
  database.exec(`
    UPDATE users SET password_hash = NULL, pin_hash = NULL,
      organization_id = (SELECT id FROM organizations o WHERE o.id = users.organization_id),
      avatar_attachment_id = (SELECT id FROM attachments a WHERE a.id = users.avatar_attachment_id);
    UPDATE devices SET organization_id = (SELECT id FROM organizations o WHERE o.id = devices.organization_id);
    DELETE FROM erasure_rows WHERE erasure_id IN (SELECT id FROM erasures WHERE client_id NOT IN (SELECT id FROM clients));
    DELETE FROM erasures WHERE client_id NOT IN (SELECT id FROM clients);`)
}

/**
 * Sets a scratch copy of a database without triggers back to a cut of its record: later rows go, earlier values return,
 * the logs end there. Summaries and the search index are left to `derive`. In one transaction of the caller.
 */
export const rewind = (
  database: Sqlite.Database,
  cut: Cut,
  onStep: (step: 'remove' | 'take-back' | 'cut', done: number, total: number) => void,
): void => {
  const tables = entityTables(database).filter((table) => !keptAsNow.has(table))
  removeBorn(database, tables, cut, (done) => onStep('remove', done, tables.length))
  bringGone(database, tables, cut)
  takeBack(database, tables, cut, (done, total) => onStep('take-back', done, total))
  onStep('cut', 0, 0)
  stampRows(database, tables, cut)
  cutLogs(database, cut)
  letGo(database)
}
