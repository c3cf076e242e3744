import { addDays, addMonths, civilParts, firstDayOfMonth, lastDayOfMonth } from '../../shared/dates.ts'

/** From its first day to its last, both counted. */
export type DayRange = { readonly from: string; readonly to: string }
export type FiscalYear = DayRange & { readonly label: string }

export const rangeNames = [
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'last-12-months',
  'year-to-today',
  'this-fiscal-year',
  'fiscal-year-to-date',
  'last-fiscal-year',
] as const
export type RangeName = (typeof rangeNames)[number]

export const rangeTitles: Readonly<Record<RangeName, string>> = {
  'this-month': 'This month',
  'last-month': 'Last month',
  'this-quarter': 'This quarter',
  'last-quarter': 'Last quarter',
  'last-12-months': 'Last 12 months',
  'year-to-today': 'A year until today',
  'this-fiscal-year': 'This fiscal year',
  'fiscal-year-to-date': 'Fiscal year to date',
  'last-fiscal-year': 'Last fiscal year',
}

const monthsFrom = (first: string, count: number): DayRange => ({
  from: first,
  to: lastDayOfMonth(addMonths(first, count - 1)),
})

const quarterStart = (day: string): string => {
  const { month } = civilParts(day)
  return addMonths(firstDayOfMonth(day), -((month - 1) % 3))
}

const fiscalYearAt = (years: readonly FiscalYear[], day: string): DayRange | null => {
  const year = years.find((it) => it.from <= day && day <= it.to)
  return year === undefined ? null : { from: year.from, to: year.to }
}

const yearBefore = (years: readonly FiscalYear[], today: string): DayRange | null => {
  const current = fiscalYearAt(years, today)
  if (current === null) return null
  // Before the first document there is no such year in the list: the same days, a year earlier.
  const before = fiscalYearAt(years, addDays(current.from, -1))
  return before ?? { from: addMonths(current.from, -12), to: addDays(current.from, -1) }
}

const isRangeName = (name: string): name is RangeName => rangeNames.some((it) => it === name)

/** The name of a fiscal year among the ranges: `fy-2025-26`. */
export const fiscalYearName = (year: FiscalYear): string => `fy-${year.label}`

/** The days of a named range as of today; null for a name that stands for none, such as `custom`. */
export const rangeOf = (name: string, today: string, years: readonly FiscalYear[]): DayRange | null => {
  if (!isRangeName(name)) {
    const year = years.find((it) => fiscalYearName(it) === name)
    return year === undefined ? null : { from: year.from, to: year.to }
  }
  switch (name) {
    case 'this-month':
      return monthsFrom(firstDayOfMonth(today), 1)
    case 'last-month':
      return monthsFrom(addMonths(firstDayOfMonth(today), -1), 1)
    case 'this-quarter':
      return monthsFrom(quarterStart(today), 3)
    case 'last-quarter':
      return monthsFrom(addMonths(quarterStart(today), -3), 3)
    case 'last-12-months':
      return monthsFrom(addMonths(firstDayOfMonth(today), -11), 12)
    case 'year-to-today':
      return { from: addDays(addMonths(today, -12), 1), to: today }
    case 'this-fiscal-year':
      return fiscalYearAt(years, today)
    case 'fiscal-year-to-date': {
      const year = fiscalYearAt(years, today)
      return year === null ? null : { from: year.from, to: today }
    }
    case 'last-fiscal-year':
      return yearBefore(years, today)
  }
}
