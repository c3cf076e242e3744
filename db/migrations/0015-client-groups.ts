import type { Migration } from './migration.ts'

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
`)
  },
}
