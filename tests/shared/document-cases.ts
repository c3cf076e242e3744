import fc from 'fast-check'
import type {
  AdjustmentInput,
  DocumentAdjustmentInput,
  DocumentInput,
  LineInput,
  RoundingMode,
  RoundingScope,
  TaxInput,
} from '../../shared/documents/model.ts'
import { amountOf, percentOf, quantityOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { type Amount, amount, percent, quantity, unitPrice, zero } from '../../shared/money/scaled.ts'

/** Cases of all property tests of the kernel together; COUNTERFOIL_CASES makes a run longer or shorter. */
export const allCases = Number(process.env['COUNTERFOIL_CASES'] ?? 100_000)

/** A part of all cases, in percent. */
export const casesOf = (share: number): number => Math.max(1, Math.round((allCases * share) / 100))

export const tax = (rate: string, name = 'VAT', options: Partial<TaxInput> = {}): TaxInput => ({
  name,
  category: percentOf(rate) === 0n ? 'Z' : 'S',
  rateE6: percentOf(rate),
  compound: false,
  ...options,
})

/** A line of a worked example; `each` is the price for one. */
export const line = (
  each: string,
  taxes: readonly TaxInput[],
  options: Partial<LineInput> & { count?: string } = {},
): LineInput => {
  const { count = '1', ...rest } = options
  return {
    id: rest.id ?? each,
    quantityE6: quantityOf(count),
    priceE6: unitPriceOf(each),
    baseQuantityE6: quantityOf('1'),
    adjustments: [],
    taxes,
    ...rest,
  }
}

/** An allowance or charge: `{ amount: '10' }` or `{ percent: '10' }`. */
export const adjustment = (
  kind: 'allowance' | 'charge',
  value: { readonly amount?: string; readonly percent?: string; readonly base?: string },
): AdjustmentInput => ({
  kind,
  reason: null,
  amountE4: value.amount === undefined ? null : amountOf(value.amount),
  percentE6: value.percent === undefined ? null : percentOf(value.percent),
  baseE4: value.base === undefined ? null : amountOf(value.base),
})

export const documentAdjustment = (
  kind: 'allowance' | 'charge',
  value: { readonly amount?: string; readonly percent?: string; readonly base?: string },
  taxes: readonly TaxInput[] | null,
): DocumentAdjustmentInput => ({ ...adjustment(kind, value), taxes })

/** A document of a worked example: euros, half up, once per rate, unless said otherwise. */
export const documentOf = (lines: readonly LineInput[], options: Partial<DocumentInput> = {}): DocumentInput => ({
  currency: 'EUR',
  minorUnits: 2,
  rounding: { mode: 'half-up', scope: 'rate' },
  pricesIncludeTax: false,
  lines,
  adjustments: [],
  prepaidE4: zero,
  roundingAmountE4: null,
  payableStepE4: null,
  ...options,
})

const gst = tax('5', 'GST')
const taxLists: readonly (readonly TaxInput[])[] = [
  [tax('20')],
  [tax('5')],
  [tax('0')],
  [],
  [tax('9', 'CGST'), tax('9', 'SGST')],
  [gst, tax('7', 'PST')],
  [gst, tax('9.975', 'QST', { compound: true })],
  [gst],
  [tax('33.333333')],
  [tax('8.25', 'State'), tax('1.125', 'City', { compound: true }), tax('2', 'Metro', { compound: true })],
]
const modes: readonly RoundingMode[] = ['half-up', 'half-even', 'up', 'down']
const scopes: readonly RoundingScope[] = ['rate', 'line', 'document']
const decimals = [2, 0, 3, 4] as const
const bases = [1n, 1n, 1n, 3n, 12n, 100n] as const
const steps = [null, 500n, 10_000n, 1_000n] as const

const pick = <T>(from: readonly T[], choice: number): T => {
  const value = from[choice % from.length]
  if (value === undefined) throw new Error('an empty list to pick from')
  return value
}

// Few numbers for each part, taken apart by hand: a hundred thousand documents must be made in seconds.
const number = (max: number) => fc.nat({ max })
const adjustments = fc.tuple(number(3), number(99_999), number(9)).map(([kind, size, form]): AdjustmentInput => {
  const isPercent = kind >= 2
  return {
    kind: kind % 2 === 0 ? 'allowance' : 'charge',
    reason: null,
    amountE4: isPercent ? null : amount(BigInt(size) * (form < 3 ? 1n : 100n)),
    percentE6: isPercent ? percent(form === 0 ? 100_000_000n : BigInt(size) * 500n) : null,
    baseE4: isPercent && form === 9 ? amount(1_234_500n) : null,
  }
})
const lines = fc.tuple(number(4_000_000), number(24_000), number(5999), fc.array(adjustments, { maxLength: 2 })).map(
  ([price, count, choice, own]): Omit<LineInput, 'id'> => ({
    // Cents mostly, now and then prices of four decimals and quantities of three.
    priceE6: unitPrice(BigInt(price) * (choice % 4 === 0 ? 100n : 10_000n)),
    quantityE6: quantity((BigInt(count) - 4000n) * (choice % 3 === 0 ? 1000n : 1_000_000n)),
    baseQuantityE6: quantity(pick(bases, choice) * 1_000_000n),
    adjustments: own,
    taxes: pick(taxLists, Math.floor(choice / 6)),
  }),
)

/** A few cents here and there on one tax: documents where almost every split is a tie. */
const tiny = (input: DocumentInput, choice: number): DocumentInput => ({
  ...input,
  minorUnits: 2,
  lines: input.lines.map((it) => ({
    ...it,
    priceE6: unitPrice(((it.priceE6 / 10_000n) % 60n) * 10_000n),
    quantityE6: quantity(it.quantityE6 < 0n ? -1_000_000n : 1_000_000n),
    baseQuantityE6: quantity(1_000_000n),
    taxes: pick(taxLists, choice % 3),
    adjustments: [],
  })),
  adjustments: input.adjustments.map((it) => ({
    ...it,
    amountE4: it.amountE4 === null ? null : amount((it.amountE4 % 50n) * 100n),
    taxes: null,
  })),
})

/** Any document that the kernel should take. */
export const documents: fc.Arbitrary<DocumentInput> = fc
  .tuple(
    fc.array(lines, { maxLength: 5 }),
    fc.array(fc.tuple(adjustments, number(19)), { maxLength: 2 }),
    number(99_999),
    number(9_999),
  )
  .map(([someLines, some, choice, paid]) => {
    const input: DocumentInput = {
      currency: 'XXX',
      minorUnits: pick(decimals, choice >> 6),
      rounding: { mode: pick(modes, choice >> 4), scope: pick(scopes, choice) },
      pricesIncludeTax: choice % 2 === 1,
      lines: someLines.map((it, index) => ({ id: `${index}`, ...it })),
      adjustments: some.map(([it, target]) => ({ ...it, taxes: target < 10 ? null : pick(taxLists, target) })),
      prepaidE4: amount(paid < 5000 ? 0n : BigInt(paid) * 100n),
      roundingAmountE4: paid % 5 === 0 ? amount(BigInt(paid % 7) * 100n - 300n) : null,
      payableStepE4: stepOf(paid),
    }
    return paid % 4 === 1 ? tiny(input, choice >> 3) : input
  })

const stepOf = (choice: number): Amount | null => {
  const step = pick(steps, choice)
  return step === null ? null : amount(step)
}
