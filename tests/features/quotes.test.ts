import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import type { QuoteContent, QuoteConversion } from '../../shared/contract/quotes.ts'
import { amountOf, percentOf, quantityOf } from '../../shared/money/decimal-string.ts'
import { fakeClock } from '../support/clock.ts'
import { asCommand, type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeQuote, makeQuoteDraft, quoteContentFor, quoteLine } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
let clientId = ''
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
  clientId = await makeClient(workspace)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => expect(workspace.errors).toEqual([]))

const tamper = ({ directory }: Workspace, sql: string) => {
  const raw = openConnection(join(directory, 'counterfoil.db'), { readonly: false })
  try {
    asCommand(raw, () => raw.exec(sql))
  } finally {
    raw.close()
  }
}

const day = '2026-11-21'
const get = (id: string) => workspace.call('quotes.get', { id })
const accept = (row: { id: string; version: number }, chosenLineIds: string[] | null = null) =>
  workspace.call('quotes.accept', { id: row.id, version: row.version, on: day, by: 'Ann Field', chosenLineIds })
const accepted = async (overrides: Partial<QuoteContent> = {}) => {
  const quote = await makeQuote(workspace, clientId, overrides)
  return { ...(await accept(quote)), number: quote.number }
}
const toInvoice = async (row: { id: string; version: number }, conversion: QuoteConversion) => {
  const invoiceId = v7()
  const made = await workspace.call('quotes.toInvoice', { id: row.id, version: row.version, invoiceId, conversion })
  return { ...made, invoiceId }
}
const issueInvoice = async (id: string) => workspace.call('invoices.issue', { id, version: 1 })

describe('a draft', () => {
  test('begins with a month to decide, is saved, deleted and restored', async () => {
    const { content } = await workspace.call('quotes.blank', { clientId })
    expect(content).toMatchObject({ issuedOn: day, validUntil: '2026-12-21', lines: [] })
    const draft = await makeQuoteDraft(workspace, clientId)
    expect(await get(draft.id)).toMatchObject({ state: 'draft', number: null, totals: { payableE4: amountOf('120') } })
    await workspace.call('quotes.deleteDraft', draft)
    await expect(get(draft.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await workspace.call('quotes.restoreDraft', { id: draft.id })
    expect((await get(draft.id)).state).toBe('draft')
  })

  test('counts optional and alternative lines only where they are chosen, and prices them all', async () => {
    const draft = await makeQuoteDraft(workspace, clientId, {
      lines: [
        quoteLine({ price: '100' }),
        quoteLine({ price: '10', choice: 'optional', isChosen: false }),
        quoteLine({ price: '30', choice: 'alternative', isChosen: true, groupName: 'Roof' }),
        quoteLine({ price: '40', choice: 'alternative', isChosen: false, groupName: 'Roof' }),
      ],
    })
    const { totals, content, lineRests } = await get(draft.id)
    expect(totals).toMatchObject({ netE4: amountOf('130'), payableE4: amountOf('156') })
    expect(content.lines.map((line) => line.isChosen)).toEqual([true, false, true, false])
    expect(lineRests.map((rest) => rest.lineId)).toEqual([content.lines[0]?.id, content.lines[2]?.id])
    const nets = store.rows(`SELECT net_e4 FROM quote_lines WHERE quote_id = '${draft.id}' ORDER BY position`)
    expect(nets.map((row) => BigInt(String(row['net_e4'])))).toEqual(['100', '10', '30', '40'].map(amountOf))
  })

  test('says what is missing before it is issued', async () => {
    const lines = [
      quoteLine({ choice: 'alternative', isChosen: false, groupName: 'Roof' }),
      quoteLine({ choice: 'alternative', isChosen: false, groupName: 'Roof' }),
    ]
    const draft = await makeQuoteDraft(workspace, null, { lines, validUntil: '2026-01-01' })
    await expect(workspace.call('quotes.issue', draft)).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: {
        clientId: 'Choose who this quote is for.',
        validUntil: 'The last day is before the quote date.',
        'lines.0.choice': 'Choose which line of Roof counts in the total.',
      },
    })
  })
})

describe('an issued quote', () => {
  test('has its number, is frozen, and found', async () => {
    const quote = await makeQuote(workspace, clientId, { reference: 'Barn 7' })
    expect(quote.number).toMatch(/^QUO-2026-\d{4}$/)
    const content = await quoteContentFor(workspace, clientId)
    const again = workspace.call('quotes.saveDraft', { id: quote.id, version: quote.version, content })
    await expect(again).rejects.toMatchObject({ code: 'IMMUTABLE' })
    await expect(workspace.call('quotes.issue', quote)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const { rows } = await workspace.call('quotes.list', { search: 'Barn' })
    expect(rows.map((row) => row.id)).toEqual([quote.id])
    const timeline = await workspace.call('activity.list', { entityId: quote.id })
    expect(timeline.rows.map((row) => row.kind)).toEqual(['quote.issued', 'quote.created'])
  })

  test('gets a series of its own in a business that is older than quotes', async () => {
    const own = await openWorkspace()
    tamper(own, `UPDATE number_series SET deleted_at = '2026-01-01' WHERE document_kind = 'quote'`)
    expect((await makeQuote(own, await makeClient(own))).number).toBe('QUO-2026-0001')
    await own.close()
  })

  test('expires the day after its last day', async () => {
    const quote = await makeQuote(workspace, clientId, { validUntil: '2026-11-21' })
    expect((await get(quote.id)).state).toBe('open')
    workspace.clock.set('2026-11-22T09:00:00.000Z')
    expect((await get(quote.id)).state).toBe('expired')
    const { rows } = await workspace.call('quotes.list', { filter: 'expired' })
    expect(rows.map((row) => [row.id, row.state])).toEqual([[quote.id, 'expired']])
    expect((await workspace.call('quotes.stats', {})).counts.expired).toBe(1)
    workspace.clock.set('2026-11-21T12:00:00.000Z')
    await workspace.call('quotes.void', { ...quote, reason: 'Only a test' })
  })

  test('is accepted by somebody, with the lines that they take, and reopened as it was', async () => {
    const optional = quoteLine({ price: '10', choice: 'optional', isChosen: false })
    const one = quoteLine({ price: '30', choice: 'alternative', groupName: 'Roof' })
    const other = quoteLine({ price: '40', choice: 'alternative', isChosen: false, groupName: 'Roof' })
    const quote = await makeQuote(workspace, clientId, { lines: [quoteLine(), optional, one, other] })
    await expect(accept(quote, [one.id, other.id])).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(accept(quote, [])).rejects.toMatchObject({ fields: { chosenLineIds: expect.stringMatching(/Roof/) } })
    await expect(accept(quote, [v7(), one.id])).rejects.toMatchObject({ code: 'VALIDATION' })
    const row = await accept(quote, [optional.id, other.id])
    const after = await get(quote.id)
    expect(after).toMatchObject({ state: 'accepted', decidedBy: 'Ann Field', decidedOn: day })
    expect(after.totals.payableE4).toBe(amountOf('180'))
    expect(after.content.lines.map((line) => line.isChosen)).toEqual([true, true, false, true])
    const { rows } = await workspace.call('quotes.list', { filter: 'accepted' })
    expect(rows.find((it) => it.id === quote.id)?.payableE4).toBe(amountOf('180'))
    await expect(accept(row)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await workspace.call('quotes.reopen', row)
    const before = await get(quote.id)
    expect(before).toMatchObject({ state: 'open', decidedBy: null, decidedOn: null, decisionNote: null })
    expect(before.totals.payableE4).toBe(amountOf('156'))
    expect(before.content.lines.map((line) => line.isChosen)).toEqual([true, false, true, false])
  })

  test('is decided on a day between its own and today', async () => {
    const { id, version } = await makeQuote(workspace, clientId)
    for (const on of ['2026-11-20', '2026-11-22']) {
      const decided = workspace.call('quotes.decline', { id, version, on, by: 'Ann' })
      await expect(decided).rejects.toMatchObject({ code: 'VALIDATION', fields: { on: expect.any(String) } })
    }
    await workspace.call('quotes.decline', { id, version, on: day, by: 'Ann', note: 'Too dear' })
    expect(await get(id)).toMatchObject({ state: 'declined', decisionNote: 'Too dear' })
  })

  test('is accepted after its last day only by somebody who says so, which is kept', async () => {
    const { id, version, number } = await makeQuote(workspace, clientId, {
      issuedOn: '2026-10-01',
      validUntil: '2026-10-31',
    })
    const late = { id, version, on: day, by: 'Ann Field' }
    await expect(workspace.call('quotes.accept', late)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: `Quote ${number} expired on 2026-10-31. Say that it is accepted all the same, or revise it.`,
      fields: { acceptExpired: expect.any(String) },
    })
    expect((await get(id)).state).toBe('expired')
    await workspace.call('quotes.accept', { ...late, acceptExpired: true })
    expect(await get(id)).toMatchObject({ state: 'accepted', decidedOn: day, decidedBy: 'Ann Field' })
    const [happened] = (await workspace.call('activity.list', { entityId: id })).rows
    expect(happened).toMatchObject({ kind: 'quote.accepted', data: { by: 'Ann Field', expiredOn: '2026-10-31' } })
  })

  test('is accepted as ever where the yes came in time', async () => {
    const { id, version } = await makeQuote(workspace, clientId, { issuedOn: '2026-10-01', validUntil: '2026-10-31' })
    await workspace.call('quotes.accept', { id, version, on: '2026-10-31', by: 'Ann Field' })
    const [happened] = (await workspace.call('activity.list', { entityId: id })).rows
    expect(happened?.data).toMatchObject({ expiredOn: null })
  })

  test('is replaced by its revision once that is issued', async () => {
    const quote = await makeQuote(workspace, clientId)
    const newId = v7()
    const draft = await workspace.call('quotes.duplicate', { id: quote.id, newId, revise: true })
    expect(await get(newId)).toMatchObject({ state: 'draft', revisesId: quote.id })
    expect((await get(quote.id)).state).toBe('open')
    const revision = await workspace.call('quotes.issue', draft)
    expect(await get(quote.id)).toMatchObject({
      state: 'void',
      voidReason: `Replaced by ${revision.number}.`,
      revisedBy: { id: newId, number: revision.number },
    })
    const again = workspace.call('quotes.duplicate', { id: quote.id, newId: v7(), revise: true })
    await expect(again).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('resists every change of what it says, whatever SQL is tried', async () => {
    const quote = await makeQuote(workspace, clientId)
    const tries = [
      `UPDATE quotes SET payable_e4 = 1 WHERE id = '${quote.id}'`,
      `UPDATE quotes SET valid_until = '2027-01-01' WHERE id = '${quote.id}'`,
      `UPDATE quotes SET invoiced_e4 = 1 WHERE id = '${quote.id}'`,
      `UPDATE quote_lines SET price_e6 = 1 WHERE quote_id = '${quote.id}'`,
      `UPDATE quote_taxes SET tax_e4 = 1 WHERE quote_id = '${quote.id}'`,
    ]
    for (const sql of tries) expect(() => tamper(workspace, sql), sql).toThrow(/immutable/)
  })
})

describe('an accepted quote', () => {
  test('becomes one invoice with the same lines, terms of the client, and its references', async () => {
    const quote = await accepted({ reference: 'Barn', orderReference: 'PO 5' })
    const { invoiceId } = await toInvoice(quote, { kind: 'final' })
    const invoice = await workspace.call('invoices.get', { id: invoiceId })
    expect(invoice).toMatchObject({ state: 'draft', totals: { payableE4: amountOf('120') } })
    expect(invoice.content).toMatchObject({ reference: 'Barn', orderReference: 'PO 5', paymentTermsDays: 30 })
    expect(invoice.quote).toEqual({ id: quote.id, number: quote.number })
    const after = await get(quote.id)
    expect(after).toMatchObject({ state: 'invoiced', invoicedE4: amountOf('120'), leftE4: 0n })
    expect(after.lineRests.map((rest) => rest.leftE6)).toEqual([0n])
    await expect(toInvoice(after, { kind: 'final' })).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(workspace.call('quotes.reopen', after)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const voided = workspace.call('quotes.void', { id: quote.id, version: after.version, reason: 'Not any more' })
    await expect(voided).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('is asked for a deposit first, and the final invoice takes it off with its tax and number', async () => {
    const quote = await accepted({ lines: [quoteLine({ price: '1000' }), quoteLine({ price: '33.33', rate: '5' })] })
    const deposit = { kind: 'deposit', percentE6: percentOf('30') } as const
    const preview = await workspace.call('quotes.previewInvoice', { id: quote.id, conversion: deposit })
    expect(preview).toMatchObject({ netE4: amountOf('310'), taxE4: amountOf('60.50'), totalE4: amountOf('370.50') })
    const first = await toInvoice(quote, deposit)
    await expect(toInvoice(first, { kind: 'final' })).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const { number } = await issueInvoice(first.invoiceId)
    const second = await toInvoice(first, { kind: 'final' })
    const { content, totals } = await workspace.call('invoices.get', { id: second.invoiceId })
    expect(content.lines.map((line) => line.name)).toEqual([
      'Consulting',
      'Consulting',
      `Less ${number}, deposit 30%, VAT 20%`,
      `Less ${number}, deposit 30%, VAT 5%`,
    ])
    expect(content.lines.map((line) => line.description)).toEqual([null, null, '£370.50, of which tax £60.50', null])
    expect(totals.payableE4).toBe(amountOf('1235') - amountOf('370.50'))
    await issueInvoice(second.invoiceId)
    expect(await get(quote.id)).toMatchObject({ state: 'invoiced', leftE4: 0n })
  })

  test('never gives more than is left, and gives the share of a deleted or void invoice back', async () => {
    const quote = await accepted({ lines: [quoteLine({ quantity: '3', price: '100' })] })
    const [line] = (await get(quote.id)).content.lines
    const two: QuoteConversion = {
      kind: 'lines',
      lines: [{ lineId: line?.id ?? '', quantityE6: quantityOf('2') }],
    }
    const first = await toInvoice(quote, two)
    expect((await get(quote.id)).lineRests[0]).toMatchObject({ invoicedE6: quantityOf('2'), leftE6: quantityOf('1') })
    await expect(toInvoice(first, two)).rejects.toMatchObject({ code: 'OVER_ALLOCATED' })
    const most = { kind: 'percentage', percentE6: percentOf('101') } as const
    await expect(toInvoice(first, most)).rejects.toMatchObject({ code: expect.stringMatching(/OVER|VALID/) })

    await workspace.call('invoices.deleteDraft', { id: first.invoiceId, version: 1 })
    const free = await get(quote.id)
    expect(free).toMatchObject({ state: 'accepted', invoicedE4: 0n, invoices: [] })
    await workspace.call('invoices.restoreDraft', { id: first.invoiceId })
    expect((await get(quote.id)).invoicedE4).toBe(amountOf('240'))
    const stale = toInvoice(first, { kind: 'final' })
    await expect(stale).rejects.toMatchObject({ code: 'CONFLICT' })

    const rest = await toInvoice(await get(quote.id), { kind: 'final' })
    const { id, version } = await issueInvoice(rest.invoiceId)
    expect((await get(quote.id)).state).toBe('invoiced')
    await workspace.call('invoices.void', { id, version, reason: 'Wrong month' })
    expect(await get(quote.id)).toMatchObject({ state: 'accepted', leftE4: amountOf('120') })
    const kinds = (await workspace.call('activity.list', { entityId: quote.id })).rows.map((row) => row.kind)
    expect(kinds.slice(0, 5)).toEqual([
      'quote.share-returned',
      'quote.invoiced',
      'quote.share-taken',
      'quote.share-returned',
      'quote.invoiced',
    ])
  })

  test('does not take a share again that was invoiced otherwise meanwhile', async () => {
    const quote = await accepted()
    const first = await toInvoice(quote, { kind: 'final' })
    await workspace.call('invoices.deleteDraft', { id: first.invoiceId, version: 1 })
    await toInvoice(await get(quote.id), { kind: 'percentage', percentE6: percentOf('50') })
    const restored = workspace.call('invoices.restoreDraft', { id: first.invoiceId })
    await expect(restored).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('is watched over: a sum or an invoice that does not stand for its share is found', async () => {
    const own = await openWorkspace()
    const issued = await makeQuote(own, await makeClient(own))
    const { id, version } = await own.call('quotes.accept', { ...issued, on: day, by: 'Ann' })
    await own.call('quotes.toInvoice', { id, version, invoiceId: v7(), conversion: { kind: 'final' } })
    const differences = async () => (await own.call('integrity.check', {})).differences
    expect(await differences()).toEqual([])
    tamper(own, `DROP TRIGGER quotes_invoiced; UPDATE quotes SET invoiced_e4 = 10000`)
    tamper(own, `UPDATE invoices SET deleted_at = '2026-11-21T09:00:00.000Z'`)
    expect(await differences()).toEqual([
      `Invoiced of quote ${issued.number} is kept as 1.00, the rows give 120.00.`,
      `Quote ${issued.number} counts an invoice that is deleted or void.`,
    ])
    await own.close()
  })

  test('is invoiced only once it is accepted', async () => {
    const quote = await makeQuote(workspace, clientId)
    await expect(toInvoice(quote, { kind: 'final' })).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })
})

describe('lists', () => {
  test('page through every sort without a hole or a double', async () => {
    const all = (await workspace.call('quotes.list', { limit: 200 })).rows.map((row) => row.id).sort()
    for (const sort of ['issuedOn', 'number', 'validUntil', 'client', 'payable'] as const) {
      for (const direction of ['asc', 'desc'] as const) {
        const seen: string[] = []
        let cursor: string | null = null
        do {
          const page: { rows: { id: string }[]; nextCursor: string | null } = await workspace.call('quotes.list', {
            sort,
            direction,
            limit: 3,
            cursor,
          })
          seen.push(...page.rows.map((row) => row.id))
          cursor = page.nextCursor
        } while (cursor !== null)
        expect(`${sort} ${direction} ${new Set(seen).size}`).toBe(`${sort} ${direction} ${seen.length}`)
        expect(seen.sort()).toEqual(all)
      }
    }
  })

  test('count what each filter holds', async () => {
    const { counts, sums } = await workspace.call('quotes.stats', {})
    for (const [filter, count] of Object.entries(counts)) {
      // The keys are the filters of the contract.
      const { rows } = await workspace.call('quotes.list', { filter: filter as keyof typeof counts, limit: 200 })
      expect(`${filter} ${rows.length}`).toBe(`${filter} ${count}`)
    }
    const open = (await workspace.call('quotes.list', { filter: 'open', limit: 200 })).rows
    expect(sums[0]?.openE4).toBe(open.reduce((sum, row) => sum + row.payableE4, 0n))
  })
})

test('a decision is of a day that has begun where the quote belongs, or where one works', async () => {
  // 23:30 in London is the 22nd in Tokyo.
  const far = await openWorkspace({ clock: fakeClock('2026-11-21T23:30:00.000Z') })
  const { id: tokyo } = await far.call('branches.create', { code: 'TK', name: 'Tokyo', timezone: 'Asia/Tokyo' })
  const client = await makeClient(far)
  const make = (branchId: string | null, issuedOn: string) => makeQuote(far, client, { branchId, issuedOn })
  const there = await make(tokyo, '2026-11-22')
  const here = await make(null, '2026-11-21')
  const decide = (row: { id: string; version: number }, on: string, at: { branchId?: string } = {}) =>
    far.call('quotes.accept', { id: row.id, version: row.version, on, by: 'Ann', chosenLineIds: null }, at)
  const tooLate = { code: 'VALIDATION', fields: { on: 'This day is still to come.' } }
  await expect(decide(there, '2026-11-23')).rejects.toMatchObject(tooLate)
  await expect(decide(here, '2026-11-22')).rejects.toMatchObject(tooLate)
  await decide(there, '2026-11-22')
  await decide(here, '2026-11-22', { branchId: tokyo })
  const declined = await make(tokyo, '2026-11-22')
  const no = { id: declined.id, version: declined.version, on: '2026-11-22', by: 'Ann' }
  await far.call('quotes.decline', no)
  const { rows } = await far.call('quotes.list', {})
  expect(rows.map(({ state }) => state).sort()).toEqual(['accepted', 'accepted', 'declined'])
  await far.close()
})
