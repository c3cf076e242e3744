import type { Migration } from './migration.ts'

/** The civil day on which a document was made void, and the indexes of a ledger as of any date. */
export const ledgerDates: Migration = {
  version: 13,
  name: 'ledger-dates',
  up: (run) => {
    run(`
ALTER TABLE invoices ADD COLUMN voided_on TEXT;
ALTER TABLE credit_notes ADD COLUMN voided_on TEXT;
-- Before this step only the instant was kept; its day in UTC is the nearest that is known.
UPDATE invoices SET voided_on = substr(voided_at, 1, 10) WHERE voided_at IS NOT NULL;
UPDATE credit_notes SET voided_on = substr(voided_at, 1, 10) WHERE voided_at IS NOT NULL;
CREATE TRIGGER invoices_voided_on_once BEFORE UPDATE OF voided_on ON invoices
WHEN OLD.voided_on IS NOT NULL AND NEW.voided_on IS NOT OLD.voided_on
BEGIN SELECT RAISE(ABORT, 'immutable: a void invoice stays void'); END;
CREATE TRIGGER credit_notes_voided_on_once BEFORE UPDATE OF voided_on ON credit_notes
WHEN OLD.voided_on IS NOT NULL AND NEW.voided_on IS NOT OLD.voided_on
BEGIN SELECT RAISE(ABORT, 'immutable: a void credit note stays void'); END;

-- A void that does not say its day gets that of its instant, so that no ledger ever misses it.
CREATE TRIGGER invoices_voided_on_known AFTER UPDATE OF voided_at ON invoices WHEN NEW.voided_at IS NOT NULL AND NEW.voided_on IS NULL
BEGIN UPDATE invoices SET voided_on = substr(NEW.voided_at, 1, 10) WHERE id = NEW.id; END;
CREATE TRIGGER credit_notes_voided_on_known AFTER UPDATE OF voided_at ON credit_notes WHEN NEW.voided_at IS NOT NULL AND NEW.voided_on IS NULL
BEGIN UPDATE credit_notes SET voided_on = substr(NEW.voided_at, 1, 10) WHERE id = NEW.id; END;

CREATE INDEX invoices_ledger ON invoices (organization_id, issued_on, settled_on, voided_on, client_id, currency)
  WHERE issued_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX payment_allocations_on ON payment_allocations (organization_id, allocated_on);
`)
  },
}
