import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LineTax } from '../../shared/contract/documents.ts'
import type { QuoteContent, QuoteConversion } from '../../shared/contract/quotes.ts'
import { calculateDocument } from '../../shared/documents/calculate.ts'
import { documentInputOf } from '../../shared/documents/from-content.ts'
import type { DocumentInput, TaxInput } from '../../shared/documents/model.ts'
import { ownAmounts } from '../../shared/documents/own-amounts.ts'
import {
  type AcceptedQuote,
  type ConversionFrame,
  type Converted,
  convertQuote,
  quoteLeft,
  type Taken,
} from '../../shared/documents/quote-conversion.ts'
import { choiceProblems, quoteTotals } from '../../shared/documents/quote-totals.ts'
import { AppError } from '../../shared/errors.ts'
import { amountOf, percentOf, quantityOf } from '../../shared/money/decimal-string.ts'
import { amount, exchangeRate, percent, quantity, zero } from '../../shared/money/scaled.ts'
import { times } from '../support/scale.ts'
import { documentAdjustment, documentOf, documents, line, tax } from './document-cases.ts'

const currencies = ['JPY', '', 'EUR', 'KWD', 'CLF']
const lineTax = ({ compound, ...own }: TaxInput): LineTax => ({
  ...own,
  isCompound: compound,
  taxRateId: null,
  exemptionReason: null,
})

const quoteOf = (input: DocumentInput): AcceptedQuote => ({
  number: 'QUO-2026-0001',
  rounding: input.rounding,
  content: {
    clientId: null,
    currency: currencies[input.minorUnits] ?? 'EUR',
    exchangeRateE10: exchangeRate(10_000_000_000n),
    language: 'en',
    reference: null,
    orderReference: null,
    buyerReference: null,
    issuedOn: '2026-01-31',
    validUntil: null,
    supplyFrom: null,
    supplyTo: null,
    taxTreatment: 'domestic',
    placeOfSupply: null,
    pricesIncludeTax: input.pricesIncludeTax,
    payableStepE4: input.payableStepE4,
    notes: null,
    terms: null,
    templateId: null,
    roundingAmountE4: input.roundingAmountE4,
    lines: input.lines.map((it, index) => ({
      ...it,
      id: `line-${index}`,
      itemId: null,
      code: null,
      name: `Line ${index}`,
      description: null,
      classification: null,
      unit: 'C62',
      adjustments: [...it.adjustments],
      taxes: it.taxes.map(lineTax),
      choice: 'included' as const,
      isChosen: true,
      groupName: null,
    })),
    adjustments: input.adjustments.map((it, index) => ({
      ...it,
      id: `adjustment-${index}`,
      taxes: it.taxes === null ? null : it.taxes.map(lineTax),
    })),
  },
})

const frame = (): ConversionFrame => {
  let made = 0
  return {
    newId: () => {
      made += 1
      return `new-${made}`
    },
    texts: {
      share: (share) => `${share / 1_000_000n} % of the quote`,
      asked: (sum, tax) => `${sum} with ${tax}`,
      deposit: (share) => `Deposit ${share / 1_000_000n} %`,
      less: ({ number, percentE6 }) => `Less ${number}, ${percentE6 / 1_000_000n} %`,
      taxes: (taxes) => `, ${taxes.map((it) => it.name).join(' + ')}`,
      rest: 'Rest',
      rounding: 'Rounding',
    },
  }
}

const contentOf = (quote: AcceptedQuote, part: Converted): QuoteContent => ({
  ...quote.content,
  lines: part.lines.map((it) => ({ ...it, choice: 'included', isChosen: true, groupName: null })),
  adjustments: part.adjustments,
  payableStepE4: part.payableStepE4,
  roundingAmountE4: part.roundingAmountE4,
})
const totalsOf = (quote: AcceptedQuote, content: QuoteContent) =>
  calculateDocument(documentInputOf(content, quote.rounding))

/** Makes invoices one after the other; a step that the quote refuses is left out. */
const play = (quote: AcceptedQuote, steps: readonly ((left: ReturnType<typeof quoteLeft>) => QuoteConversion)[]) => {
  const taken: Taken[] = []
  const made: Converted[] = []
  for (const step of steps) {
    const left = quoteLeft(quote, taken)
    if (left.isDone) break
    const conversion = step(left)
    try {
      const part = convertQuote(quote, taken, conversion, frame())
      made.push(part)
      const { percentE6, payableE4, quantities, sets } = part
      taken.push({ kind: conversion.kind, percentE6, payableE4, quantities, sets, number: `INV-${made.length}` })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return { taken, made }
}

const plain = documentOf([
  line('100', [tax('20')], { count: '3', id: 'a' }),
  line('33.33', [tax('5')], { count: '2', id: 'b' }),
])

describe('a quote as invoices', () => {
  it('is copied when nothing was invoiced before', () => {
    const quote = quoteOf(plain)
    const { made } = play(quote, [() => ({ kind: 'final' })])
    expect(made[0]?.lines.map(({ name, quantityE6, priceE6 }) => ({ name, quantityE6, priceE6 }))).toEqual(
      quote.content.lines.map(({ name, quantityE6, priceE6 }) => ({ name, quantityE6, priceE6 })),
    )
    expect(made[0]).toMatchObject({
      netE4: amountOf('366.66'),
      taxE4: amountOf('63.33'),
      payableE4: amountOf('429.99'),
    })
  })

  it('takes a deposit off the final invoice, with its tax and number', () => {
    const quote = quoteOf(plain)
    const { made } = play(quote, [() => ({ kind: 'deposit', percentE6: percentOf('30') }), () => ({ kind: 'final' })])
    const [deposit, final] = made
    expect(deposit?.lines.map((it) => it.name)).toEqual(['Deposit 30 %, VAT', 'Deposit 30 %, VAT'])
    // 30 % of 300.00 and of 66.66, which round to 110.00 together.
    expect(deposit?.sets.map((it) => it.amountE4)).toEqual([amountOf('90'), amountOf('20')])
    expect(final?.lines.slice(2).map((it) => [it.name, it.quantityE6, it.priceE6 / 100n])).toEqual([
      ['Less INV-1, 30 %, VAT', -1_000_000n, amountOf('90')],
      ['Less INV-1, 30 %, VAT', -1_000_000n, amountOf('20')],
    ])
    expect((deposit?.payableE4 ?? 0n) + (final?.payableE4 ?? 0n)).toBe(amountOf('429.99'))
  })

  it('asks for the number of a deposit before it takes it off', () => {
    const quote = quoteOf(plain)
    const { taken } = play(quote, [() => ({ kind: 'deposit', percentE6: percentOf('30') })])
    const drafts = taken.map((it) => ({ ...it, number: null }))
    expect(() => convertQuote(quote, drafts, { kind: 'final' }, frame())).toThrow(/still a draft/)
  })

  it('never gives more than is left: of a line, of the whole, by lines after a share', () => {
    const quote = quoteOf(plain)
    const { taken } = play(quote, [() => ({ kind: 'percentage', percentE6: percentOf('60') })])
    const convert = (conversion: QuoteConversion) => () => convertQuote(quote, taken, conversion, frame())
    expect(convert({ kind: 'percentage', percentE6: percentOf('40.000001') })).toThrow(/At most 40 %/)
    expect(convert({ kind: 'lines', lines: [{ lineId: 'line-0', quantityE6: quantityOf('3') }] })).toThrow(/Only/)
    expect(convert({ kind: 'lines', lines: [{ lineId: 'line-0', quantityE6: quantityOf('4') }] })).toThrow(/3 left/)
    expect(convert({ kind: 'lines', lines: [{ lineId: 'gone', quantityE6: quantityOf('1') }] })).toThrow(/not a part/)
    expect(convert({ kind: 'deposit', percentE6: percent(0n) })).toThrow(/above zero/)
    const all = play(quote, [() => ({ kind: 'final' })]).taken
    expect(() => convertQuote(quote, all, { kind: 'final' }, frame())).toThrow(/in full/)
  })

  it('keeps a discount of the document out of the deductions', () => {
    const quote = quoteOf(
      documentOf([line('1000', [tax('20')]), line('500', [tax('0')])], {
        adjustments: [documentAdjustment('allowance', { percent: '10' }, null)],
      }),
    )
    const { made } = play(quote, [() => ({ kind: 'deposit', percentE6: percentOf('50') }), () => ({ kind: 'final' })])
    expect(made.map((it) => it.netE4)).toEqual([amountOf('675'), amountOf('675')])
    expect(made.map((it) => it.taxE4)).toEqual([amountOf('90'), amountOf('90')])
  })

  const steps = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 100 }), fc.nat({ max: 99 })), { maxLength: 6 })

  it('adds up to the whole, in any order of lines, shares, deposits and the rest, however it rounds', () => {
    let whole = 0
    fc.assert(
      fc.property(documents, steps, (input, plan) => {
        const quote = quoteOf({ ...input, prepaidE4: zero })
        const { taken, made } = play(quote, [
          ...plan.map(([kind, share, which]) => (left: ReturnType<typeof quoteLeft>): QuoteConversion => {
            const open = left.lines.filter((it) => it.isOpen)
            if (kind >= 3 && open.length > 0) {
              const chosen = open.filter((_, index) => (which >> index) % 2 === 0)
              return {
                kind: 'lines',
                lines: (chosen.length === 0 ? open : chosen).map((it) => ({
                  lineId: it.line.id,
                  quantityE6: quantity(share % 2 === 0 ? it.quantityE6 : it.quantityE6 / 3n),
                })),
              }
            }
            const percentE6 = percent(share > 90 ? 100_000_000n - left.sharedE6 : BigInt(share) * 333_333n)
            return { kind: kind === 0 ? 'deposit' : 'percentage', percentE6 }
          }),
          () => ({ kind: 'final' }),
        ])
        const target = totalsOf(quote, quote.content)
        expect(quoteLeft(quote, taken).isDone || made.length === 0).toBe(true)
        if (made.length === 0) return
        whole += 1
        const own = ownAmounts(quote.content, quote.rounding)
        const sums = own.sets.map(({ key }) =>
          made.reduce((all, part) => all + (part.sets.find((it) => it.set === key)?.amountE4 ?? 0n), 0n),
        )
        expect(sums).toEqual(own.sets.map((set) => set.amountE4))
        let payable = 0n
        let net = 0n
        for (const part of made) {
          const content = contentOf(quote, part)
          const totals = totalsOf(quote, content)
          // What is said of an invoice is what its own content comes to, in sum and set by set.
          expect(totals).toMatchObject({ netE4: part.netE4, taxE4: part.taxE4, payableE4: part.payableE4 })
          const sets = new Map(ownAmounts(content, quote.rounding).sets.map((set) => [set.key, set.amountE4]))
          for (const it of part.sets) expect(sets.get(it.set) ?? 0n).toBe(it.amountE4)
          payable += totals.payableE4
          net += totals.netE4
        }
        expect(payable).toBe(target.payableE4)
        if (!quote.content.pricesIncludeTax) expect(net).toBe(target.netE4)
      }),
      { numRuns: times(4000) },
    )
    expect(whole).toBeGreaterThan(1000)
  })

  it('gives a share back when its invoice goes: the rest is the whole again', () => {
    const quote = quoteOf(plain)
    const third = () => ({ kind: 'percentage', percentE6: percentOf('33.33') }) as const
    const { taken } = play(quote, [third, third])
    const { made } = (() => {
      const kept = taken.slice(1)
      const last = convertQuote(quote, kept, { kind: 'percentage', percentE6: percentOf('66.67') }, frame())
      return { made: [...kept.map((it) => it.payableE4), last.payableE4] }
    })()
    expect(made.reduce((all, one) => all + one, 0n)).toBe(amountOf('429.99'))
  })
})

describe('the choice of lines', () => {
  const content = quoteOf(plain).content
  const [first, second] = content.lines
  if (first === undefined || second === undefined) throw new Error('two lines')

  it('counts only what is chosen, and still prices the rest', () => {
    const totals = quoteTotals(
      { ...content, lines: [{ ...first, choice: 'optional', isChosen: false }, second] },
      { mode: 'half-up', scope: 'rate' },
    )
    expect(totals).toMatchObject({ netE4: amountOf('66.66'), totalE4: amountOf('69.99') })
    expect(totals.lines.map((it) => it.netE4)).toEqual([amountOf('300'), amountOf('66.66')])
  })

  it('asks for exactly one of each group of alternatives', () => {
    const alternative = (isChosen: boolean, groupName: string | null = 'Roof') =>
      ({ ...first, choice: 'alternative', isChosen, groupName }) as const
    expect(choiceProblems([alternative(true), alternative(false)])).toEqual({})
    expect(choiceProblems([second, alternative(false), alternative(false)])).toEqual({
      'lines.1.choice': 'Choose which line of Roof counts in the total.',
    })
    expect(Object.keys(choiceProblems([alternative(true), alternative(true), alternative(true, null)]))).toEqual([
      'lines.0.choice',
    ])
    expect(choiceProblems([{ ...second, choice: 'optional', isChosen: false }])).toEqual({})
    expect(amount(0n)).toBe(zero)
  })
})
