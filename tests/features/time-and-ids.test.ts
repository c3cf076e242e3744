import { expect, test } from 'vitest'
import { nextDayBegins } from '../../electron/rpc/days.ts'
import { systemIds } from '../../electron/rpc/time-and-ids.ts'
import { idSchema } from '../../shared/ids.ts'

test('ids are version 7, all different, and sorted by when they were made, within one millisecond too', () => {
  const ids = Array.from({ length: 50_000 }, () => systemIds.next())
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
  for (const id of ids.slice(0, 100)) expect(idSchema.safeParse(id).success).toBe(true)
})

test('what is looked at each day is looked at as soon as a day begins anywhere in the business', () => {
  const branches = new Map([
    ['tokyo', 'Asia/Tokyo'],
    ['angeles', 'America/Los_Angeles'],
  ])
  const next = (now: string, zones = branches) => nextDayBegins({ business: 'Europe/London', branches: zones }, now)
  expect(next('2026-11-21T14:00:00.000Z')).toBe('2026-11-21T15:00:00.000Z')
  expect(next('2026-11-21T15:00:00.000Z')).toBe('2026-11-22T00:00:00.000Z')
  expect(next('2026-11-22T00:00:00.000Z')).toBe('2026-11-22T08:00:00.000Z')
  expect(next('2026-11-22T08:00:00.000Z', new Map())).toBe('2026-11-23T00:00:00.000Z')
})
