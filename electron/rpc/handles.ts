import type { Transaction } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '../../db/tables/index.ts'

/** What reads: a query's handle on the database. */
export type Db = ReadonlyKysely<Database>
/** What writes: a command's open transaction. */
export type Trx = Transaction<Database>
