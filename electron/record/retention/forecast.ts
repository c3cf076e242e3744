import { addMonths, firstDayOfMonth, startOfDayIn, todayIn } from '../../../shared/dates.ts'
import type { Db, Trx } from '../../rpc/handles.ts'
import { newestCheckpoint } from './checkpoint.ts'
import { beganAfter, changesBetween, type Keeping, keptByAll, lastCommandBefore } from './cut.ts'
import { goneOn, type Kept, retentions } from './setting.ts'

export type Forecast = {
  readonly keeping: Keeping
  /** When something goes next, and how many changes; null where nothing ever will. */
  readonly next: { readonly on: string; readonly before: string; readonly changes: number } | null
}

const oldest = async (db: Db | Trx, after: number) =>
  await db
    .selectFrom('commands')
    .select(['seq', 'at'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()

const latest = (days: readonly (string | null)[]): string | null =>
  days.includes(null)
    ? null
    : (days
        .filter((day) => day !== null)
        .sort()
        .at(-1) ?? null)

/** What leaves the record next, and when: its oldest month, once no business of the folder keeps it any more. */
export const forecast = async (db: Db | Trx, own: Kept, now: string): Promise<Forecast> => {
  const all = await retentions(db, now)
  const { keeping } = keptByAll(all)
  if (keeping !== null) return { keeping, next: null }
  const begins = (await newestCheckpoint(db))?.cut.command ?? 0
  const first = await oldest(db, Math.max(begins, (await beganAfter(db)) - 1))
  if (first === undefined) return { keeping, next: null }
  const before = addMonths(firstDayOfMonth(todayIn(own.timezone, first.at)), 1)
  const due = latest(all.map((kept) => goneOn(kept, before)))
  if (due === null) return { keeping, next: null }
  const today = todayIn(own.timezone, now)
  const upTo = await lastCommandBefore(db, begins, startOfDayIn(own.timezone, before))
  return {
    keeping,
    next: { on: [due, today].sort().at(-1) ?? due, before, changes: await changesBetween(db, begins, upTo) },
  }
}
