import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  civilDate,
  civilParts,
  daysBetween,
  fiscalYearOf,
  isCivilDate,
  isWithin,
  lastDayOfMonth,
  monthRange,
  todayIn,
  weekday,
  yearRange,
} from '../../shared/dates.ts'

const anyDate = fc
  .date({ min: new Date('0001-02-01T00:00:00Z'), max: new Date('9998-12-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('civil dates', () => {
  it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is one', (text) => {
    expect(isCivilDate(text)).toBe(true)
  })

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-4-1',
    '0000-01-01',
    '',
    '2024-01-01T00:00',
  ])('"%s" is none', (text) => {
    expect(isCivilDate(text)).toBe(false)
    expect(() => civilParts(text)).toThrow(/is not a date: write it as YYYY-MM-DD/)
  })

  it('count days as the calendar does', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const moved = new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000)
        fc.pre(moved.getUTCFullYear() >= 1 && moved.getUTCFullYear() <= 9999)
        const expected = moved.toISOString().slice(0, 10)
        expect(addDays(date, days)).toBe(expected)
        expect(daysBetween(date, expected)).toBe(days)
        expect(weekday(expected)).toBe(((moved.getUTCDay() + 6) % 7) + 1)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['2026-01-31', 1, 'same-day', '2026-02-28'],
    ['2024-01-31', 1, 'same-day', '2024-02-29'],
    ['2024-02-29', 12, 'same-day', '2025-02-28'],
    ['2024-02-29', 12, 'month-end', '2025-02-28'],
    ['2026-03-31', -1, 'same-day', '2026-02-28'],
    ['2026-01-15', -13, 'same-day', '2024-12-15'],
    ['2023-06-30', 9, 'month-end', '2024-03-31'],
    ['2023-06-30', 9, 'same-day', '2024-03-30'],
    ['2021-02-28', 9, 'month-end', '2021-11-30'],
    ['2023-12-29', 9, 'month-end', '2024-09-29'],
  ] as const)('%s and %i months by %s is %s', (date, months, rule, expected) => {
    expect(addMonths(date, months, rule)).toBe(expected)
  })

  it('have half-open ranges', () => {
    expect(monthRange('2024-02-10')).toEqual({ from: '2024-02-01', until: '2024-03-01' })
    expect(monthRange('2025-12-31')).toEqual({ from: '2025-12-01', until: '2026-01-01' })
    expect(yearRange('2025-12-31')).toEqual({ from: '2025-01-01', until: '2026-01-01' })
    expect(isWithin('2024-02-29', monthRange('2024-02-10'))).toBe(true)
    expect(isWithin('2024-03-01', monthRange('2024-02-10'))).toBe(false)
    expect(lastDayOfMonth('2023-02-10')).toBe('2023-02-28')
    expect(() => civilDate(2023, 2, 29)).toThrow(/is not a date/)
  })
})

describe('fiscal years', () => {
  it.each([
    ['2026-03-31', '04-01', '2025-26', '2025-04-01', '2026-04-01'],
    ['2026-04-01', '04-01', '2026-27', '2026-04-01', '2027-04-01'],
    ['2026-04-05', '04-06', '2025-26', '2025-04-06', '2026-04-06'],
    ['2026-12-31', '01-01', '2026', '2026-01-01', '2027-01-01'],
    ['2000-01-01', '07-01', '1999-00', '1999-07-01', '2000-07-01'],
    ['2025-02-28', '02-29', '2025-26', '2025-02-28', '2026-02-28'],
  ])('of %s starting on %s is %s', (date, start, label, from, until) => {
    expect(fiscalYearOf(date, start)).toEqual({ label, from, until })
  })

  it('start on a day that there is', () => {
    expect(() => fiscalYearOf('2026-01-01', '02-30')).toThrow(/"02-30" is no start of a fiscal year/)
    expect(() => fiscalYearOf('2026-01-01', 'April')).toThrow(/write month and day/)
  })
})

describe('today', () => {
  it.each([
    ['2026-01-01T00:30:00Z', 'America/New_York', '2025-12-31'],
    ['2025-12-31T23:30:00Z', 'Asia/Kolkata', '2026-01-01'],
    ['2025-12-31T23:30:00Z', 'Europe/London', '2025-12-31'],
    ['2025-06-30T23:30:00Z', 'Europe/London', '2025-07-01'],
    ['2025-12-31T10:00:00Z', 'Pacific/Kiritimati', '2026-01-01'],
    ['2026-01-01T10:00:00Z', 'Pacific/Pago_Pago', '2025-12-31'],
  ])('at %s in %s is %s', (instant, zone, expected) => {
    expect(todayIn(zone, instant)).toBe(expected)
    expect(todayIn(zone, Date.parse(instant))).toBe(expected)
    expect(todayIn(zone, new Date(instant))).toBe(expected)
  })

  it('is asked of a zone that there is', () => {
    expect(() => todayIn('Mars/Olympus', '2026-01-01T00:00:00Z')).toThrow(RangeError)
  })
})
