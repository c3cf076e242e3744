import type { Migration } from './migration.ts'

// The last day on which something settled the invoice; null while it is open.
const settledOn = (invoice: string, left: string) => `CASE WHEN ${left} THEN (SELECT max(d) FROM (
      SELECT max(p.received_on) AS d FROM payment_allocations a JOIN payments p ON p.id = a.payment_id
        WHERE a.invoice_id = ${invoice} AND a.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM payment_allocations r WHERE r.reverses_id = a.id)
      UNION ALL SELECT max(c.allocated_on) FROM credit_allocations c
        WHERE c.invoice_id = ${invoice} AND c.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM credit_allocations r WHERE r.reverses_id = c.id)
      UNION ALL SELECT max(w.written_off_on) FROM write_offs w
        WHERE w.invoice_id = ${invoice} AND w.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM write_offs r WHERE r.reverses_id = w.id))) END`

const ledger = `
DROP TRIGGER payments_allocated;
DROP TRIGGER invoices_paid;
DROP TRIGGER payment_allocations_apply;
CREATE TRIGGER payments_allocated BEFORE UPDATE OF allocated_e4, refunded_e4 ON payments
WHEN NEW.refunded_e4 <> (SELECT coalesce(sum(amount_e4), 0) FROM refunds WHERE payment_id = NEW.id AND cancelled_on IS NULL)
  OR NEW.allocated_e4 <> NEW.refunded_e4 + (SELECT coalesce(sum(amount_e4), 0) FROM payment_allocations WHERE payment_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'immutable: what a payment pays is said by its allocations'); END;
CREATE TRIGGER invoices_paid BEFORE UPDATE OF paid_e4, credited_e4, written_off_e4 ON invoices
WHEN NEW.credited_e4 <> (SELECT coalesce(sum(amount_e4), 0) FROM credit_allocations WHERE invoice_id = NEW.id)
  OR NEW.written_off_e4 <> (SELECT coalesce(sum(amount_e4), 0) FROM write_offs WHERE invoice_id = NEW.id)
  OR NEW.paid_e4 <> NEW.credited_e4 + NEW.written_off_e4 + (SELECT coalesce(sum(amount_e4), 0) FROM payment_allocations WHERE invoice_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'immutable: what is paid of an invoice is said by its allocations'); END;
CREATE TRIGGER credit_notes_used BEFORE UPDATE OF applied_e4, refunded_e4 ON credit_notes
WHEN NEW.applied_e4 <> (SELECT coalesce(sum(amount_e4), 0) FROM credit_allocations WHERE credit_note_id = NEW.id)
  OR NEW.refunded_e4 <> (SELECT coalesce(sum(amount_e4), 0) FROM refunds WHERE credit_note_id = NEW.id AND cancelled_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'immutable: what a credit note pays is said by its allocations'); END;
CREATE TRIGGER credit_notes_born_free BEFORE INSERT ON credit_notes WHEN NEW.applied_e4 <> 0 OR NEW.refunded_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'immutable: what a credit note pays is said by its allocations'); END;
CREATE TRIGGER payments_born_unrefunded BEFORE INSERT ON payments WHEN NEW.refunded_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'immutable: what is refunded of a payment is said by its refunds'); END;
CREATE TRIGGER invoices_born_open BEFORE INSERT ON invoices WHEN NEW.credited_e4 <> 0 OR NEW.written_off_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'immutable: what is credited of an invoice is said by its allocations'); END;

CREATE TRIGGER payment_allocations_apply AFTER INSERT ON payment_allocations
BEGIN
  UPDATE payments SET allocated_e4 = allocated_e4 + NEW.amount_e4 WHERE id = NEW.payment_id;
  UPDATE invoices SET paid_e4 = paid_e4 + NEW.amount_e4,
    settled_on = ${settledOn('NEW.invoice_id', 'paid_e4 + NEW.amount_e4 = payable_e4')}
  WHERE id = NEW.invoice_id;
END;

CREATE TRIGGER credit_allocations_check BEFORE INSERT ON credit_allocations
BEGIN
  SELECT RAISE(ABORT, 'over-allocated: more than is left of the credit note')
  FROM credit_notes c WHERE c.id = NEW.credit_note_id
    AND (c.applied_e4 + c.refunded_e4 + NEW.amount_e4 > c.payable_e4 OR c.applied_e4 + NEW.amount_e4 < 0);
  SELECT RAISE(ABORT, 'over-allocated: more than is open on the invoice')
  FROM invoices i WHERE i.id = NEW.invoice_id AND (i.paid_e4 + NEW.amount_e4 > i.payable_e4 OR i.credited_e4 + NEW.amount_e4 < 0);
  SELECT RAISE(ABORT, 'state: only an issued invoice takes credit')
  FROM invoices i WHERE i.id = NEW.invoice_id AND (i.issued_at IS NULL OR i.voided_at IS NOT NULL);
  SELECT RAISE(ABORT, 'state: only an issued credit note pays')
  FROM credit_notes c WHERE c.id = NEW.credit_note_id AND (c.issued_at IS NULL OR c.voided_at IS NOT NULL);
  SELECT RAISE(ABORT, 'state: credit note and invoice differ in client, currency or organization')
  FROM credit_notes c, invoices i WHERE c.id = NEW.credit_note_id AND i.id = NEW.invoice_id
    AND (c.currency <> i.currency OR c.client_id <> i.client_id OR c.organization_id <> i.organization_id OR NEW.organization_id <> c.organization_id);
  SELECT RAISE(ABORT, 'state: a reversal takes back exactly one allocation')
  WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM credit_allocations a WHERE a.id = NEW.reverses_id
    AND a.credit_note_id = NEW.credit_note_id AND a.invoice_id = NEW.invoice_id AND a.amount_e4 = -NEW.amount_e4);
END;
CREATE TRIGGER credit_allocations_apply AFTER INSERT ON credit_allocations
BEGIN
  UPDATE credit_notes SET applied_e4 = applied_e4 + NEW.amount_e4 WHERE id = NEW.credit_note_id;
  UPDATE invoices SET credited_e4 = credited_e4 + NEW.amount_e4, paid_e4 = paid_e4 + NEW.amount_e4,
    settled_on = ${settledOn('NEW.invoice_id', 'paid_e4 + NEW.amount_e4 = payable_e4')}
  WHERE id = NEW.invoice_id;
END;

CREATE TRIGGER write_offs_check BEFORE INSERT ON write_offs
BEGIN
  SELECT RAISE(ABORT, 'over-allocated: more than is open on the invoice')
  FROM invoices i WHERE i.id = NEW.invoice_id AND (i.paid_e4 + NEW.amount_e4 > i.payable_e4 OR i.written_off_e4 + NEW.amount_e4 < 0);
  SELECT RAISE(ABORT, 'state: only an issued invoice is written off')
  FROM invoices i WHERE i.id = NEW.invoice_id AND (i.issued_at IS NULL OR i.voided_at IS NOT NULL OR i.organization_id <> NEW.organization_id);
  SELECT RAISE(ABORT, 'state: a reversal takes back exactly one write-off')
  WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM write_offs a WHERE a.id = NEW.reverses_id
    AND a.invoice_id = NEW.invoice_id AND a.amount_e4 = -NEW.amount_e4);
END;
CREATE TRIGGER write_offs_apply AFTER INSERT ON write_offs
BEGIN
  UPDATE invoices SET written_off_e4 = written_off_e4 + NEW.amount_e4, paid_e4 = paid_e4 + NEW.amount_e4,
    settled_on = ${settledOn('NEW.invoice_id', 'paid_e4 + NEW.amount_e4 = payable_e4')}
  WHERE id = NEW.invoice_id;
END;

CREATE TRIGGER refunds_check BEFORE INSERT ON refunds
BEGIN
  SELECT RAISE(ABORT, 'immutable: a refund begins as made') WHERE NEW.cancelled_on IS NOT NULL;
  SELECT RAISE(ABORT, 'over-allocated: more than is left of the payment')
  FROM payments p WHERE p.id = NEW.payment_id AND p.allocated_e4 + NEW.amount_e4 > p.amount_e4;
  SELECT RAISE(ABORT, 'state: only money that is there can be refunded')
  FROM payments p WHERE p.id = NEW.payment_id AND (p.status <> 'cleared' OR p.currency <> NEW.currency OR p.client_id <> NEW.client_id
    OR p.organization_id <> NEW.organization_id);
  SELECT RAISE(ABORT, 'over-allocated: more than is left of the credit note')
  FROM credit_notes c WHERE c.id = NEW.credit_note_id AND c.applied_e4 + c.refunded_e4 + NEW.amount_e4 > c.payable_e4;
  SELECT RAISE(ABORT, 'state: only an issued credit note of the same client and currency can be refunded')
  FROM credit_notes c WHERE c.id = NEW.credit_note_id AND (c.issued_at IS NULL OR c.voided_at IS NOT NULL OR c.currency <> NEW.currency
    OR c.client_id <> NEW.client_id OR c.organization_id <> NEW.organization_id);
END;
CREATE TRIGGER refunds_apply AFTER INSERT ON refunds
BEGIN
  UPDATE payments SET refunded_e4 = refunded_e4 + NEW.amount_e4, allocated_e4 = allocated_e4 + NEW.amount_e4 WHERE id = NEW.payment_id;
  UPDATE credit_notes SET refunded_e4 = refunded_e4 + NEW.amount_e4 WHERE id = NEW.credit_note_id;
END;
CREATE TRIGGER refunds_cancelled AFTER UPDATE OF cancelled_on ON refunds WHEN OLD.cancelled_on IS NULL AND NEW.cancelled_on IS NOT NULL
BEGIN
  UPDATE payments SET refunded_e4 = refunded_e4 - NEW.amount_e4, allocated_e4 = allocated_e4 - NEW.amount_e4 WHERE id = NEW.payment_id;
  UPDATE credit_notes SET refunded_e4 = refunded_e4 - NEW.amount_e4 WHERE id = NEW.credit_note_id;
END;
`

// Credit of a client is what is left of payments and of credit notes; paid is money alone.
const summaries = `
DROP TRIGGER invoices_summary_paid;
CREATE TRIGGER invoices_summary_paid AFTER UPDATE OF paid_e4 ON invoices WHEN NEW.paid_e4 <> OLD.paid_e4
BEGIN
  UPDATE client_balances SET open_e4 = open_e4 - (NEW.paid_e4 - OLD.paid_e4),
    paid_e4 = paid_e4 + (NEW.paid_e4 - OLD.paid_e4) - (NEW.credited_e4 - OLD.credited_e4) - (NEW.written_off_e4 - OLD.written_off_e4),
    written_off_e4 = written_off_e4 + NEW.written_off_e4 - OLD.written_off_e4,
    settled_count = settled_count + (NEW.paid_e4 = NEW.payable_e4) - (OLD.paid_e4 = OLD.payable_e4),
    settled_days = settled_days
      + CASE WHEN NEW.settled_on IS NOT NULL THEN CAST(julianday(NEW.settled_on) - julianday(NEW.issued_on) AS INTEGER) ELSE 0 END
      - CASE WHEN OLD.settled_on IS NOT NULL THEN CAST(julianday(OLD.settled_on) - julianday(OLD.issued_on) AS INTEGER) ELSE 0 END
  WHERE client_id = NEW.client_id AND currency = NEW.currency;
END;

CREATE TRIGGER credit_notes_summary_issue AFTER UPDATE OF issued_at ON credit_notes WHEN OLD.issued_at IS NULL AND NEW.issued_at IS NOT NULL
BEGIN
  INSERT INTO client_balances (client_id, currency, organization_id, credited_e4, credit_e4)
  VALUES (NEW.client_id, NEW.currency, NEW.organization_id, NEW.total_e4, NEW.payable_e4)
  ON CONFLICT (client_id, currency) DO UPDATE SET credited_e4 = credited_e4 + excluded.credited_e4, credit_e4 = credit_e4 + excluded.credit_e4;
  INSERT INTO monthly_totals (organization_id, month, credited_base_e4) VALUES (NEW.organization_id, substr(NEW.issued_on, 1, 7), NEW.base_total_e4)
  ON CONFLICT (organization_id, month) DO UPDATE SET credited_base_e4 = credited_base_e4 + excluded.credited_base_e4;
END;
CREATE TRIGGER credit_notes_summary_void AFTER UPDATE OF voided_at ON credit_notes WHEN OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
BEGIN
  UPDATE client_balances SET credited_e4 = credited_e4 - NEW.total_e4, credit_e4 = credit_e4 - NEW.payable_e4
  WHERE client_id = NEW.client_id AND currency = NEW.currency;
  UPDATE monthly_totals SET credited_base_e4 = credited_base_e4 - NEW.base_total_e4
  WHERE organization_id = NEW.organization_id AND month = substr(NEW.issued_on, 1, 7);
END;
CREATE TRIGGER credit_notes_summary_used AFTER UPDATE OF applied_e4, refunded_e4 ON credit_notes
BEGIN
  UPDATE client_balances SET credit_e4 = credit_e4 + NEW.credit_e4 - OLD.credit_e4 WHERE client_id = NEW.client_id AND currency = NEW.currency;
END;
CREATE TRIGGER refunds_summary_insert AFTER INSERT ON refunds
BEGIN
  UPDATE client_balances SET refunded_e4 = refunded_e4 + NEW.amount_e4 WHERE client_id = NEW.client_id AND currency = NEW.currency;
  INSERT INTO monthly_totals (organization_id, month, refunded_base_e4) VALUES (NEW.organization_id, substr(NEW.refunded_on, 1, 7), NEW.base_amount_e4)
  ON CONFLICT (organization_id, month) DO UPDATE SET refunded_base_e4 = refunded_base_e4 + excluded.refunded_base_e4;
END;
CREATE TRIGGER refunds_summary_cancel AFTER UPDATE OF cancelled_on ON refunds WHEN OLD.cancelled_on IS NULL AND NEW.cancelled_on IS NOT NULL
BEGIN
  UPDATE client_balances SET refunded_e4 = refunded_e4 - NEW.amount_e4 WHERE client_id = NEW.client_id AND currency = NEW.currency;
  UPDATE monthly_totals SET refunded_base_e4 = refunded_base_e4 - NEW.base_amount_e4
  WHERE organization_id = NEW.organization_id AND month = substr(NEW.refunded_on, 1, 7);
END;
`

/** What settles an invoice is money, credit or a write-off: sums, limits and summaries kept by triggers. */
export const creditLedger: Migration = {
  version: 9,
  name: 'credit-ledger',
  up: (run) => {
    run(ledger)
    run(summaries)
  },
}
