import type { Migration } from './migration.ts'

/** Payments, their append-only allocations, and the summary tables that triggers keep. */
export const payments: Migration = {
  version: 4,
  name: 'payments',
  up: (run) => {
    run(`
CREATE TABLE payments (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  branch_id TEXT REFERENCES branches(id),
  client_id TEXT NOT NULL REFERENCES clients(id), client_name TEXT NOT NULL,
  series_id TEXT NOT NULL REFERENCES number_series(id), number TEXT NOT NULL,
  received_on TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('bank-transfer','cash','card','cheque','direct-debit','upi','other')),
  status TEXT NOT NULL CHECK (status IN ('pending','cleared','bounced','cancelled')),
  status_on TEXT, status_reason TEXT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  exchange_rate_e10 INTEGER NOT NULL DEFAULT 10000000000 CHECK (exchange_rate_e10 > 0),
  amount_e4 INTEGER NOT NULL CHECK (amount_e4 > 0), base_amount_e4 INTEGER NOT NULL,
  reference TEXT, notes TEXT,
  allocated_e4 INTEGER NOT NULL DEFAULT 0 CHECK (allocated_e4 BETWEEN 0 AND amount_e4),
  credit_e4 INTEGER GENERATED ALWAYS AS (CASE WHEN status IN ('pending','cleared') AND deleted_at IS NULL
    THEN amount_e4 - allocated_e4 ELSE 0 END) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX payments_number ON payments (series_id, number);
CREATE INDEX payments_received_on ON payments (organization_id, received_on, id) WHERE deleted_at IS NULL;
CREATE INDEX payments_status ON payments (organization_id, status, received_on, id) WHERE deleted_at IS NULL;
CREATE INDEX payments_client ON payments (client_id, received_on, id) WHERE deleted_at IS NULL;
CREATE INDEX payments_credit ON payments (client_id) WHERE deleted_at IS NULL AND credit_e4 > 0;

CREATE TABLE payment_allocations (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT CHECK (deleted_at IS NULL), version INTEGER NOT NULL DEFAULT 1,
  payment_id TEXT NOT NULL REFERENCES payments(id), invoice_id TEXT NOT NULL REFERENCES invoices(id),
  amount_e4 INTEGER NOT NULL CHECK (amount_e4 <> 0), allocated_on TEXT NOT NULL,
  reverses_id TEXT REFERENCES payment_allocations(id),
  CHECK ((amount_e4 < 0) = (reverses_id IS NOT NULL))
) STRICT;
CREATE INDEX payment_allocations_payment ON payment_allocations (payment_id);
CREATE INDEX payment_allocations_invoice ON payment_allocations (invoice_id);
CREATE UNIQUE INDEX payment_allocations_reversed ON payment_allocations (reverses_id) WHERE reverses_id IS NOT NULL;

CREATE TRIGGER payments_frozen BEFORE UPDATE OF id, organization_id, created_at, client_id, client_name, series_id, number, received_on, method,
  currency, exchange_rate_e10, amount_e4, base_amount_e4 ON payments
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded payment never changes'); END;
CREATE TRIGGER payments_status_moves BEFORE UPDATE OF status ON payments
WHEN NEW.status <> OLD.status AND NOT (OLD.status = 'pending' OR (OLD.status = 'cleared' AND NEW.status IN ('bounced','cancelled')))
BEGIN SELECT RAISE(ABORT, 'state: a bounced or cancelled payment stays so'); END;
CREATE TRIGGER payments_status_unallocated BEFORE UPDATE OF status ON payments
WHEN NEW.status IN ('bounced','cancelled') AND NEW.allocated_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'state: reverse the allocations of a payment first'); END;
CREATE TRIGGER payments_kept BEFORE UPDATE OF deleted_at ON payments WHEN NEW.deleted_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded payment is cancelled, not deleted'); END;

CREATE TRIGGER payments_born_free BEFORE INSERT ON payments WHEN NEW.allocated_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'immutable: what a payment pays is said by its allocations'); END;
CREATE TRIGGER payments_allocated BEFORE UPDATE OF allocated_e4 ON payments
WHEN NEW.allocated_e4 <> (SELECT coalesce(sum(amount_e4), 0) FROM payment_allocations WHERE payment_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'immutable: what a payment pays is said by its allocations'); END;
CREATE TRIGGER invoices_paid BEFORE UPDATE OF paid_e4 ON invoices
WHEN NEW.paid_e4 <> (SELECT coalesce(sum(amount_e4), 0) FROM payment_allocations WHERE invoice_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'immutable: what is paid of an invoice is said by its allocations'); END;

CREATE TRIGGER payment_allocations_frozen BEFORE UPDATE ON payment_allocations
BEGIN SELECT RAISE(ABORT, 'immutable: an allocation is reversed, not changed'); END;
CREATE TRIGGER payment_allocations_check BEFORE INSERT ON payment_allocations
BEGIN
  SELECT RAISE(ABORT, 'over-allocated: more than is left of the payment')
  FROM payments p WHERE p.id = NEW.payment_id AND (p.allocated_e4 + NEW.amount_e4 > p.amount_e4 OR p.allocated_e4 + NEW.amount_e4 < 0);
  SELECT RAISE(ABORT, 'over-allocated: more than is open on the invoice')
  FROM invoices i WHERE i.id = NEW.invoice_id AND (i.paid_e4 + NEW.amount_e4 > i.payable_e4 OR i.paid_e4 + NEW.amount_e4 < 0);
  SELECT RAISE(ABORT, 'state: only an issued invoice takes payments')
  FROM invoices i WHERE i.id = NEW.invoice_id AND (i.issued_at IS NULL OR i.voided_at IS NOT NULL);
  SELECT RAISE(ABORT, 'state: a bounced or cancelled payment pays nothing')
  FROM payments p WHERE p.id = NEW.payment_id AND NEW.amount_e4 > 0 AND p.status NOT IN ('pending','cleared');
  SELECT RAISE(ABORT, 'state: payment and invoice differ in client, currency or organization')
  FROM payments p, invoices i WHERE p.id = NEW.payment_id AND i.id = NEW.invoice_id
    AND (p.currency <> i.currency OR p.client_id <> i.client_id OR p.organization_id <> i.organization_id OR NEW.organization_id <> p.organization_id);
  SELECT RAISE(ABORT, 'state: a reversal takes back exactly one allocation')
  WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payment_allocations a WHERE a.id = NEW.reverses_id
    AND a.payment_id = NEW.payment_id AND a.invoice_id = NEW.invoice_id AND a.amount_e4 = -NEW.amount_e4);
END;
CREATE TRIGGER payment_allocations_apply AFTER INSERT ON payment_allocations
BEGIN
  UPDATE payments SET allocated_e4 = allocated_e4 + NEW.amount_e4 WHERE id = NEW.payment_id;
  UPDATE invoices SET paid_e4 = paid_e4 + NEW.amount_e4,
    settled_on = CASE WHEN paid_e4 + NEW.amount_e4 = payable_e4 THEN (SELECT max(received_on) FROM payments p
      WHERE p.id = NEW.payment_id OR p.id IN (SELECT a.payment_id FROM payment_allocations a WHERE a.invoice_id = NEW.invoice_id
        AND a.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM payment_allocations r WHERE r.reverses_id = a.id))) END
  WHERE id = NEW.invoice_id;
END;

CREATE TABLE client_balances (
  client_id TEXT NOT NULL REFERENCES clients(id), currency TEXT NOT NULL,
  organization_id TEXT NOT NULL REFERENCES organizations(id),
  billed_e4 INTEGER NOT NULL DEFAULT 0, paid_e4 INTEGER NOT NULL DEFAULT 0, open_e4 INTEGER NOT NULL DEFAULT 0, credit_e4 INTEGER NOT NULL DEFAULT 0,
  invoice_count INTEGER NOT NULL DEFAULT 0, settled_count INTEGER NOT NULL DEFAULT 0, settled_days INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (client_id, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_balances_organization ON client_balances (organization_id, currency, open_e4);

CREATE TABLE monthly_totals (
  organization_id TEXT NOT NULL REFERENCES organizations(id), month TEXT NOT NULL,
  issued_base_e4 INTEGER NOT NULL DEFAULT 0, received_base_e4 INTEGER NOT NULL DEFAULT 0, issued_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (organization_id, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER invoices_summary_issue AFTER UPDATE OF issued_at ON invoices WHEN OLD.issued_at IS NULL AND NEW.issued_at IS NOT NULL
BEGIN
  INSERT INTO client_balances (client_id, currency, organization_id, billed_e4, open_e4, invoice_count, settled_count)
  VALUES (NEW.client_id, NEW.currency, NEW.organization_id, NEW.total_e4, max(NEW.payable_e4, 0), 1, NEW.payable_e4 <= 0)
  ON CONFLICT (client_id, currency) DO UPDATE SET billed_e4 = billed_e4 + excluded.billed_e4, open_e4 = open_e4 + excluded.open_e4,
    invoice_count = invoice_count + 1, settled_count = settled_count + excluded.settled_count;
  INSERT INTO monthly_totals (organization_id, month, issued_base_e4, issued_count)
  VALUES (NEW.organization_id, substr(NEW.issued_on, 1, 7), NEW.base_total_e4, 1)
  ON CONFLICT (organization_id, month) DO UPDATE SET issued_base_e4 = issued_base_e4 + excluded.issued_base_e4, issued_count = issued_count + 1;
END;
CREATE TRIGGER invoices_summary_void AFTER UPDATE OF voided_at ON invoices WHEN OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
BEGIN
  UPDATE client_balances SET billed_e4 = billed_e4 - NEW.total_e4, open_e4 = open_e4 - max(NEW.payable_e4, 0), invoice_count = invoice_count - 1,
    settled_count = settled_count - (NEW.payable_e4 <= 0)
  WHERE client_id = NEW.client_id AND currency = NEW.currency;
  UPDATE monthly_totals SET issued_base_e4 = issued_base_e4 - NEW.base_total_e4, issued_count = issued_count - 1
  WHERE organization_id = NEW.organization_id AND month = substr(NEW.issued_on, 1, 7);
END;
CREATE TRIGGER invoices_summary_paid AFTER UPDATE OF paid_e4 ON invoices WHEN NEW.paid_e4 <> OLD.paid_e4
BEGIN
  UPDATE client_balances SET open_e4 = open_e4 - (NEW.paid_e4 - OLD.paid_e4), paid_e4 = paid_e4 + (NEW.paid_e4 - OLD.paid_e4),
    settled_count = settled_count + (NEW.paid_e4 = NEW.payable_e4) - (OLD.paid_e4 = OLD.payable_e4),
    settled_days = settled_days
      + CASE WHEN NEW.settled_on IS NOT NULL THEN CAST(julianday(NEW.settled_on) - julianday(NEW.issued_on) AS INTEGER) ELSE 0 END
      - CASE WHEN OLD.settled_on IS NOT NULL THEN CAST(julianday(OLD.settled_on) - julianday(OLD.issued_on) AS INTEGER) ELSE 0 END
  WHERE client_id = NEW.client_id AND currency = NEW.currency;
END;
CREATE TRIGGER payments_summary_insert AFTER INSERT ON payments
BEGIN
  INSERT INTO client_balances (client_id, currency, organization_id, credit_e4)
  VALUES (NEW.client_id, NEW.currency, NEW.organization_id, NEW.credit_e4)
  ON CONFLICT (client_id, currency) DO UPDATE SET credit_e4 = credit_e4 + excluded.credit_e4;
  INSERT INTO monthly_totals (organization_id, month, received_base_e4)
  VALUES (NEW.organization_id, substr(NEW.received_on, 1, 7), CASE WHEN NEW.status IN ('pending','cleared') THEN NEW.base_amount_e4 ELSE 0 END)
  ON CONFLICT (organization_id, month) DO UPDATE SET received_base_e4 = received_base_e4 + excluded.received_base_e4;
END;
CREATE TRIGGER payments_summary_update AFTER UPDATE OF status, allocated_e4 ON payments
BEGIN
  UPDATE client_balances SET credit_e4 = credit_e4 + NEW.credit_e4 - OLD.credit_e4 WHERE client_id = NEW.client_id AND currency = NEW.currency;
  UPDATE monthly_totals SET received_base_e4 = received_base_e4
    + CASE WHEN NEW.status IN ('pending','cleared') THEN NEW.base_amount_e4 ELSE 0 END
    - CASE WHEN OLD.status IN ('pending','cleared') THEN OLD.base_amount_e4 ELSE 0 END
  WHERE organization_id = NEW.organization_id AND month = substr(NEW.received_on, 1, 7);
END;
`)
  },
}
