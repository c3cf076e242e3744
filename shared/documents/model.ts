import type { RoundingMode } from '../money/rounding.ts'
import type { Amount, Percent, Quantity, UnitPrice } from '../money/scaled.ts'

/** VAT category of EN 16931 (UNCL5305 subset): what kind of taxation a rate stands for. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M' | 'B'

export type { RoundingMode }
/** Where tax is rounded: on each line, once per tax rate (EN 16931), or once for the document. */
export type RoundingScope = 'line' | 'rate' | 'document'
export type Rounding = { readonly mode: RoundingMode; readonly scope: RoundingScope }

/** One tax as it falls on a line or a document allowance; two with the same `name`, `category` and rate are one tax. */
export type TaxInput = {
  readonly name: string
  readonly category: TaxCategory
  readonly rateE6: Percent
  /** Charged on the net amount plus the taxes before it in the list. */
  readonly compound: boolean
}

/** An allowance (discount) or charge: a fixed amount, or a percentage of its base (the base defaults to the net so far). */
export type AdjustmentInput = {
  readonly kind: 'allowance' | 'charge'
  readonly reason: string | null
  readonly amountE4: Amount | null
  readonly percentE6: Percent | null
  readonly baseE4: Amount | null
}

/**
 * On a document, an adjustment names its taxes; with `taxes: null` it is spread over the lines by largest remainder, and
 * with `taxes: []` it leaves the tax alone ("discount after tax").
 */
export type DocumentAdjustmentInput = AdjustmentInput & { readonly taxes: readonly TaxInput[] | null }

export type LineInput = {
  readonly id: string
  readonly quantityE6: Quantity
  readonly priceE6: UnitPrice
  /** Number of units that the price is for (BT-149); 1 where it is not said. */
  readonly baseQuantityE6: Quantity
  readonly adjustments: readonly AdjustmentInput[]
  readonly taxes: readonly TaxInput[]
}

export type DocumentInput = {
  readonly currency: string
  /** Digits behind the point that the document's amounts are rounded to (ISO 4217: 0, 2, 3 or 4). */
  readonly minorUnits: number
  readonly rounding: Rounding
  readonly pricesIncludeTax: boolean
  readonly lines: readonly LineInput[]
  readonly adjustments: readonly DocumentAdjustmentInput[]
  /** Already paid (BT-113). */
  readonly prepaidE4: Amount
  /** Added to reach the payable amount (BT-114), as given by a received document; null when `payableStepE4` decides. */
  readonly roundingAmountE4: Amount | null
  /** Smallest payable step for cash rounding (0.05, 1.00, ...); null for none. */
  readonly payableStepE4: Amount | null
  /** Tax that is given instead of worked out, where prices are without tax: what is left of a credited invoice. */
  readonly taxAmounts?: readonly TaxAmountInput[] | null
}

/** The tax of one row as given; it holds only while the row's net amount is `netE4`, so that an edited document falls back to its own tax. */
export type TaxAmountInput = TaxInput & {
  readonly netE4: Amount
  readonly taxableE4: Amount
  readonly taxE4: Amount
}

export type AdjustmentTotals = {
  readonly kind: 'allowance' | 'charge'
  readonly reason: string | null
  readonly amountE4: Amount
}

/** What part of a document's allowance or charge falls on one set of taxes, without tax: one BG-20 or BG-21 each. */
export type AdjustmentShare = { readonly taxes: readonly TaxInput[]; readonly amountE4: Amount }

/** On a document whose prices include tax, `amountE4` is without it too: what was typed less the tax in it. */
export type DocumentAdjustmentTotals = AdjustmentTotals & { readonly shares: readonly AdjustmentShare[] }

export type LineTaxTotals = { readonly tax: TaxInput; readonly taxableE4: Amount; readonly taxE4: Amount }

export type LineTotals = {
  readonly id: string
  /** price x quantity / base quantity, rounded, before the line's adjustments; with tax where prices include it. */
  readonly grossE4: Amount
  readonly adjustments: readonly AdjustmentTotals[]
  /** BT-131: without tax, also where prices include it. */
  readonly netE4: Amount
  /**
   * Tax on this line as shown on it, before the document's adjustments; sums to the document's tax only when the
   * rounding scope is the line and the document has no adjustments of its own.
   */
  readonly taxE4: Amount
  /** Net plus tax; the gross with the line's adjustments, to the penny, where prices include tax. */
  readonly totalE4: Amount
}

export type TaxTotals = {
  readonly name: string
  readonly category: TaxCategory
  readonly rateE6: Percent
  readonly compound: boolean
  /** BT-116: what the rate is applied to, so with the taxes before it for a compound tax. */
  readonly taxableE4: Amount
  /** BT-117 */
  readonly taxE4: Amount
}

export type DocumentTotals = {
  readonly lines: readonly LineTotals[]
  readonly adjustments: readonly DocumentAdjustmentTotals[]
  /** BT-106 sum of line nets */
  readonly lineNetE4: Amount
  /** BT-107 */
  readonly allowanceE4: Amount
  /** BT-108 */
  readonly chargeE4: Amount
  /** BT-109 */
  readonly netE4: Amount
  /** One row per (name, category, rate, compound), in the order first met. */
  readonly taxes: readonly TaxTotals[]
  /** BT-110 */
  readonly taxE4: Amount
  /** BT-112 */
  readonly totalE4: Amount
  /** BT-113 */
  readonly prepaidE4: Amount
  /** BT-114 */
  readonly roundingE4: Amount
  /** BT-115 */
  readonly payableE4: Amount
}

/** One step of how a total came about, in the order it was computed. */
export type Step = {
  /** What was computed: `lines.<id>.net`, `taxes.<index>.tax`, `total`, ... */
  readonly path: string
  readonly label: string
  /** The sum with its figures: `3 x 100.10 = 300.30`. */
  readonly formula: string
  readonly resultE4: Amount
  /** EN 16931 business term or rule that the step follows, where there is one. */
  readonly rule: string | null
}
