import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from '../rpc/handles.ts'

/** The rows of a SELECT written by hand: a read-only handle takes it as a table to read from. */
export const rawRows = async <R extends object>(db: Db | Trx, select: RawBuilder<R>): Promise<R[]> => {
  const rows = await db.selectFrom(sql<R>`(${select})`.as('r')).selectAll().execute()
  // The alias has exactly the columns of R; Kysely's mapped type says the same in another way.
  return rows as unknown as R[]
}
