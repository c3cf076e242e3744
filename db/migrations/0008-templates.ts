import type { Migration } from './migration.ts'

const row = `
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,`

const kinds = ['invoice', 'quote', 'credit_note', 'statement']

/** Own templates of documents, one default for each kind, one for a client; the accounts that money is paid to. */
export const templates: Migration = {
  version: 8,
  name: 'templates',
  up: (run) => {
    run(`
CREATE TABLE document_templates (${row}
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  design TEXT NOT NULL CHECK (json_valid(design)),
  ${kinds.map((kind) => `is_${kind}_default INTEGER NOT NULL DEFAULT 0 CHECK (is_${kind}_default IN (0,1)),`).join('\n  ')}
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX document_templates_list ON document_templates (organization_id, position, id) WHERE deleted_at IS NULL;
${kinds
  .map(
    (kind) =>
      `CREATE UNIQUE INDEX document_templates_${kind}_default ON document_templates (organization_id) WHERE is_${kind}_default = 1 AND deleted_at IS NULL;`,
  )
  .join('\n')}

ALTER TABLE clients ADD COLUMN template_id TEXT REFERENCES document_templates(id);

CREATE TABLE payment_accounts (${row}
  label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 60),
  holder TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 70),
  bank_name TEXT, iban TEXT, qr_iban TEXT, bic TEXT, account_number TEXT, sort_code TEXT,
  upi_id TEXT, link_template TEXT,
  currency TEXT CHECK (currency IS NULL OR length(currency) = 3),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1)),
  position INTEGER NOT NULL DEFAULT 0,
  CHECK (coalesce(iban, qr_iban, account_number, upi_id, link_template) IS NOT NULL)
) STRICT;
CREATE INDEX payment_accounts_list ON payment_accounts (organization_id, position, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX payment_accounts_default ON payment_accounts (organization_id, coalesce(currency, ''))
  WHERE is_default = 1 AND deleted_at IS NULL;
`)
  },
}
