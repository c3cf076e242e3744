import { sql } from 'kysely'
import { rawRows } from '../features/raw-rows.ts'
import type { Db } from '../rpc/handles.ts'

/** Stands in the place of the number of a command for everything from before the record began. */
export const resealedEarlier = '0'

/**
 * The effects that an erasure of a person vouches for, each as the number of a command and its hash. What the log said of
 * people before it committed to it was hashed in clear: without it the effect of then is another, and the erasure, itself
 * in the chain, says which.
 */
export const resealedEffects = async (db: Db): Promise<ReadonlySet<string>> => {
  const rows = await rawRows<{ effect: string }>(
    db,
    sql`SELECT r.key || ' ' || r.value AS effect FROM person_erasures p, json_each(p.resealed) r`,
  )
  return new Set(rows.map(({ effect }) => effect))
}
