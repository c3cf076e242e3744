import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseError } from '../../db/errors.ts'
import { openConnection } from '../../db/open.ts'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { asCommand, type Inspection, insertRow, inspect } from '../support/database.ts'
import { line, makeClient, makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
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
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
})

const payment = (id: string) => workspace.call('payments.get', { id })
const invoice = (id: string) => workspace.call('invoices.get', { id })
const balance = async (clientId: string) => (await workspace.call('clients.get', { id: clientId })).balances[0]
const amounts = (...texts: string[]) => texts.map(amountOf)

describe('money received', () => {
  test('pays many invoices, one of them in part; what is left is credit', async () => {
    const clientId = await makeClient(workspace)
    const [one, two, three] = [
      await makeInvoice(workspace, clientId),
      await makeInvoice(workspace, clientId),
      await makeInvoice(workspace, clientId),
    ]
    const { id, number } = await makePayment(workspace, clientId, '300', [
      { invoiceId: one.id, amount: '120' },
      { invoiceId: two.id, amount: '120' },
      { invoiceId: three.id, amount: '10' },
    ])
    expect(number).toMatch(/\d$/)
    expect(await payment(id)).toMatchObject({
      allocatedE4: amountOf('250'),
      creditE4: amountOf('50'),
      status: 'cleared',
    })
    const states = await Promise.all([one, two, three].map(async (it) => (await invoice(it.id)).paymentState))
    expect(states).toEqual(['paid', 'paid', 'partly-paid'])
    expect((await invoice(one.id)).payments).toMatchObject([{ paymentId: id, number, amountE4: amountOf('120') }])
    expect(await balance(clientId)).toMatchObject({ openE4: amountOf('110'), creditE4: amountOf('50') })
    const after = await workspace.call('payments.allocate', {
      id,
      version: 1,
      allocations: [{ invoiceId: three.id, amountE4: amountOf('50') }],
    })
    expect(await payment(id)).toMatchObject({ creditE4: amountOf('0'), version: after.version })
    expect(await balance(clientId)).toMatchObject({ openE4: amountOf('60'), creditE4: amountOf('0') })
    expect((await payment(id)).allocations.map(({ amountE4 }) => amountE4)).toEqual(amounts('120', '120', '10', '50'))
  })

  test('without any invoice is credit; the list with credit shows it', async () => {
    const clientId = await makeClient(workspace)
    const { id } = await makePayment(workspace, clientId, '75.5')
    expect(await balance(clientId)).toMatchObject({ creditE4: amountOf('75.5'), billedE4: amountOf('0') })
    const { rows } = await workspace.call('payments.list', { clientId, withCredit: true })
    expect(rows.map((row) => row.id)).toEqual([id])
  })

  test('is offered open invoices of the currency, oldest due first', async () => {
    const clientId = await makeClient(workspace)
    const late = await makeInvoice(workspace, clientId, { dueOn: '2026-12-24' })
    const early = await makeInvoice(workspace, clientId, { dueOn: '2026-11-25' })
    await makeInvoice(workspace, clientId, { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.9') })
    await makeDraft(workspace, clientId)
    const paid = await makeInvoice(workspace, clientId)
    await makePayment(workspace, clientId, '120', [{ invoiceId: paid.id, amount: '120' }])
    const voided = await makeInvoice(workspace, clientId)
    await workspace.call('invoices.void', { id: voided.id, version: voided.version, reason: 'Not ordered' })
    const open = await workspace.call('payments.openInvoices', { clientId, currency: 'GBP' })
    expect(open.map(({ id }) => id)).toEqual([early.id, late.id])
  })

  test('pages newest first, every payment once', async () => {
    const clientId = await makeClient(workspace)
    for (let day = 1; day <= 5; day += 1) {
      for (const amount of ['1', '2']) {
        await workspace.call('payments.create', {
          clientId,
          receivedOn: `2026-10-0${day}`,
          currency: 'GBP',
          amountE4: amountOf(amount),
        })
      }
    }
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page: { rows: readonly { id: string }[]; nextCursor: string | null } = await workspace.call(
        'payments.list',
        { clientId, limit: 3, cursor },
      )
      ids.push(...page.rows.map((row) => row.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(new Set(ids).size).toBe(10)
    const { rows } = await workspace.call('payments.list', { clientId })
    expect(rows.map((row) => row.id)).toEqual(ids)
    expect(rows.map(({ receivedOn }) => receivedOn)).toEqual(
      rows
        .map(({ receivedOn }) => receivedOn)
        .sort()
        .reverse(),
    )
  })
})

describe('a cheque', () => {
  test('is pending until it clears, and then does not go back', async () => {
    const clientId = await makeClient(workspace)
    const { id } = await workspace.call('payments.create', {
      clientId,
      receivedOn: '2026-11-20',
      method: 'cheque',
      status: 'pending',
      currency: 'GBP',
      amountE4: amountOf('10'),
    })
    const cleared = await workspace.call('payments.setStatus', { id, version: 1, status: 'cleared', on: '2026-11-25' })
    expect(await payment(id)).toMatchObject({ status: 'cleared', statusOn: '2026-11-25' })
    const again = workspace.call('payments.setStatus', { ...cleared, status: 'cleared', on: '2026-11-26' })
    await expect(again).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('that bounces takes back what it paid, needs a reason, and stays bounced', async () => {
    const clientId = await makeClient(workspace)
    const [one, two] = [await makeInvoice(workspace, clientId), await makeInvoice(workspace, clientId)]
    const { id } = await makePayment(workspace, clientId, '200', [
      { invoiceId: one.id, amount: '120' },
      { invoiceId: two.id, amount: '30' },
    ])
    const bounce = { id, status: 'bounced' as const, on: '2026-11-25' }
    await expect(workspace.call('payments.setStatus', { ...bounce, version: 1 })).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { reason: 'Say why, in a few words.' },
    })
    const bounced = await workspace.call('payments.setStatus', { ...bounce, version: 1, reason: 'No cover' })
    expect(await payment(id)).toMatchObject({
      status: 'bounced',
      statusReason: 'No cover',
      allocatedE4: 0n,
      creditE4: 0n,
      allocations: [],
    })
    expect(await invoice(one.id)).toMatchObject({ paymentState: 'unpaid', paidE4: 0n, settledOn: null, payments: [] })
    expect(await balance(clientId)).toMatchObject({
      openE4: amountOf('240'),
      paidE4: 0n,
      creditE4: 0n,
      settledCount: 0,
      averageDaysToPay: null,
    })
    // Both the allocations and their reversals stay on record.
    expect(
      store
        .rows('SELECT amount_e4 FROM payment_allocations WHERE payment_id = ? ORDER BY amount_e4', id)
        .map((row) => row['amount_e4']),
    ).toEqual(amounts('-120', '-30', '30', '120'))
    for (const status of ['bounced', 'cancelled', 'cleared'] as const) {
      const more = workspace.call('payments.setStatus', { ...bounced, status, on: '2026-11-26', reason: 'Again' })
      await expect(more).rejects.toMatchObject({ code: 'INVALID_STATE' })
    }
    const use = workspace.call('payments.allocate', {
      ...bounced,
      allocations: [{ invoiceId: one.id, amountE4: amountOf('1') }],
    })
    await expect(use).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('that bounced does not decide when another payment settled the invoice', async () => {
    const clientId = await makeClient(workspace)
    const { id: invoiceId } = await makeInvoice(workspace, clientId, { issuedOn: '2026-11-01' })
    const all = [{ invoiceId, amountE4: amountOf('120') }]
    const money = { clientId, currency: 'GBP', amountE4: amountOf('120'), allocations: all }
    const first = await workspace.call('payments.create', { ...money, receivedOn: '2026-11-30' })
    expect((await invoice(invoiceId)).settledOn).toBe('2026-11-30')
    await workspace.call('payments.setStatus', {
      id: first.id,
      version: 1,
      status: 'bounced',
      on: '2026-12-01',
      reason: 'No cover',
    })
    expect((await invoice(invoiceId)).settledOn).toBeNull()
    await workspace.call('payments.create', { ...money, receivedOn: '2026-11-11' })
    expect((await invoice(invoiceId)).settledOn).toBe('2026-11-11')
    expect(await balance(clientId)).toMatchObject({ settledCount: 1, averageDaysToPay: 10 })
  })
})

describe('an allocation', () => {
  test('is taken back by a reversal, once, and the money can be used again', async () => {
    const clientId = await makeClient(workspace)
    const { id: invoiceId } = await makeInvoice(workspace, clientId)
    const { id } = await makePayment(workspace, clientId, '120', [{ invoiceId, amount: '120' }])
    const allocationId = (await payment(id)).allocations[0]?.id ?? ''
    const back = await workspace.call('payments.unallocate', { id, version: 1, allocationId })
    expect(await invoice(invoiceId)).toMatchObject({ paymentState: 'unpaid', openE4: amountOf('120') })
    expect(await payment(id)).toMatchObject({ creditE4: amountOf('120'), allocations: [] })
    const twice = workspace.call('payments.unallocate', { ...back, allocationId })
    await expect(twice).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await workspace.call('payments.allocate', { ...back, allocations: [{ invoiceId, amountE4: amountOf('120') }] })
    expect((await invoice(invoiceId)).paymentState).toBe('paid')
  })

  test('above the payment or the open amount is refused with the field, and nothing of it stays', async () => {
    const clientId = await makeClient(workspace)
    const [one, two] = [await makeInvoice(workspace, clientId), await makeInvoice(workspace, clientId)]
    const before = store.counts()
    const pay = (amount: string, ...parts: [string, string][]) =>
      makePayment(
        workspace,
        clientId,
        amount,
        parts.map(([invoiceId, part]) => ({ invoiceId, amount: part })),
      )
    await expect(pay('100', [one.id, '60'], [two.id, '40.01'])).rejects.toMatchObject({
      code: 'OVER_ALLOCATED',
      message: expect.stringContaining('100.01'),
      fields: { allocations: expect.stringContaining('100.00') },
    })
    await expect(pay('300', [one.id, '10'], [two.id, '120.01'])).rejects.toMatchObject({
      code: 'OVER_ALLOCATED',
      fields: { 'allocations.1.amountE4': expect.stringContaining('120.00') },
    })
    await expect(pay('100', [one.id, '10'], [one.id, '10'])).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(pay('100', [one.id, '-10'])).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(pay('100', [one.id, '0'])).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(pay('0')).rejects.toMatchObject({ code: 'VALIDATION', fields: { amountE4: expect.any(String) } })
    await expect(pay('10.001')).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { amountE4: 'GBP has 2 decimals.' },
    })
    expect(store.counts()).toEqual(before)
  })

  test('to a draft, a void invoice, another client or another currency is refused', async () => {
    const clientId = await makeClient(workspace)
    const draft = await makeDraft(workspace, clientId)
    const voided = await makeInvoice(workspace, clientId)
    await workspace.call('invoices.void', { id: voided.id, version: voided.version, reason: 'Not ordered' })
    const foreign = await makeInvoice(workspace, await makeClient(workspace, 'Another'))
    const euro = await makeInvoice(workspace, clientId, { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.9') })
    for (const { id } of [draft, voided, foreign, euro]) {
      const pay = makePayment(workspace, clientId, '10', [{ invoiceId: id, amount: '10' }])
      await expect(pay).rejects.toMatchObject({ code: 'INVALID_STATE' })
    }
    const nowhere = makePayment(workspace, clientId, '10', [{ invoiceId: v7(), amount: '10' }])
    await expect(nowhere).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('above either is refused by SQL too, whatever the code above it does', async () => {
    const clientId = await makeClient(workspace)
    const { id: invoiceId } = await makeInvoice(workspace, clientId)
    const { id: large } = await makePayment(workspace, clientId, '500')
    const { id: small } = await makePayment(workspace, clientId, '50', [{ invoiceId, amount: '20' }])
    const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
    const reversed = String(raw.prepare('SELECT id FROM payment_allocations WHERE payment_id = ?').pluck().get(small))
    const allocate = (values: Readonly<Record<string, unknown>>) => {
      try {
        asCommand(raw, () => {
          insertRow(raw, 'payment_allocations', {
            id: v7(),
            organization_id: workspace.organizationId,
            invoice_id: invoiceId,
            allocated_on: '2026-11-21',
            ...values,
          })
          throw new Error('let through')
        })
      } catch (error) {
        const known = databaseError(error)
        return known instanceof Error && 'code' in known ? known.code : String(known)
      }
      return undefined
    }
    expect(allocate({ payment_id: large, amount_e4: amountOf('100.01') })).toBe('OVER_ALLOCATED')
    expect(allocate({ payment_id: small, amount_e4: amountOf('30.01') })).toBe('OVER_ALLOCATED')
    expect(allocate({ payment_id: small, amount_e4: amountOf('-20'), reverses_id: reversed })).toMatch('let through')
    expect(allocate({ payment_id: small, amount_e4: amountOf('-19'), reverses_id: reversed })).toBe('INVALID_STATE')
    expect(allocate({ payment_id: large, amount_e4: amountOf('-20'), reverses_id: reversed })).toBe('OVER_ALLOCATED')
    expect(allocate({ payment_id: small, amount_e4: amountOf('-20') })).toBe('SQLITE_CONSTRAINT_CHECK')
    expect(allocate({ payment_id: large, amount_e4: amountOf('100') })).toMatch('let through')
    raw.close()
  })
})

describe('a payment in another currency', () => {
  test('has its amount in the books at the rate that was said, or the last one of the client; never at 1', async () => {
    const clientId = await makeClient(workspace)
    const money = { clientId, receivedOn: '2026-11-20', currency: 'EUR', amountE4: amountOf('99.99') }
    await expect(workspace.call('payments.create', money)).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { exchangeRateE10: 'Enter the exchange rate of EUR to GBP.' },
    })
    const base = (id: string) => store.value('SELECT base_amount_e4 FROM payments WHERE id = ?', id)
    const said = await workspace.call('payments.create', { ...money, exchangeRateE10: exchangeRateOf('0.85') })
    expect(base(said.id)).toBe(amountOf('84.99'))
    await makeInvoice(workspace, clientId, { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.9') })
    expect(base((await workspace.call('payments.create', money)).id)).toBe(amountOf('89.99'))
    const own = await workspace.call('payments.create', {
      ...money,
      currency: 'GBP',
      exchangeRateE10: exchangeRateOf('0.5'),
    })
    expect(base(own.id)).toBe(amountOf('99.99'))
  })

  test('has the decimals of its currency', async () => {
    const clientId = await makeClient(workspace)
    const pay = (currency: string, amount: string) =>
      workspace.call('payments.create', {
        clientId,
        receivedOn: '2026-11-20',
        currency,
        amountE4: amountOf(amount),
        exchangeRateE10: exchangeRateOf('0.01'),
      })
    await expect(pay('JPY', '10.5')).rejects.toMatchObject({ fields: { amountE4: 'JPY has 0 decimals.' } })
    await expect(pay('KWD', '1.2345')).rejects.toMatchObject({ fields: { amountE4: 'KWD has 3 decimals.' } })
    expect(await pay('KWD', '1.234')).toMatchObject({ version: 1 })
  })
})

describe('numbers of payments', () => {
  test('have no gaps, also after failures', async () => {
    const own = await openWorkspace()
    const clientId = await makeClient(own)
    const { id: invoiceId } = await makeInvoice(own, clientId, { lines: [line({ price: '1', rate: '0' })] })
    const counters: number[] = []
    for (let index = 0; index < 5; index += 1) {
      const failing = makePayment(own, clientId, '10', [{ invoiceId, amount: '5' }])
      await expect(failing).rejects.toMatchObject({ code: 'OVER_ALLOCATED' })
      counters.push(Number(/(\d+)$/.exec((await makePayment(own, clientId, '10')).number)?.[1]))
    }
    expect(counters).toEqual([1, 2, 3, 4, 5])
    await own.close()
  })
})
