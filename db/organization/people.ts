import type Sqlite from 'better-sqlite3'
import { captureOf } from '../capture/triggers.ts'
import { columnsOf, type Replacement } from './tables.ts'

type It = Pick<Replacement, 'organization' | 'command' | 'at' | 'by' | 'newId'>

const log = (database: Sqlite.Database, table: string, command: number, ids: readonly string[]) => {
  const capture = captureOf(table, columnsOf(database, table))
  const insert = database.prepare(
    `INSERT INTO audit_log (command_seq, organization_id, table_name, row_id, action, old_values, new_values, salt)
    SELECT ?, n.organization_id, '${table}', n.id, 'insert', NULL, ${capture.whole('n')}, ${capture.salt}
    FROM main.${table} n WHERE n.id = ?`,
  )
  for (const id of ids) insert.run(command, id)
}

const texts = (rows: readonly unknown[]): string[] => rows.map(String)

// By name alone: what they signed in with then lets nobody in now.
const addMissing = (database: Sqlite.Database, { organization, command, at }: It) => {
  const columns = columnsOf(database, 'users')
  const none = new Set([
    'email',
    'password_hash',
    'pin_hash',
    'avatar_attachment_id',
    'last_login_at',
    'organization_id',
  ])
  const taken = columns.map((column) =>
    none.has(column) ? 'NULL' : column === 'status' ? `'inactive'` : `n.${column}`,
  )
  const ids = database
    .prepare(
      `INSERT INTO main.users (${columns.join(', ')}) SELECT ${taken.join(', ')} FROM backup.users n
      WHERE n.id NOT IN (SELECT id FROM main.users) AND n.id IN (
        SELECT user_id FROM backup.memberships WHERE organization_id = @organization
        UNION SELECT user_id FROM backup.account_managers WHERE organization_id = @organization)
      RETURNING id`,
    )
    .pluck()
    .all({ organization })
  database
    .prepare('UPDATE main.users SET updated_at = ? WHERE id IN (SELECT value FROM json_each(?))')
    .run(at, JSON.stringify(ids))
  log(database, 'users', command, texts(ids))
}

const makeOwner = (
  database: Sqlite.Database,
  { organization, at, by, newId }: It & { readonly by: string },
  ids: readonly string[],
): string | null => {
  const hasOwner = database
    .prepare(
      `SELECT 1 FROM main.memberships m JOIN main.users u ON u.id = m.user_id WHERE m.organization_id = ?
      AND m.role = 'owner' AND m.deleted_at IS NULL AND u.status = 'active' AND u.deleted_at IS NULL`,
    )
    .get(organization)
  if (hasOwner !== undefined) return null
  const id = newId()
  database
    .prepare(
      `UPDATE main.memberships SET deleted_at = @at, updated_at = @at, version = version + 1
      WHERE organization_id = @organization AND user_id = @by AND deleted_at IS NULL AND id IN (SELECT value FROM json_each(@ids))`,
    )
    .run({ at, organization, by, ids: JSON.stringify(ids) })
  database
    .prepare(
      `INSERT INTO main.memberships (id, organization_id, created_at, updated_at, user_id, role)
      VALUES (@id, @organization, @at, @at, @by, 'owner')`,
    )
    .run({ id, organization, at, by })
  return id
}

/** Brings those who worked for an organization that is not here any more, and makes whoever asked for it an owner where nobody else is. */
export const addPeople = (database: Sqlite.Database, it: It): void => {
  const { organization, command, by } = it
  addMissing(database, it)
  const list = columnsOf(database, 'memberships').join(', ')
  const ids = database
    .prepare(
      `INSERT INTO main.memberships (${list}) SELECT ${list} FROM backup.memberships n
      WHERE n.organization_id = ? AND n.id NOT IN (SELECT id FROM main.memberships) RETURNING id`,
    )
    .pluck()
    .all(organization)
  const ownerId = by === null ? null : makeOwner(database, { ...it, by }, texts(ids))
  log(database, 'memberships', command, ownerId === null ? texts(ids) : [...texts(ids), ownerId])
}
