import { type RawBuilder, sql } from 'kysely'
import type { CommandContext } from '../rpc/context.ts'
import { documentTables, type SubjectTable } from './subject.ts'

type Finding = {
  readonly erasureId: string
  readonly tables: readonly SubjectTable[]
  /** Documents and payments up to this day need not be kept any more. */
  readonly lastFreeOn: string
}

// What becomes of the rows of a table; `t` is the row. What hangs on a document goes its way.
const fates = (lastFreeOn: string): Readonly<Record<string, RawBuilder<unknown>>> => {
  // What is still owed is kept until it is not.
  const document = (table: string, row: string) =>
    sql`CASE WHEN ${sql.ref(`${row}.issued_at`)} IS NULL THEN 'erased' WHEN ${sql.ref(`${row}.issued_on`)} <= ${lastFreeOn}
      ${table === 'invoices' ? sql`AND ${sql.ref(`${row}.state`)} <> 'open'` : sql``} THEN 'expired' ELSE 'kept' END`
  const kept = sql`'kept'`
  const money = (on: string) => sql`CASE WHEN ${sql.ref(`t.${on}`)} <= ${lastFreeOn} THEN 'expired' ELSE 'kept' END`
  return {
    ...Object.fromEntries(
      documentTables.flatMap(({ table, one }) => [
        [table, document(table, 't')],
        ...['lines', 'adjustments', 'taxes'].map((part) => [
          `${one}_${part}`,
          sql`(SELECT ${document(table, 'd')} FROM ${sql.table(table)} d WHERE d.id = t.${sql.ref(`${one}_id`)})`,
        ]),
      ]),
    ),
    payments: money('received_on'),
    refunds: money('refunded_on'),
    bank_transactions: sql`(SELECT CASE WHEN max(p.received_on) <= ${lastFreeOn} THEN 'expired' ELSE 'kept' END FROM payments p
      WHERE p.id = t.payment_id OR p.bank_transaction_id = t.id)`,
    payment_allocations: kept,
    credit_allocations: kept,
    write_offs: kept,
    invoice_reminders: kept,
    // A file beside an issued document is part of it; beside anything else it is the person's.
    attachments: sql`coalesce((SELECT CASE WHEN d.issued_on <= ${lastFreeOn} THEN 'erased' ELSE 'kept' END FROM (
      SELECT id, issued_on, issued_at FROM invoices UNION ALL SELECT id, issued_on, issued_at FROM quotes
      UNION ALL SELECT id, issued_on, issued_at FROM credit_notes) d WHERE d.id = t.entity_id AND d.issued_at IS NOT NULL), 'erased')`,
  }
}

/** What becomes of a row of a table, as SQL over the row `t`. */
export const fateIn = (table: string, lastFreeOn: string): RawBuilder<unknown> =>
  fates(lastFreeOn)[table] ?? sql`'erased'`

const files: Readonly<Record<string, string>> = {
  attachments: 'sha256',
  invoices: 'pdf_sha256',
  quotes: 'pdf_sha256',
  credit_notes: 'pdf_sha256',
}

/** Writes down which rows an erasure found and what becomes of each: the ways through what never changes go by it. */
export const findRows = async ({ trx }: CommandContext, { erasureId, tables, lastFreeOn }: Finding): Promise<void> => {
  for (const { table, where } of tables) {
    const file = files[table]
    await sql`INSERT INTO erasure_rows (erasure_id, table_name, row_id, fate, sha256)
      SELECT ${erasureId}, ${table}, t.id, ${fateIn(table, lastFreeOn)}, ${file === undefined ? sql`NULL` : sql.ref(`t.${file}`)}
      FROM ${sql.table(table)} t WHERE ${where}`.execute(trx)
  }
}
