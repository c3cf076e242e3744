import { afterEach, beforeEach, expect, test } from 'vitest'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
beforeEach(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
})
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  store.close()
  await workspace.close()
})

const baseTotal = (id: string) => store.value('SELECT base_total_e4 FROM invoices WHERE id = ?', id)

test('an invoice in another currency is not issued before somebody says its rate', async () => {
  const draft = await makeDraft(workspace, await makeClient(workspace), { currency: 'EUR' })
  const message = 'Enter the exchange rate of EUR to GBP.'
  await expect(workspace.call('invoices.issue', draft)).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { exchangeRateE10: message },
  })
})

test('a currency that by law is worth ours needs no rate', async () => {
  const { id } = await makeInvoice(workspace, await makeClient(workspace), { currency: 'GIP' })
  expect(baseTotal(id)).toBe(amountOf('120'))
})

test('a rate written before the business took the currency for its books does not reach them', async () => {
  const draft = await makeDraft(workspace, await makeClient(workspace), {
    currency: 'EUR',
    exchangeRateE10: exchangeRateOf('0.85'),
  })
  await workspace.call('organizations.update', { version: 1, currency: 'EUR' })
  const { id } = await workspace.call('invoices.issue', draft)
  expect(baseTotal(id)).toBe(amountOf('120'))
  expect((await workspace.call('invoices.get', { id })).content.exchangeRateE10).toBe(exchangeRateOf('1'))
})

test('a new invoice is offered the last rate that was said, never what a draft holds until then', async () => {
  const clientId = (await workspace.call('clients.create', { name: 'Rosewood', currency: 'EUR' })).id
  await makeDraft(workspace, clientId, { exchangeRateE10: exchangeRateOf('0.85'), issuedOn: '2026-11-01' })
  const gone = await makeDraft(workspace, clientId, {
    exchangeRateE10: exchangeRateOf('0.5'),
    issuedOn: '2026-11-20',
  })
  await workspace.call('invoices.deleteDraft', gone)
  await makeDraft(workspace, clientId, { exchangeRateE10: exchangeRateOf('1'), issuedOn: '2026-11-21' })
  const { content } = await workspace.call('invoices.blank', { clientId })
  expect(content.exchangeRateE10).toBe(exchangeRateOf('0.85'))
  const payment = { clientId, receivedOn: '2026-11-21', currency: 'EUR', amountE4: amountOf('10') }
  const { id } = await workspace.call('payments.create', payment)
  expect(store.value('SELECT base_amount_e4 FROM payments WHERE id = ?', id)).toBe(amountOf('8.5'))
})
