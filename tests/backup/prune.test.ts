import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BackupReason } from '../../electron/backup/manifest.ts'
import { type Prunable, prune } from '../../electron/backup/prune.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.parse('2026-01-05T08:00:00.000Z')
const at = (milliseconds: number) => new Date(milliseconds).toISOString()

type Life = { readonly kept: Prunable[]; readonly made: Prunable[] }

/** Two years in which backups are made at the hours that `works` says, pruned after each as the service does. */
const live = (
  days: number,
  works: (dayNumber: number) => readonly number[],
  odd: (made: number) => Partial<Prunable>,
  eachDay: (now: number, life: Life) => void,
) => {
  const life: { kept: Prunable[]; made: Prunable[] } = { kept: [], made: [] }
  for (let dayNumber = 0; dayNumber < days; dayNumber += 1) {
    for (const minutes of works(dayNumber)) {
      const now = start + dayNumber * day + minutes * 60_000
      const backup: Prunable = {
        name: at(now),
        createdAt: at(now),
        reason: 'auto',
        sound: true,
        ...odd(life.made.length),
      }
      life.made.push(backup)
      life.kept.push(backup)
      const gone = new Set(prune(life.kept, at(now)))
      life.kept = life.kept.filter(({ name }) => !gone.has(name))
    }
    eachDay(start + dayNumber * day + day - 1, life)
  }
  return life
}

const promised = (now: number, { kept, made }: Life) => {
  const lately = made.filter(({ createdAt }) => createdAt > at(now - 330 * day))
  const soundMade = lately.filter(({ sound }) => sound)
  const soundKept = kept.filter(({ sound }) => sound)
  const lost = (bucketOf: (instant: string) => string, since: number) => {
    const there = new Set(soundKept.map(({ createdAt }) => bucketOf(createdAt)))
    return soundMade.filter(({ createdAt }) => createdAt > at(since) && !there.has(bucketOf(createdAt)))
  }
  expect(lost((instant) => instant.slice(0, 10), now - 29 * day)).toEqual([])
  expect(
    lost((instant) => String(Math.floor((Date.parse(instant) - start + 8 * hour) / (7 * day))), now - 76 * day),
  ).toEqual([])
  expect(lost((instant) => instant.slice(0, 7), now - 330 * day)).toEqual([])
  // The newest sound one, and everything from before a migration.
  const newest = made.findLast(({ sound }) => sound)
  expect(soundKept.at(-1)?.name).toBe(newest?.name)
  const there = new Set(kept)
  expect(made.filter((backup) => backup.reason === 'before-migration' && !there.has(backup))).toEqual([])
}

describe('over two years', () => {
  test('of office days every half an hour, each tier is there on each day, and no more than that', () => {
    const halves = Array.from({ length: 16 }, (_, index) => index * 30)
    const { kept } = live(
      730,
      (dayNumber) => (dayNumber % 7 < 5 ? halves : []),
      (made) => (made % 2000 === 17 ? { reason: 'before-migration' } : {}),
      (now, life) => {
        if (((now - start) / day) % 3 < 1) promised(now, life)
      },
    )
    const days = new Set(kept.map(({ createdAt }) => createdAt.slice(0, 10)))
    expect(days.size).toBeLessThanOrEqual(30 + 12 + 12 + 6)
    expect(kept.length).toBeLessThanOrEqual(16 + 30 + 12 + 12 + 6)
  })

  test('of any work, what is promised is there', () => {
    const pattern = fc.record({
      gaps: fc.array(fc.integer({ min: 0, max: 45 }), { minLength: 5, maxLength: 40 }),
      minutes: fc.array(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 4 }),
      unsound: fc.integer({ min: 2, max: 9 }),
      migrations: fc.integer({ min: 3, max: 50 }),
    })
    fc.assert(
      fc.property(pattern, ({ gaps, minutes, unsound, migrations }) => {
        const workDays = new Set<number>()
        let next = 0
        for (let turn = 0; next < 730; turn += 1) {
          workDays.add(next)
          next += 1 + (gaps[turn % gaps.length] ?? 0)
        }
        const ordered = [...new Set(minutes)].sort((a, b) => a - b)
        live(
          730,
          (dayNumber) => (workDays.has(dayNumber) ? ordered : []),
          (made) => ({
            sound: made % unsound !== 0,
            ...(made % migrations === 0 ? { reason: 'before-migration' as const } : {}),
          }),
          (now, life) => {
            if (life.made.some(({ sound }) => sound)) promised(now, life)
          },
        )
      }),
      { numRuns: 20 },
    )
  })
})

const backup = (createdAt: string, more: { reason?: BackupReason; sound?: boolean } = {}): Prunable => ({
  name: createdAt,
  createdAt,
  reason: 'auto',
  sound: true,
  ...more,
})

test('the only one stays however old it is, and a damaged newer one does not take its place', () => {
  const old = backup('2020-01-01T00:00:00.000Z')
  const damaged = backup('2020-06-01T00:00:00.000Z', { sound: false })
  expect(prune([old, damaged], '2026-11-21T00:00:00.000Z')).toEqual([damaged.name])
})

test('nothing goes because a clock was set back', () => {
  const all = ['2027-01-01T00:00:00.000Z', '2027-01-01T01:00:00.000Z', '2027-01-02T00:00:00.000Z'].map((it) =>
    backup(it),
  )
  expect(prune(all, '2026-11-21T00:00:00.000Z')).toEqual([])
})

test('nothing goes because a clock was years ahead once, until it has been so for a week', () => {
  const months = ['01', '03', '05', '07', '09', '11'].map((month) => backup(`2026-${month}-02T00:00:00.000Z`))
  const ahead = backup('2036-06-01T00:00:00.000Z')
  expect(prune([...months, ahead], '2036-06-01T00:00:01.000Z')).toEqual([])
  expect(prune([...months, ahead, backup('2026-11-21T00:00:00.000Z')], '2026-11-21T00:00:01.000Z')).toEqual([])
  const believed = prune([...months, ahead, backup('2036-06-08T00:00:01.000Z')], '2036-06-08T00:00:01.000Z')
  expect(believed).toEqual(months.map(({ name }) => name))
})
