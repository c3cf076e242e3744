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

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/**
 * Whole numbers near the exact `shares` that sum to `total` (largest remainder): each share is cut towards zero,
 * then the missing units go one by one to the shares that were cut the most in that direction, a tie to the first.
 * A share of zero gets nothing. Negating shares and total negates the parts. `total` is expected within rounding of
 * the shares' sum; RangeError when there is no share to put it on.
 */
export const apportion = (total: bigint, shares: readonly Share[]): bigint[] => {
  const parts = shares.map((share) => share.numerator / share.denominator)
  const missing = parts.reduce((left, part) => left - part, total)
  if (missing === 0n) return parts
  const step = missing < 0n ? -1n : 1n
  const ranked = shares
    .map((share, index) => ({ index, ...share, rest: (share.numerator % share.denominator) * step }))
    .filter((share) => share.numerator !== 0n)
    .sort((a, b) => compareRests(b, a) || a.index - b.index)
  if (ranked.length === 0) throw new RangeError('apportion: every share is zero, but the total is not')
  handOut(parts, ranked, missing)
  return parts
}

type Rest = { readonly index: number; readonly rest: bigint; readonly denominator: bigint }

const compareRests = (a: Rest, b: Rest): number => {
  const difference = a.rest * b.denominator - b.rest * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const handOut = (parts: bigint[], ranked: readonly Rest[], missing: bigint): void => {
  const step = missing < 0n ? -1n : 1n
  const count = magnitude(missing)
  const each = count / BigInt(ranked.length)
  const extra = Number(count % BigInt(ranked.length))
  for (const [rank, { index }] of ranked.entries()) {
    parts[index] = (parts[index] ?? 0n) + step * (each + (rank < extra ? 1n : 0n))
  }
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
