import { addDays, addMonths, firstDayOfMonth, fiscalYearOf } from '../../../shared/dates.ts'

const pad = (value: number) => String(value).padStart(2, '0')

/** A day and a time of this computer's clock, `HH:MM`, as an instant; null for a day that it does not have. */
export const instantOf = (day: string, time: string): string | null => {
  const at = new Date(`${day}T${time}:00`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** The day and the time of an instant on this computer's clock. */
export const dayAndTime = (instant: string): { readonly day: string; readonly time: string } => {
  const at = new Date(instant)
  return {
    day: `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`,
    time: `${pad(at.getHours())}:${pad(at.getMinutes())}`,
  }
}

/** The last instant of a day. */
export const endOf = (day: string): string => {
  const next = new Date(`${addDays(day, 1)}T00:00:00`)
  return new Date(next.getTime() - 1).toISOString()
}

export type NamedMoment = { readonly label: string; readonly at: string }

/** Moments that people ask for: the ends of yesterday, of last month and of the last fiscal year, from a day on. */
export const usualMoments = (today: string, fiscalYearStart: string): readonly NamedMoment[] => [
  { label: 'End of yesterday', at: endOf(addDays(today, -1)) },
  { label: 'A week ago', at: endOf(addDays(today, -7)) },
  { label: 'End of last month', at: endOf(addDays(firstDayOfMonth(today), -1)) },
  { label: 'A year ago', at: endOf(addMonths(today, -12)) },
  { label: 'End of last fiscal year', at: endOf(addDays(fiscalYearOf(today, fiscalYearStart).from, -1)) },
]
