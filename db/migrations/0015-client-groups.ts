import type { Migration } from './migration.ts'

const head =
  'organization_id, created_at, deleted_at, branch_id, client_name, series_id, number, counter, period, currency, minor_units, exchange_rate_e10, language, reference, issued_on, supply_from, supply_to, prices_include_tax, rounding_mode, rounding_scope, notes, terms, line_net_e4, allowance_e4, charge_e4, net_e4, tax_e4, total_e4, rounding_e4, payable_e4, base_total_e4, base_tax_e4, seller, buyer, extra, issued_at'
// A decision on a quote may change what it comes to: step 6 says when.
const amounts =
  'line_net_e4, allowance_e4, charge_e4, net_e4, tax_e4, total_e4, rounding_e4, payable_e4, base_total_e4, base_tax_e4'
const more = 'order_reference, buyer_reference, tax_treatment, place_of_supply, payable_step_e4, template_id'

/** Client types with their terms, account managers, and clients that were merged into another. */
export const clientGroups: Migration = {
  version: 15,
  name: 'client-groups',
  up: (run) => {
    run(`
CREATE TABLE client_types (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  code TEXT NOT NULL, name TEXT NOT NULL, description TEXT,
  payment_terms_days INTEGER CHECK (payment_terms_days IS NULL OR payment_terms_days >= 0),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0,1))
) STRICT;
CREATE UNIQUE INDEX client_types_code ON client_types (organization_id, code) WHERE deleted_at IS NULL;

CREATE TABLE account_managers (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  user_id TEXT REFERENCES users(id), name TEXT NOT NULL, email TEXT,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0,1))
) STRICT;
CREATE INDEX account_managers_name ON account_managers (organization_id, name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX account_managers_user ON account_managers (organization_id, user_id) WHERE user_id IS NOT NULL AND deleted_at IS NULL;

ALTER TABLE clients ADD COLUMN client_type_id TEXT REFERENCES client_types(id);
ALTER TABLE clients ADD COLUMN account_manager_id TEXT REFERENCES account_managers(id);
ALTER TABLE clients ADD COLUMN merged_into_id TEXT REFERENCES clients(id);
CREATE INDEX clients_type ON clients (client_type_id) WHERE client_type_id IS NOT NULL;
CREATE INDEX clients_manager ON clients (account_manager_id) WHERE account_manager_id IS NOT NULL;
CREATE INDEX clients_merged ON clients (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- Whose a document is may change in one way only: its client was merged into another. What it prints stays.
DROP TRIGGER invoices_frozen;
CREATE TRIGGER invoices_frozen BEFORE UPDATE OF id, ${head}, due_on, payment_terms_days, prepaid_e4 ON invoices WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;
DROP TRIGGER quotes_frozen;
CREATE TRIGGER quotes_frozen BEFORE UPDATE OF id, ${head.replace(`${amounts}, `, '')}, ${more}, valid_until, revises_id ON quotes WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued quote never changes'); END;
DROP TRIGGER credit_notes_frozen;
CREATE TRIGGER credit_notes_frozen BEFORE UPDATE OF id, ${head}, ${more}, invoice_id, reason, mirrored_taxes ON credit_notes
WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued credit note never changes'); END;
DROP TRIGGER payments_frozen;
CREATE TRIGGER payments_frozen BEFORE UPDATE OF id, organization_id, created_at, client_name, series_id, number, received_on, method,
  currency, exchange_rate_e10, amount_e4, base_amount_e4 ON payments
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded payment never changes'); END;
DROP TRIGGER refunds_frozen;
CREATE TRIGGER refunds_frozen BEFORE UPDATE OF id, organization_id, created_at, client_name, series_id, number, payment_id, credit_note_id,
  refunded_on, method, currency, exchange_rate_e10, amount_e4, base_amount_e4 ON refunds
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded refund never changes'); END;
`)
    for (const [table, kept] of [
      ['invoices', 'OLD.issued_at IS NOT NULL'],
      ['quotes', 'OLD.issued_at IS NOT NULL'],
      ['credit_notes', 'OLD.issued_at IS NOT NULL'],
      ['payments', '1'],
      ['refunds', '1'],
    ] as const) {
      run(`
CREATE TRIGGER ${table}_client_stays BEFORE UPDATE OF client_id ON ${table}
WHEN ${kept} AND NEW.client_id IS NOT OLD.client_id
  AND NEW.client_id IS NOT (SELECT merged_into_id FROM clients WHERE id = OLD.client_id)
BEGIN SELECT RAISE(ABORT, 'immutable: a document goes to another client only where they are merged'); END;
`)
    }
  },
}
