import type { Migration } from './migration.ts'

// Tables whose changes can say something of a person, as the record's format 1 commits to them.
const committed = [
  'clients',
  'client_contacts',
  'client_notes',
  'invoices',
  'quotes',
  'credit_notes',
  'payments',
  'refunds',
  'write_offs',
  'recurring_invoices',
  'outbox_messages',
  'mail_log',
  'bank_match_rules',
  'bank_transactions',
  'attachments',
  'notifications',
  'invoice_lines',
  'quote_lines',
  'credit_note_lines',
  'invoice_adjustments',
  'quote_adjustments',
  'credit_note_adjustments',
]

// As in 0018: values may give way to the mark; the keys, and so what was changed when and by whom, stay.
const marked = (
  column: string,
) => `(NEW.${column} IS OLD.${column} OR (NEW.${column} IS NOT NULL AND OLD.${column} IS NOT NULL
    AND (SELECT json_group_array(key) FROM json_each(NEW.${column})) = (SELECT json_group_array(key) FROM json_each(OLD.${column}))
    AND NOT EXISTS (SELECT 1 FROM json_each(NEW.${column}) n WHERE n.value IS NOT '[erased]'
      AND n.value IS NOT (SELECT o.value FROM json_each(OLD.${column}) o WHERE o.key = n.key))))`

const never = (table: string, words: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'immutable: ${words}'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'immutable: ${words}'); END;`

/** The record: a signed chain over every command, commitments in place of what may be erased, and who read what. */
export const record: Migration = {
  version: 23,
  name: 'record',
  up: (run) => {
    run(`
ALTER TABLE devices ADD COLUMN public_key TEXT;

CREATE TABLE chain_entries (
  device_id TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0), format INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('genesis','command','key')),
  command_seq INTEGER UNIQUE REFERENCES commands(seq), at TEXT NOT NULL, body TEXT CHECK (body IS NULL OR json_valid(body)),
  effect_hash BLOB NOT NULL CHECK (length(effect_hash) = 32), previous_hash BLOB CHECK (length(previous_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32), signature BLOB NOT NULL,
  PRIMARY KEY (device_id, seq),
  CHECK ((kind = 'command') = (command_seq IS NOT NULL)), CHECK ((kind = 'command') = (body IS NULL)),
  CHECK ((seq = 1) = (previous_hash IS NULL)), CHECK ((seq = 1) = (kind = 'genesis'))
) STRICT, WITHOUT ROWID;
CREATE INDEX chain_entries_at ON chain_entries (at);
${never('chain_entries', 'the record is never changed')}

CREATE TABLE chain_documents (
  table_name TEXT NOT NULL, row_id TEXT NOT NULL, command_seq INTEGER NOT NULL REFERENCES commands(seq), format INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32), salt BLOB, commitment BLOB CHECK (length(commitment) = 32),
  PRIMARY KEY (table_name, row_id), CHECK ((salt IS NULL) <> (commitment IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX chain_documents_command ON chain_documents (command_seq);
CREATE TRIGGER chain_documents_no_update BEFORE UPDATE ON chain_documents WHEN NOT (
  NEW.table_name = OLD.table_name AND NEW.row_id = OLD.row_id AND NEW.command_seq = OLD.command_seq AND NEW.format = OLD.format
  AND NEW.hash = OLD.hash AND OLD.commitment IS NULL AND NEW.commitment IS NOT NULL AND EXISTS (SELECT 1 FROM erasure_rows r
    WHERE r.row_id = OLD.row_id AND r.table_name = OLD.table_name AND r.fate = 'expired'))
BEGIN SELECT RAISE(ABORT, 'immutable: the record is never changed'); END;
CREATE TRIGGER chain_documents_no_delete BEFORE DELETE ON chain_documents BEGIN SELECT RAISE(ABORT, 'immutable: the record is never changed'); END;

ALTER TABLE audit_log ADD COLUMN salt BLOB;
ALTER TABLE audit_log ADD COLUMN commitment BLOB CHECK (length(commitment) = 32);
DROP TRIGGER audit_log_no_update;
UPDATE audit_log SET salt = randomblob(16) WHERE table_name IN (${committed.map((table) => `'${table}'`).join(', ')});
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log WHEN NOT (
  NEW.seq = OLD.seq AND NEW.command_seq = OLD.command_seq AND NEW.organization_id IS OLD.organization_id AND NEW.table_name = OLD.table_name
  AND NEW.row_id = OLD.row_id AND NEW.action = OLD.action
  AND ((NEW.commitment IS OLD.commitment AND NEW.salt IS OLD.salt)
    OR (OLD.commitment IS NULL AND OLD.salt IS NOT NULL AND NEW.commitment IS NOT NULL AND NEW.salt IS NULL))
  AND (NEW.commitment IS NOT NULL OR OLD.salt IS NULL)
  AND EXISTS (SELECT 1 FROM erasure_rows r JOIN erasures e ON e.id = r.erasure_id
    WHERE r.row_id = OLD.row_id AND r.table_name = OLD.table_name AND e.organization_id IS OLD.organization_id)
  AND ${marked('old_values')} AND ${marked('new_values')})
BEGIN SELECT RAISE(ABORT, 'immutable: the audit log is never changed'); END;

CREATE TABLE accesses (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT CHECK (deleted_at IS NULL), version INTEGER NOT NULL DEFAULT 1,
  procedure TEXT NOT NULL, what TEXT NOT NULL, subject_id TEXT
) STRICT;
CREATE INDEX accesses_list ON accesses (organization_id, created_at, id);
CREATE TRIGGER accesses_frozen BEFORE UPDATE ON accesses BEGIN SELECT RAISE(ABORT, 'immutable: what was read stays on record'); END;
`)
  },
}
