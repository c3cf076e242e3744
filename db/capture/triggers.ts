import type Sqlite from 'better-sqlite3'
import { committedColumns } from '../record/personal-columns.ts'

/**
 * Change capture below the features: triggers generated from the columns that a table has. Each row change goes to
 * the audit log (old and new values) and, for tables that devices share, to the sync log, in the same transaction.
 * A write outside a command has no `change_context` and is refused by `audit_log.command_seq NOT NULL`.
 */

/** Columns that every entity table has; a table with all of them is captured. */
export const rowColumns = ['id', 'organization_id', 'created_at', 'updated_at', 'deleted_at', 'version'] as const

// What one device alone needs to know.
const local = new Set(['settings', 'devices', 'mail_accounts', 'mail_log'])
// Machinery: what a job did is in the record of the rows that it wrote.
const uncaptured = new Set(['jobs'])
// Not part of what a person changed.
const silent = new Set(['id', 'organization_id', 'created_at', 'updated_at', 'version', 'last_login_at'])

const columnsOf = (database: Sqlite.Database, table: string): string[] =>
  database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String)

/** The entity tables of an open database, by name. */
export const entityTables = (database: Sqlite.Database): string[] =>
  database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name`)
    .pluck()
    .all()
    .map(String)
    .filter((table) => {
      const columns = new Set(columnsOf(database, table))
      return !uncaptured.has(table) && rowColumns.every((column) => columns.has(column))
    })

// That it changed is recorded, what it is stays in its row: whoever reads the record could otherwise try to guess it.
const secret = new Set(['password_hash', 'pin_hash'])

// Scaled integers go in as text: JSON readers would round them above 2^53.
const value = (row: string, column: string) => {
  if (secret.has(column)) return `iif(${row}.${column} IS NULL, NULL, '[left out]')`
  return /_e(4|6|10)$/.test(column) ? `CAST(${row}.${column} AS TEXT)` : `${row}.${column}`
}

// Text put together, not rows of a subselect: several times faster, and each change of a document pays for all its columns.
const changed = (row: string, [before, after]: readonly [string, string], columns: readonly string[]) =>
  `'{' || substr(${columns
    .map(
      (column) =>
        `iif(${before}.${column} IS NOT ${after}.${column}, ',"${column}":' || json_quote(${value(row, column)}), '')`,
    )
    .join(' || ')}, 2) || '}'`

const whole = (row: string, columns: readonly string[]) =>
  `json_object(${columns.map((column) => `'${column}', ${value(row, column)}`).join(', ')})`

/** SQL that says of a row of a table what its capture triggers would, for rows that are written without them. */
export const captureOf = (table: string, columns: readonly string[]) => {
  const content = columns.filter((column) => !silent.has(column))
  return {
    /** Whether a change between two rows, by their names in the statement, is put on record. */
    differs: (before: string, after: string) =>
      content.map((column) => `${before}.${column} IS NOT ${after}.${column}`).join(' OR '),
    changed: (row: string, before: string, after: string) => changed(row, [before, after], content),
    whole: (row: string) => whole(row, content),
    salt: committedColumns.has(table) ? 'randomblob(16)' : 'NULL',
    isShared: !local.has(table),
  }
}

const sqlFor = (table: string, columns: readonly string[]): string => {
  const content = columns.filter((column) => !silent.has(column))
  const sync = local.has(table)
    ? ''
    : `INSERT INTO sync_log (audit_seq, table_name, row_id) VALUES (last_insert_rowid(), '${table}', NEW.id);`
  // What of it is a person's stands in the record of the chain as a commitment: see db/record.
  const salt = committedColumns.has(table) ? 'randomblob(16)' : 'NULL'
  // Who read what goes with the part of the record that tells it, through the same narrow way.
  const isPast = 'EXISTS (SELECT 1 FROM record_checkpoints WHERE opened IS NOT NULL)'
  const unlessPast = table === 'accesses' ? `WHEN NOT ${isPast}` : ''
  const differs = content.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ')
  return `
CREATE TRIGGER capture_${table}_insert AFTER INSERT ON ${table} BEGIN
  INSERT INTO audit_log (command_seq, organization_id, table_name, row_id, action, new_values, salt)
  VALUES ((SELECT command_seq FROM change_context), NEW.organization_id, '${table}', NEW.id, 'insert', ${whole('NEW', content)}, ${salt});
  ${sync}
END;
CREATE TRIGGER capture_${table}_update AFTER UPDATE ON ${table} WHEN ${differs} BEGIN
  INSERT INTO audit_log (command_seq, organization_id, table_name, row_id, action, old_values, new_values, salt)
  VALUES ((SELECT command_seq FROM change_context), NEW.organization_id, '${table}', NEW.id, 'update',
    ${changed('OLD', ['OLD', 'NEW'], content)}, ${changed('NEW', ['OLD', 'NEW'], content)}, ${salt});
  ${sync}
END;
CREATE TRIGGER capture_${table}_delete BEFORE DELETE ON ${table} ${unlessPast} BEGIN
  SELECT RAISE(ABORT, 'immutable: rows are never deleted, set deleted_at');
END;`
}

/** Removes the capture triggers, before migrations. */
export const dropCapture = (database: Sqlite.Database): void => {
  const names = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'capture_%'`)
    .pluck()
    .all()
  for (const name of names) database.exec(`DROP TRIGGER "${String(name)}"`)
}

/** Makes the capture triggers of every entity table anew from its columns, in one transaction. */
export const createCapture = (database: Sqlite.Database): void => {
  database.transaction(() => {
    dropCapture(database)
    for (const table of entityTables(database)) database.exec(sqlFor(table, columnsOf(database, table)))
  })()
}
