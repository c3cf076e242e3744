import { describe, expect, test } from 'vitest'
import { addDays } from '../../shared/dates.ts'
import { freeFrom, lastFreeDate, retentionRuleOf, retentionRules } from '../../shared/retention.ts'

const rule = (country: string, today = '2026-11-21') => retentionRuleOf(country, today)

describe('how long the law keeps a document', () => {
  test.each([
    ['DE', '2026-11-21', '01-01', '2035-01-01'],
    ['DE', '2026-01-01', '07-01', '2035-01-01'],
    ['FR', '2026-12-31', '01-01', '2037-01-01'],
    ['GB', '2026-11-21', '04-06', '2033-04-06'],
    ['GB', '2026-04-05', '04-06', '2032-04-06'],
    ['IN', '2026-03-31', '04-01', '2034-04-01'],
    ['CH', '2024-02-28', '02-29', '2034-03-01'],
    ['ZZ', '2026-11-21', '01-01', '2037-01-01'],
  ])('%s: of %s, with a year from %s, until %s', (country, on, start, free) => {
    expect(freeFrom(rule(country), on, start)).toBe(free)
  })

  test('a new rule holds for what has not run out yet', () => {
    expect(rule('DE', '2024-12-31').years).toBe(10)
    expect(rule('DE', '2025-01-01').years).toBe(8)
    expect(freeFrom(rule('DE', '2024-12-31'), '2016-05-01', '01-01')).toBe('2027-01-01')
    expect(freeFrom(rule('DE', '2025-01-01'), '2016-05-01', '01-01')).toBe('2025-01-01')
  })

  test('the last free date is free on the day, the day after it is not', () => {
    for (const { country } of retentionRules) {
      for (const start of ['01-01', '04-06', '07-01', '10-15']) {
        for (const today of ['2026-01-01', '2026-04-05', '2026-04-06', '2026-07-01', '2026-12-31', '2028-02-29']) {
          const it = rule(country ?? '', today)
          const last = lastFreeDate(it, today, start)
          expect(freeFrom(it, last, start) <= today).toBe(true)
          expect(freeFrom(it, addDays(last, 1), start) > today).toBe(true)
        }
      }
    }
  })
})
