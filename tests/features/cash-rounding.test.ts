import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cashDifference, cashDue } from '../../shared/money/cash-rounding.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { type Amount, amount, exchangeRate, zero } from '../../shared/money/scaled.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace({ country: 'CH' })
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

const on = '2026-11-21'
const step = (currency: string, text: string | null, method: 'cash' | 'card' = 'cash') =>
  workspace.call('taxSettings.setCashRounding', { currency, method, stepE4: text === null ? null : amountOf(text) })

const invoiceOver = (clientId: string, price: string, currency = 'CHF') =>
  makeInvoice(workspace, clientId, {
    issuedOn: on,
    dueOn: null,
    currency,
    ...(currency === 'CHF' ? {} : { exchangeRateE10: exchangeRate(9_000_000_000n) }),
    lines: [{ ...line({ price }), taxes: [] }],
  })

type Pay = { method?: 'cash' | 'card' | 'bank-transfer'; currency?: string }
const pay = (clientId: string, received: Amount, parts: readonly (readonly [string, Amount])[], more: Pay = {}) =>
  workspace.call('payments.create', {
    clientId,
    receivedOn: on,
    method: more.method ?? 'cash',
    currency: more.currency ?? 'CHF',
    ...(more.currency === undefined || more.currency === 'CHF'
      ? {}
      : { exchangeRateE10: exchangeRate(9_000_000_000n) }),
    amountE4: received,
    allocations: parts.map(([invoiceId, amountE4]) => ({ invoiceId, amountE4 })),
  })

const outcome = async (clientId: string, invoiceId: string, paymentId: string, currency = 'CHF') => {
  const invoice = await workspace.call('invoices.get', { id: invoiceId })
  const payment = await workspace.call('payments.get', { id: paymentId })
  const { statements } = await workspace.call('statements.get', { clientId, from: on, to: on })
  const statement = statements.find((it) => it.currency === currency)
  return { invoice, payment, statement }
}

describe('cash that is rounded settles the invoice', () => {
  test.each([
    ['CHF', '0.05', '12.33', '12.35', '0.02'],
    ['CHF', '0.05', '12.32', '12.30', '-0.02'],
    ['EUR', '0.05', '7.48', '7.50', '0.02'],
    ['NZD', '0.10', '9.95', '10.00', '0.05'],
    ['DKK', '0.50', '100.24', '100.00', '-0.24'],
    ['SEK', '1.00', '99.49', '99.00', '-0.49'],
    ['SEK', '1.00', '99.50', '100.00', '0.50'],
    ['HUF', '5.00', '12342.00', '12340.00', '-2'],
    ['HUF', '5.00', '12343.00', '12345.00', '2'],
  ])('%s to %s: %s is paid with %s', async (currency, coin, due, received, difference) => {
    await step(currency, coin)
    const clientId = await makeClient(workspace, `Cash ${currency} ${due}`)
    const { id } = await invoiceOver(clientId, due, currency)
    const made = await pay(clientId, amountOf(received), [[id, amountOf(due)]], { currency })
    const { invoice, payment, statement } = await outcome(clientId, id, made.id, currency)
    expect(invoice).toMatchObject({ state: 'paid', openE4: zero, settledOn: on })
    expect(payment).toMatchObject({ amountE4: amountOf(due), roundingE4: amountOf(difference), creditE4: zero })
    expect(statement?.rows.map((it) => [it.kind, it.amountE4])).toEqual([
      ['invoice', amountOf(due)],
      ['payment', -amountOf(received)],
      ['cash-rounding', amountOf(difference)],
    ])
    expect([statement?.closingE4, statement?.ageing.creditE4]).toEqual([zero, zero])
    const [balance] = (await workspace.call('clients.get', { id: clientId })).balances
    expect(balance).toMatchObject({ openE4: zero, creditE4: zero, paidE4: amountOf(due), writtenOffE4: zero })
  })

  test('several invoices are rounded as one sum', async () => {
    await step('CHF', '0.05')
    const clientId = await makeClient(workspace)
    const one = await invoiceOver(clientId, '10.01')
    const two = await invoiceOver(clientId, '10.01')
    const made = await pay(clientId, amountOf('20.00'), [
      [one.id, amountOf('10.01')],
      [two.id, amountOf('10.01')],
    ])
    const { payment, statement } = await outcome(clientId, one.id, made.id)
    expect([payment.roundingE4, payment.creditE4, statement?.closingE4]).toEqual([amountOf('-0.02'), zero, zero])
  })

  test('the list sums the money that came', async () => {
    const clientId = await makeClient(workspace, 'Listed')
    const { id } = await invoiceOver(clientId, '12.33')
    await pay(clientId, amountOf('12.35'), [[id, amountOf('12.33')]])
    const { sums } = await workspace.call('payments.totals', { clientId })
    expect(sums).toMatchObject([{ currency: 'CHF', totalE4: amountOf('12.35'), restE4: zero }])
    const where = {
      match: 'all' as const,
      groups: [{ match: 'all' as const, conditions: [{ field: 'amount', operator: 'is' as const, value: '12.35' }] }],
    }
    const { rows } = await workspace.call('payments.list', { clientId, where, cursor: null, limit: 10 })
    expect(rows).toHaveLength(1)
  })

  test('a cancelled payment takes its rounding back: all is owed again', async () => {
    const clientId = await makeClient(workspace)
    const { id } = await invoiceOver(clientId, '12.33')
    const { id: paymentId, version } = await pay(clientId, amountOf('12.35'), [[id, amountOf('12.33')]])
    await workspace.call('payments.setStatus', {
      id: paymentId,
      version,
      status: 'cancelled',
      on,
      reason: 'Typed twice',
    })
    const { invoice, statement } = await outcome(clientId, id, paymentId)
    expect([invoice.openE4, statement?.closingE4]).toEqual([amountOf('12.33'), amountOf('12.33')])
    expect(statement?.rows.map((it) => it.kind)).toEqual([
      'invoice',
      'payment',
      'payment-returned',
      'cash-rounding',
      'cash-rounding',
    ])
  })

  test('the sheet of payments has it as a column of its own', async () => {
    const { content } = await workspace.call('dataExports.sheet', { sheet: 'payments' })
    const text = new TextDecoder().decode(content)
    expect(text.split(/\r?\n/)[0]).toContain('Cash rounding')
  })
})

describe('nothing else is rounded', () => {
  test('another method, a part, a sum that is not the rounded one, or a currency without a step', async () => {
    await step('CHF', '0.05')
    const clientId = await makeClient(workspace)
    const { id } = await invoiceOver(clientId, '12.33')
    const refused = (received: string, allocated: string, more: Pay = {}) =>
      expect(pay(clientId, amountOf(received), [[id, amountOf(allocated)]], more)).rejects.toMatchObject({
        code: 'OVER_ALLOCATED',
      })
    await refused('12.30', '12.33')
    await refused('12.35', '12.34')
    await refused('12.30', '12.33', { method: 'bank-transfer' })
    const card = await pay(clientId, amountOf('0.05'), [[id, amountOf('0.04')]], { method: 'card' })
    expect(await workspace.call('payments.get', { id: card.id })).toMatchObject({
      roundingE4: zero,
      creditE4: amountOf('0.01'),
    })
    const part = await pay(clientId, amountOf('5.00'), [[id, amountOf('4.99')]])
    expect(await workspace.call('payments.get', { id: part.id })).toMatchObject({
      roundingE4: zero,
      creditE4: amountOf('0.01'),
    })
    const rest = await pay(clientId, amountOf('7.30'), [[id, amountOf('7.30')]])
    expect(await workspace.call('payments.get', { id: rest.id })).toMatchObject({ roundingE4: zero, creditE4: zero })
    await step('CHF', null)
    const other = await invoiceOver(clientId, '12.33')
    const unset = await pay(clientId, amountOf('12.35'), [[other.id, amountOf('12.33')]])
    expect(await workspace.call('payments.get', { id: unset.id })).toMatchObject({ creditE4: amountOf('0.02') })
  })
})

describe('for any amount and any step', () => {
  const steps = fc.constantFrom(500n, 1_000n, 5_000n, 10_000n, 50_000n).map(amount)
  const dues = fc.bigInt({ min: 1n, max: 10n ** 12n }).map((cents) => amount(cents * 100n))

  test('the money and its rounding give what is due, by half a step at most, in whole coins', () => {
    fc.assert(
      fc.property(dues, steps, (due, coin) => {
        const received = cashDue(due, coin)
        const difference = cashDifference(due, received, coin)
        expect(received - difference).toBe(due)
        expect(received % coin).toBe(0n)
        expect(2n * (difference < 0n ? -difference : difference)).toBeLessThanOrEqual(coin)
        // Anything else than the rounded sum is not a matter of coins.
        expect(cashDifference(due, amount(received + 100n), coin)).toBe(zero)
        expect(cashDifference(due, received, null)).toBe(zero)
      }),
    )
  })

  test('the invoice is settled to the penny and the ledger adds up', async () => {
    const clientId = await makeClient(workspace, 'Any amount')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 500, max: 200_000 }), steps, async (cents, coin) => {
        workspace.clock.advance(1000)
        await workspace.call('taxSettings.setCashRounding', { currency: 'CHF', method: 'cash', stepE4: coin })
        const due = amount(BigInt(cents) * 100n)
        const { id } = await invoiceOver(clientId, (cents / 100).toFixed(2))
        const made = await pay(clientId, cashDue(due, coin), [[id, due]])
        const { invoice, payment, statement } = await outcome(clientId, id, made.id)
        expect([invoice.openE4, payment.creditE4]).toEqual([zero, zero])
        expect(payment.amountE4 + payment.roundingE4).toBe(cashDue(due, coin))
        expect(statement?.closingE4).toBe(zero)
        const rows = statement?.rows ?? []
        expect((statement?.openingE4 ?? 1n) + rows.reduce((all, it) => all + it.amountE4, 0n)).toBe(zero)
      }),
      { numRuns: 25 },
    )
  })
})
