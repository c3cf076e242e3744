import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { entityTables, rowColumns } from '../../db/capture/triggers.ts'
import { schemaPage, writtenPage } from '../../scripts/schema-diagram.ts'
import { migratedDatabase } from '../support/database.ts'
import { declaredTables } from './table-types.ts'

const { database, remove } = migratedDatabase()
afterAll(remove)

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  notnull: z.number(),
  dflt_value: z.string().nullable(),
  pk: z.number(),
  hidden: z.number(),
})
const tableSchema = z.object({ name: z.string(), type: z.string(), strict: z.number(), schema: z.string() })
const keySchema = z.object({ table: z.string(), from: z.string(), to: z.string() })
const indexSchema = z.object({ name: z.string() })

const read = <S extends z.ZodType>(schema: S, sql: string, ...values: string[]) =>
  z.array(schema).parse(database.prepare(sql).all(...values))

const tables = read(tableSchema, 'PRAGMA table_list')
  .filter((table) => table.schema === 'main' && table.type === 'table' && !table.name.startsWith('sqlite_'))
  .map((table) => ({ ...table, columns: read(columnSchema, 'SELECT * FROM pragma_table_xinfo(?)', table.name) }))
const columnsOf = (table: string) => tables.find(({ name }) => name === table)?.columns ?? []
const declared = declaredTables()

// What is not an entity, and why it has no row columns.
const records = {
  commands: 'the record of commands that all changes refer to; only ever appended',
  change_context: 'one row: the command that is running',
  audit_log: 'written by triggers, refers to its command for actor, device and time',
  sync_log: 'written by triggers, one line for each line of the audit log',
  activity: 'the timeline, only ever appended',
  jobs: 'machinery: what a job did is in the record of the rows that it wrote',
  client_balances: 'a summary that triggers keep; computed anew at will',
  monthly_totals: 'a summary that triggers keep; computed anew at will',
  tax_totals: 'a summary that triggers keep; computed anew at will',
  search_entries: 'a search index that triggers keep',
  erasure_rows: 'which rows an erasure found: part of it, written once',
  access_tokens: 'of this device: single-use tokens; what became of them is in the security events',
  mfa_methods: 'of this device: proofs of who somebody is; changes are security events',
  recovery_codes: 'of this device: proofs of who somebody is; their use is a security event',
  trusted_devices: 'of this device: where no code is asked; changes are security events',
  sessions: 'of this device: who is signed in',
  sign_in_attempts: 'of this device: failed tries, counted before anybody is signed in',
  security_events: 'a chain of its own, only ever appended',
  chain_entries: 'the record: one link for each command, only ever appended',
  chain_documents: 'the record: what was issued, as a hash',
  record_checkpoints: 'the record: which entry stands for what was removed, written once',
}

// Columns named like a reference that are none, and why.
const noReference: Readonly<Record<string, string>> = {
  'commands.organization_id': 'says what the caller named, also where there is no such organization',
  'commands.user_id': 'says who called, also before the user was made',
  'commands.device_id': 'the first command is the one that makes the device',
  'audit_log.organization_id': 'a copy of the row that changed',
  'audit_log.row_id': 'a row of any table',
  'sync_log.row_id': 'a row of any table',
  'activity.entity_id': 'a row of any table',
  'jobs.subject_id': 'a row of any table',
  'attachments.entity_id': 'a row of any table',
  'outbox_messages.entity_id': 'a row of any table',
  'outbox_messages.message_id': 'the Message-ID of the mail',
  'clients.legal_id': 'the number of a company in its register',
  'organizations.legal_id': 'the number of a company in its register',
  'notifications.entity_id': 'a row of any table',
  'taggings.entity_id': 'a row of any table',
  'erasure_rows.row_id': 'a row of any table',
  'chain_documents.row_id': 'a document of any kind',
  'chain_entries.device_id': 'the chain begins with the command that makes the device',
  'record_checkpoints.device_id': 'as chain_entries',
  'accesses.subject_id': 'a row of any table',
  'invoices.template_id': 'a document outlives the template that it was written with',
  'quotes.template_id': 'a document outlives the template that it was written with',
  'credit_notes.template_id': 'a document outlives the template that it was written with',
  'payment_accounts.upi_id': 'the address of an account in UPI',
  'imports.command_id': 'the command that imported, which another computer does not have',
  'search_entries.organization_id': 'an index over rows that have the reference',
  'search_entries.entity_id': 'a row of any table',
}

// References that lists, pages and sums follow.
const hot = [
  'client_contacts.client_id',
  'client_notes.client_id',
  'invoices.client_id',
  'invoice_lines.invoice_id',
  'invoice_lines.item_id',
  'invoice_adjustments.invoice_id',
  'invoice_taxes.invoice_id',
  'payments.client_id',
  'quotes.client_id',
  'quote_lines.quote_id',
  'quote_lines.item_id',
  'quote_adjustments.quote_id',
  'quote_taxes.quote_id',
  'quote_invoices.quote_id',
  'quote_invoices.invoice_id',
  'credit_notes.client_id',
  'credit_notes.invoice_id',
  'credit_note_lines.credit_note_id',
  'credit_note_lines.item_id',
  'credit_note_adjustments.credit_note_id',
  'credit_note_taxes.credit_note_id',
  'credit_allocations.credit_note_id',
  'credit_allocations.invoice_id',
  'credit_allocations.reverses_id',
  'write_offs.invoice_id',
  'refunds.client_id',
  'payment_allocations.payment_id',
  'payment_allocations.invoice_id',
  'payment_allocations.reverses_id',
  'number_counters.series_id',
  'memberships.user_id',
  'memberships.organization_id',
  'mail_log.outbox_message_id',
  'attachments.entity_id',
  'outbox_messages.entity_id',
  'audit_log.command_seq',
  'audit_log.row_id',
  'activity.entity_id',
  'activity.client_id',
  'activity.organization_id',
]

describe('the migrated schema and db/tables', () => {
  test('know the same tables', () => {
    // The search index's own tables are read by SQL alone.
    const stored = tables.map(({ name }) => name).filter((name) => !/^search_(words|trigrams)/.test(name))
    expect([...declared.keys()].sort()).toEqual(stored.sort())
  })

  test.each([...declared])('%s has the columns that its type says', (table, columns) => {
    const stored = columnsOf(table).map((column) => ({
      name: column.name,
      nullable: column.notnull === 0 && column.pk === 0 && column.hidden === 0,
      generated:
        column.hidden !== 0
          ? 'always'
          : column.dflt_value !== null || (column.pk === 1 && column.type === 'INTEGER' && column.name !== 'id')
            ? 'default'
            : 'no',
    }))
    const typed = columns.map((column) => ({
      name: column.name,
      nullable: column.nullable,
      // An absent value means null: the column needs no default of its own.
      generated: (column.nullable && column.generated === 'default') || column.name === 'id' ? 'no' : column.generated,
    }))
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
    expect(typed.sort(byName)).toEqual(stored.sort(byName))
  })

  test.each([...declared])('%s holds what its types say', (table, columns) => {
    const scales: Readonly<Record<string, string>> = {
      Amount: '_e4',
      UnitPrice: '_e6',
      Quantity: '_e6',
      Percent: '_e6',
      ExchangeRate: '_e10',
    }
    for (const column of columns) {
      const stored = columnsOf(table).find(({ name }) => name === column.name)
      const scale = scales[column.type]
      const number = column.type === 'number' || scale !== undefined
      const kept = number ? 'INTEGER' : column.type === 'Uint8Array' ? 'BLOB' : 'TEXT'
      expect(`${column.name} ${stored?.type}`).toBe(`${column.name} ${kept}`)
      // A bigint says its scale in its name, and nothing else does.
      expect(`${column.name} ${/_e(4|6|10)$/.exec(column.name)?.[0] ?? 'none'}`).toBe(
        `${column.name} ${scale ?? 'none'}`,
      )
    }
  })
})

describe('every table', () => {
  test.each(tables.filter(({ name }) => declared.has(name)))('$name is STRICT', ({ strict }) => {
    expect(strict).toBe(1)
  })

  test('is an entity with the row columns, or a record with a reason not to be one', () => {
    const entities = entityTables(database)
    expect([...entities, ...Object.keys(records)].sort()).toEqual([...declared.keys()].sort())
    for (const table of entities) {
      expect(
        columnsOf(table)
          .map(({ name }) => name)
          .slice(0, 6),
      ).toEqual(rowColumns)
    }
  })

  test.each(entityTables(database))('%s is captured: insert, update and delete', (table) => {
    const names = read(
      z.object({ name: z.string() }),
      `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND name LIKE 'capture_%' ORDER BY name`,
      table,
    )
    expect(names.map(({ name }) => name)).toEqual([
      `capture_${table}_delete`,
      `capture_${table}_insert`,
      `capture_${table}_update`,
    ])
  })

  test('names only columns, instants and dates as the rules say', () => {
    for (const { name: table, columns } of tables) {
      for (const { name, type } of columns) {
        expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
        if (/_(at|on)$/.test(name)) expect(`${table}.${name} ${type}`).toBe(`${table}.${name} TEXT`)
        expect(type).not.toBe('REAL')
      }
    }
  })
})

describe('references', () => {
  const references = tables
    .filter(({ name }) => declared.has(name))
    .flatMap(({ name: table, columns }) =>
      columns.filter(({ name }) => name.endsWith('_id')).map(({ name }) => ({ table, column: name })),
    )

  test('are foreign keys, or named with the reason why not', () => {
    const without = references.filter(({ table, column }) => {
      const keys = read(keySchema, 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', table)
      return !keys.some((key) => key.from === column)
    })
    expect(without.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(Object.keys(noReference).sort())
  })

  test('lead to a primary key that exists', () => {
    for (const table of declared.keys()) {
      for (const key of read(keySchema, 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', table)) {
        const target = columnsOf(key.table).find(({ pk }) => pk === 1)
        expect(`${table}.${key.from} -> ${key.table}.${key.to}`).toBe(
          `${table}.${key.from} -> ${key.table}.${target?.name}`,
        )
      }
    }
  })

  test.each(hot)('%s begins an index', (reference) => {
    const [table = '', column = ''] = reference.split('.')
    const indexes = read(indexSchema, 'SELECT name FROM pragma_index_list(?)', table)
    const first = indexes.map(({ name }) =>
      database.prepare('SELECT name FROM pragma_index_info(?) WHERE seqno = 0').pluck().get(name),
    )
    expect(first).toContain(column)
  })
})

test('docs/schema.md shows this schema', () => {
  // If not: node scripts/schema-diagram.ts
  expect(writtenPage()).toBe(schemaPage(database))
})
