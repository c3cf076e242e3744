import { type RawBuilder, sql } from 'kysely'
import type { LargeInvoice } from '../../../shared/tax/regimes/regime.ts'

/**
 * SQL for 1 where a document `d` counts as a large one to a consumer under a regime, else 0. A credit note is as large as
 * its invoice was, by the value in force on that invoice's day; one of no invoice by itself.
 */
export const isLargeSql = (kind: 'invoice' | 'credit-note', large: readonly LargeInvoice[]): RawBuilder<unknown> => {
  if (large.length === 0) return sql`0`
  const above = (on: RawBuilder<unknown>) =>
    sql`CASE ${sql.join(
      large.map(
        ({ aboveE4, from, until }) => sql`WHEN ${on} >= ${from} AND ${on} < ${until ?? '9999-12-31'} THEN ${aboveE4}`,
      ),
      sql` `,
    )} END`
  const consumer = sql`json_array_length(d.buyer, '$.taxIds') = 0`
  const own = sql`d.base_total_e4 > ${above(sql`d.issued_on`)}`
  if (kind === 'invoice') return sql`iif(${own} AND ${consumer}, 1, 0)`
  const original = sql`(SELECT i.base_total_e4 > ${above(sql`i.issued_on`)} FROM invoices i WHERE i.id = d.invoice_id)`
  return sql`iif(coalesce(${original}, ${own}) AND ${consumer}, 1, 0)`
}
