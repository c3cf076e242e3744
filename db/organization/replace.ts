import type Sqlite from 'better-sqlite3'
import { captureOf } from '../capture/triggers.ts'
import { documentShapes } from '../record/documents.ts'
import { keepCounting } from './keep-counting.ts'
import { keepErased } from './keep-erased.ts'
import { addPeople } from './people.ts'
import { columnsOf, isOwn, type OwnTable, ownTables, type Replacement, summaryTables } from './tables.ts'

type Changed = { readonly added: number; readonly changed: number; readonly removed: number }
/** What became of the rows; `erased` are drafts that the backup still has and that an erasure took since. */
export type Replaced = Changed & { readonly erased: number }

// Belonging to somebody who has no place here, or to no organization: they stay as they are.
const exceptions: Readonly<Record<string, (row: string) => string>> = {
  attachments: (row) =>
    `${row}.id IN (SELECT avatar_attachment_id FROM main.users WHERE avatar_attachment_id IS NOT NULL)`,
  clients: (row) =>
    `(${row}.id IN (SELECT client_id FROM main.erasures) AND ${row}.id NOT IN (SELECT id FROM backup.clients))`,
  settings: (row) => `(${row}.user_id IS NOT NULL AND ${row}.user_id NOT IN (SELECT id FROM main.users))`,
  saved_views: (row) => `(${row}.user_id IS NOT NULL AND ${row}.user_id NOT IN (SELECT id FROM main.users))`,
}

const mine = (table: string, row: string) => {
  const exception = exceptions[table]
  return exception === undefined ? isOwn(table, row) : `${isOwn(table, row)} AND NOT ${exception(row)}`
}

const replaceTable = (database: Sqlite.Database, it: Replacement, { table, columns }: OwnTable): Changed => {
  const capture = captureOf(table, columns)
  const values = { organization: it.organization, command: it.command, at: it.at }
  const log = (action: string, row: string, contents: string, from: string): number =>
    database
      .prepare(
        `INSERT INTO audit_log (command_seq, organization_id, table_name, row_id, action, old_values, new_values, salt)
        SELECT @command, ${row}.organization_id, '${table}', ${row}.id, '${action}', ${contents}, ${capture.salt} ${from} ORDER BY ${row}.id`,
      )
      .run(values).changes
  const isGone = `${mine(table, 'o')} AND NOT EXISTS (SELECT 1 FROM backup.${table} n WHERE n.id = o.id AND ${mine(table, 'n')})`
  const isNew = `${mine(table, 'n')} AND NOT EXISTS (SELECT 1 FROM main.${table} o WHERE o.id = n.id)`
  const both = `FROM main.${table} o JOIN backup.${table} n ON n.id = o.id WHERE ${mine(table, 'o')} AND ${mine(table, 'n')}`
  const differs = columns.map((column) => `o.${column} IS NOT n.${column}`).join(' OR ')
  const removed = log(
    'update',
    'o',
    // With what no change tells, so that whoever looks back from here can put the row together again.
    `json_patch(${capture.whole('o')}, json_object('created_at', o.created_at, 'updated_at', o.updated_at, 'version', o.version)),
      json_object('deleted_at', @at, 'set_back', 1)`,
    `FROM main.${table} o WHERE ${isGone}`,
  )
  const changed = log(
    'update',
    'n',
    `${capture.changed('o', 'o', 'n')}, ${capture.changed('n', 'o', 'n')}`,
    `${both} AND (${capture.differs('o', 'n')})`,
  )
  const added = log('insert', 'n', `NULL, ${capture.whole('n')}`, `FROM backup.${table} n WHERE ${isNew}`)
  const write = (sql: string) => database.prepare(sql).run({ organization: it.organization })
  write(`DELETE FROM main.${table} WHERE id IN (SELECT o.id FROM main.${table} o WHERE ${isGone}
    UNION ALL SELECT o.id ${both} AND (${differs}))`)
  const list = columns.join(', ')
  write(`INSERT INTO main.${table} (${list}) SELECT ${list} FROM backup.${table} n WHERE ${isNew}`)
  return { added, changed, removed }
}

// What waited to be sent on the day of the backup was sent since, or not: nobody gets it twice.
const stopMail = (database: Sqlite.Database, { organization, at }: Replacement) =>
  database
    .prepare(
      `UPDATE backup.outbox_messages SET state = 'cancelled', updated_at = @at
      WHERE organization_id = @organization AND state IN ('queued', 'sending')`,
    )
    .run({ organization, at })

const replaceSummaries = (database: Sqlite.Database, { organization }: Replacement) => {
  for (const table of summaryTables) {
    const list = columnsOf(database, table).join(', ')
    database.prepare(`DELETE FROM main.${table} WHERE organization_id = ?`).run(organization)
    database
      .prepare(`INSERT INTO main.${table} (${list}) SELECT ${list} FROM backup.${table} WHERE organization_id = ?`)
      .run(organization)
  }
}

const replaceSearch = (database: Sqlite.Database, { organization }: Replacement) => {
  const list = columnsOf(database, 'search_entries')
    .filter((column) => column !== 'id')
    .join(', ')
  const isErased = 'entity_id IN (SELECT row_id FROM main.erasure_rows)'
  database.prepare(`DELETE FROM main.search_entries WHERE organization_id = ? AND NOT ${isErased}`).run(organization)
  database
    .prepare(
      `INSERT INTO main.search_entries (${list}) SELECT ${list} FROM backup.search_entries
      WHERE organization_id = ? AND NOT ${isErased}`,
    )
    .run(organization)
}

// Lines of the timeline name the command that wrote them; in a database of other commands that is the one of now.
const replaceActivity = (database: Sqlite.Database, { organization, command }: Replacement) => {
  const known = database
    .prepare(
      `SELECT count(*) FROM (SELECT seq, id FROM backup.commands ORDER BY seq DESC LIMIT 1) b
      JOIN main.commands m ON m.seq = b.seq AND m.id = b.id`,
    )
    .pluck()
    .get()
  const isErased = `(entity_id IN (SELECT row_id FROM main.erasure_rows)
    OR client_id IN (SELECT row_id FROM main.erasure_rows))`
  const list = columnsOf(database, 'activity').filter((column) => column !== 'seq' && column !== 'command_seq')
  const values = { organization, command }
  database
    .prepare(
      `DELETE FROM main.activity WHERE organization_id = @organization
      AND (NOT coalesce(${isErased}, 0) OR (client_id IS NOT NULL AND client_id NOT IN (SELECT id FROM main.clients)))`,
    )
    .run({ organization })
  database
    .prepare(
      `INSERT INTO main.activity (command_seq, ${list.join(', ')})
      SELECT ${known === 1 ? 'command_seq' : '@command'}, ${list.join(', ')} FROM backup.activity
      WHERE organization_id = @organization AND NOT coalesce(${isErased}, 0) ORDER BY seq`,
    )
    .run(known === 1 ? { organization } : values)
}

const printed = { invoices: 'invoice.pdf', quotes: 'quote.pdf', credit_notes: 'credit-note.pdf' } as const

// The PDF of a document that was issued then already is the one that was kept since, not another one of today.
const keepPdfs = (database: Sqlite.Database, { organization }: Replacement) => {
  for (const table of Object.keys(printed)) {
    const same = `o.id = n.id AND o.issued_at = n.issued_at AND o.number = n.number AND o.pdf_sha256 IS NOT NULL`
    database
      .prepare(
        `UPDATE backup.${table} AS n SET pdf_sha256 = (SELECT o.pdf_sha256 FROM main.${table} o WHERE ${same})
        WHERE n.organization_id = ? AND n.pdf_sha256 IS NULL AND EXISTS (SELECT 1 FROM main.${table} o WHERE ${same})`,
      )
      .run(organization)
  }
}

// Issued just before the backup, and not drawn yet. One that was brought in never had a job, nor a PDF of ours.
const drawMissing = (database: Sqlite.Database, { organization, at, newId }: Replacement) => {
  const queue = database.prepare(
    `INSERT OR IGNORE INTO main.jobs (id, organization_id, created_at, updated_at, kind, subject_id, run_at)
    VALUES (@id, @organization, @at, @at, @kind, @subject, @at)`,
  )
  for (const [table, kind] of Object.entries(printed)) {
    const missing = database
      .prepare(
        `SELECT d.id FROM main.${table} d WHERE d.organization_id = @organization AND d.issued_at IS NOT NULL
          AND d.pdf_sha256 IS NULL AND d.deleted_at IS NULL AND EXISTS (
            SELECT 1 FROM backup.jobs j WHERE j.kind = @kind AND j.subject_id = d.id AND j.state IN ('queued', 'running', 'failed'))`,
      )
      .pluck()
      .all({ organization, kind })
    for (const subject of missing) queue.run({ id: newId(), organization, at, kind, subject: String(subject) })
  }
}

// Work on what is gone ends; what comes again by itself comes as it did then.
const replaceJobs = (database: Sqlite.Database, { organization }: Replacement) => {
  const recurring = `kind IN ('recurring.run')`
  const single = `kind IN ('mail.send', 'invoice.pdf', 'quote.pdf', 'credit-note.pdf')`
  const list = columnsOf(database, 'jobs').join(', ')
  const run = (sql: string) => database.prepare(sql).run({ organization })
  run(
    `DELETE FROM main.jobs WHERE organization_id = @organization AND state IN ('queued', 'running') AND (${recurring} OR ${single})`,
  )
  run(`INSERT OR IGNORE INTO main.jobs (${list}) SELECT ${list} FROM backup.jobs
    WHERE organization_id = @organization AND state = 'queued' AND NOT ${single}`)
}

// A document that was issued here after the backup is a draft again, or gone: what was recorded of its issue stays under
// a name of its own, so that it can be issued anew.
const setDocumentsAside = (database: Sqlite.Database) => {
  for (const table of documentShapes.keys()) {
    database
      .prepare(
        `UPDATE chain_documents SET row_id = row_id || '@' || command_seq
        WHERE table_name = ? AND row_id NOT LIKE '%@%'
          AND NOT EXISTS (SELECT 1 FROM main.${table} d WHERE d.id = row_id AND d.issued_at IS NOT NULL)`,
      )
      .run(table)
  }
}

const share = (database: Sqlite.Database, command: number, tables: readonly OwnTable[]) => {
  const shared = tables
    .filter(({ table, columns }) => captureOf(table, columns).isShared)
    .map(({ table }) => `'${table}'`)
  database
    .prepare(
      `INSERT INTO sync_log (audit_seq, table_name, row_id) SELECT seq, table_name, row_id FROM audit_log
      WHERE command_seq = ? AND table_name IN (${shared.join(', ')}) ORDER BY seq`,
    )
    .run(command)
}

type Trigger = { readonly name: string; readonly sql: string }

// The rules of the tables are about work, not about a state that was true once; they are back before the commit.
const withoutTriggers = (database: Sqlite.Database, work: () => Replaced): Replaced => {
  const triggersOf = (schema: string): Trigger[] =>
    // Two texts by name, as the table of the schema has them.
    database
      .prepare(
        `SELECT name, sql FROM ${schema}.sqlite_schema WHERE type = 'trigger' AND name NOT LIKE 'search_entries_%'`,
      )
      .all() as Trigger[]
  for (const { name } of triggersOf('backup')) database.exec(`DROP TRIGGER backup."${name}"`)
  const own = triggersOf('main')
  for (const { name } of own) database.exec(`DROP TRIGGER main."${name}"`)
  const result = work()
  for (const { sql } of own) database.exec(sql)
  return result
}

/**
 * Makes an organization what it is in the attached database `backup`, whose copy of it is used up. Within the
 * transaction of a command, with foreign keys off: they are looked at by the caller before the commit.
 */
export const replaceOrganization = (database: Sqlite.Database, it: Replacement): Replaced =>
  withoutTriggers(database, () => {
    const isHere = database
      .prepare('SELECT 1 FROM main.organizations WHERE id = ? AND deleted_at IS NULL')
      .get(it.organization)
    const tables = ownTables(database, isHere === undefined)
    const erased = keepErased(database, it)
    stopMail(database, it)
    keepCounting(database, it)
    keepPdfs(database, it)
    if (isHere === undefined) addPeople(database, it)
    const total = { added: 0, changed: 0, removed: 0 }
    for (const table of tables) {
      const { added, changed, removed } = replaceTable(database, it, table)
      total.added += added
      total.changed += changed
      total.removed += removed
    }
    replaceSummaries(database, it)
    replaceSearch(database, it)
    replaceActivity(database, it)
    replaceJobs(database, it)
    drawMissing(database, it)
    setDocumentsAside(database)
    share(database, it.command, tables)
    return { ...total, erased }
  })
