import { describe, expect, test } from 'vitest'
import { fiscalYearName, rangeOf } from '../../renderer/app/date-ranges.ts'

const years = [
  { label: '2026-27', from: '2026-04-01', to: '2027-03-31' },
  { label: '2025-26', from: '2025-04-01', to: '2026-03-31' },
]
const on = (today: string) => (name: string) => rangeOf(name, today, years)

describe('a named range', () => {
  test('ends with the last day of its month, whatever its length', () => {
    const range = on('2026-03-31')
    expect(range('this-month')).toEqual({ from: '2026-03-01', to: '2026-03-31' })
    expect(range('last-month')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(rangeOf('last-month', '2024-03-05', [])).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(range('this-quarter')).toEqual({ from: '2026-01-01', to: '2026-03-31' })
    expect(range('last-quarter')).toEqual({ from: '2025-10-01', to: '2025-12-31' })
    expect(range('last-12-months')).toEqual({ from: '2025-04-01', to: '2026-03-31' })
    expect(range('year-to-today')).toEqual({ from: '2025-04-01', to: '2026-03-31' })
  })

  test('crosses a year as the calendar does', () => {
    const range = on('2027-01-01')
    expect(range('last-month')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
    expect(range('last-quarter')).toEqual({ from: '2026-10-01', to: '2026-12-31' })
    expect(range('last-12-months')).toEqual({ from: '2026-02-01', to: '2027-01-31' })
  })

  test('knows the fiscal years, their first and last day included', () => {
    expect(on('2026-03-31')('this-fiscal-year')).toEqual({ from: '2025-04-01', to: '2026-03-31' })
    expect(on('2026-04-01')('this-fiscal-year')).toEqual({ from: '2026-04-01', to: '2027-03-31' })
    expect(on('2026-11-21')('fiscal-year-to-date')).toEqual({ from: '2026-04-01', to: '2026-11-21' })
    expect(on('2026-11-21')('last-fiscal-year')).toEqual({ from: '2025-04-01', to: '2026-03-31' })
    expect(on('2026-11-21')(fiscalYearName({ label: '2025-26', from: '', to: '' }))).toEqual({
      from: '2025-04-01',
      to: '2026-03-31',
    })
  })

  test('counts back a year where the books begin with this one', () => {
    expect(on('2025-06-01')('last-fiscal-year')).toEqual({ from: '2024-04-01', to: '2025-03-31' })
  })

  test('is nothing for days of one own, or a year that is not there', () => {
    expect(on('2026-11-21')('custom')).toBeNull()
    expect(on('2026-11-21')('fy-1999')).toBeNull()
    expect(rangeOf('this-fiscal-year', '2026-11-21', [])).toBeNull()
  })
})
