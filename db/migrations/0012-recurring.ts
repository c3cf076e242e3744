import type { Migration } from './migration.ts'

/** Recurring invoices, and what each of their periods came to: once per schedule and period. */
export const recurring: Migration = {
  version: 12,
  name: 'recurring',
  up: (run) => {
    run(`
CREATE TABLE recurring_invoices (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  client_id TEXT NOT NULL REFERENCES clients(id), client_name TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active','paused','ended')),
  unit TEXT NOT NULL CHECK (unit IN ('day','week','month','quarter','year')),
  every INTEGER NOT NULL CHECK (every BETWEEN 1 AND 999),
  anchor TEXT NOT NULL CHECK (anchor IN ('same-day','last-day')),
  starts_on TEXT NOT NULL, ends_on TEXT, count INTEGER CHECK (count IS NULL OR count >= 1),
  action TEXT NOT NULL CHECK (action IN ('draft','issue','send')),
  prices TEXT NOT NULL CHECK (prices IN ('fixed','item')),
  catch_up TEXT NOT NULL CHECK (catch_up IN ('ask','all','latest')),
  currency TEXT NOT NULL CHECK (length(currency) = 3), total_e4 INTEGER NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  next_index INTEGER NOT NULL DEFAULT 0 CHECK (next_index >= 0), next_on TEXT,
  waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
  problem TEXT
) STRICT;
CREATE INDEX recurring_invoices_next ON recurring_invoices (organization_id, next_on, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_client ON recurring_invoices (client_id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_waiting ON recurring_invoices (organization_id) WHERE deleted_at IS NULL AND waiting > 0;

CREATE TABLE recurring_runs (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT CHECK (deleted_at IS NULL), version INTEGER NOT NULL DEFAULT 1,
  recurring_invoice_id TEXT NOT NULL REFERENCES recurring_invoices(id),
  period_index INTEGER NOT NULL, period_on TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('made','skipped')),
  invoice_id TEXT REFERENCES invoices(id),
  CHECK ((outcome = 'made') = (invoice_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX recurring_runs_period ON recurring_runs (recurring_invoice_id, period_on);
CREATE UNIQUE INDEX recurring_runs_invoice ON recurring_runs (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE TRIGGER recurring_runs_frozen BEFORE UPDATE ON recurring_runs
BEGIN SELECT RAISE(ABORT, 'immutable: what a period came to never changes'); END;
`)
  },
}
