import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readPdf } from '../pdf/read-pdf.ts'
import { inspect } from '../support/database.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace({ jobs: true })
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

const textOf = async (pdf: Uint8Array) => (await readPdf(pdf)).map((page) => page.text).join('\n')

test('says that it is a credit note, which invoice it corrects and why, and is kept as it was issued', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const client = await workspace.call('clients.get', { id: clientId })
  await workspace.call('clients.update', { id: clientId, version: client.version, name: 'Renamed Bakery' })
  const made = await workspace.call('creditNotes.creditInvoice', {
    id: v7(),
    invoiceId: invoice.id,
    invoiceVersion: (await workspace.call('invoices.get', { id: invoice.id })).version,
    scope: { kind: 'whole' },
    issuedOn: '2026-11-21',
    reason: 'The ovens were returned',
  })
  await workspace.core.settle()
  const { pdf } = await workspace.call('creditNotes.pdf', { id: made.id })
  const text = await textOf(pdf)
  expect(text).toMatch(/credit note/i)
  for (const part of [made.number, invoice.number, 'The ovens were returned', 'Rosewood Bakery', '120.00'])
    expect(text).toContain(part)
  expect(text).not.toContain('Renamed')
  const { pdfSha256 } = await workspace.call('creditNotes.get', { id: made.id })
  expect(pdfSha256).toBe(createHash('sha256').update(pdf).digest('hex'))
})

test('keeps the parties of its invoice, whatever they are called today', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const { version } = await workspace.call('organizations.get', {})
  await workspace.call('organizations.update', { version, legalName: 'Another Seller Ltd' })
  const made = await workspace.call('creditNotes.creditInvoice', {
    id: v7(),
    invoiceId: invoice.id,
    invoiceVersion: (await workspace.call('invoices.get', { id: invoice.id })).version,
    scope: { kind: 'whole' },
    issuedOn: '2026-11-21',
    reason: 'Returned',
  })
  const store = inspect(workspace.directory)
  const parties = (table: string, id: string) => store.rows(`SELECT seller, buyer FROM ${table} WHERE id = ?`, id)
  const [own, theirs] = [parties('credit_notes', made.id), parties('invoices', invoice.id)]
  store.close()
  expect(own).toEqual(theirs)
})
