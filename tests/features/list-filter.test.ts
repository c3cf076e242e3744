import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FilterField, filterFields, type ListFilter, operatorsOf } from '../../shared/contract/list-filter.ts'
import { addDays, todayIn } from '../../shared/dates.ts'
import { fakeClock } from '../support/clock.ts'
import { makeClient, makeDraft, makeInvoice, makePayment, makeQuote } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let clientId: string
beforeAll(async () => {
  workspace = await openWorkspace()
  clientId = await makeClient(workspace, 'Rosewood Bakery')
  const other = await makeClient(workspace, "O'Neill & Sons; DROP TABLE")
  for (const [index, days] of [5, 40, 90].entries()) {
    await makeInvoice(workspace, index === 2 ? other : clientId, {
      issuedOn: addDays(today(), -days),
      paymentTermsDays: 14,
      reference: index === 0 ? 'PO-77' : null,
    })
  }
  await makeDraft(workspace, clientId)
  await makePayment(workspace, clientId, '30', [])
})
afterAll(() => workspace.close())
afterEach(() => {
  expect(workspace.errors).toEqual([])
})

const today = () => todayIn('Europe/London', workspace.clock.now())
const all = (...conditions: ListFilter['groups'][number]['conditions']): ListFilter => ({
  match: 'all',
  groups: [{ match: 'all', conditions }],
})
const found = async (where: ListFilter) => (await workspace.call('invoices.list', { where })).rows.length

const procedureOf: Readonly<Record<string, string>> = { outbox: 'mail.outbox', bankLines: 'bankTransactions.list' }

describe('a filter of conditions', () => {
  test.each([
    ['an amount', all({ field: 'open', operator: 'more', value: '100' }), 3],
    ['a date from today', all({ field: 'dueOn', operator: 'less', value: 'today' }), 2],
    ['a date some days ago', all({ field: 'issuedOn', operator: 'at-least', value: 'today-40' }), 3],
    ['a word', all({ field: 'clientName', operator: 'contains', value: 'rosewood' }), 3],
    ['text with quotes', all({ field: 'clientName', operator: 'contains', value: "O'Neill" }), 1],
    ['nothing written', all({ field: 'reference', operator: 'is-empty', value: '' }), 3],
    ['a choice', all({ field: 'state', operator: 'is-not', value: 'draft' }), 3],
    ['what was not sent', all({ field: 'sent', operator: 'is', value: 'no' }), 4],
  ] as const)('by %s', async (_, where, count) => {
    expect(await found(where)).toBe(count)
  })

  test('groups hold for all or for any', async () => {
    const groups = [
      {
        match: 'any' as const,
        conditions: [
          { field: 'reference', operator: 'is' as const, value: 'po-77' },
          { field: 'state', operator: 'is' as const, value: 'draft' },
        ],
      },
      { match: 'all' as const, conditions: [{ field: 'clientName', operator: 'begins-with' as const, value: 'Rose' }] },
    ]
    expect(await found({ match: 'all', groups })).toBe(2)
    expect(await found({ match: 'any', groups })).toBe(3)
  })

  test('goes with the other filters, search and paging of the list', async () => {
    const where = all({ field: 'open', operator: 'more', value: '0' })
    const first = await workspace.call('invoices.list', { where, limit: 2 })
    const second = await workspace.call('invoices.list', { where, limit: 2, cursor: first.nextCursor })
    expect(first.rows.length + second.rows.length).toBe(3)
    expect((await workspace.call('invoices.list', { where, filter: 'overdue' })).rows).toHaveLength(2)
  })

  test('of every list and field is answered or refused in words', async () => {
    for (const [list, fields] of Object.entries<Readonly<Record<string, FilterField>>>(filterFields)) {
      for (const [field, { kind }] of Object.entries(fields)) {
        for (const operator of operatorsOf[kind]) {
          for (const value of ['today', '12.5', 'x', "'; --", '']) {
            const answer = await workspace
              .callRaw(procedureOf[list] ?? `${list}.list`, { where: all({ field, operator, value }) })
              .then(
                () => 'rows',
                (error: unknown) => error,
              )
            if (answer !== 'rows')
              expect(answer, `${list}.${field} ${operator} "${value}"`).toMatchObject({ code: 'VALIDATION' })
          }
        }
      }
    }
    await expect(found(all({ field: 'toString', operator: 'is', value: '1' }))).rejects.toMatchObject({
      code: 'VALIDATION',
    })
    await expect(found(all({ field: 'open', operator: 'contains', value: '1' }))).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { where: expect.stringContaining('Open amount') },
    })
  })
})

describe('tags', () => {
  test('go on rows, come off, and are filtered by', async () => {
    const tag = await workspace.call('tags.create', { name: 'Urgent', color: 'red' })
    const { rows } = await workspace.call('invoices.list', { filter: 'overdue' })
    const entityIds = rows.map(({ id }) => id)
    const assign = (on: boolean) => workspace.call('tags.assign', { tagId: tag.id, entity: 'invoice', entityIds, on })
    expect(await assign(true)).toEqual({ changed: 2 })
    expect(await assign(true)).toEqual({ changed: 0 })
    expect(await workspace.call('tags.of', { entityIds })).toHaveLength(2)
    expect(await found(all({ field: 'tag', operator: 'is', value: tag.id }))).toBe(2)
    expect(await found(all({ field: 'tag', operator: 'is-empty', value: '' }))).toBe(2)
    expect(await workspace.call('tags.list', {})).toMatchObject([{ name: 'Urgent', useCount: 2 }])
    expect(await assign(false)).toEqual({ changed: 2 })
    await expect(workspace.call('tags.create', { name: 'urgent' })).rejects.toMatchObject({ code: 'DUPLICATE' })
    await assign(true)
    await workspace.call('tags.delete', { id: tag.id, version: 1 })
    expect(await workspace.call('tags.of', { entityIds })).toEqual([])
    await workspace.call('tags.restore', { id: tag.id })
    expect(await workspace.call('tags.of', { entityIds })).toHaveLength(2)
    const back = (await workspace.call('tags.list', {}))[0]
    await workspace.call('tags.delete', { id: tag.id, version: back?.version ?? 0 })
    const sameName = await workspace.call('tags.create', { name: 'Urgent' })
    await expect(workspace.call('tags.restore', { id: tag.id })).rejects.toMatchObject({ code: 'DUPLICATE' })
    await workspace.call('tags.delete', { id: sameName.id, version: 1 })
  })

  test('not on what is not there', async () => {
    const tag = await workspace.call('tags.create', { name: 'Other' })
    await expect(
      workspace.call('tags.assign', { tagId: tag.id, entity: 'client', entityIds: [tag.id], on: true }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('“today” is the day of whoever asks, in the list and in what it comes to', async () => {
  // 23:30 in London is the 22nd in Tokyo.
  const far = await openWorkspace({ clock: fakeClock('2026-11-21T23:30:00.000Z') })
  const { id: tokyo } = await far.call('branches.create', { code: 'TK', name: 'Tokyo', timezone: 'Asia/Tokyo' })
  const client = await makeClient(far)
  for (const branchId of [null, tokyo]) {
    const issuedOn = branchId === null ? '2026-11-21' : '2026-11-22'
    await makeInvoice(far, client, { branchId, issuedOn })
    await makeQuote(far, client, { branchId, issuedOn })
  }
  const where = all({ field: 'issuedOn', operator: 'is', value: 'today' })
  const found = async (feature: 'invoices' | 'quotes', at: { branchId?: string }) => {
    const { rows } = await far.call(`${feature}.list`, { where }, at)
    const { count } = await far.call(`${feature}.totals`, { where }, at)
    return [rows.map(({ issuedOn }) => issuedOn), count]
  }
  for (const feature of ['invoices', 'quotes'] as const) {
    expect(await found(feature, {})).toEqual([['2026-11-21'], 1])
    expect(await found(feature, { branchId: tokyo })).toEqual([['2026-11-22'], 1])
  }
  await far.close()
})
