import { allocate } from '../../../shared/money/allocate.ts'
import { divideRounded } from '../../../shared/money/rounding.ts'
import { type Amount, amount, zero } from '../../../shared/money/scaled.ts'

/** An amount split in proportion to weights, to the last digit; null where the weights cancel out. */
export const splitOver = (value: Amount, weights: readonly Amount[]): Amount[] | null => {
  if (weights.length === 0) return null
  if (weights.reduce((all, weight) => all + weight, 0n) === 0n) return null
  return allocate(value, weights).map(amount)
}

/** `value` × `part` / `whole`, rounded half up to the cent; zero of nothing. */
export const partOf = (value: Amount, part: Amount, whole: Amount): Amount =>
  whole === 0n ? zero : amount(divideRounded(value * part, whole * 100n, 'half-up') * 100n)
