import { expect, test } from 'vitest'
import { dayAndTime, endOf, instantOf, usualMoments } from '../../renderer/app/past/moments.ts'

test('a day and a time of this computer make an instant, and come back from it', () => {
  const at = instantOf('2026-03-01', '14:05')
  expect(dayAndTime(at ?? '')).toEqual({ day: '2026-03-01', time: '14:05' })
  expect(instantOf('2026-02', '14:05x')).toBeNull()
})

test('the end of a day is its last instant, also of one that is not of 24 hours', () => {
  for (const day of ['2026-03-01', '2026-03-29', '2026-10-25', '2026-12-31']) {
    expect(dayAndTime(endOf(day))).toEqual({ day, time: '23:59' })
    expect(new Date(endOf(day)).getMilliseconds()).toBe(999)
  }
})

test('what people ask for: the ends of days, months and fiscal years', () => {
  const days = usualMoments('2026-11-21', '04-06').map(({ at }) => dayAndTime(at).day)
  expect(days).toEqual(['2026-11-20', '2026-11-14', '2026-10-31', '2025-11-21', '2026-04-05'])
})
