import { toDecimalString } from '../money/decimal-string.ts'
import { divideRounded } from '../money/rounding.ts'
import { digits } from '../money/scaled.ts'
import type { AdjustmentInput, LineInput } from './model.ts'
import type { TaxSet } from './tax-sets.ts'
import { type Grid, minorText, sumText, type Trace, toAmount } from './trace.ts'

/** An allowance or charge with its amount in minor units, positive as typed: the kind says which way it goes. */
export type Adjustment = Pick<AdjustmentInput, 'kind' | 'reason'> & { readonly minor: bigint }

/** A line before tax is looked at; `minor` includes tax where the document's prices do. */
export type PricedLine = {
  readonly id: string
  readonly set: TaxSet
  readonly gross: bigint
  readonly adjustments: readonly Adjustment[]
  readonly minor: bigint
}

/** What an adjustment adds: its amount, negative for an allowance. */
export const signed = (adjustment: Adjustment): bigint =>
  adjustment.kind === 'allowance' ? -adjustment.minor : adjustment.minor

/** The amount of an allowance or charge in minor units: fixed, or a percentage of its base, rounded once. */
export const priceAdjustment = (input: AdjustmentInput, soFar: bigint, grid: Grid): Adjustment => {
  const { kind, reason } = input
  if (input.amountE4 !== null) return { kind, reason, minor: divideRounded(input.amountE4, grid.unitE4, grid.mode) }
  if (input.percentE6 === null) return { kind, reason, minor: 0n }
  const baseE4 = input.baseE4 ?? soFar * grid.unitE4
  return { kind, reason, minor: divideRounded(baseE4 * input.percentE6, 100_000_000n * grid.unitE4, grid.mode) }
}

/** How an adjustment came about: `10 % of 200.00 = 20.00`, or its fixed amount. */
export const adjustmentText = (input: AdjustmentInput, minor: bigint, soFar: bigint, grid: Grid): string => {
  const result = minorText(minor, grid)
  if (input.amountE4 !== null || input.percentE6 === null) return result
  const base = toDecimalString(input.baseE4 ?? soFar * grid.unitE4, digits.amount, grid.minorUnits)
  return `${toDecimalString(input.percentE6, digits.percent)} % of ${base} = ${result}`
}

const kindLabels = { allowance: 'Allowance', charge: 'Charge' } as const

/** `Allowance: early payment`. */
export const adjustmentLabel = (input: AdjustmentInput): string =>
  input.reason ? `${kindLabels[input.kind]}: ${input.reason}` : kindLabels[input.kind]

/** price x quantity / base quantity and the line's own adjustments, each rounded by itself (EN 16931, BT-131). */
export const priceLine = (line: LineInput, set: TaxSet, grid: Grid, trace?: Trace): PricedLine => {
  const { id, priceE6, quantityE6, baseQuantityE6 } = line
  if (baseQuantityE6 <= 0n) {
    throw new RangeError(`Line ${id}: the number of units that the price is for must be greater than zero`)
  }
  // e6 x e6 / e6 is e6, a hundred of which make one e4.
  const gross = divideRounded(priceE6 * quantityE6, baseQuantityE6 * grid.unitE4 * 100n, grid.mode)
  trace?.({
    path: `lines.${id}.gross`,
    label: 'Quantity x price',
    formula: grossText(line, gross, grid),
    resultE4: toAmount(gross, grid),
    rule: 'BT-146 / BT-149 x BT-129',
  })
  let minor = gross
  const adjustments: Adjustment[] = []
  for (const [index, input] of line.adjustments.entries()) {
    const adjustment = priceAdjustment(input, minor, grid)
    trace?.({
      path: `lines.${id}.adjustments.${index}`,
      label: adjustmentLabel(input),
      formula: adjustmentText(input, adjustment.minor, minor, grid),
      resultE4: toAmount(adjustment.minor, grid),
      rule: input.kind === 'allowance' ? 'BT-136' : 'BT-141',
    })
    minor += signed(adjustment)
    adjustments.push(adjustment)
  }
  return { id, set, gross, adjustments, minor }
}

const grossText = (line: LineInput, gross: bigint, grid: Grid): string => {
  const quantity = toDecimalString(line.quantityE6, digits.quantity)
  const price = toDecimalString(line.priceE6, digits.unitPrice, grid.minorUnits)
  const base = line.baseQuantityE6 === 1_000_000n ? '' : ` / ${toDecimalString(line.baseQuantityE6, digits.quantity)}`
  return `${quantity} x ${price}${base} = ${minorText(gross, grid)}`
}

/** `300.30 - 10.00 + 5.00`: a line's gross with its adjustments. */
export const lineSumText = (line: PricedLine, grid: Grid): string =>
  sumText([line.gross, ...line.adjustments.map(signed)], grid)
