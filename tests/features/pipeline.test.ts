import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { coreProcedures } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection

beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('who may call what', () => {
  test('a procedure that does not exist is said so', async () => {
    for (const name of ['invoices.explode', 'nothing', '', '__proto__.toString', 'invoices.constructor']) {
      expect(await codeOf(workspace.callRaw(name, {}))).toBe('NOT_FOUND')
    }
  })

  test('without an organization only the workspace answers', async () => {
    for (const [name, { permission }] of coreProcedures) {
      if (permission === 'workspace') continue
      expect(`${name} ${await codeOf(workspace.callRaw(name, null, { organizationId: null }))}`).toBe(
        `${name} VALIDATION`,
      )
      const stranger = workspace.callRaw(name, null, { organizationId: v7() })
      expect(`${name} ${await codeOf(stranger)}`).toBe(`${name} FORBIDDEN`)
    }
  })
})

describe('input', () => {
  test('is refused with a sentence for each field by its path', async () => {
    const error = await workspace
      .callRaw('clients.create', {
        name: '  ',
        email: 'nobody',
        address: { country: 'Britain' },
        taxIds: [{ label: 'VAT', value: 'a\u0000b' }],
        paymentTermsDays: 1.5,
      })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'VALIDATION',
      fields: {
        name: 'This is required.',
        email: expect.stringContaining('name@example.com'),
        'address.country': 'Enter a country as two letters, such as GB.',
        'taxIds.0.value': 'Remove line breaks and control characters.',
        paymentTermsDays: 'Enter whole days.',
      },
    })
  })

  test.each(['\u200b\u200b', '\u2066\u2069', 'Linden \u202edtL'])(
    'of a name that misleads the eye is refused: %j',
    async (name) => {
      await expect(workspace.callRaw('clients.create', { name })).rejects.toMatchObject({
        fields: { name: expect.stringContaining('can be seen') },
      })
      expect(await codeOf(workspace.callRaw('clients.create', { name: '\u05d0\u05d1 \u200fLtd \ud83c\udf3c' }))).toBe(
        'none',
      )
    },
  )

  test('that is no object is refused without a field', async () => {
    for (const input of [null, 7, 'x', [], 10n]) {
      expect(await codeOf(workspace.callRaw('clients.create', input))).toBe('VALIDATION')
    }
  })
})

describe('an idempotency key', () => {
  test('makes a repeated command one effect with one answer', async () => {
    const key = v7()
    const input = { name: 'Same twice', priceE6: unitPriceOf('12.5') }
    const before = store.counts()
    const first = await workspace.call('items.create', input, { idempotencyKey: key })
    const after = store.counts()
    const again = await workspace.call('items.create', input, { idempotencyKey: key })
    expect(again).toEqual(first)
    expect(store.counts()).toEqual(after)
    expect(after['items']).toBe((before['items'] ?? 0) + 1)
    expect(after['commands']).toBe((before['commands'] ?? 0) + 1)
  })

  test('gives the same answer to calls that arrive together, and after a restart', async () => {
    const key = v7()
    const call = () => workspace.call('clients.create', { name: 'At once' }, { idempotencyKey: key })
    const [one, two, three] = await Promise.all([call(), call(), call()])
    expect(two).toEqual(one)
    expect(three).toEqual(one)
    workspace.clock.advance(1000)
    await workspace.reopen()
    expect(await call()).toEqual(one)
    expect(store.value(`SELECT count(*) FROM clients WHERE name = 'At once'`)).toBe(1n)
  })

  test('is refused for another input, another procedure and another file of the same size', async () => {
    const key = v7()
    await workspace.call('clients.create', { name: 'First' }, { idempotencyKey: key })
    const other = workspace.call('clients.create', { name: 'Second' }, { idempotencyKey: key })
    expect(await codeOf(other)).toBe('DUPLICATE')
    const elsewhere = workspace.call(
      'items.create',
      { name: 'First', priceE6: unitPriceOf('1') },
      { idempotencyKey: key },
    )
    expect(await codeOf(elsewhere)).toBe('DUPLICATE')
    const entityId = await makeClient(workspace, 'With files')
    const add = (text: string, idempotencyKey: string) =>
      workspace.call(
        'attachments.add',
        { entity: 'client', entityId, fileName: 'a.txt', content: new TextEncoder().encode(text) },
        { idempotencyKey },
      )
    const fileKey = v7()
    await add('one', fileKey)
    expect(await codeOf(add('two', fileKey))).toBe('DUPLICATE')
  })

  test('of a command that failed can be used again', async () => {
    const key = v7()
    const input = { name: 'Later', code: 'TAKEN' }
    const blocking = await workspace.call('clients.create', { name: 'Blocking', code: 'TAKEN' })
    expect(await codeOf(workspace.call('clients.create', input, { idempotencyKey: key }))).toBe('DUPLICATE')
    await workspace.call('clients.update', { ...blocking, code: 'FREE' })
    expect(await workspace.call('clients.create', input, { idempotencyKey: key })).toMatchObject({ version: 1 })
  })
})

describe('what is recorded of a change', () => {
  test('old and new values, who, on which device, by which command, and the line for sync', async () => {
    const { id } = await workspace.call('clients.create', { name: 'Before', currency: 'EUR' })
    workspace.clock.advance(60_000)
    await workspace.call('clients.update', { id, version: 1, name: 'After', currency: null })
    const rows = store.rows(
      `SELECT a.action, a.old_values, a.new_values, a.organization_id, c.procedure, c.at, c.user_id, c.device_id, s.table_name
       FROM audit_log a JOIN commands c ON c.seq = a.command_seq LEFT JOIN sync_log s ON s.audit_seq = a.seq
       WHERE a.row_id = ? ORDER BY a.seq`,
      id,
    )
    expect(rows).toMatchObject([
      { action: 'insert', old_values: null, procedure: 'clients.create', table_name: 'clients' },
      {
        action: 'update',
        old_values: JSON.stringify({ name: 'Before', sort_name: 'before', currency: 'EUR' }),
        new_values: JSON.stringify({ name: 'After', sort_name: 'after', currency: null }),
        organization_id: workspace.organizationId,
        procedure: 'clients.update',
        at: workspace.clock.now(),
        table_name: 'clients',
      },
    ])
    expect(rows[1]?.['user_id']).toBe(store.value('SELECT id FROM users'))
    expect(rows[1]?.['device_id']).toBe(store.value('SELECT id FROM devices'))
    const { rows: listed } = await workspace.call('audit.list', { rowId: id })
    expect(listed[0]).toMatchObject({
      procedure: 'clients.update',
      table: 'clients',
      deviceName: 'Test desk',
      oldValues: { name: 'Before' },
      newValues: { name: 'After' },
    })
  })

  test('amounts are recorded digit for digit', async () => {
    const { id } = await workspace.call('items.create', { name: 'Dear', priceE6: unitPriceOf('9007199254.740993') })
    const text = String(store.value('SELECT new_values FROM audit_log WHERE row_id = ?', id))
    expect(JSON.parse(text)).toMatchObject({ price_e6: '9007199254740993' })
  })

  test('what one device alone needs is not for sync', async () => {
    await workspace.call('settings.set', { key: 'theme', value: 'dark' })
    expect(store.value(`SELECT count(*) FROM audit_log WHERE table_name = 'settings'`)).toBeGreaterThan(0n)
    expect(store.value(`SELECT count(*) FROM sync_log WHERE table_name = 'settings'`)).toBe(0n)
    expect(store.value('SELECT count(*) FROM sync_log WHERE audit_seq NOT IN (SELECT seq FROM audit_log)')).toBe(0n)
  })

  test('every row of every entity was recorded when it was made', async () => {
    await makeInvoice(workspace, await makeClient(workspace))
    for (const table of ['organizations', 'users', 'devices', 'clients', 'items', 'invoices', 'invoice_lines']) {
      const unrecorded = store.value(
        `SELECT count(*) FROM ${table} t WHERE NOT EXISTS
           (SELECT 1 FROM audit_log a WHERE a.row_id = t.id AND a.table_name = '${table}' AND a.action = 'insert')`,
      )
      expect(`${table} ${unrecorded}`).toBe(`${table} 0`)
    }
  })

  test('a write outside a command is refused, and so are deletions and changes of the record', async () => {
    const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
    const now = `'2026-11-21T09:00:00.000Z'`
    for (const statement of [
      `UPDATE clients SET name = 'Unrecorded'`,
      `UPDATE organizations SET legal_name = 'Unrecorded'`,
      `INSERT INTO devices (id, created_at, updated_at, name, code) VALUES ('x', ${now}, ${now}, 'x', 'x')`,
    ]) {
      expect(() => raw.exec(statement)).toThrow('NOT NULL constraint failed: audit_log.command_seq')
    }
    for (const table of ['clients', 'invoices', 'devices']) {
      expect(() => raw.exec(`DELETE FROM ${table}`)).toThrow('rows are never deleted')
    }
    expect(() => raw.exec(`UPDATE audit_log SET new_values = '{}'`)).toThrow('the audit log is never changed')
    expect(() => raw.exec('DELETE FROM audit_log')).toThrow('the audit log is never changed')
    raw.close()
  })

  test('no command is left open', () => {
    expect(store.value('SELECT command_seq FROM change_context')).toBeNull()
  })
})

describe('change events', () => {
  test('come after the commit, name what may be different, and only for commands that worked', async () => {
    const stop = new AbortController()
    const events = await workspace.core.call(
      'changes.watch',
      { organizationId: workspace.organizationId, idempotencyKey: null, input: {} },
      { signal: stop.signal },
    )
    const seen: unknown[] = []
    const committed: unknown[] = []
    // A stream answers with what can be iterated; its values are checked by the contract.
    const listening = (async () => {
      for await (const event of events as AsyncIterable<unknown>) {
        seen.push(event)
        committed.push(store.value(`SELECT count(*) FROM clients WHERE name = 'Announced'`))
      }
    })()
    await Promise.resolve()
    await codeOf(workspace.callRaw('clients.create', { name: '' }))
    await codeOf(workspace.call('clients.update', { id: v7(), version: 1, name: 'Nobody' }))
    await workspace.call('clients.list', {})
    await workspace.call('clients.create', { name: 'Announced' })
    await new Promise((resolve) => setTimeout(resolve, 10))
    stop.abort()
    await listening
    expect(seen).toEqual([{ procedure: 'clients.create', entities: ['clients'] }])
    expect(committed).toEqual([1n])
  })
})

test('nothing of all this was unexpected', () => {
  expect(workspace.errors).toEqual([])
})
