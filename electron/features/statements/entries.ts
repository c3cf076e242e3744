import { sql } from 'kysely'
import type { StatementKind } from '../../../shared/contract/statements.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import { rawRows } from '../raw-rows.ts'

export type LedgerEntry = {
  readonly on: string
  readonly kind: StatementKind
  readonly id: string
  readonly number: string
  readonly note: string | null
  readonly currency: string
  readonly amountE4: Amount
}

/**
 * Everything that changed what a client owed up to a day, in order: documents, money and their reversals, each on the
 * day it happened. Above zero raises what is owed.
 */
export const ledgerEntries = (
  db: Db,
  organizationId: string,
  clientId: string,
  until: string,
): Promise<LedgerEntry[]> =>
  rawRows<LedgerEntry>(
    db,
    sql`SELECT "on", kind, id, number, note, currency, amount_e4 FROM (
      SELECT issued_on AS "on", 1 AS rank, 'invoice' AS kind, id, number, due_on AS note, currency, payable_e4 AS amount_e4
      FROM invoices WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL AND issued_at IS NOT NULL
      UNION ALL
      SELECT voided_on, 2, 'invoice-void', id, number, void_reason, currency, -payable_e4
      FROM invoices WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL AND voided_on IS NOT NULL
      UNION ALL
      SELECT issued_on, 3, 'credit-note', id, number, reason, currency, -payable_e4
      FROM credit_notes WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL AND issued_at IS NOT NULL
      UNION ALL
      SELECT voided_on, 4, 'credit-note-void', id, number, void_reason, currency, payable_e4
      FROM credit_notes WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL AND voided_on IS NOT NULL
      UNION ALL
      SELECT received_on, 5, 'payment', id, number, reference, currency, -amount_e4 - rounding_e4
      FROM payments WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL
      UNION ALL
      SELECT max(status_on, received_on), 6, 'payment-returned', id, number, status_reason, currency, amount_e4 + rounding_e4
      FROM payments WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL
        AND status IN ('bounced','cancelled')
      UNION ALL
      SELECT refunded_on, 7, 'refund', id, number, reference, currency, amount_e4
      FROM refunds WHERE organization_id = ${organizationId} AND client_id = ${clientId}
      UNION ALL
      SELECT max(cancelled_on, refunded_on), 8, 'refund-cancelled', id, number, cancel_reason, currency, -amount_e4
      FROM refunds WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND cancelled_on IS NOT NULL
      UNION ALL
      SELECT w.written_off_on, 9, 'write-off', i.id, i.number, w.reason, i.currency, -w.amount_e4
      FROM write_offs w JOIN invoices i ON i.id = w.invoice_id
      WHERE w.organization_id = ${organizationId} AND i.client_id = ${clientId} AND i.deleted_at IS NULL
      UNION ALL
      SELECT received_on, 10, 'cash-rounding', id, number, NULL, currency, rounding_e4
      FROM payments WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL AND rounding_e4 <> 0
      UNION ALL
      SELECT max(status_on, received_on), 11, 'cash-rounding', id, number, status_reason, currency, -rounding_e4
      FROM payments WHERE organization_id = ${organizationId} AND client_id = ${clientId} AND deleted_at IS NULL AND rounding_e4 <> 0
        AND status IN ('bounced','cancelled')
    ) WHERE "on" <= ${until} ORDER BY "on", rank, number`,
  )
