import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { exchangeRate } from '../../shared/money/scaled.ts'
import { line, makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

const on = '2026-11-25'
const invoiceOf = (id: string) => workspace.call('invoices.get', { id })
const writeOff = async (invoiceId: string, amount: string) => {
  const { version } = await invoiceOf(invoiceId)
  return await workspace.call('writeOffs.create', {
    invoiceId,
    invoiceVersion: version,
    amountE4: amountOf(amount),
    on,
    reason: 'Bank fee kept back',
  })
}

test('a small rest is written off: the invoice is settled that day, and nothing was received', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  await makePayment(workspace, clientId, '119.50', [{ invoiceId: invoice.id, amount: '119.50' }])
  await writeOff(invoice.id, '0.50')
  expect(await invoiceOf(invoice.id)).toMatchObject({
    state: 'paid',
    paymentState: 'paid',
    openE4: 0n,
    writtenOffE4: amountOf('0.50'),
    settledOn: on,
    writeOffs: [{ amountE4: amountOf('0.50'), reason: 'Bank fee kept back', writtenOffOn: on }],
  })
  const [balance] = (await workspace.call('clients.get', { id: clientId })).balances
  expect(balance).toMatchObject({ openE4: 0n, paidE4: amountOf('119.50'), writtenOffE4: amountOf('0.50') })
})

test('no more than is open is written off, with a reason and not before the invoice', async () => {
  const invoice = await makeInvoice(workspace, await makeClient(workspace))
  await expect(writeOff(invoice.id, '120.01')).rejects.toMatchObject({
    code: 'OVER_ALLOCATED',
    fields: { amountE4: 'At most £120.00.' },
  })
  const { version } = await invoiceOf(invoice.id)
  const early = { invoiceId: invoice.id, invoiceVersion: version, amountE4: amountOf('1'), on: '2020-01-01' }
  await expect(workspace.call('writeOffs.create', { ...early, reason: 'Too early' })).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { on: expect.stringContaining('or later') },
  })
  await expect(workspace.call('writeOffs.create', { ...early, reason: '' })).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { reason: expect.any(String) },
  })
})

test('a write-off is taken back once, and the amount is open again', async () => {
  const invoice = await makeInvoice(workspace, await makeClient(workspace))
  const written = await writeOff(invoice.id, '120')
  const reversal = await workspace.call('writeOffs.reverse', { id: written.id, on })
  expect(await invoiceOf(invoice.id)).toMatchObject({ state: 'open', writtenOffE4: 0n, settledOn: null, writeOffs: [] })
  for (const id of [written.id, reversal.id]) {
    await expect(workspace.call('writeOffs.reverse', { id, on })).rejects.toMatchObject({ code: 'INVALID_STATE' })
  }
})

test('two who saw the same invoice do not both write it off', async () => {
  const invoice = await makeInvoice(workspace, await makeClient(workspace))
  const { version } = await invoiceOf(invoice.id)
  const input = { invoiceId: invoice.id, invoiceVersion: version, amountE4: amountOf('5'), on, reason: 'Rounding' }
  await workspace.call('writeOffs.create', input)
  await expect(workspace.call('writeOffs.create', input)).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('what money, credit and write-offs realise of a rate adds up to the invoice and the payments', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId, {
    currency: 'EUR',
    exchangeRateE10: exchangeRate(8_700_000_000n),
    lines: [line({ price: '100' })],
  })
  const pay = (amount: string, rate: bigint) =>
    workspace.call('payments.create', {
      clientId,
      receivedOn: on,
      currency: 'EUR',
      exchangeRateE10: exchangeRate(rate),
      amountE4: amountOf(amount),
      allocations: [{ invoiceId: invoice.id, amountE4: amountOf(amount) }],
    })
  const first = await pay('50', 8_500_000_000n)
  const second = await pay('69.99', 9_000_000_000n)
  await writeOff(invoice.id, '0.01')
  // 50.00 at 0.85 is 42.50 for 43.50; 69.99 at 0.90 is 62.99 for 60.89.
  const differences = await Promise.all(
    [first, second].map(async ({ id }) => (await workspace.call('payments.get', { id })).exchangeDifferenceE4),
  )
  expect(differences).toEqual([amountOf('-1'), amountOf('2.10')])
  expect((await invoiceOf(invoice.id)).exchangeDifferenceE4).toBe(amountOf('1.10'))
})
