import type { Migration } from './migration.ts'

/** Number series, invoices with lines, adjustments and taxes; issued ones never change. */
export const invoices: Migration = {
  version: 3,
  name: 'invoices',
  up: (run) => {
    run(`
CREATE TABLE number_series (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  branch_id TEXT REFERENCES branches(id), device_id TEXT REFERENCES devices(id),
  document_kind TEXT NOT NULL, code TEXT NOT NULL, pattern TEXT NOT NULL,
  start_value INTEGER NOT NULL DEFAULT 1 CHECK (start_value >= 1),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1))
) STRICT;
CREATE UNIQUE INDEX number_series_code ON number_series (organization_id, document_kind, code) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX number_series_default ON number_series (organization_id, document_kind) WHERE is_default = 1 AND deleted_at IS NULL;

CREATE TABLE number_counters (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  series_id TEXT NOT NULL REFERENCES number_series(id), period TEXT NOT NULL,
  last_value INTEGER NOT NULL CHECK (last_value >= 0)
) STRICT;
CREATE UNIQUE INDEX number_counters_period ON number_counters (series_id, period);
CREATE TRIGGER number_counters_forward BEFORE UPDATE ON number_counters WHEN NEW.last_value < OLD.last_value
BEGIN SELECT RAISE(ABORT, 'immutable: a number counter never goes back'); END;

CREATE TABLE invoices (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  branch_id TEXT REFERENCES branches(id),
  client_id TEXT REFERENCES clients(id), client_name TEXT NOT NULL DEFAULT '',
  series_id TEXT REFERENCES number_series(id), number TEXT, counter INTEGER, period TEXT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  minor_units INTEGER NOT NULL CHECK (minor_units BETWEEN 0 AND 4),
  exchange_rate_e10 INTEGER NOT NULL DEFAULT 10000000000 CHECK (exchange_rate_e10 > 0),
  language TEXT NOT NULL,
  reference TEXT, issued_on TEXT NOT NULL, due_on TEXT, payment_terms_days INTEGER,
  supply_from TEXT, supply_to TEXT,
  prices_include_tax INTEGER NOT NULL CHECK (prices_include_tax IN (0,1)),
  rounding_mode TEXT NOT NULL CHECK (rounding_mode IN ('half-up','half-even','up','down')),
  rounding_scope TEXT NOT NULL CHECK (rounding_scope IN ('line','rate','document')),
  notes TEXT, terms TEXT,
  line_net_e4 INTEGER NOT NULL DEFAULT 0, allowance_e4 INTEGER NOT NULL DEFAULT 0, charge_e4 INTEGER NOT NULL DEFAULT 0,
  net_e4 INTEGER NOT NULL DEFAULT 0, tax_e4 INTEGER NOT NULL DEFAULT 0, total_e4 INTEGER NOT NULL DEFAULT 0,
  prepaid_e4 INTEGER NOT NULL DEFAULT 0, rounding_e4 INTEGER NOT NULL DEFAULT 0, payable_e4 INTEGER NOT NULL DEFAULT 0,
  base_total_e4 INTEGER NOT NULL DEFAULT 0, base_tax_e4 INTEGER NOT NULL DEFAULT 0,
  seller TEXT CHECK (seller IS NULL OR json_valid(seller)),
  buyer TEXT CHECK (buyer IS NULL OR json_valid(buyer)),
  extra TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extra)),
  issued_at TEXT, voided_at TEXT, void_reason TEXT,
  pdf_sha256 TEXT, sent_at TEXT,
  paid_e4 INTEGER NOT NULL DEFAULT 0, settled_on TEXT,
  open_e4 INTEGER GENERATED ALWAYS AS (CASE WHEN issued_at IS NOT NULL AND voided_at IS NULL AND payable_e4 > paid_e4
    THEN payable_e4 - paid_e4 ELSE 0 END) VIRTUAL,
  state TEXT GENERATED ALWAYS AS (CASE WHEN voided_at IS NOT NULL THEN 'void' WHEN issued_at IS NULL THEN 'draft'
    WHEN payable_e4 <= paid_e4 THEN 'paid' ELSE 'open' END) VIRTUAL,
  CHECK ((number IS NULL) = (issued_at IS NULL)),
  CHECK (issued_at IS NULL OR (client_id IS NOT NULL AND seller IS NOT NULL AND buyer IS NOT NULL AND series_id IS NOT NULL)),
  CHECK (voided_at IS NULL OR (issued_at IS NOT NULL AND void_reason IS NOT NULL)),
  CHECK (issued_at IS NULL OR deleted_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX invoices_number ON invoices (series_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX invoices_counter ON invoices (series_id, period, counter) WHERE counter IS NOT NULL;
CREATE INDEX invoices_issued_on ON invoices (organization_id, issued_on, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_state ON invoices (organization_id, state, issued_on, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_due_on ON invoices (organization_id, due_on, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_open_due ON invoices (organization_id, due_on, id, currency, open_e4, paid_e4) WHERE deleted_at IS NULL AND state = 'open';
CREATE INDEX invoices_sort_number ON invoices (organization_id, number, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_sort_client ON invoices (organization_id, client_name, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_sort_payable ON invoices (organization_id, payable_e4, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_rated ON invoices (organization_id, currency, issued_on) WHERE deleted_at IS NULL AND exchange_rate_e10 <> 10000000000;
CREATE INDEX invoices_client ON invoices (client_id, issued_on, id) WHERE deleted_at IS NULL;

CREATE TABLE invoice_lines (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  invoice_id TEXT NOT NULL REFERENCES invoices(id), position INTEGER NOT NULL,
  item_id TEXT REFERENCES items(id), code TEXT, name TEXT NOT NULL, description TEXT,
  quantity_e6 INTEGER NOT NULL, unit TEXT NOT NULL, price_e6 INTEGER NOT NULL,
  base_quantity_e6 INTEGER NOT NULL DEFAULT 1000000 CHECK (base_quantity_e6 > 0),
  gross_e4 INTEGER NOT NULL DEFAULT 0, net_e4 INTEGER NOT NULL DEFAULT 0, tax_e4 INTEGER NOT NULL DEFAULT 0, total_e4 INTEGER NOT NULL DEFAULT 0,
  taxes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(taxes)),
  adjustments TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(adjustments))
) STRICT;
CREATE INDEX invoice_lines_invoice ON invoice_lines (invoice_id, position);
CREATE INDEX invoice_lines_item ON invoice_lines (item_id) WHERE item_id IS NOT NULL;

CREATE TABLE invoice_adjustments (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  invoice_id TEXT NOT NULL REFERENCES invoices(id), position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('allowance','charge')), reason TEXT,
  amount_e4 INTEGER, percent_e6 INTEGER, base_e4 INTEGER, result_e4 INTEGER NOT NULL DEFAULT 0,
  taxes TEXT CHECK (taxes IS NULL OR json_valid(taxes)),
  CHECK ((amount_e4 IS NULL) <> (percent_e6 IS NULL) OR (amount_e4 IS NOT NULL AND percent_e6 IS NOT NULL))
) STRICT;
CREATE INDEX invoice_adjustments_invoice ON invoice_adjustments (invoice_id, position);

CREATE TABLE invoice_taxes (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  invoice_id TEXT NOT NULL REFERENCES invoices(id), position INTEGER NOT NULL,
  name TEXT NOT NULL, category TEXT NOT NULL, rate_e6 INTEGER NOT NULL,
  is_compound INTEGER NOT NULL CHECK (is_compound IN (0,1)),
  taxable_e4 INTEGER NOT NULL, tax_e4 INTEGER NOT NULL, exemption_reason TEXT
) STRICT;
CREATE INDEX invoice_taxes_invoice ON invoice_taxes (invoice_id, position);
`)
    const printed =
      'organization_id, created_at, deleted_at, branch_id, client_id, client_name, series_id, number, counter, period, currency, minor_units, exchange_rate_e10, language, reference, issued_on, due_on, payment_terms_days, supply_from, supply_to, prices_include_tax, rounding_mode, rounding_scope, notes, terms, line_net_e4, allowance_e4, charge_e4, net_e4, tax_e4, total_e4, prepaid_e4, rounding_e4, payable_e4, base_total_e4, base_tax_e4, seller, buyer, extra, issued_at'
    run(`
CREATE TRIGGER invoices_frozen BEFORE UPDATE OF id, ${printed} ON invoices WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;
CREATE TRIGGER invoices_born_draft BEFORE INSERT ON invoices WHEN NEW.issued_at IS NOT NULL OR NEW.paid_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'immutable: an invoice begins as a draft'); END;
CREATE TRIGGER invoices_pdf_once BEFORE UPDATE OF pdf_sha256 ON invoices
WHEN OLD.pdf_sha256 IS NOT NULL AND NEW.pdf_sha256 IS NOT OLD.pdf_sha256
BEGIN SELECT RAISE(ABORT, 'immutable: the issued PDF never changes'); END;
CREATE TRIGGER invoices_void_once BEFORE UPDATE OF voided_at, void_reason ON invoices
WHEN OLD.voided_at IS NOT NULL AND (NEW.voided_at IS NOT OLD.voided_at OR NEW.void_reason IS NOT OLD.void_reason)
BEGIN SELECT RAISE(ABORT, 'immutable: a void invoice stays void'); END;
CREATE TRIGGER invoices_void_unpaid BEFORE UPDATE OF voided_at ON invoices
WHEN OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL AND NEW.paid_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'state: an invoice with payments cannot be voided'); END;
`)
    for (const table of ['invoice_lines', 'invoice_adjustments', 'invoice_taxes']) {
      run(`
CREATE TRIGGER ${table}_frozen_insert BEFORE INSERT ON ${table}
WHEN (SELECT issued_at FROM invoices WHERE id = NEW.invoice_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;
CREATE TRIGGER ${table}_frozen_update BEFORE UPDATE ON ${table}
WHEN (SELECT issued_at FROM invoices WHERE id = OLD.invoice_id) IS NOT NULL OR NEW.invoice_id <> OLD.invoice_id
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;
`)
    }
  },
}
