import type { Migration } from './migration.ts'

/** Imports of tables from other products; what each wrote is in the audit log under its command. */
export const imports: Migration = {
  version: 11,
  name: 'imports',
  up: (run) => {
    run(`
CREATE TABLE imports (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  entity TEXT NOT NULL CHECK (entity IN ('clients','items','invoices','payments')),
  product TEXT, file_name TEXT NOT NULL, sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  plan TEXT NOT NULL CHECK (json_valid(plan)),
  counts TEXT NOT NULL CHECK (json_valid(counts)), made TEXT NOT NULL CHECK (json_valid(made)),
  command_id TEXT NOT NULL, undone_at TEXT
) STRICT;
CREATE INDEX imports_list ON imports (organization_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX imports_file ON imports (organization_id, sha256) WHERE deleted_at IS NULL AND undone_at IS NULL;
`)
  },
}
