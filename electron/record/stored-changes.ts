import { sql } from 'kysely'
import type { CommandHead, StoredChange } from '../../db/record/effect.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db, Trx } from '../rpc/handles.ts'

export type ChangeOfCommand = StoredChange & { readonly commandSeq: number }

const pageOf = 2000

/** The audit log in its order, page by page, from after one sequence number up to and with another. */
export async function* storedChanges(
  db: Db | Trx,
  { after = 0, upTo = Number.MAX_SAFE_INTEGER }: { readonly after?: number; readonly upTo?: number } = {},
): AsyncGenerator<readonly ChangeOfCommand[]> {
  let last = after
  for (;;) {
    const rows = await rawRows<ChangeOfCommand>(
      db,
      sql`SELECT seq, command_seq, organization_id, table_name AS "table", row_id, action, old_values, new_values, salt, commitment
        FROM audit_log WHERE seq > ${last} AND seq <= ${upTo} ORDER BY seq LIMIT ${pageOf}`,
    )
    if (rows.length === 0) return
    yield rows
    last = rows.at(-1)?.seq ?? last
  }
}

export type StoredCommand = CommandHead & { readonly seq: number }

/** The commands with numbers from one to another, in order. */
export const storedCommands = async (db: Db | Trx, from: number, to: number): Promise<StoredCommand[]> =>
  await rawRows<StoredCommand>(
    db,
    sql`SELECT seq, id, organization_id, user_id, device_id, procedure, at FROM commands
      WHERE seq >= ${from} AND seq <= ${to} ORDER BY seq`,
  )
