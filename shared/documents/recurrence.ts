import { dateFormat } from '../date-formats.ts'
import { addDays, addMonths, civilParts, daysBetween, lastDayOfMonth } from '../dates.ts'

export const recurrenceUnits = ['day', 'week', 'month', 'quarter', 'year'] as const
export type RecurrenceUnit = (typeof recurrenceUnits)[number]

/** When something happens again: every `every` units from `startsOn`, to a last day or a number of times. */
export type Recurrence = {
  readonly unit: RecurrenceUnit
  readonly every: number
  /** `last-day` goes to the last day of each month; `same-day` keeps the day, or the last where a month is shorter. */
  readonly anchor: 'same-day' | 'last-day'
  readonly startsOn: string
  /** The last day on which it may still happen; null for none. */
  readonly endsOn: string | null
  /** How often in all; null for no limit. */
  readonly count: number | null
}

/** One time of a recurrence: its place from 0 and its civil date. */
export type Occurrence = { readonly index: number; readonly on: string }

const monthsPer = { month: 1, quarter: 3, year: 12 } as const

const dateAt = ({ unit, every, anchor, startsOn }: Recurrence, index: number): string => {
  if (unit === 'day') return addDays(startsOn, every * index)
  if (unit === 'week') return addDays(startsOn, 7 * every * index)
  // Always from the first date: from the 31st by way of February the day would stay at the 28th.
  const on = addMonths(startsOn, monthsPer[unit] * every * index)
  return anchor === 'last-day' ? lastDayOfMonth(on) : on
}

/** The time with that place, or null where the recurrence has ended before. RangeError for an interval below 1. */
export const occurrenceAt = (recurrence: Recurrence, index: number): Occurrence | null => {
  if (!Number.isSafeInteger(recurrence.every) || recurrence.every < 1) {
    throw new RangeError(`Every ${recurrence.every} is no interval: use a whole number from 1`)
  }
  if (index < 0 || (recurrence.count !== null && index >= recurrence.count)) return null
  const on = dateAt(recurrence, index)
  if (on > '2999-12-31' || (recurrence.endsOn !== null && on > recurrence.endsOn)) return null
  return { index, on }
}

/** Up to `limit` times from the one with place `from`, in order. */
export const nextOccurrences = (recurrence: Recurrence, from: number, limit: number): Occurrence[] => {
  const found: Occurrence[] = []
  for (let index = from; found.length < limit; index += 1) {
    const occurrence = occurrenceAt(recurrence, index)
    if (occurrence === null) break
    found.push(occurrence)
  }
  return found
}

/** Every time from place `from` up to and including a day: what is due. At most `limit`. */
export const dueOccurrences = (recurrence: Recurrence, from: number, today: string, limit = 500): Occurrence[] => {
  const due: Occurrence[] = []
  for (let index = from; due.length < limit; index += 1) {
    const occurrence = occurrenceAt(recurrence, index)
    if (occurrence === null || occurrence.on > today) break
    due.push(occurrence)
  }
  return due
}

/** The days that one time stands for: from its date to the day before the next, as if there were no end. */
export const periodOf = (recurrence: Recurrence, index: number): { readonly from: string; readonly to: string } => {
  const endless = { ...recurrence, endsOn: null, count: null }
  const from = dateAt(endless, index)
  return { from, to: addDays(dateAt(endless, index + 1), -1) }
}

const tokens = /\{(MONTH|YEAR|QUARTER|PERIOD|DATE)\}/g

/**
 * Puts the period into a text: `Hosting {MONTH} {YEAR}` becomes `Hosting March 2026` in the document's language.
 * Tokens: {MONTH} {YEAR} {QUARTER} {PERIOD} {DATE}.
 */
export const fillPeriod = (
  text: string,
  period: { readonly from: string; readonly to: string },
  language: string,
): string =>
  text.replace(tokens, (_, token: string) => {
    const { year, month, day } = civilParts(period.from)
    const instant = new Date(Date.UTC(year, month - 1, day))
    const format = (options: Intl.DateTimeFormatOptions, at = instant) =>
      dateFormat(language, { ...options, timeZone: 'UTC', calendar: 'gregory' }).format(at)
    if (token === 'MONTH') return format({ month: 'long' })
    if (token === 'YEAR') return String(year)
    if (token === 'QUARTER') return `Q${Math.ceil(month / 3)}`
    const short = { day: 'numeric', month: 'short', year: 'numeric' } as const
    if (token === 'DATE' || daysBetween(period.from, period.to) === 0) return format(short)
    const end = civilParts(period.to)
    return `${format(short)} – ${format(short, new Date(Date.UTC(end.year, end.month - 1, end.day)))}`
  })
