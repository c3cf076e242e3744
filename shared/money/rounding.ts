import { type Amount, amount } from './scaled.ts'

/** half-up: a half goes away from zero; half-even: to the even neighbour; up: away from zero; down: towards zero. */
export type RoundingMode = 'half-up' | 'half-even' | 'up' | 'down'

export const roundingModes: readonly RoundingMode[] = ['half-up', 'half-even', 'up', 'down']

/** Numbers of decimals that a currency of ISO 4217 may have, which an amount can carry. */
const mostMinorUnits = 4

/**
 * The whole number nearest to `numerator / denominator` by `mode`. Works on the magnitude, so that
 * the result for -x is always minus the result for x. Throws RangeError for a denominator of zero.
 */
export const divideRounded = (numerator: bigint, denominator: bigint, mode: RoundingMode): bigint => {
  if (denominator === 0n) throw new RangeError('divideRounded: the denominator is zero')
  const negative = numerator < 0n !== denominator < 0n
  const top = numerator < 0n ? -numerator : numerator
  const bottom = denominator < 0n ? -denominator : denominator
  const whole = top / bottom
  const rest = top - whole * bottom
  if (rest === 0n) return negative ? -whole : whole
  const away = goesAway(mode, rest * 2n, bottom, whole)
  const magnitude = away ? whole + 1n : whole
  return negative ? -magnitude : magnitude
}

const goesAway = (mode: RoundingMode, twiceRest: bigint, bottom: bigint, whole: bigint): boolean => {
  switch (mode) {
    case 'up':
      return true
    case 'down':
      return false
    case 'half-up':
      return twiceRest >= bottom
    case 'half-even':
      return twiceRest > bottom || (twiceRest === bottom && whole % 2n === 1n)
  }
}

/** Ten-thousandths in the smallest unit of a currency with `minorUnits` decimals (0 to 4); RangeError outside that. */
export const minorUnitE4 = (minorUnits: number): bigint => {
  if (!Number.isInteger(minorUnits) || minorUnits < 0 || minorUnits > mostMinorUnits) {
    throw new RangeError(`A currency has 0 to ${mostMinorUnits} decimals, not ${minorUnits}`)
  }
  return 10n ** BigInt(mostMinorUnits - minorUnits)
}

/** `value` rounded to a currency's smallest unit: 2 decimals for EUR, 0 for JPY. */
export const roundToMinor = (value: Amount, minorUnits: number, mode: RoundingMode): Amount =>
  roundToStep(value, amount(minorUnitE4(minorUnits)), mode)

/** `value` rounded to a multiple of `step` (cash rounding: 0.05, 1.00); RangeError unless the step is positive. */
export const roundToStep = (value: Amount, step: Amount, mode: RoundingMode): Amount => {
  if (step <= 0n) throw new RangeError('The step to round to must be greater than zero')
  return amount(divideRounded(value, step, mode) * step)
}
