import type { Migration } from './migration.ts'

/** Organizations, people, devices, settings, and the record of commands and changes. */
export const platform: Migration = {
  version: 1,
  name: 'platform',
  up: (run) => {
    run(`
CREATE TABLE organizations (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  legal_name TEXT NOT NULL, trade_name TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('service','retail','restaurant','practice')),
  is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0,1)),
  address_line1 TEXT, address_line2 TEXT, city TEXT, region TEXT, postal_code TEXT,
  country TEXT NOT NULL CHECK (length(country) = 2),
  email TEXT, phone TEXT, website TEXT,
  tax_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tax_ids)),
  bank_details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(bank_details)),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  language TEXT NOT NULL, timezone TEXT NOT NULL,
  fiscal_year_start TEXT NOT NULL CHECK (fiscal_year_start GLOB '[0-1][0-9]-[0-3][0-9]'),
  rounding_mode TEXT NOT NULL CHECK (rounding_mode IN ('half-up','half-even','up','down')),
  rounding_scope TEXT NOT NULL CHECK (rounding_scope IN ('line','rate','document')),
  prices_include_tax INTEGER NOT NULL DEFAULT 0 CHECK (prices_include_tax IN (0,1)),
  payment_terms_days INTEGER NOT NULL DEFAULT 30 CHECK (payment_terms_days BETWEEN 0 AND 3650),
  page_size TEXT NOT NULL DEFAULT 'A4' CHECK (page_size IN ('A4','LETTER')),
  default_notes TEXT, default_terms TEXT, legal_text TEXT, footer TEXT,
  features TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(features)),
  accent_color TEXT NOT NULL DEFAULT '#1f3a5f',
  logo_attachment_id TEXT REFERENCES attachments(id)
) STRICT;

CREATE TABLE branches (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  code TEXT NOT NULL, name TEXT NOT NULL, timezone TEXT NOT NULL,
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1)),
  address_line1 TEXT, address_line2 TEXT, city TEXT, region TEXT, postal_code TEXT, country TEXT
) STRICT;
CREATE UNIQUE INDEX branches_code ON branches (organization_id, code) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX branches_default ON branches (organization_id) WHERE is_default = 1 AND deleted_at IS NULL;

CREATE TABLE users (
  id TEXT PRIMARY KEY, organization_id TEXT REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL, email TEXT, password_hash TEXT,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active','inactive'))
) STRICT;
CREATE UNIQUE INDEX users_email ON users (email) WHERE email IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE memberships (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  user_id TEXT NOT NULL REFERENCES users(id),
  role TEXT NOT NULL CHECK (role IN ('owner','admin','manager','staff','accountant','cashier')),
  branch_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(branch_ids))
) STRICT;
CREATE UNIQUE INDEX memberships_user ON memberships (user_id, organization_id) WHERE deleted_at IS NULL;
CREATE INDEX memberships_organization ON memberships (organization_id);

CREATE TABLE devices (
  id TEXT PRIMARY KEY, organization_id TEXT REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL, code TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  id TEXT PRIMARY KEY, organization_id TEXT REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  user_id TEXT REFERENCES users(id),
  key TEXT NOT NULL, value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
CREATE UNIQUE INDEX settings_key ON settings (coalesce(organization_id, ''), coalesce(user_id, ''), key);

CREATE TABLE saved_views (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  user_id TEXT REFERENCES users(id),
  list TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL CHECK (json_valid(definition)),
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX saved_views_list ON saved_views (organization_id, list);

CREATE TABLE commands (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE, organization_id TEXT, user_id TEXT, device_id TEXT NOT NULL,
  procedure TEXT NOT NULL, at TEXT NOT NULL,
  idempotency_key TEXT, input_hash TEXT, result TEXT
) STRICT;
CREATE UNIQUE INDEX commands_idempotency ON commands (idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE TABLE change_context (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  command_seq INTEGER REFERENCES commands(seq)
) STRICT;
INSERT INTO change_context (id, command_seq) VALUES (1, NULL);

CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  command_seq INTEGER NOT NULL REFERENCES commands(seq),
  organization_id TEXT, table_name TEXT NOT NULL, row_id TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('insert','update')),
  old_values TEXT, new_values TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_row ON audit_log (row_id, seq);
CREATE INDEX audit_log_command ON audit_log (command_seq);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'immutable: the audit log is never changed'); END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'immutable: the audit log is never changed'); END;

CREATE TABLE sync_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  audit_seq INTEGER NOT NULL REFERENCES audit_log(seq),
  table_name TEXT NOT NULL, row_id TEXT NOT NULL
) STRICT;

CREATE TABLE activity (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  command_seq INTEGER NOT NULL REFERENCES commands(seq),
  organization_id TEXT NOT NULL REFERENCES organizations(id),
  kind TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, client_id TEXT REFERENCES clients(id),
  at TEXT NOT NULL, data TEXT NOT NULL CHECK (json_valid(data))
) STRICT;
CREATE INDEX activity_entity ON activity (entity_id, seq);
CREATE INDEX activity_client ON activity (client_id, seq) WHERE client_id IS NOT NULL;
CREATE INDEX activity_organization ON activity (organization_id, seq);

CREATE TABLE jobs (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL, subject_id TEXT NOT NULL, payload TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(payload)),
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued','running','done','failed','cancelled')),
  run_at TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT, finished_at TEXT
) STRICT;
CREATE INDEX jobs_due ON jobs (run_at) WHERE state = 'queued';
CREATE UNIQUE INDEX jobs_open ON jobs (kind, subject_id) WHERE state IN ('queued','running');
`)
  },
}
