import { expect, test } from 'vitest'
import { instantOf } from '../../renderer/features/mail/send-time.ts'

test('a day and a time of this computer are one instant, read back as the same day and time', () => {
  const instant = instantOf('2026-11-23', '09:05')
  expect(instant).toMatch(/^2026-11-2\dT\d\d:\d\d:00\.000Z$/)
  const local = new Date(instant ?? '')
  expect([local.getFullYear(), local.getMonth() + 1, local.getDate()]).toEqual([2026, 11, 23])
  expect([local.getHours(), local.getMinutes()]).toEqual([9, 5])
})

test('half a time is no instant', () => {
  expect(instantOf('2026-11-23', '')).toBeNull()
  expect(instantOf('2026-11-23', '9')).toBeNull()
})
