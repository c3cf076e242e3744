import { divideRounded } from '../money/rounding.ts'
import { type Amount, amount, percent } from '../money/scaled.ts'
import { isShare, sumBy, sumOf, type Taken } from './quote-parts.ts'

type Sets = Taken['sets']

/** What a document says in the quote's own terms: an amount of each set of taxes, and what it is payable for. */
export type OwnSum = { readonly sets: Sets; readonly payableE4: Amount }

/** What stands of an invoice's share of its quote. */
export type Standing = Pick<Taken, 'percentE6' | 'quantities' | 'sets' | 'payableE4'>

// The part of a whole that is left, never more than it and never on the other side of zero.
const within = (whole: bigint, left: bigint): Amount => {
  const [low, high] = whole < 0n ? [whole, 0n] : [0n, whole]
  return amount(left < low ? low : left > high ? high : left)
}

// What a person added to what was taken is credited first; what a person left out was given away, not left to invoice.
const larger = (one: bigint, other: bigint): bigint => ((one < 0n ? one < other : one > other) ? one : other)

const amountsOf = (sets: Sets) =>
  sumBy(
    sets,
    (it) => it.set,
    (it) => it.amountE4,
  )

const isAlike = (one: Sets, other: Sets): boolean => {
  const [a, b] = [amountsOf(one), amountsOf(other)]
  return [...a.keys(), ...b.keys()].every((key) => (a.get(key) ?? 0n) === (b.get(key) ?? 0n))
}

/**
 * What stands of what an invoice took of a quote, once it is issued, less what is credited of it; null where nothing
 * does. A share of the whole is what the invoice asks for, which a person may have changed before it was issued; lines
 * are what was taken. `wholeE4` is the quote in its own terms.
 */
export const standingShare = (
  wholeE4: bigint,
  taken: Taken,
  issued: OwnSum,
  credited: readonly OwnSum[],
): Standing | null => {
  const base: OwnSum = isShare(taken) ? issued : taken
  const now = amountsOf(issued.sets)
  const given = amountsOf(credited.flatMap((it) => it.sets))
  const back = sumOf(credited.map((it) => it.payableE4))
  const isGone = credited.length > 0 && back === issued.payableE4
  const sets = base.sets.flatMap(({ set, amountE4 }) => {
    const standing = within(amountE4, larger(amountE4, now.get(set) ?? 0n) - (given.get(set) ?? 0n))
    return standing === 0n ? [] : [{ set, amountE4: standing }]
  })
  if (isGone || (sets.length === 0 && base.sets.some((it) => it.amountE4 !== 0n))) return null
  const share =
    taken.percentE6 === null || wholeE4 === 0n || isAlike(sets, taken.sets)
      ? taken.percentE6
      : percent(divideRounded(sumOf(sets.map((it) => it.amountE4)) * 100_000_000n, wholeE4, 'half-up'))
  return {
    percentE6: share,
    quantities: taken.quantities,
    sets,
    payableE4: within(base.payableE4, larger(base.payableE4, issued.payableE4) - back),
  }
}

/** Whether a share is the same as another, amount by amount. */
export const isSameStanding = (one: Standing, other: Standing): boolean =>
  one.percentE6 === other.percentE6 &&
  one.payableE4 === other.payableE4 &&
  one.quantities.length === other.quantities.length &&
  isAlike(one.sets, other.sets)
