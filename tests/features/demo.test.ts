import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let demo: string

beforeAll(async () => {
  workspace = await openWorkspace({ empty: true })
  const made = await workspace.call('setup.loadDemo', {})
  demo = made.id
  workspace.use(demo)
})
afterAll(() => workspace.close())

test('asking again makes no second one', async () => {
  expect(await workspace.call('setup.loadDemo', {})).toEqual({ id: demo })
  const { organizations } = await workspace.call('setup.state', {})
  expect(organizations).toMatchObject([{ id: demo, isDemo: true, name: 'Linden & Vale' }])
})

test('it has 25 clients, 15 items and 150 invoices in every state, and those of a deposit and of schedules', async () => {
  expect((await workspace.call('clients.list', { status: 'all' })).total).toBe(25)
  expect((await workspace.call('items.list', {})).total).toBe(15)
  const { counts } = await workspace.call('invoices.stats', {})
  expect(counts).toMatchObject({ all: 159, draft: 6, void: 5 })
  expect(counts.paid).toBeGreaterThan(80)
  for (const state of ['open', 'overdue', 'partly-paid'] as const) expect(counts[state], state).toBeGreaterThan(2)
})

test('nothing in it lies in the future, and its books have no gap', async () => {
  const { rows } = await workspace.call('invoices.list', { limit: 200 })
  const now = workspace.clock.now()
  expect(rows.every((row) => row.issuedOn <= now.slice(0, 10))).toBe(true)
  const numbers = rows.flatMap((row) => row.number ?? [])
  for (const year of new Set(numbers.map((number) => number.slice(4, 8)))) {
    const own = numbers.filter((number) => number.startsWith(`INV-${year}`)).map((number) => Number(number.slice(9)))
    expect(own.sort((a, b) => a - b)).toEqual(own.map((_, index) => index + 1))
  }
  const happened = await workspace.call('activity.list', { limit: 200 })
  expect(happened.rows.every((row) => row.at <= now)).toBe(true)
  expect(new Set(rows.map((row) => row.currency))).toEqual(new Set(['GBP', 'EUR', 'USD', 'INR']))
})

test('money came in every way, and each derived figure equals its rows', async () => {
  const { rows } = await workspace.call('payments.list', { limit: 200 })
  const methods = new Set(rows.map((row) => row.method))
  expect(methods).toEqual(new Set(['bank-transfer', 'cash', 'card', 'cheque', 'direct-debit', 'upi', 'other']))
  expect(rows.filter((row) => row.status === 'bounced')).toHaveLength(1)
  expect(rows.filter((row) => row.status === 'pending')).toHaveLength(1)
  expect(rows.some((row) => row.creditE4 > 0n)).toBe(true)
  const shares = await Promise.all(rows.map((row) => workspace.call('payments.get', { id: row.id })))
  expect(shares.some((payment) => payment.allocations.length > 1)).toBe(true)
  const integrity = await workspace.call('integrity.check', {})
  expect(integrity.differences).toEqual([])
  expect(integrity.checked).toBeGreaterThan(250)
  expect(workspace.errors).toEqual([])
})

test('two credit notes were given: one is refunded, one lowers what is still to be paid', async () => {
  const { rows } = await workspace.call('creditNotes.list', { sort: 'issuedOn', direction: 'asc' })
  expect(rows).toHaveLength(2)
  const [refunded, used] = await Promise.all(rows.map(({ id }) => workspace.call('creditNotes.get', { id })))
  expect(refunded).toMatchObject({ state: 'applied', appliedE4: 0n, refunds: [expect.anything()] })
  expect(used).toMatchObject({ state: 'applied', refundedE4: 0n, applications: [expect.anything()] })
  expect((await workspace.call('refunds.list', {})).rows).toHaveLength(1)
})

test('its quotes are in every state, one of them asked for a deposit', async () => {
  const { counts } = await workspace.call('quotes.stats', {})
  expect(counts).toEqual({ all: 7, draft: 1, open: 2, expired: 1, accepted: 2, invoiced: 0, declined: 1, void: 0 })
  const { rows } = await workspace.call('quotes.list', { filter: 'accepted' })
  const quotes = await Promise.all(rows.map(({ id }) => workspace.call('quotes.get', { id })))
  expect(quotes.flatMap((quote) => quote.invoices)).toMatchObject([{ kind: 'deposit', number: expect.any(String) }])
  expect(rows.every((row) => row.issuedOn <= workspace.clock.now().slice(0, 10))).toBe(true)
})

test('its recurring invoices: one a month, one a quarter, one that rests, all with a past and none that waits', async () => {
  const today = workspace.clock.now().slice(0, 10)
  const { rows } = await workspace.call('recurringInvoices.list', {})
  expect(rows.map((row) => [row.unit, row.state, row.waiting, row.problem]).sort()).toEqual([
    ['month', 'active', 0, null],
    ['month', 'paused', 0, null],
    ['quarter', 'active', 0, null],
  ])
  for (const { id, state } of rows) {
    const { nextOn, runs } = await workspace.call('recurringInvoices.get', { id })
    expect(runs.length).toBeGreaterThan(1)
    expect(runs.every((run) => run.outcome === 'made' && run.invoiceNumber !== null && run.periodOn <= today)).toBe(
      true,
    )
    if (state === 'active') expect(nextOn !== null && nextOn > today).toBe(true)
  }
})

test('home shows a business at work', async () => {
  const summary = await workspace.call('home.summary', {})
  expect(summary.months).toHaveLength(12)
  expect(summary.months.every((month) => month.issuedE4 > 0n && month.receivedE4 > 0n)).toBe(true)
  expect(summary.attention.map((one) => one.kind).sort()).toEqual([
    'cheque',
    'credit',
    'draft',
    'follow-up',
    'overdue',
    'quote-accepted',
    'quote-expiring',
  ])
  expect(summary.checklist.filter((step) => !step.done).map((step) => step.key)).toEqual(['mail'])
})

test('one click removes it, leaves real data alone, and a new one can follow', async () => {
  const real = await workspace.call('setup.createOrganization', { legalName: 'Real Ltd', country: 'GB' })
  workspace.use(real.id)
  await workspace.call('clients.create', { name: 'Real client' })
  expect(await workspace.call('setup.removeDemo', {})).toEqual({ removed: true })
  expect(await workspace.call('setup.removeDemo', {})).toEqual({ removed: false })
  expect((await workspace.call('setup.state', {})).organizations.map((one) => one.id)).toEqual([real.id])
  expect((await workspace.call('clients.list', {})).total).toBe(1)
  workspace.use(demo)
  await expect(workspace.call('clients.list', {})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const again = await workspace.call('setup.loadDemo', {})
  expect(again.id).not.toBe(demo)
})
