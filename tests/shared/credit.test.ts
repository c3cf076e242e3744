import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CreditNoteContent, CreditScope } from '../../shared/contract/credit-notes.ts'
import type { InvoiceContent, LineTax } from '../../shared/contract/invoices.ts'
import { calculateDocument } from '../../shared/documents/calculate.ts'
import {
  type Credited,
  type CreditedInvoice,
  creditContent,
  leftToCredit,
  totalsOfCredit,
} from '../../shared/documents/credit.ts'
import { documentInputOf } from '../../shared/documents/from-content.ts'
import type { DocumentInput, DocumentTotals, TaxInput } from '../../shared/documents/model.ts'
import { rowKey } from '../../shared/documents/tax-sets.ts'
import { AppError } from '../../shared/errors.ts'
import { amountOf, quantityOf } from '../../shared/money/decimal-string.ts'
import { amount, exchangeRate, quantity } from '../../shared/money/scaled.ts'
import { times } from '../support/scale.ts'
import { adjustment, documentAdjustment, documentOf, documents, line, tax } from './document-cases.ts'

const currencies = ['JPY', '', 'EUR', 'KWD', 'CLF']
const lineTax = ({ compound, ...own }: TaxInput): LineTax => ({
  ...own,
  isCompound: compound,
  taxRateId: null,
  exemptionReason: null,
})

const invoiceOf = (input: DocumentInput): CreditedInvoice => {
  const content: InvoiceContent = {
    clientId: null,
    currency: currencies[input.minorUnits] ?? 'EUR',
    exchangeRateE10: exchangeRate(10_000_000_000n),
    language: 'en',
    reference: null,
    orderReference: null,
    buyerReference: null,
    issuedOn: '2026-01-31',
    dueOn: null,
    paymentTermsDays: 14,
    supplyFrom: null,
    supplyTo: null,
    taxTreatment: 'domestic',
    placeOfSupply: null,
    pricesIncludeTax: input.pricesIncludeTax,
    payableStepE4: input.payableStepE4,
    notes: null,
    terms: null,
    templateId: null,
    prepaidE4: input.prepaidE4,
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
    })),
    adjustments: input.adjustments.map((it, index) => ({
      ...it,
      id: `adjustment-${index}`,
      taxes: it.taxes === null ? null : it.taxes.map(lineTax),
    })),
  }
  return { content, rounding: input.rounding }
}

const ids = () => {
  let next = 0
  return () => `id-${next++}`
}

const credit = (invoice: CreditedInvoice, earlier: readonly Credited[], scope: CreditScope): Credited => {
  const content = creditContent(invoice, earlier, scope, {
    invoiceId: 'invoice',
    issuedOn: '2026-02-28',
    reason: null,
    texts: { rounding: 'Rounding', amount: 'Credit of invoice' },
    newId: ids(),
  })
  return { content, totals: totalsOfCredit(content, invoice) }
}

const totalsOf = (invoice: CreditedInvoice): DocumentTotals =>
  calculateDocument(documentInputOf(invoice.content, invoice.rounding))

type Figures = Record<string, bigint>

/** Every figure that credit notes share with their invoice, by name. */
const figuresOf = (totals: DocumentTotals, lines: Figures): Figures => ({
  ...lines,
  net: totals.netE4,
  tax: totals.taxE4,
  total: totals.totalE4,
  ...Object.fromEntries(totals.taxes.map((row) => [`tax ${rowKey(row)}`, row.taxE4])),
})

const linesOf = (content: CreditNoteContent, totals: DocumentTotals): Figures =>
  Object.fromEntries(
    content.lines.flatMap((it, index) =>
      it.invoiceLineId === null ? [] : [[`line ${it.invoiceLineId}`, totals.lines[index]?.netE4 ?? 0n]],
    ),
  )

const plus = (a: Figures, b: Figures): Figures => {
  const sum = { ...a }
  for (const [key, value] of Object.entries(b)) sum[key] = (sum[key] ?? 0n) + value
  return sum
}

const whole = (invoice: CreditedInvoice): Figures => {
  const totals = totalsOf(invoice)
  return figuresOf(
    totals,
    Object.fromEntries(invoice.content.lines.map((it, index) => [`line ${it.id}`, totals.lines[index]?.netE4 ?? 0n])),
  )
}

const text = (figures: Figures): string =>
  Object.entries(figures)
    .map(([key, value]) => `${key}: ${value}`)
    .sort()
    .join('\n')

/** Names of figures of which more was given back than the invoice has. */
const beyond = (given: Figures, all: Figures, isMixed: boolean): string[] => {
  return Object.entries(given).flatMap(([key, value]) => {
    if (isMixed && (key === 'net' || key === 'tax')) return []
    const most = all[key] ?? 0n
    return (most >= 0n ? value >= 0n && value <= most : value <= 0n && value >= most) ? [] : [`${key} ${value}/${most}`]
  })
}

/** A part to give back, made of plain numbers so that many can be tried. */
const scopeOf = (invoice: CreditedInvoice, earlier: readonly Credited[], choice: number): CreditScope => {
  const left = leftToCredit(invoice, earlier)
  const open = left.lines.filter((it) => it.isOpen)
  const part = BigInt(1 + ((choice >> 3) % 9))
  const unit = 10n ** BigInt(4 - ['JPY', '', 'EUR', 'KWD', 'CLF'].indexOf(invoice.content.currency))
  if (choice % 5 === 0 || open.length === 0) {
    const some = (left.totalE4 * part) / 10n
    return { kind: 'amount', amountE4: amount(some < unit ? unit : some - (some % unit)) }
  }
  const chosen = open.filter((_, index) => ((choice >> (index + 4)) & 1) === 0)
  if (choice % 5 === 1) return { kind: 'lines', lineIds: chosen.map((it) => it.line.id) }
  const step = choice % 5 === 2 ? 1n : 1_000_000n
  return {
    kind: 'quantities',
    lines: chosen.map((it) => {
      const some = (it.quantityE6 * part) / 10n
      const cut = some - (some % step)
      return { lineId: it.line.id, quantityE6: quantity(cut === 0n ? it.quantityE6 : cut) }
    }),
  }
}

const refused = Symbol('refused')

const tryCredit = (invoice: CreditedInvoice, earlier: readonly Credited[], scope: CreditScope) => {
  try {
    return credit(invoice, earlier, scope)
  } catch (error) {
    if (error instanceof AppError) return refused
    throw error
  }
}

describe('credit of any part and then of the rest', () => {
  it('is the whole, in each line, tax and sum, for any way to round, and never more than is left', () => {
    let made = 0
    let tried = 0
    const property = fc.property(
      documents,
      fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 4 }),
      (input, choices) => {
        const invoice = invoiceOf(input)
        const all = whole(invoice)
        fc.pre(input.lines.length > 0 && (all['total'] ?? 0n) > 0n)
        // Sums of figures of both signs are no limit: one side alone may be more than all together.
        const untouched = leftToCredit(invoice, [])
        const isMixed =
          [...untouched.sets, ...untouched.lines].some((it) => it.netE4 < 0n) ||
          untouched.rows.some((row) => row.taxE4 < 0n)
        const credits: Credited[] = []
        let given: Figures = {}
        const take = (one: Credited) => {
          credits.push(one)
          given = plus(given, figuresOf(one.totals, linesOf(one.content, one.totals)))
          expect(beyond(given, all, isMixed)).toEqual([])
          expect(one.totals.payableE4).toBeGreaterThanOrEqual(0n)
        }
        for (const choice of choices) {
          tried++
          const one = tryCredit(invoice, credits, scopeOf(invoice, credits, choice))
          if (one === refused) continue
          made++
          take(one)
        }
        const byLine = leftToCredit(invoice, credits).byLine
        const last = tryCredit(invoice, credits, { kind: 'whole' })
        if (last === refused) {
          // Only where the parts gave everything back already.
          const nets = leftToCredit(invoice, credits)
          expect(
            [...nets.sets.map((it) => it.netE4), ...nets.rows.map((it) => it.taxE4)].filter((it) => it !== 0n),
          ).toEqual([])
        } else take(last)
        const isSum = (key: string) => byLine || !key.startsWith('line ')
        const only = (figures: Figures) =>
          text(Object.fromEntries(Object.entries(figures).filter(([key, value]) => isSum(key) && value !== 0n)))
        expect(only(given)).toBe(only(all))
        expect(() => credit(invoice, credits, { kind: 'whole' })).toThrow('Nothing is left')
      },
    )
    // Found once by chance: shares of an allowance, rounded credit by credit, left less than its lines came to.
    fc.assert(property, { seed: -1674369016, path: '10729', numRuns: 1, endOnFailure: true })
    fc.assert(property, { numRuns: times(3000), endOnFailure: true })
    expect(made).toBeGreaterThan(tried / 2)
  })
})

describe('a credit note of an invoice', () => {
  const goods = invoiceOf(
    documentOf([line('10.00', [tax('20')], { count: '3' }), line('9.99', [tax('5')], { count: '2' })], {
      adjustments: [documentAdjustment('allowance', { percent: '10' }, null)],
      prepaidE4: amountOf('5'),
      payableStepE4: amountOf('0.05'),
    }),
  )

  it('is the invoice itself where everything is given back at once, with its rounding and what was paid in advance', () => {
    const { content, totals } = credit(goods, [], { kind: 'whole' })
    const of = totalsOf(goods)
    expect(content.lines.map((it) => [it.invoiceLineId, it.quantityE6, it.priceE6])).toEqual(
      goods.content.lines.map((it) => [it.id, it.quantityE6, it.priceE6]),
    )
    expect(content.adjustments.map(({ id: _, ...it }) => it)).toEqual(
      goods.content.adjustments.map(({ id: _, ...it }) => it),
    )
    expect(content.mirroredTaxes).toBeNull()
    expect(totals.taxes).toEqual(of.taxes)
    // 53.81 less 5.00 paid is 48.81, to be paid 48.80: what is given back is 53.80, the five paid and the rest.
    expect(totals.totalE4).toBe(of.totalE4)
    expect(totals.payableE4).toBe(of.payableE4 + amountOf('5'))
  })

  it('by quantity gives the natural figures, and the tax rounded away by parts comes back with the last', () => {
    const invoice = invoiceOf(documentOf([line('0.33', [tax('20')], { count: '3' })]))
    const one: CreditScope = {
      kind: 'quantities',
      lines: [{ lineId: 'line-0', quantityE6: quantityOf('1') }],
    }
    const first = credit(invoice, [], one)
    const second = credit(invoice, [first], one)
    const third = credit(invoice, [first, second], one)
    // 0.99 at 20 % is 0.198, 0.20; each 0.33 by itself is taxed 0.066, 0.07: the last gives what is left, 0.06.
    expect([first, second, third].map((it) => [it.totals.netE4, it.totals.taxE4])).toEqual([
      [3300n, 700n],
      [3300n, 700n],
      [3300n, 600n],
    ])
    expect(third.content.mirroredTaxes).toEqual([
      { ...rowOf(third.totals), netE4: 3300n, taxableE4: 3300n, taxE4: 600n },
    ])
  })

  it('falls back to its own tax when a line of it is changed', () => {
    const invoice = invoiceOf(documentOf([line('0.33', [tax('20')], { count: '3' })]))
    const scope: CreditScope = { kind: 'quantities', lines: [{ lineId: 'line-0', quantityE6: quantityOf('1') }] }
    const first = credit(invoice, [], scope)
    const rest = credit(invoice, [first, credit(invoice, [first], scope)], { kind: 'whole' }).content
    expect(rest.mirroredTaxes).not.toBeNull()
    const edited = { ...rest, lines: rest.lines.map((it) => ({ ...it, quantityE6: quantityOf('0.5') })) }
    // 0.165 rounds to 0.17, of which 20 % are 0.034.
    expect(totalsOfCredit(edited, invoice)).toMatchObject({ netE4: 1700n, taxE4: 300n })
  })

  it('by amount is shared by the rates as what is left of each, and closes lines for later credits', () => {
    const invoice = invoiceOf(documentOf([line('100', [tax('20')]), line('200', [tax('5')])]))
    const half = credit(invoice, [], { kind: 'amount', amountE4: amountOf('165') })
    expect(half.totals.taxes.map((row) => [row.taxableE4, row.taxE4])).toEqual([
      [500_000n, 100_000n],
      [1_000_000n, 50_000n],
    ])
    expect(half.totals.totalE4).toBe(amountOf('165'))
    expect(leftToCredit(invoice, [half]).byLine).toBe(false)
    expect(() => credit(invoice, [half], { kind: 'lines', lineIds: ['line-0'] })).toThrow('was by amount')
    expect(credit(invoice, [half], { kind: 'whole' }).totals.totalE4).toBe(amountOf('165'))
  })

  it('is never more than is left, of the document, of a line and of a tax', () => {
    const invoice = invoiceOf(documentOf([line('100', [tax('20')]), line('-30', [tax('20')]), line('500', [tax('5')])]))
    expect(() => credit(invoice, [], { kind: 'amount', amountE4: amountOf('609.01') })).toThrow(
      '€609.01 is more than the €609.00 left',
    )
    const two: CreditScope = { kind: 'quantities', lines: [{ lineId: 'line-2', quantityE6: quantityOf('2') }] }
    expect(() => credit(invoice, [], two)).toThrow('has 1 left to credit')
    expect(() => credit(invoice, [], { kind: 'lines', lineIds: ['line-0'] })).toThrow(
      'VAT 20 % has €14.00 left to credit, and this choice comes to €20.00',
    )
    const both = credit(invoice, [], { kind: 'lines', lineIds: ['line-0', 'line-1'] })
    expect(both.totals.totalE4).toBe(amountOf('84'))
    expect(() => credit(invoice, [both], { kind: 'lines', lineIds: ['line-0'] })).toThrow('is credited already')
    expect(() => credit(invoice, [], { kind: 'amount', amountE4: amountOf('1.001') })).toThrow('fewer decimals')
  })

  it('follows the discounts of a line and of the document', () => {
    const invoice = invoiceOf(
      documentOf([line('50', [tax('20')], { count: '2', adjustments: [adjustment('allowance', { amount: '10' })] })], {
        adjustments: [documentAdjustment('allowance', { amount: '9' }, null)],
      }),
    )
    const one = credit(invoice, [], { kind: 'quantities', lines: [{ lineId: 'line-0', quantityE6: quantityOf('1') }] })
    // Half of 100 - 10 is 45, less half of the document's 9.
    expect(one.totals).toMatchObject({ netE4: amountOf('40.5'), taxE4: amountOf('8.1') })
  })
})

const rowOf = ({ taxes: [row] }: DocumentTotals) => ({
  name: row?.name,
  category: row?.category,
  rateE6: row?.rateE6,
  isCompound: row?.compound,
})
