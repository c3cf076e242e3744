import type { Migration } from './migration.ts'

const row = `
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,`

// What a document adds to the summary, or with a minus takes off it.
const totals = (one: string, kind: string, sign: '' | '-') => `
  INSERT INTO tax_totals (organization_id, month, kind, name, category, rate_e6, treatment, place, buyer, taxable_e4, tax_e4, documents)
  SELECT NEW.organization_id, substr(NEW.issued_on, 1, 7), '${kind}', t.name, t.category, t.rate_e6, NEW.tax_treatment,
    coalesce(NEW.place_of_supply, ''), CASE WHEN json_array_length(NEW.buyer, '$.taxIds') > 0 THEN 'business' ELSE 'consumer' END,
    ${sign}sum(t.base_taxable_e4), ${sign}sum(t.base_tax_e4), ${sign}1
  FROM ${one}_taxes t WHERE t.${one}_id = NEW.id AND t.deleted_at IS NULL GROUP BY t.name, t.category, t.rate_e6
  ON CONFLICT DO UPDATE SET taxable_e4 = taxable_e4 + excluded.taxable_e4, tax_e4 = tax_e4 + excluded.tax_e4,
    documents = documents + excluded.documents;`

const locked =
  'NEW.issued_on <= (SELECT max(locked_until) FROM tax_locks WHERE organization_id = NEW.organization_id AND deleted_at IS NULL)'

const kept = (one: string, many: string, kind: string) => `
CREATE TRIGGER ${many}_tax_totals_issue AFTER UPDATE OF issued_at ON ${many} WHEN OLD.issued_at IS NULL AND NEW.issued_at IS NOT NULL
BEGIN ${totals(one, kind, '')} END;
CREATE TRIGGER ${many}_tax_totals_void AFTER UPDATE OF voided_at ON ${many} WHEN OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
BEGIN ${totals(one, kind, '-')} END;
CREATE TRIGGER ${many}_tax_locked BEFORE UPDATE OF issued_at, voided_at ON ${many}
WHEN (OLD.issued_at IS NULL AND NEW.issued_at IS NOT NULL OR OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL) AND ${locked}
BEGIN SELECT RAISE(ABORT, 'state: the taxes of this date are locked'); END;
INSERT INTO tax_totals (organization_id, month, kind, name, category, rate_e6, treatment, place, buyer, taxable_e4, tax_e4, documents)
SELECT d.organization_id, substr(d.issued_on, 1, 7), '${kind}', t.name, t.category, t.rate_e6, d.tax_treatment, coalesce(d.place_of_supply, ''),
  CASE WHEN json_array_length(d.buyer, '$.taxIds') > 0 THEN 'business' ELSE 'consumer' END AS buyer,
  sum(t.base_taxable_e4), sum(t.base_tax_e4), count(DISTINCT d.id)
FROM ${many} d JOIN ${one}_taxes t ON t.${one}_id = d.id AND t.deleted_at IS NULL
WHERE d.issued_at IS NOT NULL AND d.voided_at IS NULL
GROUP BY 1, 2, 4, 5, 6, 7, 8, 9;
`

/** Rates and registrations by date, exchange rates, cash rounding, locked periods, and the sums of taxes by month. */
export const tax: Migration = {
  version: 7,
  name: 'tax',
  up: (run) => {
    run(`
ALTER TABLE tax_rates ADD COLUMN place TEXT;
CREATE INDEX tax_rates_place ON tax_rates (organization_id, place) WHERE place IS NOT NULL;

CREATE TABLE tax_rate_versions (${row}
  tax_rate_id TEXT NOT NULL REFERENCES tax_rates(id), effective_from TEXT NOT NULL,
  name TEXT NOT NULL, rate_e6 INTEGER NOT NULL CHECK (rate_e6 >= 0)
) STRICT;
CREATE UNIQUE INDEX tax_rate_versions_rate ON tax_rate_versions (tax_rate_id, effective_from) WHERE deleted_at IS NULL;

CREATE TABLE tax_registrations (${row}
  effective_on TEXT NOT NULL, regime TEXT NOT NULL,
  scheme TEXT NOT NULL CHECK (scheme IN ('standard','flat-rate','cash','composition','small-business')),
  number TEXT, number_kept_reason TEXT,
  default_tax_rate_id TEXT REFERENCES tax_rates(id),
  prices_include_tax INTEGER NOT NULL CHECK (prices_include_tax IN (0,1)),
  basis TEXT NOT NULL CHECK (basis IN ('issue','payment')),
  filing_frequency TEXT NOT NULL CHECK (filing_frequency IN ('monthly','quarterly','half-yearly','yearly')),
  period_end_month INTEGER NOT NULL DEFAULT 12 CHECK (period_end_month BETWEEN 1 AND 12),
  flat_percent_e6 INTEGER CHECK (flat_percent_e6 IS NULL OR flat_percent_e6 >= 0),
  uses_oss INTEGER NOT NULL DEFAULT 0 CHECK (uses_oss IN (0,1)),
  lut_number TEXT,
  is_large INTEGER NOT NULL DEFAULT 0 CHECK (is_large IN (0,1))
) STRICT;
CREATE UNIQUE INDEX tax_registrations_effective ON tax_registrations (organization_id, effective_on) WHERE deleted_at IS NULL;

CREATE TABLE exchange_rates (${row}
  base_currency TEXT NOT NULL CHECK (length(base_currency) = 3), currency TEXT NOT NULL CHECK (length(currency) = 3),
  rate_on TEXT NOT NULL, rate_e10 INTEGER NOT NULL CHECK (rate_e10 > 0),
  source TEXT NOT NULL CHECK (source IN ('typed','csv','fetched')), source_name TEXT,
  CHECK (base_currency <> currency)
) STRICT;
CREATE UNIQUE INDEX exchange_rates_day ON exchange_rates (organization_id, base_currency, currency, rate_on) WHERE deleted_at IS NULL;
CREATE INDEX exchange_rates_on ON exchange_rates (organization_id, rate_on, id) WHERE deleted_at IS NULL;

CREATE TABLE exchange_rate_sources (${row}
  name TEXT NOT NULL, url_template TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('json','ecb-csv')), json_path TEXT,
  direction TEXT NOT NULL CHECK (direction IN ('base-per-unit','units-per-base')),
  is_enabled INTEGER NOT NULL DEFAULT 0 CHECK (is_enabled IN (0,1))
) STRICT;
CREATE UNIQUE INDEX exchange_rate_sources_one ON exchange_rate_sources (organization_id) WHERE deleted_at IS NULL;

CREATE TABLE cash_roundings (${row}
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  method TEXT NOT NULL CHECK (method IN ('bank-transfer','cash','card','cheque','direct-debit','upi','other')),
  step_e4 INTEGER NOT NULL CHECK (step_e4 > 0)
) STRICT;
CREATE UNIQUE INDEX cash_roundings_method ON cash_roundings (organization_id, currency, method) WHERE deleted_at IS NULL;

CREATE TABLE tax_locks (${row}
  locked_until TEXT NOT NULL, reason TEXT
) STRICT;
CREATE UNIQUE INDEX tax_locks_until ON tax_locks (organization_id, locked_until) WHERE deleted_at IS NULL;

CREATE TABLE tax_totals (
  organization_id TEXT NOT NULL REFERENCES organizations(id), month TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('invoice','credit-note')),
  name TEXT NOT NULL, category TEXT NOT NULL, rate_e6 INTEGER NOT NULL,
  treatment TEXT NOT NULL, place TEXT NOT NULL, buyer TEXT NOT NULL CHECK (buyer IN ('business','consumer')),
  taxable_e4 INTEGER NOT NULL, tax_e4 INTEGER NOT NULL, documents INTEGER NOT NULL,
  PRIMARY KEY (organization_id, month, kind, name, category, rate_e6, treatment, place, buyer)
) STRICT, WITHOUT ROWID;
${kept('invoice', 'invoices', 'invoice')}
${kept('credit_note', 'credit_notes', 'credit-note')}
`)
  },
}
