import type { DocumentLine, LineTax } from '../contract/documents.ts'
import type { QuoteContent, QuoteConversion, QuoteLine } from '../contract/quotes.ts'
import { minorUnitsOf } from '../money/currencies.ts'
import { divideRounded, minorUnitE4 } from '../money/rounding.ts'
import { type Amount, amount, type Percent, type Quantity, quantity, unitPrice } from '../money/scaled.ts'
import type { Rounding } from './model.ts'

/** An accepted quote with the lines that count. */
export type AcceptedQuote = {
  readonly number: string
  readonly content: QuoteContent
  readonly rounding: Rounding
}

/** What an invoice took of a quote: quantities of lines, and in the quote's own terms an amount of each set of taxes. */
export type Taken = {
  readonly kind: QuoteConversion['kind']
  readonly percentE6: Percent | null
  /** Number of the invoice; null while it is a draft. */
  readonly number: string | null
  readonly payableE4: Amount
  /** Tax of the invoice; left out where it is not issued yet. */
  readonly taxE4?: Amount
  readonly quantities: readonly { readonly lineId: string; readonly quantityE6: Quantity }[]
  readonly sets: readonly { readonly set: string; readonly amountE4: Amount }[]
}

/** Words of an invoice made from a quote, in its language. */
export type ConversionTexts = {
  /** `30 % of quote QUO-2026-0007` */
  readonly share: (percentE6: Percent) => string
  /** `Deposit 30 % of quote QUO-2026-0007` */
  readonly deposit: (percentE6: Percent) => string
  /** `Less INV-2026-0012, deposit 30 %` */
  readonly less: (taken: {
    readonly kind: Taken['kind']
    readonly percentE6: Percent
    readonly number: string
  }) => string
  /** What that invoice asked for, with the tax in it: `£370.50, of which tax £60.50`. */
  readonly asked: (payableE4: Amount, taxE4: Amount) => string
  /** Behind a text where there are several: `, VAT 20 %`. */
  readonly taxes: (taxes: readonly LineTax[]) => string
  /** Where no line tells what is left any more: `Rest of quote QUO-2026-0007`. */
  readonly rest: string
  readonly rounding: string
}

export type ConversionFrame = { readonly texts: ConversionTexts; readonly newId: () => string }

/** Whether an invoice took a share of the whole, and not of lines. */
export const isShare = ({ kind }: Pick<Taken, 'kind'>): boolean => kind === 'percentage' || kind === 'deposit'

/** The smallest step of the quote's currency. */
export const unitOf = ({ currency }: { readonly currency: string }): bigint => minorUnitE4(minorUnitsOf(currency))

/** `value * part / whole` to the unit. */
export const prorate = (value: bigint, part: bigint, whole: bigint, unitE4: bigint): Amount =>
  amount(whole === 0n ? 0n : divideRounded(value * part, whole * unitE4, 'half-up') * unitE4)

/** The sum of amounts in whatever unit they have. */
export const sumOf = (values: readonly bigint[]): bigint => {
  let all = 0n
  for (const value of values) all += value
  return all
}

/** Sums by key, in the order first met. */
export const sumBy = <T>(items: readonly T[], keyOf: (item: T) => string, amountOf: (item: T) => bigint) => {
  const sums = new Map<string, bigint>()
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0n) + amountOf(item))
  return sums
}

/** A line of one amount on a set of taxes; below zero the quantity is, since a price never is. */
export const amountLine = (
  name: string,
  taxes: readonly LineTax[],
  amountE4: bigint,
  { newId }: ConversionFrame,
): DocumentLine => ({
  id: newId(),
  itemId: null,
  code: null,
  name: name.slice(0, 300),
  description: null,
  classification: null,
  quantityE6: quantity(amountE4 < 0n ? -1_000_000n : 1_000_000n),
  unit: 'C62',
  priceE6: unitPrice((amountE4 < 0n ? -amountE4 : amountE4) * 100n),
  baseQuantityE6: quantity(1_000_000n),
  adjustments: [],
  taxes: [...taxes],
})

/** A quantity of a quote's line as a line of an invoice; fixed allowances and charges are taken in proportion. */
export const partOfLine = (
  line: QuoteLine,
  quantityE6: Quantity,
  unitE4: bigint,
  newId: () => string,
): DocumentLine => {
  const { choice: _choice, isChosen: _chosen, groupName: _group, ...own } = line
  const scaled = (value: Amount | null) =>
    value === null || quantityE6 === line.quantityE6 ? value : prorate(value, quantityE6, line.quantityE6, unitE4)
  return {
    ...own,
    id: newId(),
    quantityE6,
    adjustments: line.adjustments.map((it) => ({ ...it, amountE4: scaled(it.amountE4), baseE4: scaled(it.baseE4) })),
  }
}
