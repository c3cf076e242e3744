import { AppError } from '../errors.ts'
import { apportion } from '../money/allocate.ts'
import { toDecimalString } from '../money/decimal-string.ts'
import { divideRounded } from '../money/rounding.ts'
import { type Amount, amount, digits, type Percent } from '../money/scaled.ts'
import type { QuoteLeft } from './quote-left.ts'
import { isShare, sumBy, sumOf, type Taken } from './quote-parts.ts'

const wholeE6 = 100_000_000n

const refuse = (code: 'VALIDATION' | 'OVER_ALLOCATED', message: string): never => {
  throw new AppError(code, message, { fields: { 'conversion.percentE6': message } })
}

/** The nearest to a value that lies between nothing and what is left, whichever sign that has. */
const within = (value: bigint, left: bigint): bigint => {
  const [low, high] = left < 0n ? [left, 0n] : [0n, left]
  return value < low ? low : value > high ? high : value
}

// What all shares up to a percentage come to, set by set: the sum is rounded once and split by largest remainder.
const sharesUpTo = (wholes: readonly bigint[], percentE6: bigint, unitE4: bigint): bigint[] => {
  const sum = sumOf(wholes)
  const rounded = divideRounded(sum * percentE6, wholeE6 * unitE4, 'half-up')
  const exact = wholes.map((whole) => ({ numerator: whole * percentE6, denominator: wholeE6 * unitE4 }))
  return apportion(rounded, exact).map((part) => part * unitE4)
}

/**
 * A share of the whole by set of taxes, measured on all shares so far, so that those of 100 % are the whole to the
 * penny. AppError VALIDATION for no share, OVER_ALLOCATED beyond 100 % or beyond what lines have left.
 */
export const shareAmounts = (
  left: QuoteLeft,
  earlier: readonly Taken[],
  percentE6: Percent,
  unitE4: bigint,
): readonly Amount[] => {
  const upTo = left.sharedE6 + percentE6
  if (percentE6 <= 0n) refuse('VALIDATION', 'Enter a percentage above zero.')
  if (upTo > wholeE6) {
    const rest = toDecimalString(wholeE6 - left.sharedE6, digits.percent)
    refuse('OVER_ALLOCATED', `At most ${rest} % of the quote is left.`)
  }
  const before = sumBy(
    earlier.filter(isShare).flatMap((taken) => taken.sets),
    (it) => it.set,
    (it) => it.amountE4,
  )
  const wholes = left.sets.map((set) => set.wholeE4)
  const targets = sharesUpTo(wholes, upTo, unitE4)
  // Rounding of lines and shares can be in each other's way by a unit for each invoice.
  const tolerance = unitE4 * BigInt(earlier.length + left.lines.length + 1)
  const parts = left.sets.map((set, index) => {
    const wanted = (targets[index] ?? 0n) - (before.get(set.key) ?? 0n)
    const part = within(wanted, set.leftE4)
    const cut = wanted - part
    if (cut > tolerance || cut < -tolerance) {
      refuse('OVER_ALLOCATED', 'Lines of this quote are invoiced already, so that less than this share is left.')
    }
    return amount(part)
  })
  if (parts.every((part) => part === 0n)) refuse('VALIDATION', 'This share of the quote comes to nothing.')
  return parts
}
