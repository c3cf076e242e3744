import { largestScaled } from '../money/arithmetic.ts'
import { toDecimalString } from '../money/decimal-string.ts'
import { minorUnitE4, type RoundingMode } from '../money/rounding.ts'
import { type Amount, amount, digits } from '../money/scaled.ts'
import type { DocumentInput, Step } from './model.ts'

/** Told of each step as it is computed; absent while nobody asks for an explanation. */
export type Trace = (step: Step) => void

/**
 * The smallest currency unit of a document and how to round to it. Inside the kernel every amount is a whole number of
 * these units ("minor"); amounts in ten-thousandths exist only at its edges.
 */
export type Grid = { readonly unitE4: bigint; readonly minorUnits: number; readonly mode: RoundingMode }

/** The grid of a document; RangeError when the currency's decimals are none. */
export const gridOf = (input: DocumentInput): Grid => ({
  unitE4: minorUnitE4(input.minorUnits),
  minorUnits: input.minorUnits,
  mode: input.rounding.mode,
})

/** Minor units as an amount; RangeError when the books cannot hold it. */
export const toAmount = (minor: bigint, grid: Grid): Amount => {
  const units = minor * grid.unitE4
  if (units > largestScaled || units < -largestScaled) {
    throw new RangeError(
      `The amount ${toDecimalString(units, digits.amount)} is too large to be booked: at most ` +
        `${toDecimalString(largestScaled, digits.amount)}. Check the prices and quantities`,
    )
  }
  return amount(units)
}

/** Minor units as text for a formula, with all decimals of the currency. */
export const minorText = (minor: bigint, grid: Grid): string =>
  toDecimalString(minor * grid.unitE4, digits.amount, grid.minorUnits)

/** A sum with its signs: `333.48 - 10.00 + 5.00`; zero for no terms. */
export const sumText = (terms: readonly bigint[], grid: Grid): string => {
  if (terms.length === 0) return minorText(0n, grid)
  return terms
    .map((term, index) => {
      const text = minorText(term < 0n ? -term : term, grid)
      if (index === 0) return term < 0n ? `-${text}` : text
      return term < 0n ? `- ${text}` : `+ ${text}`
    })
    .join(' ')
}
