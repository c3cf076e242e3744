import { afterEach, expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeDraft, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace | undefined
afterEach(async () => {
  await workspace?.close()
})

test('goes from an empty folder to a paid invoice', async () => {
  workspace = await openWorkspace({ empty: true })
  const before = await workspace.call('setup.state', {})
  expect(before.organizations).toEqual([])
  const { id } = await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
  workspace.use(id)
  const clientId = await makeClient(workspace)
  const draft = await makeDraft(workspace, clientId, { lines: [line({ quantity: '3', price: '100.10' })] })
  const issued = await workspace.call('invoices.issue', draft)
  expect(issued.number).toMatch(/0001$/)
  const invoice = await workspace.call('invoices.get', { id: draft.id })
  expect(invoice.totals.payableE4).toBe(amountOf('360.36'))
  expect(invoice.paymentState).toBe('unpaid')
  await makePayment(workspace, clientId, '360.36', [{ invoiceId: draft.id, amount: '360.36' }])
  const paid = await workspace.call('invoices.get', { id: draft.id })
  expect(paid.paymentState).toBe('paid')
  const client = await workspace.call('clients.get', { id: clientId })
  expect(client.balances).toMatchObject([
    { currency: 'GBP', billedE4: amountOf('360.36'), paidE4: amountOf('360.36'), openE4: 0n, creditE4: 0n },
  ])
  expect(await workspace.call('integrity.check', {})).toMatchObject({ differences: [] })
  expect(workspace.errors).toEqual([])
})
