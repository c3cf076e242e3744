import { type RawBuilder, sql } from 'kysely'

/** What `client_balances` should hold, from invoices and payments alone; by client and currency. */
export const balancesFromRows = (organizationId: string): RawBuilder<unknown> => sql`
  SELECT client_id, currency, ${organizationId} AS organization_id,
    sum(billed_e4) AS billed_e4, sum(paid_e4) AS paid_e4, sum(open_e4) AS open_e4, sum(credit_e4) AS credit_e4,
    sum(invoice_count) AS invoice_count, sum(settled_count) AS settled_count, sum(settled_days) AS settled_days
  FROM (
    SELECT i.client_id, i.currency,
      iif(i.voided_at IS NULL, i.total_e4, 0) AS billed_e4, coalesce(a.paid_e4, 0) AS paid_e4,
      iif(i.voided_at IS NULL, max(i.payable_e4 - coalesce(a.paid_e4, 0), 0), 0) AS open_e4, 0 AS credit_e4,
      iif(i.voided_at IS NULL, 1, 0) AS invoice_count,
      iif(i.voided_at IS NULL AND i.payable_e4 <= coalesce(a.paid_e4, 0), 1, 0) AS settled_count,
      CASE WHEN a.invoice_id IS NOT NULL AND i.payable_e4 = a.paid_e4
        THEN CAST(julianday(i.settled_on) - julianday(i.issued_on) AS INTEGER) ELSE 0 END AS settled_days
    FROM invoices i
    LEFT JOIN (SELECT invoice_id, sum(amount_e4) AS paid_e4 FROM payment_allocations
      WHERE organization_id = ${organizationId} GROUP BY invoice_id HAVING sum(amount_e4) <> 0) a ON a.invoice_id = i.id
    WHERE i.organization_id = ${organizationId} AND i.issued_at IS NOT NULL
    UNION ALL
    SELECT p.client_id, p.currency, 0, 0, 0,
      iif(p.status IN ('pending','cleared'), p.amount_e4 - coalesce(a.used_e4, 0), 0), 0, 0, 0
    FROM payments p
    LEFT JOIN (SELECT payment_id, sum(amount_e4) AS used_e4 FROM payment_allocations
      WHERE organization_id = ${organizationId} GROUP BY payment_id) a ON a.payment_id = p.id
    WHERE p.organization_id = ${organizationId}
  ) GROUP BY client_id, currency`

/** What `monthly_totals` should hold, from invoices and payments alone; by month. */
export const monthsFromRows = (organizationId: string): RawBuilder<unknown> => sql`
  SELECT ${organizationId} AS organization_id, month, sum(issued_base_e4) AS issued_base_e4,
    sum(received_base_e4) AS received_base_e4, sum(issued_count) AS issued_count
  FROM (
    SELECT substr(issued_on, 1, 7) AS month, base_total_e4 AS issued_base_e4, 0 AS received_base_e4, 1 AS issued_count
    FROM invoices WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL AND voided_at IS NULL
    UNION ALL
    SELECT substr(received_on, 1, 7), 0, base_amount_e4, 0
    FROM payments WHERE organization_id = ${organizationId} AND status IN ('pending','cleared')
  ) GROUP BY month`
