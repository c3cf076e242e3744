/** Longer queries than this say no more than their first words. */
const mostWords = 8

/** The words of a text as the index cuts them; at most eight. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .match(/[\p{L}\p{N}\p{M}]+/gu)
    ?.slice(0, mostWords) ?? []

/** A word as the index compares it: without case and accents. */
export const foldedWord = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * Damerau-Levenshtein distance with adjacent transpositions: how many letters were left out, added, mistaken or
 * swapped. Stops with `limit + 1` as soon as it must be more than `limit`.
 */
export const editDistance = (one: string, other: string, limit: number): number => {
  const from = [...one]
  const to = [...other]
  if (Math.abs(from.length - to.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    let least = row
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      }
      current.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = previous
    previous = current
  }
  return previous[to.length] ?? limit + 1
}
