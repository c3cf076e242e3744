/** The words of a text as runs of letters and of digits: `Rg. INV-2026/0042` is RG INV 2026 0042. */
export const runsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .match(/\p{Nd}+|\p{L}+/gu) ?? []

/** A number as it is compared: its letters and digits alone. */
export const plainNumber = (number: string): string => runsOf(number).join('')

const longest = 24
const mostRuns = 7

/** Everything in a text that may be a document's number: neighbouring runs put together, with a digit in them. */
export const numbersIn = (text: string): ReadonlySet<string> => {
  const runs = runsOf(text).slice(0, 200)
  const found = new Set<string>()
  for (const [start] of runs.entries()) {
    let joined = ''
    for (const run of runs.slice(start, start + mostRuns)) {
      joined += run
      if (joined.length > longest) break
      if (/\p{Nd}/u.test(joined) && joined.length > 2) found.add(joined)
    }
  }
  return found
}

/** The runs of digits in a text, without zeros in front; a reference of a payment slip loses its check digit too. */
export const digitsIn = (text: string): ReadonlySet<string> => {
  const runs = text.replace(/(?<=\d) (?=\d)/g, '').match(/\d{4,}/g) ?? []
  return new Set(
    runs.flatMap((run) => [run, ...(run.length >= 20 ? [run.slice(0, -1)] : [])]).map((run) => run.replace(/^0+/, '')),
  )
}

// What companies are called besides their name, and words of many names.
const noise = new Set(
  'LTD LIMITED LLC LLP INC CORP CORPORATION CO COMPANY PLC GMBH AG KG OHG UG SE BV NV SA SAS SARL SRL SPA SL SLU AB AS APS OY PTY PVT PRIVATE SP ZOO DOO SRO THE AND UND ET Y MR MRS MS DR HERR FRAU FIRMA'.split(
    ' ',
  ),
)

/** The telling words of a name; all of them where none tells. */
export const nameWords = (name: string): readonly string[] => {
  const words = runsOf(name)
  const telling = words.filter((word) => !noise.has(word) && word.length > 1)
  return [...new Set(telling.length === 0 ? words : telling)]
}

/** A name as it is learned and compared: its telling words in order of the alphabet. */
export const nameKey = (name: string): string => [...nameWords(name)].sort().join(' ').slice(0, 200)

/** How alike two names are, 0 to 100: the share of the shorter one's words that the other has, exact ones best. */
export const nameLikeness = (one: readonly string[], other: readonly string[]): number => {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one]
  const common = shorter.filter((word) => longer.includes(word))
  // Initials and short words alone say nothing.
  if (shorter.length === 0 || !common.some((word) => word.length > 3)) return 0
  const share = Math.floor((common.length * 100) / shorter.length)
  return shorter.length === longer.length ? share : Math.floor((share * 9) / 10)
}
