import type { Amount } from './scaled.ts'

const small = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ')
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

const belowHundred = (value: number): string => {
  if (value < 20) return small[value] ?? ''
  const rest = value % 10
  return `${tens[Math.floor(value / 10)]}${rest === 0 ? '' : `-${small[rest]}`}`
}

const belowThousand = (value: number): string => {
  const [hundreds, rest] = [Math.floor(value / 100), value % 100]
  const head = hundreds === 0 ? '' : `${small[hundreds]} hundred`
  return [head, rest === 0 ? '' : belowHundred(rest)].filter((part) => part !== '').join(' ')
}

/** Whole numbers in the groups of India: thousand, lakh (1,00,000), crore (1,00,00,000), crores counted on. */
const wholeWords = (value: bigint): string => {
  if (value === 0n) return 'zero'
  const parts: string[] = []
  const crores = value / 10_000_000n
  if (crores > 0n) parts.push(`${wholeWords(crores)} crore`)
  const rest = Number(value % 10_000_000n)
  const [lakhs, thousands, below] = [Math.floor(rest / 100_000), Math.floor((rest % 100_000) / 1000), rest % 1000]
  if (lakhs > 0) parts.push(`${belowHundred(lakhs)} lakh`)
  if (thousands > 0) parts.push(`${belowHundred(thousands)} thousand`)
  if (below > 0) parts.push(belowThousand(below))
  return parts.join(' ')
}

/** An amount of rupees in English words as Indian invoices say it: `Rupees one lakh two thousand and fifty paise only`. */
export const rupeesInWords = (value: Amount): string => {
  const positive = value < 0n ? -value : value
  const [rupees, paise] = [positive / 10_000n, Number((positive % 10_000n) / 100n)]
  const sign = value < 0n ? 'Minus rupees' : 'Rupees'
  return `${sign} ${wholeWords(rupees)}${paise === 0 ? '' : ` and ${belowHundred(paise)} paise`} only`
}
