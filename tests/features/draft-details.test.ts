import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openReader } from '../../db/open.ts'
import { printableOf } from '../../electron/documents/printable.ts'
import { invoiceDocument } from '../../electron/features/invoices/document.ts'
import { openFileStore } from '../../electron/files.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { contentFor, line, makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
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
afterEach(() => expect(workspace.errors).toEqual([]))

test('a draft carries the new name of its client, and what is open in an editor can still be saved', async () => {
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  const draft = await makeDraft(workspace, clientId)
  const issued = await makeInvoice(workspace, clientId)
  await workspace.call('clients.update', { id: clientId, version: 1, name: 'Rosewood Patisserie' })
  const { rows } = await workspace.call('invoices.list', { clientId })
  const names = new Map(rows.map((row) => [row.id, row.clientName]))
  expect(names.get(draft.id)).toBe('Rosewood Patisserie')
  expect(names.get(issued.id)).toBe('Rosewood Bakery')
  expect((await workspace.call('search.find', { text: 'patisserie' })).map((hit) => hit.id)).toContain(draft.id)
  const content = await contentFor(workspace, clientId)
  expect(await workspace.call('invoices.saveDraft', { ...draft, content })).toMatchObject({ version: 2 })
})

test('to restore a draft that is there changes nothing', async () => {
  const draft = await makeDraft(workspace, null)
  expect(await workspace.call('invoices.restoreDraft', { id: draft.id })).toEqual(draft)
  expect(store.value('SELECT count(*) FROM audit_log WHERE row_id = ?', draft.id)).toBe(1n)
})

test.each(['1899-12-31', '3000-01-01', '9999-12-31', '0001-01-01'])('%s is no date of an invoice', async (issuedOn) => {
  const content = await contentFor(workspace, null)
  const saved = workspace.call('invoices.saveDraft', { id: v7(), version: null, content: { ...content, issuedOn } })
  await expect(saved).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { 'content.issuedOn': 'Enter a date between 1900 and 2999.' },
  })
})

test('the last day that a date can be still has its fiscal year, but no terms that lead beyond it', async () => {
  const clientId = await makeClient(workspace)
  const last = { issuedOn: '2999-12-31' }
  const { id } = await makeInvoice(workspace, clientId, { ...last, paymentTermsDays: 0 })
  expect((await workspace.call('invoices.get', { id })).content.dueOn).toBe('2999-12-31')
  await expect(makeDraft(workspace, clientId, { ...last, paymentTermsDays: 30 })).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { paymentTermsDays: expect.stringContaining('3000-01-30') },
  })
})

test('what is pasted into a line loses its control characters', async () => {
  const pasted = { ...line({ name: 'Bread\u0000 and\u0085\tbutter' }) }
  const { id } = await makeDraft(workspace, null, { lines: [pasted] })
  expect((await workspace.call('invoices.get', { id })).content.lines[0]?.name).toBe('Bread and butter')
})

test('what is prepaid finer than the smallest coin is refused at issue, since the rest could never be paid', async () => {
  const draft = await makeDraft(workspace, await makeClient(workspace), { prepaidE4: amountOf('0.0001') })
  await expect(workspace.call('invoices.issue', draft)).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { prepaidE4: 'GBP has 2 decimals.' },
  })
})

test('a draft prints the totals that it was saved with, however the business rounds since', async () => {
  const { id } = await makeDraft(workspace, null, { lines: [line({ price: '0.333' })] })
  const { version } = await workspace.call('organizations.get', {})
  await workspace.call('organizations.update', { version, roundingMode: 'up' })
  const { db, close } = openReader(join(workspace.directory, 'counterfoil.db'))
  const row = await db.selectFrom('invoices').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const printed = await printableOf(db, openFileStore(workspace.directory, null), invoiceDocument, row)
  await close()
  expect(printed).toMatchObject({ netE4: amountOf('0.33'), totalE4: row.totalE4, payableE4: row.payableE4 })
})
