import { sql } from 'kysely'
import { toJson } from '../../db/json.ts'
import { commitmentOf, type StoredChange, splitChange } from '../../db/record/effect.ts'
import { mark, personalColumns } from '../../db/record/personal-columns.ts'
import { rawRows } from '../features/raw-rows.ts'
import { resealedEarlier } from '../record/resealed.ts'
import { effectOfCommand, effectOfEarlier } from '../record/verify-effects.ts'
import type { CommandContext } from '../rpc/context.ts'

/** Rows of one table that the log must not tell of any more. */
export type Found = { readonly table: string; readonly ids: readonly string[] }

type Change = StoredChange & { readonly commandSeq: number }

// Takes the values of some rows out of the log; gives the commands whose effect is another without them.
const redact = async ({ trx }: CommandContext, { table, ids }: Found, seen: Set<number>): Promise<void> => {
  const columns = personalColumns[table] ?? []
  if (ids.length === 0 || columns.length === 0) return
  const paths = columns.map((column) => `$.${column}`)
  const values = sql.join(paths.flatMap((path) => [sql`${path}`, sql`${mark}`]))
  const names = sql.join(
    paths.map((path) => sql`json_type(new_values, ${path}) IS NOT NULL`),
    sql` OR `,
  )
  const rows = await rawRows<Change>(
    trx,
    sql`SELECT seq, command_seq, organization_id, table_name AS "table", row_id, action, old_values, new_values, salt, commitment
      FROM audit_log WHERE row_id IN (${sql.join([...ids])}) AND table_name = ${table} AND (${names}) ORDER BY seq`,
  )
  for (const row of rows) {
    const commitment = commitmentOf(row, splitChange(row))
    await sql`UPDATE audit_log SET old_values = json_replace(old_values, ${values}), new_values = json_replace(new_values, ${values}),
      salt = NULL, commitment = ${commitment} WHERE seq = ${row.seq}`.execute(trx)
    // Written before values of this table stood in the record as commitments.
    if (commitment === null) seen.add(row.commandSeq)
  }
}

// The last command of before the record began; 0 where it began with the first.
const lastBefore = async ({ trx }: CommandContext): Promise<number> => {
  const [row] = await rawRows<{ until: number | null }>(
    trx,
    sql`SELECT max(CAST(json_extract(body, '$.before.commands') AS INTEGER)) AS until FROM chain_entries WHERE seq = 1`,
  )
  return Number(row?.until ?? 0)
}

/**
 * Puts the mark where the record of changes says who somebody was; what changed when and by whom stays. An effect that was
 * hashed with it in clear is vouched for by the erasure, which has to be written before.
 */
export const forgetChanges = async (
  context: CommandContext,
  erasureId: string,
  found: readonly Found[],
): Promise<void> => {
  const commands = new Set<number>()
  for (const it of found) await redact(context, it, commands)
  const until = await lastBefore(context)
  const resealed: Record<string, string> = {}
  for (const seq of commands) {
    if (seq <= until) continue
    const effect = await effectOfCommand(context.trx, seq)
    if (effect !== null) resealed[seq] = effect
  }
  if ([...commands].some((seq) => seq <= until)) resealed[resealedEarlier] = await effectOfEarlier(context.trx, until)
  if (Object.keys(resealed).length === 0) return
  await context.trx
    .updateTable('personErasures')
    .set(({ eb }) => ({ resealed: toJson(resealed), updatedAt: context.now, version: eb('version', '+', 1) }))
    .where('id', '=', erasureId)
    .execute()
}
