/**
 * Civil dates: 'YYYY-MM-DD' text with no time and no zone, for every business date. Text of this shape sorts as the
 * dates do. Functions throw RangeError for text that is no date of the calendar (years 0001 to 9999).
 */

export type CivilParts = { readonly year: number; readonly month: number; readonly day: number }
/** From the first day up to, and not including, the last. */
export type DateRange = { readonly from: string; readonly until: string }
/** First day of a business's fiscal year, 'MM-DD': `04-06` for the United Kingdom's tax year. */
export type FiscalYearStart = string

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0)

const partsOrNull = (text: string): CivilParts | null => {
  const match = pattern.exec(text)
  if (!match) return null
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  const real = parts.year >= 1 && parts.day >= 1 && parts.day <= daysInMonth(parts.year, parts.month)
  return real ? parts : null
}

/** Whether text is a date of the calendar: '2024-02-29' is, '2023-02-29' and '2024-2-9' are not. */
export const isCivilDate = (text: string): boolean => partsOrNull(text) !== null

/** Year, month (1 to 12) and day of a civil date. */
export const civilParts = (date: string): CivilParts => {
  const parts = partsOrNull(date)
  if (!parts) throw new RangeError(`"${date}" is not a date: write it as YYYY-MM-DD, like 2026-03-31`)
  return parts
}

/** A civil date from its parts; RangeError for a day that the month does not have. */
export const civilDate = (year: number, month: number, day: number): string => {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  civilParts(text)
  return text
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0')

/** Days since 1 March of the year 0, which puts the leap day last in its year. */
const dayNumber = (date: string): number => {
  const { year, month, day } = civilParts(date)
  const shifted = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear
}

const fromDayNumber = (days: number): string => {
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return civilDate(year, month, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}

/** The date that many days later, or earlier for a negative number. */
export const addDays = (date: string, days: number): string => fromDayNumber(dayNumber(date) + days)

/** Days from the first date to the second; negative when the second comes first. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export const weekday = (date: string): number => ((dayNumber(date) + 2) % 7) + 1

/** The last day of the date's month. */
export const lastDayOfMonth = (date: string): string => {
  const { year, month } = civilParts(date)
  return civilDate(year, month, daysInMonth(year, month))
}

/** The first day of the date's month. */
export const firstDayOfMonth = (date: string): string => {
  const { year, month } = civilParts(date)
  return civilDate(year, month, 1)
}

/**
 * The same day that many months later, or the month's last day where it is shorter: 31 January + 1 is 28 February.
 * With the rule `month-end`, the last day of a month always goes to the last day: 30 June + 9 is 31 March (Companies
 * Act 2006, s. 443).
 */
export const addMonths = (date: string, months: number, rule: 'same-day' | 'month-end' = 'same-day'): string => {
  const { year, month, day } = civilParts(date)
  const index = year * 12 + (month - 1) + months
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12 + 1
  const longest = daysInMonth(targetYear, targetMonth)
  const stays = rule === 'month-end' && day === daysInMonth(year, month)
  return civilDate(targetYear, targetMonth, stays ? longest : Math.min(day, longest))
}

/** The month of a date, from its first day until the first of the next. */
export const monthRange = (date: string): DateRange => {
  const from = firstDayOfMonth(date)
  return { from, until: addMonths(from, 1) }
}

/** The calendar year of a date. */
export const yearRange = (date: string): DateRange => {
  const { year } = civilParts(date)
  return { from: civilDate(year, 1, 1), until: civilDate(year + 1, 1, 1) }
}

/** Whether a date lies in a half-open range. */
export const isWithin = (date: string, range: DateRange): boolean => date >= range.from && date < range.until

/** The start of the fiscal year in one calendar year; a start on 29 February is the 28th in other years. */
const fiscalStartIn = (year: number, start: FiscalYearStart): string => {
  // A leap year has every day that a fiscal year could start on.
  const asked = partsOrNull(`2024-${start}`)
  if (!asked) throw new RangeError(`"${start}" is no start of a fiscal year: write month and day, like 04-01`)
  return civilDate(year, asked.month, Math.min(asked.day, daysInMonth(year, asked.month)))
}

/**
 * The fiscal year that a date falls in: its days and its label, `2025-26`, or `2025` where it is the calendar year.
 */
export const fiscalYearOf = (date: string, start: FiscalYearStart): DateRange & { readonly label: string } => {
  const { year } = civilParts(date)
  const first = date >= fiscalStartIn(year, start) ? year : year - 1
  return {
    from: fiscalStartIn(first, start),
    until: fiscalStartIn(first + 1, start),
    label: start === '01-01' ? pad(first, 4) : `${pad(first, 4)}-${pad((first + 1) % 100, 2)}`,
  }
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>()

/**
 * The civil date at an instant in a time zone (IANA, `Asia/Kolkata`). The instant is given, never read from the
 * clock here. RangeError for an unknown zone.
 */
export const todayIn = (timezone: string, instant: Date | string | number): string => {
  let format = zoneFormats.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    })
    zoneFormats.set(timezone, format)
  }
  const parts = format.formatToParts(new Date(instant))
  const field = (type: 'year' | 'month' | 'day') => Number(parts.find((part) => part.type === type)?.value)
  return civilDate(field('year'), field('month'), field('day'))
}

/**
 * The instant at which a civil date begins in a time zone, ISO 8601 in UTC. Where the clocks skip midnight it is the
 * first instant that exists. RangeError for an unknown zone or date.
 */
export const startOfDayIn = (timezone: string, date: string): string => {
  const { year, month, day } = civilParts(date)
  const midnight = Date.UTC(year, month - 1, day)
  // Zones lie within 15 hours of UTC: halve the span until it is one minute.
  let before = midnight - 15 * 3_600_000
  let after = midnight + 15 * 3_600_000
  while (after - before > 60_000) {
    const middle = before + Math.floor((after - before) / 120_000) * 60_000
    if (todayIn(timezone, middle) >= date) after = middle
    else before = middle
  }
  return new Date(after).toISOString()
}
