import type { DateOrder } from '../../../shared/contract/bank.ts'
import { civilDate, daysBetween, isCivilDate } from '../../../shared/dates.ts'

const monthNames: readonly RegExp[] = [
  /^(jan|ene|gen)/,
  /^(feb|fev|fév)/,
  /^(mar|mär|mae|mrt|mrz)/,
  /^(apr|abr|avr)/,
  /^(may|mai|maj|mei|mag)/,
  /^(jun|juin|giu)/,
  /^(jul|juil|lug)/,
  /^(aug|ago|aou|aoû)/,
  /^(sep|set)/,
  /^(oct|okt|out|ott)/,
  /^(nov)/,
  /^(dec|dez|dic|dés|déc)/,
]

const pad = (value: number, length = 2) => String(value).padStart(length, '0')

// Banks kept no accounts in files before 1970; two digits mean the years from then on.
const fullYear = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900)

/** A civil date; the last day of the month for a day that it lacks, as banks count 30 days to each. Null if it is none. */
export const bankDay = (year: number, month: number, day: number): string | null => {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return null
  for (let last = day; last > 27; last -= 1) {
    const date = `${pad(year, 4)}-${pad(month)}-${pad(last)}`
    if (isCivilDate(date)) return date
  }
  return civilDate(year, month, day)
}

type Parts = { readonly parts: readonly [string, string, string]; readonly named: boolean }

const partsOf = (text: string): Parts | null => {
  const trimmed = text.trim().toLowerCase()
  const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/.exec(trimmed)
  if (compact !== null) return { parts: [compact[1] ?? '', compact[2] ?? '', compact[3] ?? ''], named: false }
  const asian = /^(\d{4})\s*[年.]\s*(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?/.exec(trimmed)
  if (asian !== null) return { parts: [asian[1] ?? '', asian[2] ?? '', asian[3] ?? ''], named: false }
  const named = /^(\d{1,4})[\s./-]*([\p{L}.]{3,12}?)\.?[\s./-]*(\d{2,4})(?!\d)/u.exec(trimmed)
  if (named !== null) {
    const month = monthNames.findIndex((name) => name.test(named[2] ?? ''))
    if (month === -1) return null
    const [first = '', , last = ''] = [named[1], '', named[3]]
    return first.length === 4
      ? { parts: [first, String(month + 1), last], named: true }
      : { parts: [last.length === 2 ? String(fullYear(last)) : last, String(month + 1), first], named: true }
  }
  const plain = /^(\d{1,4})\s*[./\-']\s*(\d{1,2})\s*[./\-'’]\s*(\d{1,4})(?!\d)/.exec(trimmed)
  return plain === null ? null : { parts: [plain[1] ?? '', plain[2] ?? '', plain[3] ?? ''], named: false }
}

const inOrder = ({ parts: [a, b, c], named }: Parts, order: DateOrder): string | null => {
  if (named || a.length > 2) return bankDay(Number(a), Number(b), Number(c))
  if (order === 'ymd') return c.length > 2 ? null : bankDay(fullYear(a), Number(b), Number(c))
  if (c.length === 1) return null
  return order === 'dmy' ? bankDay(fullYear(c), Number(b), Number(a)) : bankDay(fullYear(c), Number(a), Number(b))
}

/** A date of a file such as `28.02.18`, `12-Dec-2019`, `20180228`, `1/6'04`, read in an order; null if it is none. */
export const readDay = (text: string, order: DateOrder): string | null => {
  const parts = partsOf(text)
  return parts === null ? null : inOrder(parts, order)
}

/** Whether a text looks like a date in any order. */
export const looksLikeDay = (text: string): boolean =>
  (['ymd', 'dmy', 'mdy'] as const).some((order) => readDay(text, order) !== null)

const spanOf = (dates: readonly string[]): number => {
  const sorted = [...dates].sort()
  const [first, last] = [sorted[0], sorted.at(-1)]
  return first === undefined || last === undefined ? 0 : daysBetween(first, last)
}

const turnsOf = (dates: readonly string[]): number => {
  let turns = 0
  let before = 0
  for (const [index, date] of dates.entries()) {
    const last = dates[index - 1]
    const step = last === undefined || last === date ? 0 : last < date ? 1 : -1
    if (step !== 0 && before !== 0 && step !== before) turns += 1
    if (step !== 0) before = step
  }
  return turns
}

export type DecidedOrder = { readonly order: DateOrder; readonly isSure: boolean }

/**
 * The order of day, month and year that fits every date of a file. Where several do, the one in which the dates run one
 * way and lie closest together, as those of a statement do; where that does not tell either, the preferred one.
 */
export const decideOrder = (texts: readonly string[], preferred: DateOrder): DecidedOrder => {
  const readable = texts.map(partsOf).filter((parts) => parts !== null)
  const orders = (['dmy', 'mdy', 'ymd'] as const).map((order) => {
    const dates = readable.map((parts) => inOrder(parts, order)).filter((date) => date !== null)
    return { order, dates, missing: readable.length - dates.length }
  })
  const fewest = Math.min(...orders.map((it) => it.missing))
  const fitting = orders.filter((it) => it.missing === fewest)
  const [first] = fitting
  const differ = fitting.some((it) => it.dates.join() !== first?.dates.join())
  if (first === undefined || !differ) {
    const kept = fitting.find((it) => it.order === preferred) ?? first
    return { order: kept?.order ?? preferred, isSure: true }
  }
  const ranked = fitting
    .map((it) => ({ ...it, turns: turnsOf(it.dates), span: spanOf(it.dates) }))
    .sort(
      (a, b) => a.turns - b.turns || a.span - b.span || Number(b.order === preferred) - Number(a.order === preferred),
    )
  const [best, next] = ranked
  return { order: best?.order ?? preferred, isSure: best?.turns !== next?.turns }
}
