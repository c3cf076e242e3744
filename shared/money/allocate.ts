/** An exact share: `numerator / denominator`, the denominator positive. */
export type Share = { readonly numerator: bigint; readonly denominator: bigint }

/** The exact sum of shares; zero for none. */
export const sumShares = (shares: Iterable<Share>): Share => {
  let numerator = 0n
  let denominator = 1n
  for (const share of shares) {
    if (share.denominator === denominator) numerator += share.numerator
    else {
      numerator = numerator * share.denominator + share.numerator * denominator
      denominator *= share.denominator
    }
  }
  return { numerator, denominator }
}

/**
 * Whole numbers near the exact `shares` that sum to `total` (largest remainder): each share is cut towards zero, then
 * the missing units go one by one to whoever is furthest from its exact share, a tie to the first. A share of zero gets
 * nothing. Negating shares and total negates the parts. `total` is expected to be about the shares' sum; RangeError
 * when there is no share to put it on.
 */
export const apportion = (total: bigint, shares: readonly Share[]): bigint[] => {
  const parts = shares.map((share) => share.numerator / share.denominator)
  const missing = parts.reduce((left, part) => left - part, total)
  if (missing === 0n) return parts
  const step = missing < 0n ? -1n : 1n
  const rests = shares
    .map(({ numerator, denominator }, index) => ({ index, denominator, gap: (numerator % denominator) * step }))
    .filter((_, index) => shares[index]?.numerator !== 0n)
  if (rests.length === 0) throw new RangeError('apportion: every share is zero, but the total is not')
  for (const index of takers(rests, missing * step)) parts[index] = (parts[index] ?? 0n) + step
  return parts
}

/** How far a part lies behind its exact share, in parts of the denominator. */
type Gap = { readonly index: number; readonly denominator: bigint; readonly gap: bigint }

/** Who takes each of `count` units: the widest gaps, where every unit taken narrows the taker's gap by one. */
const takers = (gaps: readonly Gap[], count: bigint): number[] => {
  const open = gaps.filter(({ gap }) => gap > 0n).length
  // Only a total that is off by more than rounding lets someone take a second unit.
  const turns = count <= BigInt(open) ? 1 : Number(count / BigInt(gaps.length)) + 2
  const offers = Array.from({ length: turns }, (_, turn) =>
    gaps.map((it) => ({ ...it, gap: it.gap - BigInt(turn) * it.denominator })),
  ).flat()
  return offers
    .sort((a, b) => compareGaps(b, a) || a.index - b.index)
    .slice(0, Number(count))
    .map((offer) => offer.index)
}

const compareGaps = (a: Gap, b: Gap): number => {
  const difference = a.gap * b.denominator - b.gap * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/**
 * `total` in whole units split in proportion to `weights` by largest remainder: the parts always sum to the total, a
 * tie goes to the first, a weight of zero gets zero. Weights may be negative as long as they do not cancel out;
 * RangeError when they sum to zero and the total does not.
 */
export const allocate = (total: bigint, weights: readonly bigint[]): bigint[] => {
  if (total === 0n) return weights.map(() => 0n)
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  if (sum === 0n)
    throw new RangeError('allocate: the weights sum to zero, so there is nothing to split in proportion to')
  const sign = sum < 0n ? -1n : 1n
  return apportion(
    total,
    weights.map((weight) => ({ numerator: total * weight * sign, denominator: sum * sign })),
  )
}
