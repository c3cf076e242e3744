import type { RecurringInvoiceInput, RecurringInvoiceRow } from '../../../shared/contract/recurring-invoices.ts'
import { addDays, civilParts, lastDayOfMonth } from '../../../shared/dates.ts'
import { dueOccurrences, nextOccurrences, type Recurrence } from '../../../shared/documents/recurrence.ts'

/** A schedule without what it writes. */
export type ScheduleFields = Omit<RecurringInvoiceInput, 'content'>

const unitNames = { day: 'day', week: 'week', month: 'month', quarter: 'quarter', year: 'year' } as const

const ordinal = (day: number): string => {
  const teens = day % 100 >= 11 && day % 100 <= 13
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}

const civil = (on: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(Date.parse(`${on}T00:00:00Z`))

const dayText = ({ unit, anchor, startsOn }: Rhythm): string => {
  const { day } = civilParts(startsOn)
  if (unit === 'day') return ''
  if (unit === 'week') return ` on ${civil(startsOn, { weekday: 'long' })}`
  if (anchor === 'last-day') {
    return unit === 'year'
      ? ` on the last day of ${civil(startsOn, { month: 'long' })}`
      : ' on the last day of the month'
  }
  if (unit === 'year') return ` on ${civil(startsOn, { day: 'numeric', month: 'long' })}`
  return ` on the ${ordinal(day)}${day > 28 ? ', or the last day of a shorter month' : ''}`
}

type Rhythm = Pick<Recurrence, 'unit' | 'every' | 'anchor' | 'startsOn'>

/** How often in words: `Every 2 months on the 15th`. */
export const rhythmText = (rhythm: Rhythm): string => {
  const name = unitNames[rhythm.unit]
  return `${rhythm.every === 1 ? `Every ${name}` : `Every ${rhythm.every} ${name}s`}${dayText(rhythm)}`
}

/** When it ends in words, or null where it goes on; `date` writes a civil date. */
export const endText = (
  { endsOn, count }: Pick<Recurrence, 'endsOn' | 'count'>,
  date: (on: string) => string,
): string | null => {
  const times = count === null ? null : count === 1 ? 'once' : `${count} times`
  if (endsOn === null) return times
  return times === null ? `until ${date(endsOn)}` : `${times}, until ${date(endsOn)} at the latest`
}

/** The first date that a rhythm really has: the last day of its first month where it goes by last days. */
export const firstDate = ({ unit, anchor, startsOn }: Rhythm): string =>
  anchor === 'last-day' && unit !== 'day' && unit !== 'week' ? lastDayOfMonth(startsOn) : startsOn

/** What is known of a stored schedule that decides which date is next. */
export type Answered = Rhythm & {
  readonly nextOn: string | null
  readonly runs: readonly { readonly periodOn: string }[]
}

const isSameRhythm = (one: Rhythm, other: Rhythm) =>
  one.unit === other.unit && one.every === other.every && one.anchor === other.anchor && one.startsOn === other.startsOn

/**
 * The place of the next time that a schedule would have once these values are saved: what was answered stays answered,
 * and with the same rhythm what a pause left out stays out.
 */
export const nextIndexOf = (values: Recurrence, stored: Answered | null): number => {
  if (stored === null) return 0
  const endless = { ...values, endsOn: null, count: null }
  if (isSameRhythm(values, stored) && stored.nextOn !== null) {
    return dueOccurrences(endless, 0, addDays(stored.nextOn, -1), 100_000).length
  }
  const last = stored.runs.reduce<string | null>(
    (latest, { periodOn }) => (latest === null || periodOn > latest ? periodOn : latest),
    null,
  )
  return last === null ? 0 : dueOccurrences(endless, 0, last, 100_000).length
}

/** The next dates of values that are being written; none while the interval cannot be read. */
export const nextDatesOf = (values: Recurrence, stored: Answered | null, limit = 12): string[] => {
  if (!Number.isSafeInteger(values.every) || values.every < 1) return []
  return nextOccurrences(values, nextIndexOf(values, stored), limit).map(({ on }) => on)
}

export const actionTexts: Readonly<
  Record<RecurringInvoiceRow['action'], { readonly label: string; readonly about: string }>
> = {
  draft: { label: 'Make a draft', about: 'It waits among the drafts until you issue it.' },
  issue: { label: 'Issue', about: 'It takes its number by itself; you send it.' },
  send: { label: 'Issue and send', about: 'It takes its number and goes to the client by mail, by itself.' },
}

export const catchUpTexts: Readonly<Record<RecurringInvoiceInput['catchUp'], string>> = {
  ask: 'Ask what to do',
  all: 'Make all of them',
  latest: 'Make only the latest',
}
