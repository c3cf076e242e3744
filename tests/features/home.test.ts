import { afterEach, beforeEach, expect, test } from 'vitest'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeDraft, makeInvoice, makePayment, makeQuote } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

// The clock stands at 2026-11-21 09:00 UTC.
let workspace: Workspace
beforeEach(async () => {
  workspace = await openWorkspace()
})
afterEach(() => workspace.close())

const summary = () => workspace.call('home.summary', {})
const attention = async (kind: string) => (await summary()).attention.find((one) => one.kind === kind)
const day = 86_400_000
const euro = { currency: 'EUR', exchangeRateE10: exchangeRateOf('1.1') }

test('a new business has twelve empty months and everything to set up', async () => {
  const { currency, outstanding, months, attention: list, checklist } = await summary()
  expect({ currency, outstanding, list }).toEqual({ currency: 'GBP', outstanding: [], list: [] })
  expect(months[0]).toEqual({ month: '2025-12', issuedE4: 0n, receivedE4: 0n })
  expect(months.at(-1)).toEqual({ month: '2026-11', issuedE4: 0n, receivedE4: 0n })
  expect(months).toHaveLength(12)
  expect(checklist.map((step) => [step.key, step.done])).toEqual([
    ['business', false],
    ['logo', false],
    ['client', false],
    ['invoice', false],
    ['mail', false],
    ['payment', false],
  ])
})

test('outstanding and overdue are told apart by currency; due today is not overdue', async () => {
  const client = await makeClient(workspace)
  await makeInvoice(workspace, client, { issuedOn: '2026-10-01', dueOn: '2026-10-31' })
  await makeInvoice(workspace, client, { issuedOn: '2026-11-01', dueOn: '2026-11-21' })
  await makeInvoice(workspace, client, { issuedOn: '2026-11-02', dueOn: '2026-11-20', ...euro })
  const { outstanding, months } = await summary()
  expect(outstanding).toEqual([
    { currency: 'GBP', openE4: amountOf('240'), overdueE4: amountOf('120'), openCount: 2, overdueCount: 1 },
    { currency: 'EUR', openE4: amountOf('120'), overdueE4: amountOf('120'), openCount: 1, overdueCount: 1 },
  ])
  expect(months.slice(-2).map((month) => month.issuedE4)).toEqual([amountOf('120'), amountOf('252')])
  expect(await attention('overdue')).toMatchObject({
    count: 2,
    title: '2 invoices are overdue',
    detail: '£120.00 + €120.00, the oldest by 21 days',
    route: '/invoices?filter=overdue',
  })
})

test("this month's figures follow the organization's own day", async () => {
  const client = await makeClient(workspace)
  const organization = await workspace.call('organizations.get', {})
  await workspace.call('organizations.update', { version: organization.version, timezone: 'Pacific/Auckland' })
  workspace.clock.set('2026-11-30T12:00:00.000Z')
  await makeInvoice(workspace, client, { issuedOn: '2026-12-01' })
  const { issuedThisMonthE4, months } = await summary()
  expect(issuedThisMonthE4).toBe(amountOf('120'))
  expect(months.at(-1)?.month).toBe('2026-12')
})

test('money received counts until it bounces; a pending cheque and credit are named', async () => {
  const client = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, client)
  await makePayment(workspace, client, '150', [{ invoiceId: invoice.id, amount: '120' }])
  const cheque = await workspace.call('payments.create', {
    clientId: client,
    receivedOn: '2026-11-20',
    method: 'cheque',
    status: 'pending',
    currency: 'GBP',
    amountE4: amountOf('80'),
  })
  expect((await summary()).receivedThisMonthE4).toBe(amountOf('230'))
  expect(await attention('credit')).toMatchObject({ count: 1, detail: expect.stringContaining('£110.00') })
  expect(await attention('cheque')).toMatchObject({ count: 1, detail: '£80.00', route: '/payments?status=pending' })
  await workspace.call('payments.setStatus', { ...cheque, status: 'bounced', on: '2026-11-21', reason: 'No funds' })
  expect((await summary()).receivedThisMonthE4).toBe(amountOf('150'))
  expect(await attention('cheque')).toBeUndefined()
  expect(await attention('credit')).toMatchObject({ detail: expect.stringContaining('£30.00') })
})

test('a draft is named once it lay for more than a week, a follow-up on its day', async () => {
  const client = await makeClient(workspace)
  await makeDraft(workspace, client)
  await workspace.call('clientNotes.create', {
    clientId: client,
    kind: 'follow-up',
    content: 'Ask about\nthe spring order',
    followUpOn: '2026-11-28',
  })
  workspace.clock.advance(7 * day - 1000)
  expect(await attention('draft')).toBeUndefined()
  workspace.clock.advance(2000)
  expect(await attention('draft')).toMatchObject({ count: 1, title: '1 draft waits to be issued' })
  const { notes } = await workspace.call('clients.get', { id: client })
  expect(await attention('follow-up')).toEqual({
    kind: 'follow-up',
    count: 1,
    title: '1 follow-up is due',
    detail: 'Rosewood Bakery: Ask about the spring order',
    route: `/clients/${client}`,
  })
  await workspace.call('clientNotes.setDone', { id: notes[0]?.id ?? '', version: 1, done: true })
  expect(await attention('follow-up')).toBeUndefined()
})

test('a quote is about to expire by the day of its branch, as in the list of open ones', async () => {
  // 22:30 in London is the 22nd in Tokyo.
  workspace.clock.set('2026-11-21T22:30:00.000Z')
  const { id: branchId } = await workspace.call('branches.create', {
    code: 'TK',
    name: 'Tokyo',
    timezone: 'Asia/Tokyo',
  })
  const client = await makeClient(workspace)
  const until = (validUntil: string) => makeQuote(workspace, client, { issuedOn: '2026-11-01', validUntil, branchId })
  await until('2026-11-21')
  expect((await workspace.call('quotes.list', { filter: 'open' })).rows).toEqual([])
  expect(await attention('quote-expiring')).toBeUndefined()
  await until('2026-11-29')
  expect(await attention('quote-expiring')).toMatchObject({ count: 1, detail: '£120.00' })
  await until('2026-11-30')
  expect(await attention('quote-expiring')).toMatchObject({ count: 1 })
})
