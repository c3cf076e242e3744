import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RecurringInvoiceInput } from '../../shared/contract/recurring-invoices.ts'
import { amountOf, percentOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { exchangeRate } from '../../shared/money/scaled.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { contentFor, line, makeClient } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
let clientId: string
const day = 86_400_000

beforeAll(async () => {
  workspace = await openWorkspace({ jobs: true })
  store = inspect(workspace.directory)
  clientId = await makeClient(workspace)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(60_000))
afterEach(() => {
  expect(workspace.errors).toEqual([])
})

const values = async (overrides: Partial<RecurringInvoiceInput> = {}): Promise<RecurringInvoiceInput> => ({
  name: 'Hosting',
  unit: 'month',
  every: 1,
  anchor: 'same-day',
  startsOn: today(),
  endsOn: null,
  count: null,
  action: 'issue',
  prices: 'fixed',
  catchUp: 'ask',
  content: await contentFor(workspace, clientId, { lines: [line({ name: 'Hosting {MONTH} {YEAR}' })] }),
  ...overrides,
})

const today = () => workspace.clock.now().slice(0, 10)
const make = async (overrides: Partial<RecurringInvoiceInput> = {}) => {
  const id = v7()
  await workspace.call('recurringInvoices.create', { id, values: await values(overrides) })
  await workspace.core.settle()
  return id
}
const get = (id: string) => workspace.call('recurringInvoices.get', { id })
const passDays = async (days: number) => {
  workspace.clock.advance(days * day)
  await workspace.core.settle()
}

describe('a schedule', () => {
  test('makes and issues the invoice of its day, with the period in its texts', async () => {
    const first = today()
    const id = await make()
    const schedule = await get(id)
    expect(schedule.runs).toHaveLength(1)
    expect(schedule.runs[0]).toMatchObject({ periodOn: first, outcome: 'made', totalE4: amountOf('120') })
    const invoice = await workspace.call('invoices.get', { id: schedule.runs[0]?.invoiceId ?? '' })
    expect(invoice).toMatchObject({ state: 'open' })
    expect(invoice.content).toMatchObject({ issuedOn: first, supplyFrom: first })
    expect(invoice.content.lines[0]?.name).toBe('Hosting November 2026')
    expect(schedule.nextDates[0]).toBe('2026-12-21')
    expect(schedule.nextDates).toHaveLength(12)
  })

  test('waits for its first day, then makes a draft where that is asked', async () => {
    const id = await make({ action: 'draft', unit: 'day', every: 2, startsOn: '2026-11-23' })
    expect((await get(id)).runs).toHaveLength(0)
    await passDays(2)
    const { runs, nextOn } = await get(id)
    expect(runs).toMatchObject([{ periodOn: '2026-11-23', invoiceNumber: null, invoiceState: 'draft' }])
    expect(nextOn).toBe('2026-11-25')
    await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'ended' })
  })

  test('takes the price that the item has on the day', async () => {
    const item = await workspace.call('items.create', { name: 'Backup', priceE6: unitPriceOf('10') })
    const content = await contentFor(workspace, clientId, { lines: [{ ...line({ price: '10' }), itemId: item.id }] })
    const id = await make({ unit: 'week', prices: 'item', content })
    await workspace.call('items.update', { id: item.id, version: 1, priceE6: unitPriceOf('15') })
    await passDays(7)
    const { runs } = await get(id)
    expect(runs.map((run) => run.totalE4)).toEqual([amountOf('18'), amountOf('12')])
    await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'paused' })
  })

  test('is taxed at the rate in force at its tax point, a half of it where a regime splits it', async () => {
    const rate = (await workspace.call('taxRates.list', {})).find(({ rateE6 }) => rateE6 === percentOf('20'))
    if (rate === undefined) throw new Error('The standard rate is missing.')
    const taxes = (percentage: string) => [
      {
        taxRateId: rate.id,
        name: rate.name,
        category: 'S' as const,
        rateE6: percentOf(percentage),
        isCompound: false,
        exemptionReason: null,
      },
    ]
    const version = await workspace.call('taxRates.addVersion', {
      taxRateId: rate.id,
      effectiveFrom: '2000-01-01',
      name: 'VAT 22%',
      rateE6: percentOf('22'),
    })
    const lines = [
      { ...line({ name: 'Whole' }), taxes: taxes('20') },
      { ...line({ name: 'Half' }), taxes: taxes('10') },
      { ...line({ name: 'By hand' }), taxes: taxes('7') },
    ]
    const id = await make({ count: 1, content: await contentFor(workspace, clientId, { lines }) })
    const [run] = (await get(id)).runs
    const invoice = await workspace.call('invoices.get', { id: run?.invoiceId ?? '' })
    expect(invoice.content.lines.map((it) => it.taxes[0]?.rateE6)).toEqual([
      percentOf('22'),
      percentOf('11'),
      percentOf('7'),
    ])
    expect(invoice.content.lines[0]?.taxes[0]?.name).toBe('VAT 22%')
    await workspace.call('taxRates.deleteVersion', version)
  })

  test('takes the exchange rate of its day from the table', async () => {
    await workspace.call('exchangeRates.set', {
      currency: 'CHF',
      rateOn: '2000-01-03',
      rateE10: exchangeRate(7_500_000_000n),
    })
    const content = await contentFor(workspace, clientId, {
      currency: 'CHF',
      exchangeRateE10: exchangeRate(5_000_000_000n),
    })
    const id = await make({ count: 1, content })
    const [run] = (await get(id)).runs
    const invoice = await workspace.call('invoices.get', { id: run?.invoiceId ?? '' })
    expect(invoice.content.exchangeRateE10).toBe(7_500_000_000n)
  })

  test('ends after its number of times', async () => {
    const id = await make({ unit: 'day', count: 2 })
    await passDays(1)
    expect(await get(id)).toMatchObject({ state: 'ended', nextOn: null, madeCount: 2, nextDates: [] })
  })

  test('says why it could not queue the message; the invoice stands', async () => {
    const id = await make({ action: 'send', unit: 'year' })
    expect(await get(id)).toMatchObject({ problem: expect.stringContaining('No mail account'), madeCount: 1 })
  })

  test('keeps a period for later that cannot be made, says why, and makes it once it can', async () => {
    const content = await contentFor(workspace, clientId, { currency: 'USD' })
    const id = await make({ unit: 'year', content })
    const schedule = await get(id)
    expect(schedule).toMatchObject({ madeCount: 0, problem: expect.stringContaining('exchange rate') })
    const { content: written, ...rest } = await values({ unit: 'year', startsOn: schedule.startsOn })
    await workspace.call('recurringInvoices.update', {
      id,
      version: schedule.version,
      values: { ...rest, content: written },
    })
    await workspace.core.settle()
    expect(await get(id)).toMatchObject({ madeCount: 1, problem: null })
  })

  test('is refused without a client, a line, or with an end before its beginning', async () => {
    const wrong = async (overrides: Partial<RecurringInvoiceInput>) =>
      workspace.call('recurringInvoices.create', { id: v7(), values: await values(overrides) })
    await expect(wrong({ content: await contentFor(workspace, null) })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(wrong({ content: await contentFor(workspace, clientId, { lines: [] }) })).rejects.toMatchObject({
      code: 'VALIDATION',
    })
    await expect(wrong({ endsOn: '2020-01-01' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})

describe('after an absence', () => {
  const missed = async (days: number, overrides: Partial<RecurringInvoiceInput> = {}) => {
    const id = await make({ unit: 'day', ...overrides })
    await passDays(days)
    return id
  }
  const waitingFor = async (id: string) => (await workspace.call('recurringInvoices.waiting', { id }))[0]
  const answer = async (id: string, choice: 'all' | 'latest' | 'skip', dating: 'planned' | 'today' = 'planned') =>
    workspace.call('recurringInvoices.catchUp', { id, version: (await get(id)).version, choice, dating })

  test('it asks, shows what each period would make, and makes all', async () => {
    const id = await missed(3)
    expect(await get(id)).toMatchObject({ waiting: 3, madeCount: 1 })
    expect((await waitingFor(id))?.periods.map(({ totalE4 }) => totalE4)).toEqual(Array(3).fill(amountOf('120')))
    expect(await answer(id, 'all')).toMatchObject({ made: 3, skipped: 0 })
    const after = await get(id)
    expect(after).toMatchObject({ waiting: 0, madeCount: 4 })
    const invoices = await Promise.all(
      after.runs.map(({ invoiceId }) => workspace.call('invoices.get', { id: invoiceId ?? '' })),
    )
    expect(invoices.map(({ content }) => content.issuedOn)).toEqual(after.runs.map(({ periodOn }) => periodOn))
    await workspace.call('recurringInvoices.setState', { id, version: after.version, state: 'ended' })
  })

  test('only the latest, or none; each is answered for good', async () => {
    for (const [choice, counts] of [
      ['latest', { made: 1, skipped: 2 }],
      ['skip', { made: 0, skipped: 3 }],
    ] as const) {
      const id = await missed(3)
      expect(await answer(id, choice, 'today')).toMatchObject(counts)
      await expect(answer(id, 'all')).rejects.toMatchObject({ code: 'INVALID_STATE' })
      await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'ended' })
    }
  })

  test('a rule answers by itself', async () => {
    const all = await missed(3, { catchUp: 'all' })
    expect(await get(all)).toMatchObject({ waiting: 0, madeCount: 4 })
    const latest = await missed(3, { catchUp: 'latest' })
    expect((await get(latest)).runs.map(({ outcome }) => outcome)).toEqual(['made', 'skipped', 'skipped', 'made'])
    for (const id of [all, latest])
      await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'ended' })
  })

  test('what a pause left out stays out', async () => {
    const id = await make({ unit: 'day' })
    await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'paused' })
    await passDays(5)
    await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'active' })
    await workspace.core.settle()
    expect(await get(id)).toMatchObject({ waiting: 0, madeCount: 2 })
    // Nor does another text or another price bring it back.
    const { version, nextOn } = await get(id)
    await workspace.call('recurringInvoices.update', {
      id,
      version,
      values: await values({ unit: 'day', startsOn: (await get(id)).startsOn, name: 'Hosting, larger' }),
    })
    await workspace.core.settle()
    expect(await get(id)).toMatchObject({ waiting: 0, madeCount: 2, nextOn })
    await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'ended' })
  })
})

describe('exactly once', () => {
  const periods = (id: string) =>
    store.rows(`SELECT period_on FROM recurring_runs WHERE recurring_invoice_id = '${id}' ORDER BY period_on`)
  const invoices = () => store.counts()['invoices']

  test('with the clock moved back and forth, and restarts in between', async () => {
    const id = await make({ unit: 'day', catchUp: 'all' })
    const start = Date.parse(workspace.clock.now())
    for (const [step, days] of [2, -3, 1, 2, -40, 3, 0, 3].entries()) {
      workspace.clock.set(new Date(start + days * day + (step + 1) * 60_000).toISOString())
      await workspace.reopen()
      await workspace.core.settle()
    }
    // The first day and three more: every period once, whatever the clock said.
    expect(periods(id)).toHaveLength(4)
    expect((await get(id)).madeCount).toBe(4)
    await workspace.call('recurringInvoices.setState', { id, version: (await get(id)).version, state: 'ended' })
  })

  test('run twice at once', async () => {
    const id = await make({ unit: 'month', startsOn: '2027-06-01', catchUp: 'ask' })
    const before = invoices()
    const { version } = await get(id)
    const outcomes = await Promise.allSettled([
      workspace.call('recurringInvoices.makeNow', { id, version }),
      workspace.call('recurringInvoices.makeNow', { id, version }),
      workspace.call('recurringInvoices.makeNow', { id, version }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(invoices()).toBe(Number(before) + 1)
    expect(periods(id)).toHaveLength(1)
  })
})
