import { sql } from 'kysely'
import { commitmentOf, type StoredChange, splitChange } from '../../db/record/effect.ts'
import { draftColumns, mark, personalColumns } from '../../db/record/personal-columns.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { CommandContext } from '../rpc/context.ts'

const pageOf = 500

// Before its values go, a change gets the commitment that stands for them in the record; the salt goes with them.
const redact = async (
  { trx }: CommandContext,
  erasureId: string,
  table: string,
  columns: readonly string[],
  fate: string | null,
) => {
  const values = sql.join(columns.flatMap((column) => [sql`${`$.${column}`}`, sql`${mark}`]))
  for (let last = 0; ; ) {
    const rows = await rawRows<StoredChange>(
      trx,
      sql`SELECT seq, organization_id, table_name AS "table", row_id, action, old_values, new_values, salt, commitment
        FROM audit_log WHERE seq > ${last} AND table_name = ${table} AND row_id IN (
          SELECT row_id FROM erasure_rows WHERE erasure_id = ${erasureId} AND table_name = ${table}
          ${fate === null ? sql`` : sql`AND fate = ${fate}`}) ORDER BY seq LIMIT ${pageOf}`,
    )
    for (const row of rows) {
      const commitment = commitmentOf(row, splitChange(row))
      await sql`UPDATE audit_log SET old_values = json_replace(old_values, ${values}), new_values = json_replace(new_values, ${values}),
        salt = NULL, commitment = ${commitment} WHERE seq = ${row.seq}`.execute(trx)
    }
    if (rows.length < pageOf) return
    last = rows.at(-1)?.seq ?? last
  }
}

// An answer that a repeated call would get again; who repeats a call of then learns that it was done, no more.
const forgetAnswers = async ({ trx }: CommandContext, erasureId: string, values: readonly string[]) => {
  if (values.length === 0) return
  const named = sql.join(
    values.map((value) => sql`instr(result, ${value}) > 0`),
    sql` OR `,
  )
  await sql`UPDATE commands SET result = NULL WHERE result IS NOT NULL AND seq IN (
    SELECT a.command_seq FROM audit_log a JOIN erasure_rows r ON r.row_id = a.row_id AND r.table_name = a.table_name
    WHERE r.erasure_id = ${erasureId}) AND (${named})`.execute(trx)
}

/** Puts the mark where the record of changes says who somebody was; what changed when and by whom stays. */
export const forgetRecord = async (
  context: CommandContext,
  erasureId: string,
  values: readonly string[],
): Promise<void> => {
  await forgetAnswers(context, erasureId, values)
  for (const [table, columns] of Object.entries(personalColumns)) await redact(context, erasureId, table, columns, null)
  for (const [table, columns] of Object.entries(draftColumns)) {
    await redact(context, erasureId, table, columns, 'erased')
  }
}
