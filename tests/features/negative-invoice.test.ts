import { afterEach, expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
afterEach(async () => {
  await workspace.close()
})

test('an invoice that gives money back is settled: it is never overdue and hides nothing of what others owe', async () => {
  workspace = await openWorkspace()
  const clientId = await makeClient(workspace)
  await makeInvoice(workspace, clientId)
  const { id } = await makeInvoice(workspace, clientId, { lines: [line({ quantity: '-1', price: '500' })] })
  workspace.clock.advance(90 * 86_400_000)
  const invoice = await workspace.call('invoices.get', { id })
  expect(invoice).toMatchObject({ state: 'paid', paymentState: 'paid', openE4: 0n, overdueDays: 0 })
  expect(invoice.totals.payableE4).toBe(amountOf('-600'))
  const { open } = await workspace.call('invoices.stats', {})
  expect(open).toMatchObject([{ currency: 'GBP', openE4: amountOf('120') }])
  const { balances } = await workspace.call('clients.get', { id: clientId })
  expect(balances).toMatchObject([{ openE4: amountOf('120'), billedE4: amountOf('-480') }])
  expect(await workspace.call('integrity.check', {})).toMatchObject({ differences: [] })
})
