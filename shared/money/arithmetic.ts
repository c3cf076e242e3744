import { allocate } from './allocate.ts'
import { divideRounded, minorUnitE4, type RoundingMode } from './rounding.ts'
import { type Amount, amount, type ExchangeRate, type Percent, type Quantity, type UnitPrice, zero } from './scaled.ts'

/** Largest magnitude that the books can hold in any scaled column: a signed 64-bit integer. */
export const largestScaled = 9_223_372_036_854_775_807n

export const add = (a: Amount, b: Amount): Amount => amount(a + b)

export const subtract = (a: Amount, b: Amount): Amount => amount(a - b)

export const negate = (value: Amount): Amount => amount(-value)

/** The amount without its sign. */
export const absolute = (value: Amount): Amount => (value < 0n ? amount(-value) : value)

/** Zero for an empty list. */
export const sum = (values: Iterable<Amount>): Amount => {
  let total = 0n
  for (const value of values) total += value
  return amount(total)
}

/** -1, 0 or 1, for sorting. */
export const compare = (a: Amount, b: Amount): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)

export const smaller = (a: Amount, b: Amount): Amount => (b < a ? b : a)

export const larger = (a: Amount, b: Amount): Amount => (b > a ? b : a)

export const isZero = (value: Amount): boolean => value === zero

export const isNegative = (value: Amount): boolean => value < 0n

/** price x quantity / base quantity in the currency's smallest unit, rounded once (BT-131 before its adjustments). */
export const priceTimesQuantity = (
  price: UnitPrice,
  quantity: Quantity,
  baseQuantity: Quantity,
  minorUnits: number,
  mode: RoundingMode,
): Amount => {
  if (baseQuantity <= 0n) throw new RangeError('The base quantity of a price must be greater than zero')
  const unit = minorUnitE4(minorUnits)
  // e6 x e6 / e6 is e6: a hundred of those make one e4.
  return amount(divideRounded(price * quantity, baseQuantity * unit * 100n, mode) * unit)
}

/** `percent` of `base`, rounded to the currency's smallest unit. */
export const percentOfAmount = (base: Amount, percent: Percent, minorUnits: number, mode: RoundingMode): Amount => {
  const unit = minorUnitE4(minorUnits)
  return amount(divideRounded(base * percent, 100_000_000n * unit, mode) * unit)
}

/** An amount in document currency as an amount of the base currency, which has `minorUnits` decimals. */
export const convert = (value: Amount, rate: ExchangeRate, minorUnits: number, mode: RoundingMode): Amount => {
  const unit = minorUnitE4(minorUnits)
  return amount(divideRounded(value * rate, 10_000_000_000n * unit, mode) * unit)
}

/**
 * The parts of a document in base currency: the total is converted once, then split over the parts in proportion, so
 * that they sum to it. Throws RangeError when the parts do not sum to a total that can be split.
 */
export const convertParts = (
  parts: readonly Amount[],
  rate: ExchangeRate,
  minorUnits: number,
  mode: RoundingMode,
): Amount[] => {
  const unit = minorUnitE4(minorUnits)
  const total = convert(sum(parts), rate, minorUnits, mode)
  return allocate(total / unit, parts).map((part) => amount(part * unit))
}

/**
 * Parts of a document in base currency that sum to `total`, which is known already: each is converted by itself, and
 * what rounding leaves goes to the largest. For parts of either sign, also where they sum to nothing.
 */
export const convertToSum = (
  parts: readonly Amount[],
  total: Amount,
  rate: ExchangeRate,
  minorUnits: number,
  mode: RoundingMode,
): Amount[] => {
  const converted = parts.map((part) => convert(part, rate, minorUnits, mode))
  const rest = subtract(total, sum(converted))
  let largest = 0
  for (const [index, part] of parts.entries()) {
    if (absolute(part) > absolute(parts[largest] ?? zero)) largest = index
  }
  return converted.map((part, index) => (index === largest ? add(part, rest) : part))
}

/** Splits an amount in proportion to weights, in the currency's smallest unit: 100.00 by 1:1:1 is 33.34 33.33 33.33. */
export const split = (value: Amount, weights: readonly bigint[], minorUnits: number): Amount[] => {
  const unit = minorUnitE4(minorUnits)
  if (value % unit !== 0n) throw new RangeError(`The amount to split has more than ${minorUnits} decimals`)
  return allocate(value / unit, weights).map((part) => amount(part * unit))
}
