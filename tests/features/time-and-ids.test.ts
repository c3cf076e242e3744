import { expect, test } from 'vitest'
import { systemIds } from '../../electron/rpc/time-and-ids.ts'
import { idSchema } from '../../shared/ids.ts'

test('ids are version 7, all different, and sorted by when they were made, within one millisecond too', () => {
  const ids = Array.from({ length: 50_000 }, () => systemIds.next())
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
  for (const id of ids.slice(0, 100)) expect(idSchema.safeParse(id).success).toBe(true)
})
