import { sql } from 'kysely'
import type { Db, Trx } from '../rpc/handles.ts'

/**
 * When a backup last took the place of a business, alone or with all others, as an instant; null where none ever did.
 * What was done here between the day of that backup and then is no longer known, and may have reached a client.
 */
export const lastRestoreAt = async (db: Db | Trx, organizationId: string): Promise<string | null> => {
  const of = sql<string | null>`json_extract(data, '$.businessId')`
  const row = await db
    .selectFrom('securityEvents')
    .select('at')
    .where('kind', '=', 'restored')
    .where(({ or, eb }) => or([eb(of, 'is', null), eb(of, '=', organizationId)]))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}
