import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  store.close()
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

const reversals = (paymentId: string) =>
  store
    .rows('SELECT allocated_on FROM payment_allocations WHERE payment_id = ? AND amount_e4 < 0', paymentId)
    .map((row) => row['allocated_on'])

test('an allocation finer than the smallest coin is refused', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const paid = makePayment(workspace, clientId, '100', [{ invoiceId: invoice.id, amount: '33.3333' }])
  await expect(paid).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { 'allocations.0.amountE4': 'GBP has 2 decimals.' },
  })
})

test('a reversal has the day on which the money was lost, not the one on which it seemed to come', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const { id, version } = await makePayment(workspace, clientId, '120', [{ invoiceId: invoice.id, amount: '120' }])
  workspace.clock.advance(5 * 86_400_000)
  const bounced = { id, version, status: 'bounced' as const, on: '2026-11-25', reason: 'No funds' }
  await workspace.call('payments.setStatus', bounced)
  expect(reversals(id)).toEqual(['2026-11-25'])
})

test('what is taken off an invoice by hand is taken off today', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const { id, version } = await makePayment(workspace, clientId, '50', [{ invoiceId: invoice.id, amount: '50' }])
  const [allocation] = (await workspace.call('payments.get', { id })).allocations
  await workspace.call('payments.unallocate', { id, version, allocationId: allocation?.id ?? '' })
  expect(reversals(id)).toEqual([workspace.clock.now().slice(0, 10)])
  expect((await workspace.call('invoices.get', { id: invoice.id })).openE4).toBe(amountOf('120'))
})
