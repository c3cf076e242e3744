import { believedTime, settledUpTo } from '../believed-time.ts'
import type { BackupReason } from './manifest.ts'

/** What the decision to keep a backup rests on. */
export type Prunable = {
  readonly name: string
  readonly createdAt: string
  readonly reason: BackupReason
  /** Whether it passed its checks when it was last looked at. */
  readonly sound: boolean
}

const day = 86_400_000

/** How long backups are kept: all of the last hours, then one a day, a week and a month. */
export const retention = { hours: 24, days: 30, weeks: 12, months: 12 } as const

// Made because something was about to happen: the only way back, whenever somebody notices.
const forEver: ReadonlySet<BackupReason> = new Set(['before-migration', 'before-encryption', 'before-restore'])

const monthOf = (instant: string) => instant.slice(0, 7)
const dayOf = (instant: string) => instant.slice(0, 10)
// 1970-01-01 was a Thursday: weeks begin on Monday.
const weekOf = (instant: string) => String(Math.floor((Date.parse(instant) / day + 3) / 7))

const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

/** The newest of each bucket. */
const newestOfEach = (backups: readonly Prunable[], bucketOf: (instant: string) => string): Set<string> => {
  const newest = new Map<string, Prunable>()
  for (const backup of backups) {
    const bucket = bucketOf(backup.createdAt)
    const known = newest.get(bucket)
    if (known === undefined || backup.createdAt > known.createdAt) newest.set(bucket, backup)
  }
  return new Set([...newest.values()].map(({ name }) => name))
}

// What a clock that is not believed yet calls too old does not go for it.
const believed = (backups: readonly Prunable[], clock: string): string => {
  const upTo = settledUpTo(clock)
  const last = backups.reduce<string | null>(
    (newest, { createdAt }) => (createdAt <= upTo && (newest === null || createdAt > newest) ? createdAt : newest),
    null,
  )
  return believedTime(clock, last)
}

/**
 * The names of the backups of one place that may go. The newest sound one stays whatever its age, as does each that was
 * made before a change of the tables; one that failed its checks counts for nothing and goes when its day would.
 */
export const prune = (backups: readonly Prunable[], clock: string): string[] => {
  const now = believed(backups, clock)
  const at = Date.parse(now)
  const age = ({ createdAt }: Prunable) => at - Date.parse(createdAt)
  const sound = backups.filter((backup) => backup.sound)
  // Those that stay anyway do not stand for their day: a copy from before a migration does not bring its files.
  const regular = sound.filter(({ reason }) => !forEver.has(reason))
  const within = (milliseconds: number) => regular.filter((backup) => age(backup) < milliseconds)
  const newest = sound.reduce<Prunable | null>(
    (best, backup) => (best === null || backup.createdAt > best.createdAt ? backup : best),
    null,
  )
  const kept = new Set([
    ...(newest === null ? [] : [newest.name]),
    ...within(retention.hours * 3_600_000).map(({ name }) => name),
    ...newestOfEach(within(retention.days * day), dayOf),
    ...newestOfEach(within(retention.weeks * 7 * day), weekOf),
    ...newestOfEach(
      regular.filter(({ createdAt }) => monthsBetween(createdAt, now) < retention.months),
      monthOf,
    ),
    ...backups.filter(({ reason }) => forEver.has(reason)).map(({ name }) => name),
    // A clock that was set back must not make what it sees of the future look old.
    ...backups.filter((backup) => age(backup) < 0).map(({ name }) => name),
    ...backups.filter((backup) => !backup.sound && age(backup) < retention.days * day).map(({ name }) => name),
  ])
  return backups.filter(({ name }) => !kept.has(name)).map(({ name }) => name)
}
