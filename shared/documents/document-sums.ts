import { divideRounded } from '../money/rounding.ts'
import { type Amount, amount, zero } from '../money/scaled.ts'
import { type AppliedAdjustment, unsignedShares } from './document-adjustments.ts'
import type { DocumentInput, DocumentTotals } from './model.ts'
import { total } from './taxing.ts'

export type Sums = {
  readonly lineNet: bigint
  readonly allowance: bigint
  readonly charge: bigint
  readonly net: bigint
}

/** The sums of a document without tax (BR-CO-10 to BR-CO-13). */
export const sumAdjustments = (adjustments: readonly AppliedAdjustment[], lineNet: bigint): Sums => {
  let allowance = 0n
  let charge = 0n
  for (const adjustment of adjustments) {
    const net = total(unsignedShares(adjustment).map((share) => share.minor))
    if (adjustment.kind === 'allowance') allowance += net
    else charge += net
  }
  return { lineNet, allowance, charge, net: lineNet - allowance + charge }
}

export type Closing = Pick<DocumentTotals, 'totalE4' | 'prepaidE4' | 'roundingE4' | 'payableE4'>

/** Total less prepaid plus rounding (BR-CO-16). Cash rounding goes to the nearest step, a half away from zero. */
export const close = (input: DocumentInput, totalE4: Amount): Closing => {
  const { prepaidE4, roundingAmountE4, payableStepE4 } = input
  const open = totalE4 - prepaidE4
  let roundingE4 = roundingAmountE4 ?? zero
  if (roundingAmountE4 === null && payableStepE4 !== null) {
    if (payableStepE4 <= 0n) throw new RangeError('The step for cash rounding must be greater than zero')
    roundingE4 = amount(divideRounded(open, payableStepE4, 'half-up') * payableStepE4 - open)
  }
  return { totalE4, prepaidE4, roundingE4, payableE4: amount(open + roundingE4) }
}
