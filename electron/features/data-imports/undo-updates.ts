import { sql } from 'kysely'
import { z } from 'zod'
import type { CommandContext } from '../../rpc/context.ts'
import type { Kept } from './undo-deletes.ts'

type Change = {
  readonly table: 'clients' | 'items'
  readonly id: string
  readonly oldValues: string
  readonly touched: number
}

// The audit log keeps scaled integers as digits.
const storedValue = (column: string, value: unknown): unknown =>
  /_e(4|6|10)$/.test(column) && typeof value === 'string' ? BigInt(value) : value

const columnsSchema = z.record(z.string().regex(/^[a-z_0-9]+$/), z.union([z.string(), z.number(), z.null()]))

const restore = async ({ trx, now, organizationId }: CommandContext, { table, id, oldValues }: Change) => {
  const old = columnsSchema.parse(JSON.parse(oldValues))
  const settings = Object.entries(old).map(([column, value]) => sql`${sql.ref(column)} = ${storedValue(column, value)}`)
  if (settings.length === 0) return
  await sql`UPDATE ${sql.table(table)} SET ${sql.join(settings)}, updated_at = ${now}, version = version + 1
    WHERE id = ${id} AND organization_id = ${organizationId}`.execute(trx)
}

/** Sets the clients and items that an import changed back to what they were, but those that were changed again since. */
export const restoreUpdated = async (context: CommandContext, seq: number, kept: Kept[]): Promise<number> => {
  const { rows } = await sql<Change & { name: string }>`
    SELECT a.table_name AS "table", a.row_id AS id, a.old_values AS "old_values",
      EXISTS (SELECT 1 FROM audit_log later WHERE later.row_id = a.row_id AND later.command_seq > ${seq}) AS touched,
      coalesce((SELECT name FROM clients WHERE id = a.row_id), (SELECT name FROM items WHERE id = a.row_id), '') AS name
    FROM audit_log a
    WHERE a.command_seq = ${seq} AND a.table_name IN ('clients', 'items') AND a.action = 'update'
    ORDER BY a.seq DESC`.execute(context.trx)
  let restored = 0
  for (const row of rows) {
    if (row.touched === 1) {
      kept.push({
        what: row.table === 'clients' ? 'client' : 'item',
        name: row.name,
        reason: 'it was changed again since',
      })
      continue
    }
    await restore(context, row)
    restored += 1
  }
  return restored
}
