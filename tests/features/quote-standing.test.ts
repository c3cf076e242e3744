import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CreditScope } from '../../shared/contract/credit-notes.ts'
import type { QuoteConversion, QuoteLine } from '../../shared/contract/quotes.ts'
import { AppError } from '../../shared/errors.ts'
import { amountOf, percentOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { amount, percent, unitPrice } from '../../shared/money/scaled.ts'
import { makeClient, makeQuote, quoteLine } from '../support/factories.ts'
import { times } from '../support/scale.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let clientId = ''
beforeAll(async () => {
  workspace = await openWorkspace()
  clientId = await makeClient(workspace)
})
afterAll(async () => {
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => expect(workspace.errors).toEqual([]))

const day = '2026-11-21'
const quoteOf = (id: string) => workspace.call('quotes.get', { id })
const invoiceOf = (id: string) => workspace.call('invoices.get', { id })
const accepted = async (...lines: QuoteLine[]) => {
  const { id, version } = await makeQuote(workspace, clientId, { lines })
  await workspace.call('quotes.accept', { id, version, on: day, by: 'Ann Field' })
  return id
}
const convert = async (quoteId: string, conversion: QuoteConversion) => {
  const invoiceId = v7()
  await workspace.call('quotes.toInvoice', {
    id: quoteId,
    version: (await quoteOf(quoteId)).version,
    invoiceId,
    conversion,
  })
  return invoiceId
}
const deposit = (share: string): QuoteConversion => ({ kind: 'deposit', percentE6: percentOf(share) })
const issue = async (id: string) => workspace.call('invoices.issue', { id, version: (await invoiceOf(id)).version })
const credit = async (invoiceId: string, scope: CreditScope = { kind: 'whole' }) =>
  workspace.call('creditNotes.creditInvoice', {
    id: v7(),
    invoiceId,
    invoiceVersion: (await invoiceOf(invoiceId)).version,
    issuedOn: day,
    reason: 'Not wanted',
    scope,
    apply: false,
  })
/** Writes other prices on a draft. */
const reprice = async (id: string, price: (old: bigint) => bigint) => {
  const { version, content } = await invoiceOf(id)
  const lines = content.lines.map((it) => ({ ...it, priceE6: unitPrice(price(it.priceE6)) }))
  await workspace.call('invoices.saveDraft', { id, version, content: { ...content, lines } })
}
const linesOf = async (id: string) =>
  (await invoiceOf(id)).content.lines.map((it) => [
    it.name,
    Number((it.priceE6 * it.quantityE6) / 10n ** 8n) / 1e4,
    it.description,
  ])

describe('a deposit that is credited', () => {
  test('is left of the quote again, and the final invoice takes nothing off for it', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('30'))
    await issue(first)
    expect(await quoteOf(quoteId)).toMatchObject({ invoicedE4: amountOf('360'), leftE4: amountOf('840') })
    await credit(first)
    expect(await quoteOf(quoteId)).toMatchObject({ invoicedE4: 0n, leftE4: amountOf('1200'), invoices: [] })
    const final = await convert(quoteId, { kind: 'final' })
    expect(await linesOf(final)).toEqual([['Consulting', 1000, null]])
    expect((await invoiceOf(final)).totals.payableE4).toBe(amountOf('1200'))
  })

  test('in part is deducted for what still stands, with its tax and its share', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('30'))
    const { number } = await issue(first)
    await credit(first, { kind: 'amount', amountE4: amountOf('120') })
    expect(await quoteOf(quoteId)).toMatchObject({ invoicedE4: amountOf('240'), leftE4: amountOf('960') })
    const final = await convert(quoteId, { kind: 'final' })
    expect(await linesOf(final)).toEqual([
      ['Consulting', 1000, null],
      [`Less ${number}, deposit 20%`, -200, '£240.00, of which tax £40.00'],
    ])
  })

  test('frees its percentage for another deposit', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('80'))
    await issue(first)
    await expect(convert(quoteId, deposit('30'))).rejects.toMatchObject({ code: 'OVER_ALLOCATED' })
    await credit(first, { kind: 'amount', amountE4: amountOf('120') })
    await issue(await convert(quoteId, deposit('30')))
    expect(await quoteOf(quoteId)).toMatchObject({ state: 'invoiced', leftE4: 0n })
  })

  test('after the final invoice leaves its part to be invoiced', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('30'))
    await issue(first)
    await issue(await convert(quoteId, { kind: 'final' }))
    expect((await quoteOf(quoteId)).state).toBe('invoiced')
    await credit(first)
    expect(await quoteOf(quoteId)).toMatchObject({ state: 'accepted', leftE4: amountOf('360') })
    const rest = await convert(quoteId, { kind: 'final' })
    expect((await invoiceOf(rest)).totals.payableE4).toBe(amountOf('360'))
  })

  test('stands again when the credit note is void, unless it was invoiced otherwise', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('30'))
    await issue(first)
    const note = await credit(first)
    const voiding = async () =>
      workspace.call('creditNotes.void', {
        id: note.id,
        version: (await workspace.call('creditNotes.get', { id: note.id })).version,
        reason: 'Wanted after all',
      })
    const whole = await convert(quoteId, { kind: 'final' })
    await expect(voiding()).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining('otherwise'),
    })
    await workspace.call('invoices.deleteDraft', { id: whole, version: 1 })
    await voiding()
    expect(await quoteOf(quoteId)).toMatchObject({ invoicedE4: amountOf('360'), leftE4: amountOf('840') })
  })

  test('by a correction hands its share over to the invoice in its place', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('30'))
    await issue(first)
    const newInvoiceId = v7()
    const made = await workspace.call('creditNotes.correctInvoice', {
      invoiceId: first,
      invoiceVersion: (await invoiceOf(first)).version,
      creditNoteId: v7(),
      newInvoiceId,
      reason: 'Wrong address',
      issue: true,
    })
    expect(await quoteOf(quoteId)).toMatchObject({
      invoicedE4: amountOf('360'),
      invoices: [{ invoiceId: newInvoiceId }],
    })
    const final = await convert(quoteId, { kind: 'final' })
    expect((await linesOf(final)).at(-1)?.[0]).toBe(`Less ${made.invoiceNumber}, deposit 30%`)
  })
})

describe('a deposit that was changed as a draft', () => {
  test('is taken off as it went out: its amount, its tax, its share', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('30'))
    await reprice(first, () => unitPriceOf('250'))
    const { number } = await issue(first)
    expect(await quoteOf(quoteId)).toMatchObject({ invoicedE4: amountOf('300'), leftE4: amountOf('900') })
    const final = await convert(quoteId, { kind: 'final' })
    expect(await linesOf(final)).toEqual([
      ['Consulting', 1000, null],
      [`Less ${number}, deposit 25%`, -250, '£300.00, of which tax £50.00'],
    ])
  })

  test('cannot ask for more than is left, nor be taxed otherwise than the quote', async () => {
    const quoteId = await accepted(quoteLine({ price: '1000' }))
    const first = await convert(quoteId, deposit('30'))
    await reprice(first, () => unitPriceOf('1000.01'))
    await expect(issue(first)).rejects.toMatchObject({ code: 'OVER_ALLOCATED' })
    const { version, content } = await invoiceOf(first)
    const lines = content.lines.map((it) => ({
      ...it,
      priceE6: unitPriceOf('300'),
      taxes: it.taxes.map((tax) => ({ ...tax, rateE6: percentOf('5') })),
    }))
    await workspace.call('invoices.saveDraft', { id: first, version, content: { ...content, lines } })
    await expect(issue(first)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining('taxed'),
    })
    expect((await invoiceOf(first)).number).toBeNull()
  })
})

type Step =
  | { readonly do: 'deposit' | 'percentage'; readonly share: number }
  | { readonly do: 'final' | 'issue' | 'delete' | 'voidCredit' | 'correct'; readonly pick: number }
  | { readonly do: 'reprice' | 'creditPart'; readonly pick: number; readonly part: number }
  | { readonly do: 'credit'; readonly pick: number }

const pick = fc.nat(20)
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constantFrom('deposit' as const, 'percentage' as const),
      share: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({
      do: fc.constantFrom(
        'final' as const,
        'issue' as const,
        'delete' as const,
        'voidCredit' as const,
        'correct' as const,
      ),
      pick,
    }),
    fc.record({
      do: fc.constantFrom('reprice' as const, 'creditPart' as const),
      pick,
      part: fc.integer({ min: 1, max: 120 }),
    }),
    fc.record({ do: fc.constant('credit' as const), pick }),
  ),
  { minLength: 3, maxLength: 9 },
)
const prices = fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 3 })

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(list.length, 1)]

/** What stands: each issued invoice less its credit notes, each draft as it was made. */
const world = async (invoiceIds: readonly string[]) => {
  const invoices = await Promise.all(invoiceIds.map(invoiceOf))
  const notes = (
    await Promise.all(
      invoices.flatMap((it) => it.creditNotes).map((it) => workspace.call('creditNotes.get', { id: it.id })),
    )
  ).filter((note) => note.state !== 'void')
  const issued = invoices.filter((it) => it.number !== null)
  const standing =
    issued.reduce((all, it) => all + it.totals.payableE4, 0n) - notes.reduce((all, it) => all + it.totals.payableE4, 0n)
  return { drafts: invoices.filter((it) => it.number === null && it.state === 'draft'), issued, notes, standing }
}

const play = async (quoteId: string, made: string[], step: Step) => {
  const { drafts, issued, notes } = await world(made)
  if ('share' in step) {
    made.push(await convert(quoteId, { kind: step.do, percentE6: percent(BigInt(step.share) * 1_000_000n) }))
    return
  }
  if (step.do === 'final') {
    made.push(await convert(quoteId, { kind: 'final' }))
    return
  }
  const draft = at(drafts, step.pick)
  const invoice = at(issued, step.pick)
  if (step.do === 'issue' && draft !== undefined) await issue(draft.id)
  if (step.do === 'delete' && draft !== undefined) {
    await workspace.call('invoices.deleteDraft', { id: draft.id, version: draft.version })
    made.splice(made.indexOf(draft.id), 1)
  }
  // What is left out of an invoice of lines is given away; a share is what it asks for.
  const shares = (await quoteOf(quoteId)).invoices.filter((it) => it.percentE6 !== null).map((it) => it.invoiceId)
  if (step.do === 'reprice' && draft !== undefined && shares.includes(draft.id))
    await reprice(draft.id, (old) => ((old * BigInt(step.part)) / 100n / 10_000n) * 10_000n)
  if (step.do === 'credit' && invoice !== undefined) await credit(invoice.id)
  if (step.do === 'creditPart' && invoice !== undefined) {
    const part = amount(((invoice.totals.payableE4 * BigInt(step.part)) / 130n / 100n) * 100n)
    await credit(invoice.id, { kind: 'amount', amountE4: part })
  }
  const note = at(notes, step.pick)
  if (step.do === 'voidCredit' && note !== undefined)
    await workspace.call('creditNotes.void', { id: note.id, version: note.version, reason: 'Not so' })
  if (step.do === 'correct' && invoice !== undefined) {
    const newInvoiceId = v7()
    await workspace.call('creditNotes.correctInvoice', {
      invoiceId: invoice.id,
      invoiceVersion: invoice.version,
      creditNoteId: v7(),
      newInvoiceId,
      reason: 'Again',
    })
    made.push(newInvoiceId)
  }
}

const orRefused = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return false
  }
}

test('in any order of deposits, credits, corrections and finals the standing invoices come to the quote', async () => {
  await fc.assert(
    fc.asyncProperty(prices, steps, async (cents, wanted) => {
      const rates = ['20', '5', '0']
      const lines = cents.map((it, index) => quoteLine({ price: (it / 100).toFixed(2), rate: rates[index] ?? '20' }))
      const quoteId = await accepted(...lines)
      const made: string[] = []
      for (const step of wanted) {
        workspace.clock.advance(1000)
        await orRefused(play(quoteId, made, step))
      }
      for (const { id, version } of (await world(made)).drafts) {
        if (await orRefused(issue(id))) continue
        await workspace.call('invoices.deleteDraft', { id, version })
        made.splice(made.indexOf(id), 1)
      }
      const before = await quoteOf(quoteId)
      expect(before.invoicedE4).toBe((await world(made)).standing)
      if (before.leftE4 !== 0n) {
        const last = await convert(quoteId, { kind: 'final' })
        await issue(last)
        made.push(last)
      }
      const after = await quoteOf(quoteId)
      expect(after.leftE4).toBe(0n)
      expect((await world(made)).standing).toBe(after.totals.payableE4)
    }),
    { numRuns: times(12) },
  )
}, 60_000)
