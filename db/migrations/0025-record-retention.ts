import type { Migration } from './migration.ts'

const never = (table: string, event: 'UPDATE' | 'DELETE', when = '') => `
CREATE TRIGGER ${table}_no_${event.toLowerCase()} BEFORE ${event} ON ${table} ${when}
BEGIN SELECT RAISE(ABORT, 'immutable: the record is never changed'); END;`

// A checkpoint that is being made in this very transaction and covers the row.
const unlessCut = (covers: string) =>
  `WHEN NOT EXISTS (SELECT 1 FROM record_checkpoints c WHERE c.opened IS NOT NULL AND ${covers})`

const entryOf = (checkpoint: string) =>
  `SELECT 1 FROM chain_entries e WHERE e.device_id = ${checkpoint}.device_id AND e.seq = ${checkpoint}.entry_seq AND e.kind = 'checkpoint'`

/** Checkpoints: signed entries that stand for what is past its time, and the one way by which that leaves the record. */
export const recordRetention: Migration = {
  version: 25,
  name: 'record-retention',
  up: (run) => {
    run(`
CREATE TABLE chain_entries_new (
  device_id TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0), format INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('genesis','command','key','checkpoint')),
  command_seq INTEGER UNIQUE REFERENCES commands(seq), at TEXT NOT NULL, body TEXT CHECK (body IS NULL OR json_valid(body)),
  effect_hash BLOB NOT NULL CHECK (length(effect_hash) = 32), previous_hash BLOB CHECK (length(previous_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32), signature BLOB NOT NULL,
  PRIMARY KEY (device_id, seq),
  CHECK ((kind = 'command') = (command_seq IS NOT NULL)), CHECK ((kind = 'command') = (body IS NULL)),
  CHECK ((seq = 1) = (previous_hash IS NULL)), CHECK ((seq = 1) = (kind = 'genesis'))
) STRICT, WITHOUT ROWID;
INSERT INTO chain_entries_new SELECT device_id, seq, format, kind, command_seq, at, body, effect_hash, previous_hash, hash, signature FROM chain_entries;
DROP TABLE chain_entries;
ALTER TABLE chain_entries_new RENAME TO chain_entries;
CREATE INDEX chain_entries_at ON chain_entries (at);
CREATE INDEX chain_entries_bodies ON chain_entries (kind, device_id, seq) WHERE kind <> 'command';

-- "opened" leads nowhere: while it stands the transaction cannot be committed.
CREATE TABLE record_checkpoints (
  device_id TEXT NOT NULL, entry_seq INTEGER NOT NULL, command_seq INTEGER NOT NULL CHECK (command_seq > 0), at TEXT NOT NULL,
  opened TEXT REFERENCES devices(id) DEFERRABLE INITIALLY DEFERRED CHECK (opened IS NULL OR opened = 'open'),
  PRIMARY KEY (device_id, entry_seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER record_checkpoints_named BEFORE INSERT ON record_checkpoints
WHEN NOT EXISTS (${entryOf('NEW')} AND json_extract(e.body, '$.cut.command') = NEW.command_seq)
BEGIN SELECT RAISE(ABORT, 'immutable: a checkpoint is an entry of the record first'); END;
${never('record_checkpoints', 'UPDATE', 'WHEN NOT (OLD.opened IS NOT NULL AND NEW.opened IS NULL AND NEW.device_id = OLD.device_id AND NEW.entry_seq = OLD.entry_seq AND NEW.command_seq = OLD.command_seq AND NEW.at = OLD.at)')}
${never('record_checkpoints', 'DELETE')}

${never('chain_entries', 'UPDATE')}
${never('chain_entries', 'DELETE', unlessCut(`coalesce(OLD.command_seq <= c.command_seq, EXISTS (SELECT 1 FROM chain_entries k, json_each(k.body, '$.cut.devices') d WHERE k.device_id = c.device_id AND k.seq = c.entry_seq AND d.value ->> 'device' = OLD.device_id AND OLD.seq <= d.value ->> 'seq'))`))}
DROP TRIGGER audit_log_no_delete;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log ${unlessCut('OLD.command_seq <= c.command_seq')}
BEGIN SELECT RAISE(ABORT, 'immutable: the audit log is never changed'); END;

CREATE INDEX sync_log_change ON sync_log (audit_seq);
CREATE INDEX activity_command ON activity (command_seq);
`)
  },
}
