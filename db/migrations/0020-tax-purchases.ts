import type { Migration } from './migration.ts'

/** What is typed into tax returns, by period, and the difference of cash that is rounded to the smallest coin. */
export const taxPurchases: Migration = {
  version: 20,
  name: 'tax-purchases',
  up: (run) => {
    run(`
CREATE TABLE tax_return_figures (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  regime TEXT NOT NULL, tax_return TEXT NOT NULL,
  period_from TEXT NOT NULL, period_to TEXT NOT NULL CHECK (period_from <= period_to),
  cell TEXT NOT NULL, amount_e4 INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX tax_return_figures_cell ON tax_return_figures (organization_id, regime, tax_return, period_from, period_to, cell)
WHERE deleted_at IS NULL;

ALTER TABLE payments ADD COLUMN rounding_e4 INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER payments_rounding_frozen BEFORE UPDATE OF rounding_e4 ON payments
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded payment never changes'); END;
CREATE TRIGGER payments_rounding_of_cash BEFORE INSERT ON payments WHEN NEW.amount_e4 + NEW.rounding_e4 <= 0
BEGIN SELECT RAISE(ABORT, 'state: rounding leaves some money of a payment'); END;
`)
  },
}
