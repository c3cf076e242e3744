import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseError } from '../../db/errors.ts'
import { openConnection } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import { amountOf, percentOf } from '../../shared/money/decimal-string.ts'
import { asCommand } from '../support/database.ts'
import { makeClient, makeInvoice, makePayment, makeQuote } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let raw: Sqlite.Database
const ids: Record<string, string> = {}

beforeAll(async () => {
  workspace = await openWorkspace()
  const clientId = await makeClient(workspace)
  const content = {
    adjustments: [
      {
        id: '01a1fd55-7a80-7000-8000-000000000001',
        kind: 'allowance' as const,
        reason: 'Loyalty',
        amountE4: null,
        percentE6: percentOf('10'),
        baseE4: null,
        taxes: null,
      },
    ],
  }
  const invoice = await makeInvoice(workspace, clientId, content)
  const payment = await makePayment(workspace, clientId, '50', [{ invoiceId: invoice.id, amount: '20' }])
  raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  const one = (table: string) =>
    String(raw.prepare(`SELECT id FROM ${table} WHERE invoice_id = ?`).pluck().get(invoice.id))
  ids['invoices'] = invoice.id
  ids['payments'] = payment.id
  for (const table of ['invoice_lines', 'invoice_adjustments', 'invoice_taxes', 'payment_allocations'])
    ids[table] = one(table)
  const quote = await makeQuote(workspace, clientId, content)
  const { version } = await workspace.call('quotes.accept', { ...quote, on: '2026-11-21', by: 'Ann' })
  await workspace.call('quotes.toInvoice', {
    id: quote.id,
    version,
    invoiceId: '01a1fd55-7a80-7000-8000-000000000002',
    conversion: { kind: 'percentage', percentE6: percentOf('40') },
  })
  ids['quotes'] = quote.id
  for (const table of ['quote_lines', 'quote_adjustments', 'quote_taxes', 'quote_invoices'])
    ids[table] = String(raw.prepare(`SELECT id FROM ${table} WHERE quote_id = ?`).pluck().get(quote.id))
  // Lines and adjustments of its own: the ids of the first are taken.
  const credited = await makeInvoice(workspace, clientId, {
    adjustments: content.adjustments.map((it) => ({ ...it, id: '01a1fd55-7a80-7000-8000-000000000004' })),
  })
  const note = await workspace.call('creditNotes.creditInvoice', {
    id: '01a1fd55-7a80-7000-8000-000000000003',
    invoiceId: credited.id,
    invoiceVersion: credited.version,
    scope: { kind: 'whole' },
    issuedOn: '2026-11-21',
    reason: 'Returned',
  })
  const other = await makeInvoice(workspace, clientId)
  ids['credit_notes'] = note.id
  for (const table of ['credit_note_lines', 'credit_note_adjustments', 'credit_note_taxes', 'credit_allocations'])
    ids[table] = String(raw.prepare(`SELECT id FROM ${table} WHERE credit_note_id = ?`).pluck().get(note.id))
  ids['refunds'] = (
    await workspace.call('refunds.create', { paymentId: payment.id, refundedOn: '2026-11-21', amountE4: amountOf('5') })
  ).id
  ids['write_offs'] = (
    await workspace.call('writeOffs.create', {
      invoiceId: other.id,
      invoiceVersion: other.version,
      amountE4: amountOf('1'),
      on: '2026-11-21',
      reason: 'Rounding',
    })
  ).id
})
afterAll(async () => {
  raw.close()
  await workspace.close()
})

// Columns that the life of an issued row goes on in; everything else is as it was printed.
const living: Readonly<Record<string, readonly string[]>> = {
  invoices: [
    'updated_at',
    'version',
    'voided_at',
    'void_reason',
    'voided_on',
    'pdf_sha256',
    'sent_at',
    'settled_on',
    'reminders_stopped_at',
    'reminders_stop_reason',
  ],
  invoice_lines: [],
  invoice_adjustments: [],
  invoice_taxes: [],
  payments: ['updated_at', 'version', 'branch_id', 'status', 'status_on', 'status_reason', 'reference', 'notes'],
  payment_allocations: [],
  quotes: [
    'updated_at',
    'version',
    'decided_by',
    'decision_note',
    'decided_on',
    'void_reason',
    'pdf_sha256',
    'sent_at',
  ],
  quote_lines: ['updated_at', 'version', 'is_chosen'],
  quote_adjustments: [],
  quote_taxes: [],
  quote_invoices: ['updated_at', 'version', 'deleted_at'],
  credit_notes: ['updated_at', 'version', 'void_reason', 'voided_on', 'pdf_sha256', 'sent_at'],
  credit_note_lines: [],
  credit_note_adjustments: [],
  credit_note_taxes: [],
  credit_allocations: [],
  write_offs: [],
  refunds: ['updated_at', 'version', 'reference', 'notes'],
}

const columnsOf = (table: string) => openColumns(table).filter(({ hidden }) => hidden === 0)

const openColumns = (table: string) =>
  // The columns that SQLite documents for this pragma.
  raw.prepare('SELECT name, type, hidden FROM pragma_table_xinfo(?)').all(table) as {
    name: string
    type: string
    hidden: number
  }[]

/** Values that a forger might try: another, nothing, nearly the same. */
const forged = (type: string, value: unknown): unknown[] =>
  type === 'INTEGER'
    ? [Number(value ?? 0) + 1, Number(value ?? 0) - 1, 0, null].filter((it) => it !== value)
    : [`${String(value ?? '')}x`, '', null].filter((it) => it !== value)

const attempt = (sql: string, ...values: unknown[]): unknown => {
  try {
    asCommand(raw, () => {
      raw.prepare(sql).run(...values)
      // What is let through is looked at, and taken back.
      throw new Error('let through')
    })
  } catch (error) {
    return error
  }
  return undefined
}

const isLetThrough = (error: unknown) => error instanceof Error && error.message === 'let through'

describe.each(Object.keys(living))('an issued row of %s', (table) => {
  test('keeps every column but the few that its life goes on in, whatever SQL is tried', () => {
    const id = ids[table] ?? ''
    const row = Object(raw.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id))
    const open = new Set<string>()
    for (const { name, type } of columnsOf(table)) {
      for (const value of forged(type, Reflect.get(row, name))) {
        const error = attempt(`UPDATE ${table} SET ${name} = ? WHERE id = ?`, value, id)
        if (isLetThrough(error)) open.add(name)
        else expect(error).toBeInstanceOf(Error)
      }
    }
    // Some living columns are guarded too (a status that may not go back): the list is what may be open at all.
    expect([...open].filter((name) => !living[table]?.includes(name))).toEqual([])
    expect(raw.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id)).toEqual(row)
  })

  test('is refused as IMMUTABLE, in words', () => {
    const id = ids[table] ?? ''
    const columns: Readonly<Record<string, string>> = {
      invoices: 'notes',
      quotes: 'notes',
      credit_notes: 'notes',
      credit_allocations: 'amount_e4',
      write_offs: 'amount_e4',
      refunds: 'amount_e4',
      payments: 'amount_e4',
      payment_allocations: 'amount_e4',
      quote_invoices: 'net_e4',
    }
    const column = columns[table] ?? 'position'
    const error = databaseError(attempt(`UPDATE ${table} SET ${column} = 7 WHERE id = ?`, id))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'IMMUTABLE', message: expect.stringMatching(/never changes|not changed/) })
  })

  test('cannot be deleted, alone or all together, nor replaced', () => {
    const id = ids[table] ?? ''
    const row = raw.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id)
    const names = columnsOf(table)
      .map(({ name }) => name)
      .join(', ')
    for (const sql of [
      `DELETE FROM ${table} WHERE id = '${id}'`,
      `DELETE FROM ${table}`,
      `INSERT OR REPLACE INTO ${table} (${names}) SELECT ${names} FROM ${table} WHERE id = '${id}'`,
    ]) {
      const error = attempt(sql)
      expect(`${sql} ${isLetThrough(error)}`).toBe(`${sql} false`)
    }
    expect(raw.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id)).toEqual(row)
  })
})

describe('an issued invoice', () => {
  test('takes no new lines, adjustments or taxes', () => {
    for (const table of ['invoice_lines', 'invoice_adjustments', 'invoice_taxes']) {
      const names = columnsOf(table).map(({ name }) => name)
      const values = names.map((name) => (name === 'id' ? `'new'` : name))
      const error = attempt(
        `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${table} WHERE id = ?`,
        ids[table],
      )
      expect(databaseError(error)).toMatchObject({ code: 'IMMUTABLE' })
    }
  })

  test('is never born: an invoice begins as a draft, unpaid', () => {
    const names = columnsOf('invoices').map(({ name }) => name)
    const values = (change: Readonly<Record<string, string>>) => names.map((name) => change[name] ?? name).join(', ')
    const insert = (change: Readonly<Record<string, string>>) =>
      attempt(
        `INSERT INTO invoices (${names.join(', ')}) SELECT ${values(change)} FROM invoices WHERE id = ?`,
        ids['invoices'],
      )
    const fresh = { id: `'new'`, number: `'X-1'`, counter: '999' }
    expect(databaseError(insert(fresh))).toMatchObject({ code: 'IMMUTABLE' })
    const unissued = { ...fresh, number: 'NULL', counter: 'NULL', issued_at: 'NULL', seller: 'NULL', buyer: 'NULL' }
    expect(databaseError(insert({ ...unissued, paid_e4: '1' }))).toMatchObject({ code: 'IMMUTABLE' })
    expect(isLetThrough(insert({ ...unissued, paid_e4: '0', settled_on: 'NULL' }))).toBe(true)
  })

  test('keeps its PDF and stays void', () => {
    const id = ids['invoices'] ?? ''
    const twice = (first: string, second: string) => {
      try {
        asCommand(raw, () => {
          raw.exec(`UPDATE invoices SET ${first} WHERE id = '${id}'`)
          raw.exec(`UPDATE invoices SET ${second} WHERE id = '${id}'`)
          throw new Error('let through')
        })
      } catch (error) {
        return databaseError(error)
      }
      return undefined
    }
    expect(twice(`pdf_sha256 = 'a'`, `pdf_sha256 = 'b'`)).toMatchObject({ code: 'IMMUTABLE' })
    expect(twice(`pdf_sha256 = 'a'`, 'pdf_sha256 = NULL')).toMatchObject({ code: 'IMMUTABLE' })
    // Paid in part, it cannot be voided at all.
    const paid = databaseError(attempt(`UPDATE invoices SET voided_at = 'now', void_reason = 'x' WHERE id = ?`, id))
    expect(paid).toMatchObject({ code: 'INVALID_STATE' })
    const unpaid = attempt('UPDATE invoices SET paid_e4 = 0 WHERE id = ?', id)
    expect(databaseError(unpaid)).toMatchObject({ code: 'IMMUTABLE' })
  })

  test('and a payment nobody has used yet are not replaced either', async () => {
    const { id } = await makePayment(workspace, await makeClient(workspace, 'Third'), '10')
    const names = columnsOf('payments').map(({ name }) => name)
    const values = names.map((name) => ({ amount_e4: '1', base_amount_e4: '1' })[name] ?? name)
    const replace = `INSERT OR REPLACE INTO payments (${names.join(', ')}) SELECT ${values.join(', ')} FROM payments WHERE id = ?`
    expect(databaseError(attempt(replace, id))).toMatchObject({ code: 'IMMUTABLE' })
  })

  test('has a number that no other takes, in a counter that never goes back', async () => {
    const other = await makeInvoice(workspace, await makeClient(workspace, 'Another'))
    const taken = attempt(`UPDATE number_counters SET last_value = last_value - 1`)
    expect(databaseError(taken)).toMatchObject({ code: 'IMMUTABLE' })
    expect(other.number).not.toBe(raw.prepare('SELECT number FROM invoices WHERE id = ?').pluck().get(ids['invoices']))
  })
})
