import { expect, test } from 'vitest'
import { believedTime, settledUpTo } from '../../electron/believed-time.ts'

const clock = '2036-06-08T00:00:00.000Z'

test('a clock is asked what was written up to a week before it', () => {
  expect(settledUpTo(clock)).toBe('2036-06-01T00:00:00.000Z')
})

test.each([
  ['is believed where nothing was written before', null, clock],
  ['is believed where something was written a week ago', '2036-06-01T00:00:00.000Z', clock],
  ['is believed after a month in which nobody was here', '2036-05-08T00:00:00.000Z', clock],
  ['counts as 31 days after the last time that is known', '2036-05-07T23:59:59.999Z', '2036-06-07T23:59:59.999Z'],
  ['counts so as well when it leapt by years', '2026-11-21T08:00:00.000Z', '2026-12-22T08:00:00.000Z'],
])('a clock %s', (_what, lastSettled, believed) => {
  expect(believedTime(clock, lastSettled)).toBe(believed)
})
