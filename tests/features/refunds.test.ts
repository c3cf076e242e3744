import { v7 } from 'uuid'
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

const on = '2026-11-22'
const balanceOf = async (clientId: string) => (await workspace.call('clients.get', { id: clientId })).balances[0]
const refundOf = (paymentId: string, amount: string) =>
  workspace.call('refunds.create', { paymentId, refundedOn: on, amountE4: amountOf(amount) })

test('an overpayment is refunded in parts, under its own numbers, and never beyond what is left', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const payment = await makePayment(workspace, clientId, '150', [{ invoiceId: invoice.id, amount: '120' }])
  const first = await refundOf(payment.id, '10')
  expect(first.number).toMatch(/^REF-2026-\d{4}$/)
  await expect(refundOf(payment.id, '20.01')).rejects.toMatchObject({
    code: 'OVER_ALLOCATED',
    message: `£20.01 is more than the £20.00 left of ${payment.number}.`,
    fields: { amountE4: 'At most £20.00.' },
  })
  await refundOf(payment.id, '20')
  expect(await workspace.call('payments.get', { id: payment.id })).toMatchObject({
    refundedE4: amountOf('30'),
    creditE4: 0n,
    refunds: [{ amountE4: amountOf('10') }, { amountE4: amountOf('20') }],
  })
  expect(await balanceOf(clientId)).toMatchObject({ creditE4: 0n, refundedE4: amountOf('30'), paidE4: amountOf('120') })
  expect(await workspace.call('refunds.sources', { clientId })).toEqual([])
})

test('a refund that did not happen is cancelled once, and the credit is there again', async () => {
  const clientId = await makeClient(workspace)
  const payment = await makePayment(workspace, clientId, '40')
  const refund = await refundOf(payment.id, '40')
  const cancel = { id: refund.id, version: refund.version, on, reason: 'Bank refused it' }
  const cancelled = await workspace.call('refunds.cancel', cancel)
  await expect(workspace.call('refunds.cancel', { ...cancel, version: cancelled.version })).rejects.toMatchObject({
    code: 'INVALID_STATE',
  })
  const { rows } = await workspace.call('refunds.list', { clientId })
  expect(rows).toMatchObject([{ number: refund.number, sourceNumber: payment.number, cancelReason: 'Bank refused it' }])
  expect(await workspace.call('refunds.sources', { clientId })).toMatchObject([
    { kind: 'payment', number: payment.number, creditE4: amountOf('40') },
  ])
})

test('a refunded payment cannot bounce until its refund is cancelled; then it takes its allocations back', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const payment = await makePayment(workspace, clientId, '130', [{ invoiceId: invoice.id, amount: '120' }])
  const refund = await refundOf(payment.id, '10')
  const bounce = async () => {
    const { version } = await workspace.call('payments.get', { id: payment.id })
    return workspace.call('payments.setStatus', { id: payment.id, version, status: 'bounced', on, reason: 'No cover' })
  }
  await expect(bounce()).rejects.toMatchObject({
    code: 'INVALID_STATE',
    message: `£10.00 of payment ${payment.number} was refunded: cancel the refund first.`,
  })
  expect((await workspace.call('invoices.get', { id: invoice.id })).state).toBe('paid')
  await workspace.call('refunds.cancel', { id: refund.id, version: refund.version, on, reason: 'Bounced' })
  await bounce()
  expect(await workspace.call('invoices.get', { id: invoice.id })).toMatchObject({
    state: 'open',
    openE4: amountOf('120'),
  })
  expect(await balanceOf(clientId)).toMatchObject({ creditE4: 0n, refundedE4: 0n, openE4: amountOf('120') })
})

test('a cheque that has not cleared cannot be refunded', async () => {
  const clientId = await makeClient(workspace)
  const cheque = await workspace.call('payments.create', {
    clientId,
    receivedOn: '2026-11-21',
    status: 'pending',
    method: 'cheque',
    currency: 'GBP',
    amountE4: amountOf('10'),
  })
  await expect(refundOf(cheque.id, '10')).rejects.toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringContaining('is pending'),
  })
})

test('what is left of a credit note is refunded, at its own rate unless another is said', async () => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId, {
    currency: 'EUR',
    exchangeRateE10: exchangeRate(8_700_000_000n),
    lines: [line({ price: '100', rate: '0' })],
  })
  const note = await workspace.call('creditNotes.creditInvoice', {
    id: v7(),
    invoiceId: invoice.id,
    invoiceVersion: (await workspace.call('invoices.get', { id: invoice.id })).version,
    scope: { kind: 'whole' },
    issuedOn: '2026-11-21',
    reason: 'Returned',
    apply: false,
  })
  const refund = (amount: string, more = {}) =>
    workspace.call('refunds.create', { creditNoteId: note.id, refundedOn: on, amountE4: amountOf(amount), ...more })
  await refund('60')
  await refund('40', { exchangeRateE10: exchangeRate(9_000_000_000n) })
  expect(await workspace.call('creditNotes.get', { id: note.id })).toMatchObject({
    state: 'applied',
    refundedE4: amountOf('100'),
    refunds: [{ amountE4: amountOf('60') }, { amountE4: amountOf('40') }],
  })
  await expect(
    workspace.call('creditNotes.void', { id: note.id, version: note.version, reason: 'Not given' }),
  ).rejects.toMatchObject({ code: 'INVALID_STATE', message: expect.stringContaining('refunded') })
})

test('a refund is of one source, and of its day or later', async () => {
  const payment = await makePayment(workspace, await makeClient(workspace), '40')
  await expect(
    workspace.call('refunds.create', { paymentId: payment.id, refundedOn: '2026-11-20', amountE4: amountOf('1') }),
  ).rejects.toMatchObject({ code: 'VALIDATION', fields: { refundedOn: expect.any(String) } })
  await expect(workspace.call('refunds.create', { refundedOn: on, amountE4: amountOf('1') })).rejects.toMatchObject({
    code: 'VALIDATION',
  })
})
