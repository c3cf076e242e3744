import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeClient } from '../support/factories.ts'
import { takeRole } from '../support/people.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

const events = async () =>
  await workspace.core.read((db) =>
    db.selectFrom('securityEvents').select(['kind', 'data', 'userId']).orderBy('seq').execute(),
  )

test('rows of a list that leave as a file are on record: who, when, what, how many', async () => {
  await workspace.call('audit.noteExport', { what: 'clients-2026-11-21.csv', rows: 12 })
  const { rows } = await workspace.call('audit.list', { action: 'read', limit: 5 })
  expect(rows[0]).toMatchObject({ procedure: 'audit.noteExport', action: 'read', table: 'accesses' })
  expect(rows[0]?.newValues['what']).toBe('Rows of a list, as CSV (clients-2026-11-21.csv: 12)')
  expect((await events()).at(-1)).toMatchObject({ kind: 'exported' })
})

test('all changes of a thing come with those of its parts, told by their command', async () => {
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  await workspace.call('clientNotes.create', { clientId, content: 'Rings before nine' })
  const { rows } = await workspace.call('audit.list', { subject: { table: 'clients', id: clientId }, limit: 20 })
  expect(rows.map(({ table }) => table)).toContain('client_notes')
  expect(rows.at(-1)).toMatchObject({ table: 'clients', action: 'insert', procedure: 'clients.create' })
  expect(new Set(rows.map(({ commandSeq }) => commandSeq)).size).toBeGreaterThan(1)
  for (const table of ['invoices', 'quotes', 'credit_notes', 'payments', 'items', 'recurring_invoices']) {
    expect((await workspace.call('audit.list', { subject: { table, id: clientId }, limit: 5 })).rows.length).toBe(1)
  }
  const other = await workspace.call('audit.list', { subject: { table: 'no_such', id: clientId }, limit: 20 })
  expect(other.rows.every(({ rowId }) => rowId === clientId)).toBe(true)
})

test('who tries what their role does not include is on record, once an hour for each thing', async () => {
  await takeRole(workspace, 'cashier')
  const { userId } = await workspace.call('setup.state', {})
  const tries = async () => (await events()).filter(({ kind }) => kind === 'refused')
  const tryIt = () =>
    workspace.call('audit.setRetention', { years: 99, legalHold: false }).then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  expect(await tryIt()).toBe('FORBIDDEN')
  expect(await tryIt()).toBe('FORBIDDEN')
  expect(await tries()).toMatchObject([{ userId, data: '{"procedure":"audit.setRetention"}' }])
  workspace.clock.advance(3_600_000)
  expect(await tryIt()).toBe('FORBIDDEN')
  expect(await tries()).toHaveLength(2)
  // Screens read of themselves: what is only not shown to somebody is no try.
  await expect(workspace.call('audit.list', { limit: 5 })).rejects.toThrow('does not include')
  expect(await tries()).toHaveLength(2)
})
