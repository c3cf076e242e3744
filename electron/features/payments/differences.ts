import { sql } from 'kysely'
import { exchangeDifferences } from '../../../shared/documents/exchange-difference.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import type { Amount, ExchangeRate } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { rawRows } from '../raw-rows.ts'

type Asked = { readonly invoiceIds: readonly string[]; readonly sourceIds: readonly string[] }
type Row = {
  readonly id: string
  readonly invoiceId: string
  readonly sourceId: string | null
  readonly sourceRateE10: ExchangeRate | null
  readonly invoiceRateE10: ExchangeRate
  readonly amountE4: Amount
}

const stands = (table: string) =>
  sql.raw(`a.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM ${table} r WHERE r.reverses_id = a.id)`)

// Everything that touches one of these invoices or sources, in the order in which it was written: ids are of time.
const settlementsOf = (db: Db, { invoiceIds, sourceIds }: Asked) => {
  const invoices = sql.join([...invoiceIds, ''])
  const sources = sql.join([...sourceIds, ''])
  return rawRows(
    db,
    sql<Row>`SELECT s.id, s.invoice_id, s.source_id, s.source_rate_e10, i.exchange_rate_e10 AS invoice_rate_e10, s.amount_e4
      FROM (
        SELECT a.id, a.invoice_id, a.payment_id AS source_id, p.exchange_rate_e10 AS source_rate_e10, a.amount_e4
        FROM payment_allocations a JOIN payments p ON p.id = a.payment_id
        WHERE (a.invoice_id IN (${invoices}) OR a.payment_id IN (${sources})) AND ${stands('payment_allocations')}
        UNION ALL
        SELECT a.id, a.invoice_id, a.credit_note_id, c.exchange_rate_e10, a.amount_e4
        FROM credit_allocations a JOIN credit_notes c ON c.id = a.credit_note_id
        WHERE (a.invoice_id IN (${invoices}) OR a.credit_note_id IN (${sources})) AND ${stands('credit_allocations')}
        UNION ALL
        SELECT a.id, a.invoice_id, NULL, NULL, a.amount_e4 FROM write_offs a
        WHERE a.invoice_id IN (${invoices}) AND ${stands('write_offs')}
      ) s JOIN invoices i ON i.id = s.invoice_id ORDER BY s.id`,
  )
}

/**
 * The realised exchange difference of each allocation, use of credit and write-off of some invoices, or of what some
 * payments and credit notes settle, by its id and in base currency.
 */
export const differencesOf = async (
  db: Db,
  organizationId: string,
  asked: { readonly invoiceIds: readonly string[] } | { readonly sourceIds: readonly string[] },
): Promise<ReadonlyMap<string, Amount>> => {
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const first = await settlementsOf(db, { invoiceIds: [], sourceIds: [], ...asked })
  // The other side of each as well, so that cumulative sums begin where its own begin.
  const rows = await settlementsOf(db, {
    invoiceIds: [...new Set(first.map((it) => it.invoiceId))],
    sourceIds: [...new Set(first.flatMap((it) => it.sourceId ?? []))],
  })
  const differences = exchangeDifferences(
    rows.map(({ sourceId, sourceRateE10, ...it }) => ({
      ...it,
      source: sourceId === null || sourceRateE10 === null ? null : { id: sourceId, rateE10: sourceRateE10 },
    })),
    minorUnitsOf(organization.currency),
    organization.roundingMode,
  )
  return new Map(first.flatMap(({ id }) => [[id, differences.get(id) ?? (0n as Amount)] as const])) // none is zero
}
