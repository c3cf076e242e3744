import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CreditScope } from '../../shared/contract/credit-notes.ts'
import { amountOf, percentOf, quantityOf } from '../../shared/money/decimal-string.ts'
import { exchangeRate } from '../../shared/money/scaled.ts'
import { inspect } from '../support/database.ts'
import { contentFor, line, makeClient, makeInvoice, makePayment } from '../support/factories.ts'
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

const on = '2026-11-21'
const invoiceOf = (id: string) => workspace.call('invoices.get', { id })
const noteOf = (id: string) => workspace.call('creditNotes.get', { id })
const balanceOf = async (clientId: string) =>
  (await workspace.call('clients.get', { id: clientId })).balances.find((it) => it.currency === 'GBP')

const credit = async (
  invoiceId: string,
  scope: CreditScope = { kind: 'whole' },
  more: { readonly apply?: boolean } = {},
) => {
  const { version } = await invoiceOf(invoiceId)
  return await workspace.call('creditNotes.creditInvoice', {
    id: v7(),
    invoiceId,
    invoiceVersion: version,
    scope,
    issuedOn: on,
    reason: 'Returned goods',
    ...more,
  })
}

const freeNote = async (clientId: string, price = '50') => {
  const { content } = await workspace.call('creditNotes.blank', { clientId })
  const id = v7()
  const draft = await workspace.call('creditNotes.saveDraft', {
    id,
    version: null,
    content: { ...content, reason: 'Goodwill', lines: [{ ...line({ price }), invoiceLineId: null }] },
  })
  return await workspace.call('creditNotes.issue', draft)
}

describe('an invoice', () => {
  test('credited whole is settled by a credit note of its own series, which says what it corrects', async () => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId)
    const made = await credit(invoice.id)
    expect(made.number).toMatch(/^CN-2026-\d{4}$/)
    expect(await invoiceOf(invoice.id)).toMatchObject({
      state: 'paid',
      openE4: 0n,
      paidE4: amountOf('120'),
      creditedE4: amountOf('120'),
      settledOn: on,
      credits: [{ number: made.number, amountE4: amountOf('120') }],
      creditNotes: [{ number: made.number, state: 'applied', totalE4: amountOf('120') }],
    })
    expect(await noteOf(made.id)).toMatchObject({
      state: 'applied',
      invoice: { id: invoice.id, number: invoice.number },
      creditE4: 0n,
      appliedE4: amountOf('120'),
      content: { reason: 'Returned goods' },
      applications: [{ invoiceNumber: invoice.number, amountE4: amountOf('120') }],
    })
    // Money received is none of it.
    expect(await balanceOf(clientId)).toMatchObject({
      openE4: 0n,
      paidE4: 0n,
      creditE4: 0n,
      creditedE4: amountOf('120'),
    })
    const { pdf, fileName } = await workspace.call('creditNotes.pdf', { id: made.id })
    expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-')
    expect(fileName).toBe(`${made.number}.pdf`)
  })

  test('credited in parts has at each step what is left of each line and tax, and never more', async () => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId, {
      lines: [line({ quantity: '3', price: '0.33' }), line({ name: 'Paper', quantity: '2', price: '10', rate: '5' })],
    })
    const [first, second] = (await invoiceOf(invoice.id)).content.lines
    const one: CreditScope = {
      kind: 'quantities',
      lines: [{ lineId: first?.id ?? '', quantityE6: quantityOf('1') }],
    }
    await credit(invoice.id, one)
    expect(await workspace.call('creditNotes.left', { invoiceId: invoice.id })).toMatchObject({
      byLine: true,
      lines: [
        { name: 'Consulting', leftE6: quantityOf('2'), leftNetE4: amountOf('0.66') },
        { name: 'Paper', leftE6: quantityOf('2'), leftNetE4: amountOf('20') },
      ],
      netE4: amountOf('20.66'),
      taxE4: amountOf('1.13'),
      totalE4: amountOf('21.79'),
    })
    await credit(invoice.id, { kind: 'lines', lineIds: [second?.id ?? ''] })
    await expect(
      credit(invoice.id, { kind: 'quantities', lines: [{ lineId: first?.id ?? '', quantityE6: quantityOf('3') }] }),
    ).rejects.toMatchObject({ code: 'OVER_ALLOCATED' })
    await credit(invoice.id, one)
    await credit(invoice.id)
    expect(await invoiceOf(invoice.id)).toMatchObject({ state: 'paid', openE4: 0n, creditedE4: amountOf('22.19') })
    await expect(credit(invoice.id)).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('paid before it is credited leaves the client what was paid, to use or to have back', async () => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId)
    await makePayment(workspace, clientId, '100', [{ invoiceId: invoice.id, amount: '100' }])
    const made = await credit(invoice.id)
    expect(await noteOf(made.id)).toMatchObject({
      state: 'issued',
      appliedE4: amountOf('20'),
      creditE4: amountOf('100'),
    })
    expect(await balanceOf(clientId)).toMatchObject({ creditE4: amountOf('100'), paidE4: amountOf('100') })
  })

  test('that was credited cannot be made void, and one that is void or a draft cannot be credited', async () => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId)
    await credit(invoice.id, { kind: 'amount', amountE4: amountOf('20') }, { apply: false })
    const { version } = await invoiceOf(invoice.id)
    await expect(
      workspace.call('invoices.void', { id: invoice.id, version, reason: 'Wrong client' }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE', message: expect.stringContaining('credit note') })
    const other = await makeInvoice(workspace, clientId)
    await workspace.call('invoices.void', { id: other.id, version: other.version, reason: 'Wrong client' })
    await expect(credit(other.id)).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('credited by two at once is credited once', async () => {
    const invoice = await makeInvoice(workspace, await makeClient(workspace))
    const { version } = await invoiceOf(invoice.id)
    const attempt = () =>
      workspace.call('creditNotes.creditInvoice', {
        id: v7(),
        invoiceId: invoice.id,
        invoiceVersion: version,
        scope: { kind: 'amount', amountE4: amountOf('30') },
        issuedOn: on,
        reason: 'Twice',
      })
    const results = await Promise.allSettled([attempt(), attempt()])
    expect(results.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await invoiceOf(invoice.id)).creditedE4).toBe(amountOf('30'))
  })

  test('corrected is credited and stands again as a draft, or issued and paid by what was paid', async () => {
    const clientId = await makeClient(workspace)
    const wrong = await makeInvoice(workspace, clientId)
    await makePayment(workspace, clientId, '50', [{ invoiceId: wrong.id, amount: '50' }])
    const before = await invoiceOf(wrong.id)
    const newInvoiceId = v7()
    const content = await contentFor(workspace, clientId, { lines: [line({ price: '80' })] })
    const made = await workspace.call('creditNotes.correctInvoice', {
      invoiceId: wrong.id,
      invoiceVersion: before.version,
      reason: 'Wrong price',
      creditNoteId: v7(),
      newInvoiceId,
      content,
      issue: true,
    })
    expect(await invoiceOf(wrong.id)).toMatchObject({ openE4: 0n, creditedE4: amountOf('70') })
    expect(await invoiceOf(made.invoiceId)).toMatchObject({
      correctsId: wrong.id,
      number: made.invoiceNumber,
      creditedE4: amountOf('50'),
      openE4: amountOf('46'),
    })
    expect((await noteOf(made.creditNoteId)).state).toBe('applied')
  })

  test('is not corrected by half: where the new one cannot be issued, nothing is credited', async () => {
    const clientId = await makeClient(workspace)
    const wrong = await makeInvoice(workspace, clientId)
    const { version } = await invoiceOf(wrong.id)
    const correct = (issue: boolean) =>
      workspace.call('creditNotes.correctInvoice', {
        invoiceId: wrong.id,
        invoiceVersion: version,
        reason: 'Wrong client',
        creditNoteId: v7(),
        newInvoiceId: v7(),
        content: { ...before.content, lines: [] },
        issue,
      })
    const before = await invoiceOf(wrong.id)
    await expect(correct(true)).rejects.toMatchObject({ code: 'VALIDATION' })
    expect(await invoiceOf(wrong.id)).toEqual(before)
    const { invoiceNumber, invoiceId } = await correct(false)
    expect(invoiceNumber).toBeNull()
    expect(await invoiceOf(invoiceId)).toMatchObject({ state: 'draft', correctsId: wrong.id })
  })

  test('in another currency is credited at its own rate, and base amounts of the parts give its own', async () => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId, {
      currency: 'EUR',
      exchangeRateE10: exchangeRate(8_573_000_000n),
      lines: [line({ price: '33.33', quantity: '3' })],
    })
    for (const amount of ['10.01', '20.02', '30.03'])
      await credit(invoice.id, { kind: 'amount', amountE4: amountOf(amount) })
    await credit(invoice.id)
    expect((await invoiceOf(invoice.id)).openE4).toBe(0n)
    const store = inspect(workspace.directory)
    const sums = (table: string, column: string) =>
      store.rows(
        `SELECT sum(total_e4) AS total, sum(base_total_e4) AS base, sum(base_tax_e4) AS tax, count(*) AS count
         FROM ${table} WHERE ${column} = ?`,
        invoice.id,
      )[0]
    const [own, credits] = [sums('invoices', 'id'), sums('credit_notes', 'invoice_id')]
    store.close()
    expect({ ...credits, count: 1n }).toEqual(own)
    expect(credits?.['count']).toBe(4n)
  })
})

describe('a credit note', () => {
  test('that is free is credit of the client, used for several invoices, taken back and used again', async () => {
    const clientId = await makeClient(workspace)
    const one = await makeInvoice(workspace, clientId, { lines: [line({ price: '25' })] })
    const two = await makeInvoice(workspace, clientId, { lines: [line({ price: '40' })] })
    const issued = await freeNote(clientId)
    expect(await balanceOf(clientId)).toMatchObject({ creditE4: amountOf('60'), openE4: amountOf('78') })
    const used = await workspace.call('creditNotes.apply', {
      ...issued,
      on,
      applications: [
        { invoiceId: one.id, amountE4: amountOf('30') },
        { invoiceId: two.id, amountE4: amountOf('20') },
      ],
    })
    expect(await noteOf(issued.id)).toMatchObject({ state: 'issued', creditE4: amountOf('10') })
    expect(await invoiceOf(one.id)).toMatchObject({ state: 'paid', creditedE4: amountOf('30') })
    const over = { ...used, on, applications: [{ invoiceId: two.id, amountE4: amountOf('10.01') }] }
    await expect(workspace.call('creditNotes.apply', over)).rejects.toMatchObject({
      code: 'OVER_ALLOCATED',
      message: '£10.01 is more than the £10.00 left of this credit note.',
    })
    await expect(workspace.call('creditNotes.void', { ...used, reason: 'Not given' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining('pays invoices'),
    })
    const { applications } = await noteOf(issued.id)
    const first = await workspace.call('creditNotes.unapply', { ...used, applicationId: applications[0]?.id ?? '' })
    await expect(
      workspace.call('creditNotes.unapply', { ...first, applicationId: applications[0]?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await invoiceOf(one.id)).toMatchObject({ state: 'open', creditedE4: 0n, settledOn: null })
    const second = await workspace.call('creditNotes.unapply', { ...first, applicationId: applications[1]?.id ?? '' })
    await workspace.call('creditNotes.void', { ...second, reason: 'Not given' })
    expect(await balanceOf(clientId)).toMatchObject({ creditE4: 0n, creditedE4: 0n, openE4: amountOf('78') })
  })

  test('that is left over is named at home, and keeps its client from being deleted', async () => {
    const clientId = await makeClient(workspace, 'Nothing But Credit')
    await freeNote(clientId)
    const { attention } = await workspace.call('home.summary', {})
    expect(attention.find((it) => it.kind === 'credit')?.detail).toMatch(/received or credited/)
    const { version } = await workspace.call('clients.get', { id: clientId })
    await expect(workspace.call('clients.delete', { id: clientId, version })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'This client has credit notes and stays with them. Archive it instead.',
    })
  })

  test('pays no invoice of somebody else or in another currency', async () => {
    const note = await freeNote(await makeClient(workspace))
    const theirs = await makeInvoice(workspace, await makeClient(workspace, 'Elm'))
    await expect(
      workspace.call('creditNotes.apply', {
        ...note,
        on,
        applications: [{ invoiceId: theirs.id, amountE4: amountOf('1') }],
      }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE', message: expect.stringContaining('another client') })
  })

  test('of an invoice is asked again for what is left when its draft is issued', async () => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId)
    const { content } = await workspace.call('creditNotes.fromInvoice', {
      invoiceId: invoice.id,
      scope: { kind: 'whole' },
    })
    const draft = await workspace.call('creditNotes.saveDraft', { id: v7(), version: null, content })
    await credit(invoice.id, { kind: 'amount', amountE4: amountOf('12') })
    await expect(workspace.call('creditNotes.issue', draft)).rejects.toMatchObject({
      code: 'OVER_ALLOCATED',
      fields: { lines: expect.stringContaining('left') },
    })
    const { content: rest } = await workspace.call('creditNotes.fromInvoice', {
      invoiceId: invoice.id,
      scope: { kind: 'whole' },
    })
    const saved = await workspace.call('creditNotes.saveDraft', { ...draft, content: rest })
    const issued = await workspace.call('creditNotes.issue', saved)
    expect(await noteOf(issued.id)).toMatchObject({ creditE4: amountOf('108'), appliedE4: 0n, state: 'issued' })
    await expect(
      workspace.call('creditNotes.saveDraft', { id: issued.id, version: issued.version, content: rest }),
    ).rejects.toMatchObject({ code: 'IMMUTABLE' })
  })

  test('keeps the rate of its invoice, its rounding and its tax, whatever an editor sends', async () => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId, {
      currency: 'EUR',
      exchangeRateE10: exchangeRate(8_573_000_000n),
    })
    const { content } = await workspace.call('creditNotes.fromInvoice', {
      invoiceId: invoice.id,
      scope: { kind: 'whole' },
    })
    const draft = await workspace.call('creditNotes.saveDraft', {
      id: v7(),
      version: null,
      content: { ...content, clientId: null, currency: 'USD', exchangeRateE10: exchangeRate(1n) },
    })
    expect((await noteOf(draft.id)).content).toMatchObject({
      clientId,
      currency: 'EUR',
      exchangeRateE10: exchangeRate(8_573_000_000n),
    })
    const untaxed = {
      name: 'VAT',
      category: 'S' as const,
      rateE6: percentOf('20'),
      isCompound: false,
      netE4: amountOf('100'),
      taxableE4: amountOf('100'),
      taxE4: amountOf('0'),
    }
    const tricked = await workspace.call('creditNotes.saveDraft', {
      ...draft,
      content: { ...content, mirroredTaxes: [untaxed] },
    })
    await expect(workspace.call('creditNotes.issue', tricked)).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  test('is listed, counted, found by its number and by the words of its lines', async () => {
    const clientId = await makeClient(workspace, 'Quince Preserves')
    const issued = await freeNote(clientId)
    const { rows } = await workspace.call('creditNotes.list', { clientId, search: issued.number })
    expect(rows).toMatchObject([
      { number: issued.number, reason: 'Goodwill', creditE4: amountOf('60'), state: 'issued' },
    ])
    const { rows: byClient } = await workspace.call('creditNotes.list', { search: 'quince', sort: 'number' })
    expect(byClient).toHaveLength(1)
    const stats = await workspace.call('creditNotes.stats', { clientId })
    expect(stats).toEqual({
      counts: { all: 1, draft: 0, issued: 1, applied: 0, void: 0 },
      sums: [{ currency: 'GBP', creditE4: amountOf('60') }],
    })
    const found = await workspace.call('search.find', { text: issued.number })
    expect(found).toContainEqual(expect.objectContaining({ kind: 'credit-note', id: issued.id }))
  })

  test('is paged through without losing or repeating one', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const next: { rows: { id: string }[]; nextCursor: string | null } = await workspace.call('creditNotes.list', {
        cursor,
        limit: 3,
        sort: 'payable',
        direction: 'asc',
      })
      seen.push(...next.rows.map((row) => row.id))
      cursor = next.nextCursor
    } while (cursor !== null)
    const { counts } = await workspace.call('creditNotes.stats', {})
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(counts.all)
  })

  test('gives something back: nothing, or less, is refused at its issue', async () => {
    const clientId = await makeClient(workspace)
    await expect(freeNote(clientId, '0')).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(freeNote(clientId, '-10')).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
