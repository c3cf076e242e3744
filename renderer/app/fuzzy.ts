/** Edits that turn one word into another (insert, delete, replace, swap of neighbours), given up above `most`. */
const distance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost)
      next.push(swapped ? Math.min(best, (before[j - 2] ?? 0) + 1) : best)
    }
    before = row
    row = next
  }
  return row[b.length] ?? most + 1
}

const words = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

const wordScore = (wanted: string, word: string): number => {
  if (word === wanted) return 10
  if (word.startsWith(wanted)) return 8
  if (wanted.length >= 3 && word.includes(wanted)) return 4
  const allowed = wanted.length >= 7 ? 2 : wanted.length >= 4 ? 1 : 0
  if (allowed === 0) return 0
  // Half a word with a typo should find it too, so the same length of the word's beginning counts.
  const beginning = word.slice(0, wanted.length + 1)
  return Math.min(distance(wanted, word, allowed), distance(wanted, beginning, allowed)) <= allowed ? 3 : 0
}

/** How well a text fits what was typed: 0 for not at all; every typed word must fit some word, small typos included. */
export const fuzzyScore = (typed: string, title: string, keywords = ''): number => {
  const wanted = words(typed)
  if (wanted.length === 0) return 1
  const inTitle = words(title)
  const others = words(keywords)
  let total = 0
  for (const word of wanted) {
    const best = Math.max(
      0,
      ...inTitle.map((it) => wordScore(word, it)),
      ...others.map((it) => wordScore(word, it) / 2),
    )
    if (best === 0) return 0
    total += best
  }
  return total / wanted.length
}
