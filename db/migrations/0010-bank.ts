import type { Migration } from './migration.ts'

/** Bank accounts, the statements that files brought, their lines, and what was learned about who pays. */
export const bank: Migration = {
  version: 10,
  name: 'bank',
  up: (run) => {
    run(`
CREATE TABLE bank_accounts (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL, account_number TEXT, account_key TEXT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active','archived')),
  csv_profiles TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(csv_profiles)),
  CHECK ((account_number IS NULL) = (account_key IS NULL))
) STRICT;
CREATE UNIQUE INDEX bank_accounts_key ON bank_accounts (organization_id, account_key) WHERE account_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX bank_accounts_name ON bank_accounts (organization_id, name, id) WHERE deleted_at IS NULL;

CREATE TABLE bank_statements (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  account_id TEXT NOT NULL REFERENCES bank_accounts(id),
  file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64), position INTEGER NOT NULL CHECK (position >= 0),
  format TEXT NOT NULL CHECK (format IN ('camt','mt940','ofx','qif','csv')),
  number TEXT, currency TEXT NOT NULL CHECK (length(currency) = 3), from_on TEXT, to_on TEXT,
  opening_e4 INTEGER, closing_e4 INTEGER, sum_e4 INTEGER NOT NULL,
  transaction_count INTEGER NOT NULL CHECK (transaction_count >= 0), new_count INTEGER NOT NULL CHECK (new_count BETWEEN 0 AND transaction_count),
  checked TEXT NOT NULL CHECK (checked IN ('ok','wrong','unchecked')),
  CHECK ((checked = 'unchecked') = (opening_e4 IS NULL OR closing_e4 IS NULL)),
  CHECK (checked = 'unchecked' OR (checked = 'ok') = (opening_e4 + sum_e4 = closing_e4))
) STRICT;
CREATE UNIQUE INDEX bank_statements_file ON bank_statements (account_id, file_sha256, position) WHERE deleted_at IS NULL;
CREATE INDEX bank_statements_sha256 ON bank_statements (organization_id, file_sha256) WHERE deleted_at IS NULL;
CREATE INDEX bank_statements_account ON bank_statements (account_id, to_on, id) WHERE deleted_at IS NULL;
CREATE INDEX bank_statements_organization ON bank_statements (organization_id, id) WHERE deleted_at IS NULL;

CREATE TABLE bank_transactions (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  account_id TEXT NOT NULL REFERENCES bank_accounts(id), statement_id TEXT NOT NULL REFERENCES bank_statements(id),
  dedupe_key TEXT NOT NULL,
  booked_on TEXT NOT NULL, valued_on TEXT,
  amount_e4 INTEGER NOT NULL CHECK (amount_e4 <> 0), currency TEXT NOT NULL CHECK (length(currency) = 3),
  counterparty_name TEXT, counterparty_account TEXT,
  end_to_end_reference TEXT, mandate_reference TEXT, structured_reference TEXT, bank_reference TEXT,
  purpose TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new','matched','ignored')),
  payment_id TEXT REFERENCES payments(id),
  CHECK ((state = 'matched') = (payment_id IS NOT NULL)),
  CHECK (state <> 'matched' OR amount_e4 > 0),
  CHECK (deleted_at IS NULL OR state <> 'matched')
) STRICT;
CREATE UNIQUE INDEX bank_transactions_key ON bank_transactions (account_id, dedupe_key) WHERE deleted_at IS NULL;
CREATE INDEX bank_transactions_statement ON bank_transactions (statement_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX bank_transactions_payment ON bank_transactions (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX bank_transactions_booked_on ON bank_transactions (organization_id, booked_on, id) WHERE deleted_at IS NULL;
CREATE INDEX bank_transactions_account ON bank_transactions (account_id, booked_on, id) WHERE deleted_at IS NULL;
CREATE INDEX bank_transactions_state ON bank_transactions (organization_id, state, booked_on, id) WHERE deleted_at IS NULL;
CREATE INDEX bank_transactions_waiting ON bank_transactions (organization_id, account_id, booked_on, id, amount_e4)
  WHERE deleted_at IS NULL AND state = 'new';
CREATE TRIGGER bank_transactions_frozen BEFORE UPDATE OF id, organization_id, created_at, account_id, statement_id, dedupe_key, booked_on, valued_on,
  amount_e4, currency, counterparty_name, counterparty_account, end_to_end_reference, mandate_reference, structured_reference, bank_reference, purpose ON bank_transactions
BEGIN SELECT RAISE(ABORT, 'immutable: what the bank said never changes'); END;
CREATE TRIGGER bank_transactions_freed AFTER UPDATE OF status ON payments WHEN NEW.status = 'cancelled' AND OLD.status <> 'cancelled'
BEGIN
  UPDATE bank_transactions SET state = 'new', payment_id = NULL, updated_at = NEW.updated_at, version = version + 1
  WHERE payment_id = NEW.id;
END;

CREATE TABLE bank_match_rules (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL CHECK (kind IN ('account','name')), match_key TEXT NOT NULL CHECK (match_key <> ''),
  client_id TEXT NOT NULL REFERENCES clients(id), learned_from TEXT NOT NULL REFERENCES bank_transactions(id)
) STRICT;
CREATE UNIQUE INDEX bank_match_rules_key ON bank_match_rules (organization_id, kind, match_key) WHERE deleted_at IS NULL;
CREATE INDEX bank_match_rules_learned ON bank_match_rules (learned_from) WHERE deleted_at IS NULL;

-- What proposals look up: open invoices by their number as people write it, and by what is open.
CREATE INDEX invoices_plain_number ON invoices (organization_id, replace(replace(replace(replace(upper(number), '-', ''), '/', ''), ' ', ''), '.', ''))
  WHERE deleted_at IS NULL AND state = 'open';
CREATE INDEX invoices_open_amount ON invoices (organization_id, currency, open_e4) WHERE deleted_at IS NULL AND state = 'open';
CREATE INDEX invoices_open_client ON invoices (client_id, currency, due_on) WHERE deleted_at IS NULL AND state = 'open';
`)
  },
}
