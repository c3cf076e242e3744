import { type RawBuilder, sql } from 'kysely'
import { addDays, startOfDayIn, todayIn } from '../../shared/dates.ts'

/** The time zones of a business: its own, and those of its branches, closed ones too. */
export type Zones = { readonly business: string; readonly branches: ReadonlyMap<string, string> }

/** Which day it is for a document: that of the whole business, and of each branch where it is another one. */
export type Days = { readonly today: string; readonly elsewhere: ReadonlyMap<string, string> }

/** The time zone of a branch; that of the business for null and for an unknown one. */
export const zoneOf = ({ business, branches }: Zones, branchId: string | null | undefined): string =>
  (branchId == null ? undefined : branches.get(branchId)) ?? business

/** The civil day that it is at an instant, where a document belongs. */
export const todayAt = (zones: Zones, branchId: string | null | undefined, now: string): string =>
  todayIn(zoneOf(zones, branchId), now)

/** The last day that may be said of a document: the one that it is where it belongs, or the caller's if that is later. */
export const lastDayAt = (
  { zones, timezone, now }: { readonly zones: Zones; readonly timezone: string; readonly now: string },
  branchId: string | null | undefined,
): string => {
  const there = todayAt(zones, branchId, now)
  return [there, todayIn(timezone, now)].sort()[1] ?? there
}

/** The civil days that it is at an instant in a business and its branches. */
export const daysAt = ({ business, branches }: Zones, now: string): Days => {
  const byZone = new Map([...new Set([business, ...branches.values()])].map((zone) => [zone, todayIn(zone, now)]))
  const today = byZone.get(business) ?? todayIn(business, now)
  const elsewhere = [...branches].flatMap(([id, zone]): [string, string][] => {
    const day = byZone.get(zone) ?? today
    return day === today ? [] : [[id, day]]
  })
  return { today, elsewhere: new Map(elsewhere) }
}

/** The instant at which the next day begins in the business, or before that at one of its branches. */
export const nextDayBegins = ({ business, branches }: Zones, now: string): string => {
  const zones = [...new Set([business, ...branches.values()])]
  const begins = zones.map((zone) => startOfDayIn(zone, addDays(todayIn(zone, now), 1)))
  return begins.sort()[0] ?? now
}

/** The day of a document by its branch. */
export const dayOf = ({ today, elsewhere }: Days, branchId: string | null): string =>
  (branchId === null ? undefined : elsewhere.get(branchId)) ?? today

/** Each day so many days later, or before with less than zero. */
export const shifted = ({ today, elsewhere }: Days, by: number): Days => ({
  today: addDays(today, by),
  elsewhere: new Map([...elsewhere].map(([id, day]) => [id, addDays(day, by)])),
})

/** The same for each row of a statement, by its column `branch_id`. */
export const daySql = ({ today, elsewhere }: Days, column = 'branchId'): RawBuilder<string> => {
  // But for a few hours of the day it is one day everywhere, which an index can be asked for.
  if (elsewhere.size === 0) return sql<string>`${today}`
  const cases = [...elsewhere].map(([id, day]) => sql`WHEN ${id} THEN ${day}`)
  return sql<string>`(CASE ${sql.ref(column)} ${sql.join(cases, sql` `)} ELSE ${today} END)`
}
