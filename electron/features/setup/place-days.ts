import { z } from 'zod'
import { readJson } from '../../../db/json.ts'
import type { Db } from '../../rpc/context.ts'
import { todayAt } from '../../rpc/days.ts'

type Place = {
  readonly organizationId: string
  readonly timezone: string
  /** The branches that the person is limited to, as stored; an empty list sees the whole business. */
  readonly branchIds: string
  readonly role: string
}

/** Which day it is for a person in each of their businesses, and at the branches that they see. */
export const placeDays = async (db: Db, places: readonly Place[], now: string) => {
  const branches = await db
    .selectFrom('branches')
    .select(['id', 'organizationId', 'timezone', 'deletedAt'])
    .orderBy('isDefault', 'desc')
    .orderBy('code')
    .execute()
  return new Map(
    places.map(({ organizationId, timezone, branchIds, role }) => {
      const limits = role === 'owner' ? [] : readJson(z.array(z.string()), branchIds)
      const theirs = branches.filter(
        (it) => it.organizationId === organizationId && (limits.length === 0 || limits.includes(it.id)),
      )
      const zones = { business: timezone, branches: new Map(theirs.map((it) => [it.id, it.timezone])) }
      const own = limits.length === 0 ? null : (theirs.find(({ deletedAt }) => deletedAt === null)?.id ?? null)
      const today = todayAt(zones, own, now)
      const days = theirs.map(({ id }): [string, string] => [id, todayAt(zones, id, now)])
      return [organizationId, { today, days: Object.fromEntries(days.filter(([, day]) => day !== today)) }]
    }),
  )
}
