import { addDays, civilDate, civilParts, isCivilDate } from '../../shared/dates.ts'

type Order = 'dmy' | 'mdy' | 'ymd'

/** In which order a locale writes day, month and year. */
export const dateOrder = (locale: string): Order => {
  const parts = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' })
    .formatToParts(Date.UTC(2026, 11, 31))
    .map((part) => part.type)
  const first = parts.find((type) => type === 'day' || type === 'month' || type === 'year')
  return first === 'year' ? 'ymd' : first === 'month' ? 'mdy' : 'dmy'
}

const fullYear = (text: string): number => (text.length <= 2 ? 2000 + Number(text) : Number(text))

const tryDate = (year: number, month: number, day: number): string | null => {
  try {
    return civilDate(year, month, day)
  } catch {
    return null
  }
}

const monthByName = (locale: string, text: string): number | null => {
  const wanted = text.toLocaleLowerCase(locale).replace(/\.$/, '')
  if (wanted.length < 3) return null
  for (const tag of [locale, 'en']) {
    const format = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' })
    for (let month = 1; month <= 12; month += 1) {
      if (
        format
          .format(Date.UTC(2026, month - 1, 1))
          .toLocaleLowerCase(tag)
          .startsWith(wanted)
      )
        return month
    }
  }
  return null
}

/** Moves by days: `+30`, `-1`, and 0 for `today` or `t`. */
const relative = (text: string, today: string): string | null => {
  if (text === 't' || text === 'today' || text === '.') return today
  const days = /^([+-])(\d{1,4})$/.exec(text)
  return days ? addDays(today, Number(`${days[1]}${days[2]}`)) : null
}

/**
 * A civil date as people type it, in the locale's order: `31/3/26`, `31.3.`, `31 mar`, `2026-03-31`, `+30`, `t`.
 * What is left out comes from today. Null for what is no date.
 */
export const parseDateText = (text: string, locale: string, today: string): string | null => {
  const cleaned = text.trim().toLocaleLowerCase(locale)
  const moved = relative(cleaned, today)
  if (moved !== null) return moved
  if (isCivilDate(cleaned)) return cleaned
  const now = civilParts(today)
  const tokens = cleaned.split(/[\s./,-]+/).filter((token) => token !== '')
  const named = tokens.findIndex((token) => /\p{L}/u.test(token))
  if (named >= 0) {
    const month = monthByName(locale, tokens[named] ?? '')
    const [day, year] = tokens.filter((_, index) => index !== named)
    if (month === null || day === undefined || !/^\d+$/.test(day)) return null
    return tryDate(year === undefined ? now.year : fullYear(year), month, Number(day))
  }
  if (tokens.length === 0 || tokens.length > 3 || tokens.some((token) => !/^\d{1,4}$/.test(token))) return null
  return fromNumbers(tokens, dateOrder(locale), now)
}

const fromNumbers = (tokens: readonly string[], order: Order, now: { year: number; month: number }): string | null => {
  const [a = '', b, c] = tokens
  if (b === undefined) return tryDate(now.year, now.month, Number(a))
  if (c === undefined) {
    const [day, month] = order === 'dmy' ? [a, b] : [b, a]
    return tryDate(now.year, Number(month), Number(day))
  }
  if (order === 'ymd' || a.length === 4) return tryDate(fullYear(a), Number(b), Number(c))
  const [day, month] = order === 'dmy' ? [a, b] : [b, a]
  return tryDate(fullYear(c), Number(month), Number(day))
}
