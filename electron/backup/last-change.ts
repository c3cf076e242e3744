import { lookCommand } from '../../shared/disclosures.ts'
import type { Db } from '../rpc/handles.ts'

/** The number of the last command that changed anything that a backup keeps; 0 for none. */
export const lastChange = async (db: Db): Promise<number> => {
  const row = await db
    .selectFrom('commands')
    .select('seq')
    // That a backup was asked for or told about is nothing to make another one for.
    .where('procedure', 'not like', 'backups.%')
    // Nor that somebody read something: it comes with the next one.
    .where('procedure', '<>', lookCommand)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}
