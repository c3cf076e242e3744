import type { Migration } from './migration.ts'

// As in 0023: values may give way to the mark; the keys, and so what was changed when and by whom, stay.
const marked = (
  column: string,
) => `(NEW.${column} IS OLD.${column} OR (NEW.${column} IS NOT NULL AND OLD.${column} IS NOT NULL
    AND (SELECT json_group_array(key) FROM json_each(NEW.${column})) = (SELECT json_group_array(key) FROM json_each(OLD.${column}))
    AND NOT EXISTS (SELECT 1 FROM json_each(NEW.${column}) n WHERE n.value IS NOT '[erased]'
      AND n.value IS NOT (SELECT o.value FROM json_each(OLD.${column}) o WHERE o.key = n.key))))`

/** Erasures of people who worked here, and the narrow way through the log of changes for what it says of them. */
export const personErasures: Migration = {
  version: 28,
  name: 'person-erasures',
  up: (run) => {
    run(`
-- found: the rows of the log that said who it was, as "table id". resealed: the effects of commands from before values of
-- people stood in the record as commitments, as they are without them, by the number of the command.
CREATE TABLE person_erasures (
  id TEXT PRIMARY KEY, organization_id TEXT REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT CHECK (deleted_at IS NULL), version INTEGER NOT NULL DEFAULT 1,
  user_id TEXT NOT NULL UNIQUE REFERENCES users(id), erased_by_id TEXT REFERENCES users(id), stand_in TEXT NOT NULL,
  found TEXT NOT NULL CHECK (json_valid(found) AND json_type(found) = 'array'),
  resealed TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(resealed) AND json_type(resealed) = 'object')
) STRICT;
CREATE TRIGGER person_erasures_frozen BEFORE UPDATE ON person_erasures
WHEN NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id OR NEW.erased_by_id IS NOT OLD.erased_by_id OR NEW.stand_in <> OLD.stand_in
  OR NEW.found <> OLD.found OR OLD.resealed <> '{}'
BEGIN SELECT RAISE(ABORT, 'immutable: an erasure is never changed'); END;

DROP TRIGGER audit_log_no_update;
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log WHEN NOT (
  NEW.seq = OLD.seq AND NEW.command_seq = OLD.command_seq AND NEW.organization_id IS OLD.organization_id AND NEW.table_name = OLD.table_name
  AND NEW.row_id = OLD.row_id AND NEW.action = OLD.action
  AND ((NEW.commitment IS OLD.commitment AND NEW.salt IS OLD.salt)
    OR (OLD.commitment IS NULL AND OLD.salt IS NOT NULL AND NEW.commitment IS NOT NULL AND NEW.salt IS NULL))
  AND (NEW.commitment IS NOT NULL OR OLD.salt IS NULL)
  AND (EXISTS (SELECT 1 FROM erasure_rows r JOIN erasures e ON e.id = r.erasure_id
      WHERE r.row_id = OLD.row_id AND r.table_name = OLD.table_name AND e.organization_id IS OLD.organization_id)
    OR EXISTS (SELECT 1 FROM person_erasures p, json_each(p.found) f WHERE f.value = OLD.table_name || ' ' || OLD.row_id))
  AND ${marked('old_values')} AND ${marked('new_values')})
BEGIN SELECT RAISE(ABORT, 'immutable: the audit log is never changed'); END;
`)
  },
}
