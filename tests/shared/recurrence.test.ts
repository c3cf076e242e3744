import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, isCivilDate, lastDayOfMonth, startOfDayIn, todayIn } from '../../shared/dates.ts'
import {
  dueOccurrences,
  fillPeriod,
  nextOccurrences,
  occurrenceAt,
  periodOf,
  type Recurrence,
  recurrenceUnits,
} from '../../shared/documents/recurrence.ts'

const monthly: Recurrence = {
  unit: 'month',
  every: 1,
  anchor: 'same-day',
  startsOn: '2026-01-31',
  endsOn: null,
  count: null,
}
const datesOf = (recurrence: Recurrence, limit = 4) => nextOccurrences(recurrence, 0, limit).map(({ on }) => on)

describe('a recurrence', () => {
  test('keeps its day where the month has it, and comes back to it', () => {
    expect(datesOf(monthly)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'])
    expect(datesOf({ ...monthly, startsOn: '2024-02-29', unit: 'year' }, 5)).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ])
  })

  test('goes to the last day of each month', () => {
    expect(datesOf({ ...monthly, startsOn: '2026-02-10', anchor: 'last-day' })).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ])
  })

  test('comes every n days, weeks, quarters', () => {
    expect(datesOf({ ...monthly, unit: 'day', every: 10, startsOn: '2026-12-25' }, 3)).toEqual([
      '2026-12-25',
      '2027-01-04',
      '2027-01-14',
    ])
    expect(datesOf({ ...monthly, unit: 'week', every: 2, startsOn: '2026-03-02' }, 3)).toEqual([
      '2026-03-02',
      '2026-03-16',
      '2026-03-30',
    ])
    expect(datesOf({ ...monthly, unit: 'quarter', startsOn: '2026-11-30' }, 3)).toEqual([
      '2026-11-30',
      '2027-02-28',
      '2027-05-30',
    ])
  })

  test('ends on its last day, which still counts, or after its number of times', () => {
    expect(datesOf({ ...monthly, endsOn: '2026-03-31' }, 9)).toHaveLength(3)
    expect(datesOf({ ...monthly, endsOn: '2026-03-30' }, 9)).toHaveLength(2)
    expect(datesOf({ ...monthly, count: 5 }, 9)).toHaveLength(5)
    expect(occurrenceAt({ ...monthly, count: 5 }, 5)).toBeNull()
  })

  test('names the periods: one begins where the other ends', () => {
    expect(periodOf({ ...monthly, startsOn: '2026-03-01' }, 0)).toEqual({ from: '2026-03-01', to: '2026-03-31' })
    expect(periodOf({ ...monthly, count: 1 }, 0)).toEqual({ from: '2026-01-31', to: '2026-02-27' })
  })

  test('puts the period into texts in the language of the document', () => {
    const period = { from: '2026-03-01', to: '2026-03-31' }
    expect(fillPeriod('Hosting {MONTH} {YEAR}, {QUARTER}', period, 'en-GB')).toBe('Hosting March 2026, Q1')
    expect(fillPeriod('Wartung {MONTH}', period, 'de')).toBe('Wartung März')
    expect(fillPeriod('{PERIOD}', period, 'en-GB')).toBe('1 Mar 2026 – 31 Mar 2026')
    expect(fillPeriod('{UNKNOWN} stays', period, 'en')).toBe('{UNKNOWN} stays')
  })

  test('any rhythm: dates rise, exist, and what is due by a day is exactly what lies before it', () => {
    const recurrences = fc.record({
      unit: fc.constantFrom(...recurrenceUnits),
      every: fc.integer({ min: 1, max: 40 }),
      anchor: fc.constantFrom('same-day' as const, 'last-day' as const),
      startsOn: fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days)),
      endsOn: fc.constant(null),
      count: fc.constant(null),
    })
    fc.assert(
      fc.property(recurrences, fc.integer({ min: 0, max: 2000 }), (recurrence, ahead) => {
        const dates = datesOf(recurrence, 12)
        expect(dates).toHaveLength(12)
        for (const [index, date] of dates.entries()) {
          expect(isCivilDate(date)).toBe(true)
          if (index > 0) expect(date > (dates[index - 1] ?? '')).toBe(true)
          if (recurrence.anchor === 'last-day' && recurrence.unit !== 'day' && recurrence.unit !== 'week') {
            expect(date).toBe(lastDayOfMonth(date))
          }
          expect(periodOf(recurrence, index).to).toBe(addDays(occurrenceAt(recurrence, index + 1)?.on ?? '', -1))
        }
        const today = addDays(recurrence.startsOn, ahead)
        const due = dueOccurrences(recurrence, 0, today, 5000)
        expect(due.every(({ on }) => on <= today)).toBe(true)
        expect((occurrenceAt(recurrence, due.length)?.on ?? '9999') > today).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test('a day begins at its first instant, in any zone and over changes of the clock', () => {
  for (const zone of [
    'UTC',
    'Europe/London',
    'Asia/Kolkata',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'America/Sao_Paulo',
    'Africa/Cairo',
    'Asia/Kathmandu',
  ]) {
    for (const date of ['2026-01-01', '2026-03-29', '2026-04-24', '2018-11-04', '2026-10-25', '2026-12-31']) {
      const begins = startOfDayIn(zone, date)
      expect(todayIn(zone, begins), `${zone} ${date}`).toBe(date)
      expect(todayIn(zone, Date.parse(begins) - 1), `${zone} ${date}`).toBe(addDays(date, -1))
    }
  }
  expect(startOfDayIn('Asia/Kolkata', '2026-03-01')).toBe('2026-02-28T18:30:00.000Z')
})
