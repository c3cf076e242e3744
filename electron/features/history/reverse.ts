import { sql } from 'kysely'
import { z } from 'zod'
import type { Permission } from '../../../shared/permissions.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'

const drafts = ['invoices', 'quotes', 'credit_notes'] as const
const parts = ['invoice', 'quote', 'credit_note'].flatMap((one) => [
  `${one}_lines`,
  `${one}_taxes`,
  `${one}_adjustments`,
])
const names: Readonly<Record<string, string>> = {
  clients: 'Client',
  client_contacts: 'Contact',
  client_notes: 'Note',
  items: 'Item',
  invoices: 'Draft invoice',
  quotes: 'Draft quote',
  credit_notes: 'Draft credit note',
  tags: 'Tag',
  taggings: 'Tag',
  saved_views: 'View',
  client_types: 'Client type',
  account_managers: 'Account manager',
  document_templates: 'Template',
  exchange_rates: 'Exchange rate',
  reminder_plans: 'Reminder plan',
  reminder_steps: 'Reminder step',
  message_templates: 'Mail template',
}
const undoable = new Set([...Object.keys(names), ...parts])

/** What somebody must be allowed to change for each table that a command changed. */
export const permissionFor = (table: string): Permission => {
  if (table === 'document_templates') return 'organizations.manage'
  if (table === 'message_templates') return 'mail.manage'
  if (table === 'client_types') return 'settings.write'
  if (table.startsWith('client')) return 'clients.write'
  if (table.startsWith('item')) return 'items.write'
  if (table.startsWith('invoice')) return 'invoices.write'
  if (table.startsWith('quote')) return 'quotes.write'
  if (table.startsWith('credit_note')) return 'creditNotes.write'
  return 'settings.write'
}

export type Change = {
  readonly seq: number
  readonly table: string
  readonly rowId: string
  readonly action: 'insert' | 'update'
  readonly oldValues: string | null
  readonly newValues: string
  /** Whether the row was changed again by a later command. */
  readonly isTouched: number
}

/** The changes of a command, newest first. */
export const changesOf = (db: Db | Trx, commandSeq: number): Promise<Change[]> =>
  rawRows<Change>(
    db,
    sql`SELECT a.seq, a.table_name AS "table", a.row_id, a.action, a.old_values, a.new_values,
      EXISTS (SELECT 1 FROM audit_log l WHERE l.row_id = a.row_id AND l.table_name = a.table_name
        AND l.command_seq > ${commandSeq}) AS is_touched
      FROM audit_log a WHERE a.command_seq = ${commandSeq} ORDER BY a.seq DESC LIMIT 1001`,
  )

const valuesSchema = z.record(z.string().regex(/^[a-z_0-9]+$/), z.union([z.string(), z.number(), z.null()]))

const valuesOf = (text: string) => valuesSchema.parse(JSON.parse(text))

/** What a command did, in a few words. */
export const titleOf = (changes: readonly Change[]): string => {
  const main = changes.findLast(({ table }) => names[table] !== undefined) ?? changes[0]
  if (main === undefined) return 'Nothing'
  const { action, newValues } = main
  const values = valuesOf(newValues)
  const name = values['name'] ?? values['number'] ?? values['client_name'] ?? ''
  const done = action === 'insert' ? 'added' : values['deleted_at'] ? 'deleted' : 'changed'
  return [names[main.table] ?? main.table, name, done].filter((word) => word !== '').join(' ')
}

const used = async (db: Db | Trx, clientId: string): Promise<boolean> => {
  const [row] = await rawRows<{ count: number }>(
    db,
    sql`SELECT (SELECT count(*) FROM invoices WHERE client_id = ${clientId} AND deleted_at IS NULL)
      + (SELECT count(*) FROM quotes WHERE client_id = ${clientId} AND deleted_at IS NULL)
      + (SELECT count(*) FROM credit_notes WHERE client_id = ${clientId} AND deleted_at IS NULL)
      + (SELECT count(*) FROM payments WHERE client_id = ${clientId})
      + (SELECT count(*) FROM recurring_invoices WHERE client_id = ${clientId} AND deleted_at IS NULL) AS count`,
  )
  return (row?.count ?? 0) > 0
}

// By the references of the schema: what was added by a command may be needed by rows of later ones.
const isReferenced = async (db: Db | Trx, { table, rowId }: Change, own: readonly string[]): Promise<boolean> => {
  const references = await rawRows<{ child: string; column: string }>(
    db,
    sql`SELECT m.name AS child, f."from" AS "column" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
      WHERE m.type = 'table' AND f."table" = ${table} AND f."to" = 'id'
        AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'deleted_at')`,
  )
  for (const { child, column } of references) {
    const rows = await rawRows<{ id: string }>(
      db,
      sql`SELECT id FROM ${sql.table(child)} WHERE ${sql.ref(column)} = ${rowId} AND deleted_at IS NULL
        AND id NOT IN (${sql.join([...own])}) LIMIT 1`,
    )
    if (rows.length > 0) return true
  }
  return false
}

const settings = new Set([
  'client_types',
  'account_managers',
  'document_templates',
  'reminder_plans',
  'message_templates',
])

const issued = async (db: Db | Trx, { table, rowId }: Change): Promise<boolean> => {
  if (!drafts.some((name) => name === table)) return false
  const [row] = await rawRows<{ issuedAt: string | null }>(
    db,
    sql`SELECT issued_at FROM ${sql.table(table)} WHERE id = ${rowId}`,
  )
  return row?.issuedAt != null
}

type Unique = {
  readonly by: readonly string[]
  /** It holds only among rows that have this mark. */
  readonly among?: string
  readonly words: string
}

const code = (what: string): Unique => ({ by: ['code'], words: `Another ${what} has its code by now.` })
const isDefault = (column = 'is_default'): Unique => ({
  by: [],
  among: column,
  words: 'Another one is the default by now.',
})

// What may be in use only once, as the indexes of these tables have it.
const uniques: Readonly<Record<string, readonly Unique[]>> = {
  account_managers: [{ by: ['user_id'], words: 'This person is an account manager again by now.' }],
  client_contacts: [{ by: ['client_id'], among: 'is_primary', words: 'Another contact is the main one by now.' }],
  client_types: [code('client type')],
  clients: [code('client')],
  document_templates: ['is_invoice_default', 'is_quote_default', 'is_credit_note_default', 'is_statement_default'].map(
    (column) => isDefault(column),
  ),
  exchange_rates: [
    { by: ['base_currency', 'currency', 'rate_on'], words: 'There is another rate for this day by now.' },
  ],
  items: [code('item')],
  message_templates: [{ by: ['kind', 'language'], words: 'There is another text for this mail by now.' }],
  reminder_plans: [isDefault()],
  taggings: [{ by: ['entity_id', 'tag_id'], words: 'It has this tag again by now.' }],
  tags: [{ by: ['name'], words: 'Another tag has its name by now.' }],
}

// Whether what a row would have again is taken by one that the command did not change.
const takenBy = async (db: Db | Trx, change: Change, own: readonly string[]): Promise<string | null> => {
  const { table, rowId, action, oldValues } = change
  if (action === 'insert') return null
  const old = valuesOf(oldValues ?? '{}')
  const then = (column: string) => (column in old ? sql`${old[column] ?? null}` : sql.ref(`r.${column}`))
  for (const { by, among, words } of uniques[table] ?? []) {
    const marks = among === undefined ? [] : [among]
    if (![...by, ...marks, 'deleted_at'].some((column) => column in old)) continue
    const conditions = [
      ...by.map((column) =>
        table === 'tags'
          ? sql`lower(${sql.ref(`o.${column}`)}) = lower(${then(column)})`
          : sql`${sql.ref(`o.${column}`)} = ${then(column)}`,
      ),
      ...marks.flatMap((column) => [sql`${sql.ref(`o.${column}`)} = 1`, sql`${then(column)} = 1`]),
    ]
    const rows = await rawRows<{ id: string }>(
      db,
      sql`SELECT o.id FROM ${sql.table(table)} r JOIN ${sql.table(table)} o ON o.organization_id = r.organization_id
        WHERE r.id = ${rowId} AND o.deleted_at IS NULL AND ${then('deleted_at')} IS NULL
          AND o.id NOT IN (${sql.join([...own])}) AND ${sql.join(conditions, sql` AND `)} LIMIT 1`,
    )
    if (rows.length > 0) return words
  }
  return null
}

/** Why the changes of a command cannot be taken back, in words; null where they can. */
export const obstacleTo = async (db: Db | Trx, changes: readonly Change[]): Promise<string | null> => {
  if (changes.length === 0) return 'It changed nothing.'
  if (changes.length > 1000) return 'It changed too much to be taken back in one step.'
  if (changes.some(({ table }) => !undoable.has(table))) {
    return 'It did more than change drafts, clients, items or lists of the settings. What was issued, paid or sent is corrected, not undone.'
  }
  if (changes.some(({ isTouched }) => isTouched === 1)) return 'What it changed was changed again since.'
  if (changes.some(({ newValues }) => newValues.includes('"[erased]"'))) return 'What it changed was erased.'
  const own = changes.map(({ rowId }) => rowId)
  for (const change of changes) {
    if (await issued(db, change)) return 'The document was issued since.'
    const taken = await takenBy(db, change, own)
    if (taken !== null) return taken
    if (change.table === 'clients' && change.action === 'insert' && (await used(db, change.rowId))) {
      return 'The client is used since.'
    }
    if (settings.has(change.table) && change.action === 'insert') {
      if (await isReferenced(db, change, own)) return `The ${(names[change.table] ?? '').toLowerCase()} is used since.`
    }
  }
  return null
}

// The log keeps scaled integers as digits.
const storedValue = (column: string, value: string | number | null) =>
  /_e(4|6|10)$/.test(column) && typeof value === 'string' ? BigInt(value) : value

/** Sets rows back to what they were before a command; what it added is deleted. */
export const reverse = async (
  { trx, now, organizationId }: CommandContext,
  changes: readonly Change[],
): Promise<void> => {
  for (const { table, rowId, action, oldValues } of changes) {
    const old = action === 'insert' ? { deleted_at: now } : valuesOf(oldValues ?? '{}')
    const settings = Object.entries(old).map(
      ([column, value]) => sql`${sql.ref(column)} = ${storedValue(column, value)}`,
    )
    if (settings.length === 0) continue
    await sql`UPDATE ${sql.table(table)} SET ${sql.join(settings)}, updated_at = ${now}, version = version + 1
      WHERE id = ${rowId} AND organization_id = ${organizationId}`.execute(trx)
  }
}
