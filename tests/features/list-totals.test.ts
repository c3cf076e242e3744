import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ListFilter } from '../../shared/contract/list-filter.ts'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { makeCreditDraft } from '../support/credit-inputs.ts'
import { contentFor, makeClient, makeDraft, makeInvoice, makePayment, makeQuote } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let rose: string
let oak: string
const scheduleId = v7()

const values = async (clientId: string, name: string) => ({
  unit: 'month' as const,
  every: 1,
  anchor: 'same-day' as const,
  startsOn: '2027-01-15',
  endsOn: null,
  count: null,
  name,
  action: 'issue' as const,
  prices: 'fixed' as const,
  catchUp: 'ask' as const,
  content: await contentFor(workspace, clientId),
})

beforeAll(async () => {
  workspace = await openWorkspace()
  rose = await makeClient(workspace, 'Rosewood Bakery')
  oak = await makeClient(workspace, 'Oak & Sons')
  const paid = await makeInvoice(workspace, rose)
  await makePayment(workspace, rose, '150', [{ invoiceId: paid.id, amount: '120' }])
  await makeInvoice(workspace, rose)
  await makeInvoice(workspace, oak, { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.86') })
  await makeDraft(workspace, rose)
  const wrong = await makeInvoice(workspace, oak)
  await workspace.call('invoices.void', { id: wrong.id, version: wrong.version, reason: 'Wrong client' })
  const quote = await makeQuote(workspace, rose)
  await workspace.call('quotes.accept', { id: quote.id, version: quote.version, on: '2026-11-21', by: 'Ann' })
  await makeQuote(workspace, oak)
  await workspace.call('creditNotes.issue', await makeCreditDraft(workspace, rose))
  await workspace.call('recurringInvoices.create', { id: scheduleId, values: await values(rose, 'Hosting') })
  await workspace.call('recurringInvoices.create', { id: v7(), values: await values(oak, 'Support') })
})
afterAll(() => workspace.close())
afterEach(() => expect(workspace.errors).toEqual([]))

const sum = (currency: string, total: string, rest: string) => ({
  currency,
  totalE4: amountOf(total),
  restE4: amountOf(rest),
})
const only = (field: string, operator: 'is' | 'contains' | 'at-least' | 'is-empty', value: string): ListFilter => ({
  match: 'all',
  groups: [{ match: 'all', conditions: [{ field, operator, value }] }],
})

describe('what a list comes to', () => {
  test('invoices: in each currency, void ones counted and not summed', async () => {
    expect(await workspace.call('invoices.totals', {})).toEqual({
      count: 5,
      sums: [sum('EUR', '120', '120'), sum('GBP', '360', '120')],
    })
    expect(await workspace.call('invoices.totals', { filter: 'void' })).toEqual({ count: 1, sums: [] })
  })

  test('is of the same rows as the list, whatever the filter', async () => {
    for (const input of [
      { search: 'rosewood' },
      { clientId: rose },
      { filter: 'open' as const },
      { where: only('clientName', 'contains', 'Oak') },
      { from: '2026-11-22' },
    ]) {
      const { rows } = await workspace.call('invoices.list', { ...input, limit: 200 })
      const { count, sums } = await workspace.call('invoices.totals', input)
      expect(count).toBe(rows.length)
      const counted = rows.filter((row) => row.paymentState !== 'void')
      expect(sums.reduce((total, it) => total + it.totalE4, 0n)).toBe(
        counted.reduce((total, row) => total + row.payableE4, 0n),
      )
    }
  })

  test('quotes, credit notes and payments: with what is left of them', async () => {
    expect(await workspace.call('quotes.totals', {})).toEqual({ count: 2, sums: [sum('GBP', '240', '120')] })
    const credit = await workspace.call('creditNotes.totals', {})
    expect(credit).toMatchObject({ count: 1, sums: [{ currency: 'GBP' }] })
    expect(credit.sums[0]?.restE4).toBe(credit.sums[0]?.totalE4)
    expect(await workspace.call('payments.totals', {})).toEqual({ count: 1, sums: [sum('GBP', '150', '30')] })
    expect(await workspace.call('payments.totals', { status: 'pending' })).toEqual({ count: 0, sums: [] })
  })

  test('schedules: what one period of the active ones makes', async () => {
    expect(await workspace.call('recurringInvoices.totals', {})).toEqual({ count: 2, sums: [sum('GBP', '240', '0')] })
  })
})

describe('the list of schedules', () => {
  const names = async (input: Parameters<typeof workspace.call<'recurringInvoices.list'>>[1]) =>
    (await workspace.call('recurringInvoices.list', input)).rows.map((row) => row.name)

  test('is searched and filtered by conditions', async () => {
    expect(await names({ search: 'oak' })).toEqual(['Support'])
    expect(await names({ where: only('name', 'contains', 'host') })).toEqual(['Hosting'])
    expect(await names({ where: only('nextOn', 'at-least', 'today+40') })).toHaveLength(2)
    expect(await names({ where: only('total', 'at-least', '500') })).toEqual([])
    await expect(names({ where: only('unit', 'is', 'decade') })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  test('has tags, which its filter knows', async () => {
    const { id: tagId } = await workspace.call('tags.create', { name: 'Retainer' })
    const assign = (on: boolean) =>
      workspace.call('tags.assign', { tagId, entity: 'recurring-invoice', entityIds: [scheduleId], on })
    expect(await assign(true)).toEqual({ changed: 1 })
    expect(await names({ where: only('tag', 'is', tagId) })).toEqual(['Hosting'])
    expect(await names({ where: only('tag', 'is-empty', '') })).toEqual(['Support'])
    expect(await assign(false)).toEqual({ changed: 1 })
  })
})
