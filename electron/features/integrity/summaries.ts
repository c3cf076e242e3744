import { type RawBuilder, sql } from 'kysely'

/** What settled each invoice, from the allocations alone: money, credit and write-offs. */
const settledFromRows = (organizationId: string): RawBuilder<unknown> => sql`
  SELECT invoice_id, sum(money_e4) AS money_e4, sum(written_e4) AS written_e4, sum(all_e4) AS all_e4 FROM (
    SELECT invoice_id, amount_e4 AS money_e4, 0 AS written_e4, amount_e4 AS all_e4
    FROM payment_allocations WHERE organization_id = ${organizationId}
    UNION ALL SELECT invoice_id, 0, 0, amount_e4 FROM credit_allocations WHERE organization_id = ${organizationId}
    UNION ALL SELECT invoice_id, 0, amount_e4, amount_e4 FROM write_offs WHERE organization_id = ${organizationId}
  ) GROUP BY invoice_id HAVING sum(all_e4) <> 0`

/** What `client_balances` should hold, from documents and money alone; by client and currency. */
export const balancesFromRows = (organizationId: string): RawBuilder<unknown> => sql`
  SELECT client_id, currency, ${organizationId} AS organization_id,
    sum(billed_e4) AS billed_e4, sum(paid_e4) AS paid_e4, sum(open_e4) AS open_e4, sum(credit_e4) AS credit_e4,
    sum(credited_e4) AS credited_e4, sum(written_off_e4) AS written_off_e4, sum(refunded_e4) AS refunded_e4,
    sum(invoice_count) AS invoice_count, sum(settled_count) AS settled_count, sum(settled_days) AS settled_days
  FROM (
    SELECT i.client_id, i.currency,
      iif(i.voided_at IS NULL, i.total_e4, 0) AS billed_e4, coalesce(a.money_e4, 0) AS paid_e4,
      iif(i.voided_at IS NULL, max(i.payable_e4 - coalesce(a.all_e4, 0), 0), 0) AS open_e4, 0 AS credit_e4,
      0 AS credited_e4, coalesce(a.written_e4, 0) AS written_off_e4, 0 AS refunded_e4,
      iif(i.voided_at IS NULL, 1, 0) AS invoice_count,
      iif(i.voided_at IS NULL AND i.payable_e4 <= coalesce(a.all_e4, 0), 1, 0) AS settled_count,
      CASE WHEN a.invoice_id IS NOT NULL AND i.payable_e4 = a.all_e4
        THEN CAST(julianday(i.settled_on) - julianday(i.issued_on) AS INTEGER) ELSE 0 END AS settled_days
    FROM invoices i
    LEFT JOIN (${settledFromRows(organizationId)}) a ON a.invoice_id = i.id
    WHERE i.organization_id = ${organizationId} AND i.issued_at IS NOT NULL
    UNION ALL
    SELECT p.client_id, p.currency, 0, 0, 0,
      iif(p.status IN ('pending','cleared'), p.amount_e4 - coalesce(a.used_e4, 0) - coalesce(r.given_e4, 0), 0),
      0, 0, 0, 0, 0, 0
    FROM payments p
    LEFT JOIN (SELECT payment_id, sum(amount_e4) AS used_e4 FROM payment_allocations
      WHERE organization_id = ${organizationId} GROUP BY payment_id) a ON a.payment_id = p.id
    LEFT JOIN (SELECT payment_id, sum(amount_e4) AS given_e4 FROM refunds
      WHERE organization_id = ${organizationId} AND cancelled_on IS NULL GROUP BY payment_id) r ON r.payment_id = p.id
    WHERE p.organization_id = ${organizationId}
    UNION ALL
    SELECT c.client_id, c.currency, 0, 0, 0,
      iif(c.voided_at IS NULL, c.payable_e4 - coalesce(a.used_e4, 0) - coalesce(r.given_e4, 0), 0),
      iif(c.voided_at IS NULL, c.total_e4, 0), 0, 0, 0, 0, 0
    FROM credit_notes c
    LEFT JOIN (SELECT credit_note_id, sum(amount_e4) AS used_e4 FROM credit_allocations
      WHERE organization_id = ${organizationId} GROUP BY credit_note_id) a ON a.credit_note_id = c.id
    LEFT JOIN (SELECT credit_note_id, sum(amount_e4) AS given_e4 FROM refunds
      WHERE organization_id = ${organizationId} AND cancelled_on IS NULL GROUP BY credit_note_id) r ON r.credit_note_id = c.id
    WHERE c.organization_id = ${organizationId} AND c.issued_at IS NOT NULL
    UNION ALL
    SELECT client_id, currency, 0, 0, 0, 0, 0, 0, iif(cancelled_on IS NULL, amount_e4, 0), 0, 0, 0
    FROM refunds WHERE organization_id = ${organizationId}
  ) GROUP BY client_id, currency`

/** What `monthly_totals` should hold, from documents and money alone; by month. */
export const monthsFromRows = (organizationId: string): RawBuilder<unknown> => sql`
  SELECT ${organizationId} AS organization_id, month, sum(issued_base_e4) AS issued_base_e4,
    sum(received_base_e4) AS received_base_e4, sum(issued_count) AS issued_count,
    sum(credited_base_e4) AS credited_base_e4, sum(refunded_base_e4) AS refunded_base_e4
  FROM (
    SELECT substr(issued_on, 1, 7) AS month, base_total_e4 AS issued_base_e4, 0 AS received_base_e4, 1 AS issued_count,
      0 AS credited_base_e4, 0 AS refunded_base_e4
    FROM invoices WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL AND voided_at IS NULL
    UNION ALL
    SELECT substr(received_on, 1, 7), 0, base_amount_e4, 0, 0, 0
    FROM payments WHERE organization_id = ${organizationId} AND status IN ('pending','cleared')
    UNION ALL
    SELECT substr(issued_on, 1, 7), 0, 0, 0, base_total_e4, 0
    FROM credit_notes WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL AND voided_at IS NULL
    UNION ALL
    SELECT substr(refunded_on, 1, 7), 0, 0, 0, 0, base_amount_e4
    FROM refunds WHERE organization_id = ${organizationId} AND cancelled_on IS NULL
  ) GROUP BY month`
