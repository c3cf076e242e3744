import { type RawBuilder, sql } from 'kysely'

/**
 * The sums of `client_balances` over the documents that are shown, in one pass over each table: what settles a document
 * is kept in its own row. `balancesFromRows` works the same out from the allocations, and the tests hold both together.
 */
export const balancesOfShown = (organizationId: string): RawBuilder<unknown> => sql`
  SELECT client_id, currency, ${organizationId} AS organization_id,
    sum(billed_e4) AS billed_e4, sum(paid_e4) AS paid_e4, sum(open_e4) AS open_e4, sum(credit_e4) AS credit_e4,
    sum(credited_e4) AS credited_e4, sum(written_off_e4) AS written_off_e4, sum(refunded_e4) AS refunded_e4,
    sum(invoice_count) AS invoice_count, sum(settled_count) AS settled_count, sum(settled_days) AS settled_days
  FROM (
    SELECT client_id, currency, iif(voided_at IS NULL, total_e4, 0) AS billed_e4,
      paid_e4 - credited_e4 - written_off_e4 AS paid_e4, open_e4, 0 AS credit_e4, 0 AS credited_e4,
      written_off_e4, 0 AS refunded_e4, voided_at IS NULL AS invoice_count,
      voided_at IS NULL AND payable_e4 <= paid_e4 AS settled_count,
      iif(paid_e4 <> 0 AND payable_e4 = paid_e4, CAST(julianday(settled_on) - julianday(issued_on) AS INTEGER), 0) AS settled_days
    FROM invoices WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND issued_at IS NOT NULL
    UNION ALL
    SELECT client_id, currency, 0, 0, 0, credit_e4, 0, 0, 0, 0, 0, 0
    FROM payments WHERE organization_id = ${organizationId} AND deleted_at IS NULL
    UNION ALL
    SELECT client_id, currency, 0, 0, 0, credit_e4, iif(voided_at IS NULL, total_e4, 0), 0, 0, 0, 0, 0
    FROM credit_notes WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND issued_at IS NOT NULL
    UNION ALL
    SELECT client_id, currency, 0, 0, 0, 0, 0, 0, iif(cancelled_on IS NULL, amount_e4, 0), 0, 0, 0
    FROM refunds WHERE organization_id = ${organizationId}
  ) GROUP BY client_id, currency`

/** The sums of `monthly_totals` over the documents that are shown. */
export const monthsOfShown = (organizationId: string): RawBuilder<unknown> => sql`
  SELECT ${organizationId} AS organization_id, month, sum(issued_base_e4) AS issued_base_e4,
    sum(received_base_e4) AS received_base_e4, sum(issued_count) AS issued_count,
    sum(credited_base_e4) AS credited_base_e4, sum(refunded_base_e4) AS refunded_base_e4
  FROM (
    SELECT substr(issued_on, 1, 7) AS month, base_total_e4 AS issued_base_e4, 0 AS received_base_e4, 1 AS issued_count,
      0 AS credited_base_e4, 0 AS refunded_base_e4
    FROM invoices
    WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND issued_at IS NOT NULL AND voided_at IS NULL
    UNION ALL
    SELECT substr(received_on, 1, 7), 0, base_amount_e4, 0, 0, 0
    FROM payments WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND status IN ('pending','cleared')
    UNION ALL
    SELECT substr(issued_on, 1, 7), 0, 0, 0, base_total_e4, 0
    FROM credit_notes
    WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND issued_at IS NOT NULL AND voided_at IS NULL
    UNION ALL
    SELECT substr(refunded_on, 1, 7), 0, 0, 0, 0, base_amount_e4
    FROM refunds WHERE organization_id = ${organizationId} AND cancelled_on IS NULL
  ) GROUP BY month`
