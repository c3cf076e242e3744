import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let client: string

const corrupt = (sql: string) => {
  const file = readdirSync(workspace.directory).find((name) => name.endsWith('.db')) ?? ''
  const database = new Sqlite(join(workspace.directory, file))
  database.prepare(sql).run()
  database.close()
}
const check = () => workspace.call('integrity.check', {})

beforeEach(async () => {
  workspace = await openWorkspace()
  client = await makeClient(workspace, 'Rosewood')
  const paid = await makeInvoice(workspace, client)
  const open = await makeInvoice(workspace, client, { issuedOn: '2026-10-05' })
  const withdrawn = await makeInvoice(workspace, client)
  await workspace.call('invoices.void', { id: withdrawn.id, version: withdrawn.version, reason: 'Wrong client' })
  await makePayment(workspace, client, '200', [
    { invoiceId: paid.id, amount: '120' },
    { invoiceId: open.id, amount: '50' },
  ])
})
afterEach(() => workspace.close())

test('books that only the product wrote agree with themselves', async () => {
  expect(await check()).toEqual({ checked: 3 + 1 + 1 + 2 + 2, differences: [] })
})

test.each([
  [
    'UPDATE client_balances SET open_e4 = open_e4 + 10000',
    'Open of Rosewood in GBP is kept as 71.00, the rows give 70.00.',
  ],
  ['UPDATE client_balances SET credit_e4 = 0', 'Credit of Rosewood in GBP is kept as 0.00, the rows give 30.00.'],
  [
    'UPDATE client_balances SET settled_count = 7',
    'The number of settled invoices of Rosewood in GBP is kept as 7, the rows give 1.',
  ],
  [
    'UPDATE client_balances SET credited_e4 = 5, refunded_e4 = 10000',
    'Refunded to Rosewood in GBP is kept as 1.00, the rows give 0.00.',
  ],
  ['DELETE FROM client_balances', 'Billed to Rosewood in GBP is kept as 0.00, the rows give 240.00.'],
  [
    "UPDATE monthly_totals SET received_base_e4 = 1 WHERE month = '2026-11'",
    'Received in 2026-11 is kept as 0.0001, the rows give 200.00.',
  ],
  ["DELETE FROM monthly_totals WHERE month = '2026-10'", 'Issued in 2026-10 is kept as 0.00, the rows give 120.00.'],
  [
    "INSERT INTO monthly_totals (organization_id, month, issued_base_e4) SELECT id, '2031-01', 5 FROM organizations",
    'Issued in 2031-01 is kept as 0.0005, the rows give 0.00.',
  ],
])('%s is found and repaired by a rebuild', async (sql, words) => {
  corrupt(sql)
  expect((await check()).differences).toContain(words)
  await workspace.call('integrity.rebuild', {})
  expect((await check()).differences).toEqual([])
})

test('a rebuild gives the same figures as the triggers did', async () => {
  const before = await workspace.call('clients.get', { id: client })
  const home = await workspace.call('home.summary', {})
  expect(await workspace.call('integrity.rebuild', {})).toEqual({ rebuilt: 5 })
  expect((await workspace.call('clients.get', { id: client })).balances).toEqual(before.balances)
  expect(await workspace.call('home.summary', {})).toEqual(home)
})

test("another organization's books are neither checked nor rebuilt", async () => {
  const own = workspace.organizationId
  const other = await workspace.call('setup.createOrganization', { legalName: 'Other', country: 'FR' })
  corrupt('UPDATE client_balances SET open_e4 = open_e4 + 10000')
  workspace.use(other.id)
  expect(await check()).toEqual({ checked: 0, differences: [] })
  expect(await workspace.call('integrity.rebuild', {})).toEqual({ rebuilt: 0 })
  workspace.use(own)
  expect((await check()).differences).toHaveLength(1)
})
