import type { Migration } from './migration.ts'

/** Attachments, the mail outbox and its log, and the search index. */
export const mailFilesSearch: Migration = {
  version: 5,
  name: 'mail-files-search',
  up: (run) => {
    run(`
CREATE TABLE attachments (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64), size INTEGER NOT NULL CHECK (size >= 0),
  media_type TEXT NOT NULL, file_name TEXT NOT NULL,
  entity TEXT NOT NULL, entity_id TEXT NOT NULL
) STRICT;
CREATE INDEX attachments_entity ON attachments (entity_id) WHERE deleted_at IS NULL;

CREATE TABLE mail_accounts (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  from_name TEXT NOT NULL, from_address TEXT NOT NULL, reply_to TEXT,
  host TEXT NOT NULL, port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  security TEXT NOT NULL CHECK (security IN ('tls','starttls','none')),
  user_name TEXT
) STRICT;
CREATE UNIQUE INDEX mail_accounts_organization ON mail_accounts (organization_id) WHERE deleted_at IS NULL;

CREATE TABLE message_templates (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL, language TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_templates_kind ON message_templates (organization_id, kind, language) WHERE deleted_at IS NULL;

CREATE TABLE outbox_messages (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, client_id TEXT REFERENCES clients(id),
  message_id TEXT NOT NULL UNIQUE,
  to_addresses TEXT NOT NULL CHECK (json_valid(to_addresses)), cc_addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cc_addresses)),
  bcc_addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(bcc_addresses)),
  subject TEXT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued','sending','accepted','failed','bounced','cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at TEXT, last_error TEXT,
  accepted_at TEXT, server_response TEXT
) STRICT;
CREATE INDEX outbox_messages_state ON outbox_messages (organization_id, state, created_at) WHERE deleted_at IS NULL;
CREATE INDEX outbox_messages_list ON outbox_messages (organization_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX outbox_messages_entity ON outbox_messages (entity_id);

CREATE TABLE mail_log (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  outbox_message_id TEXT NOT NULL REFERENCES outbox_messages(id),
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted','temporary','permanent','bounced')),
  code TEXT, detail TEXT, server TEXT
) STRICT;
CREATE INDEX mail_log_message ON mail_log (outbox_message_id, created_at);
CREATE TRIGGER mail_log_frozen BEFORE UPDATE ON mail_log BEGIN SELECT RAISE(ABORT, 'immutable: the mail log is never changed'); END;

CREATE TABLE search_entries (
  id INTEGER PRIMARY KEY, organization_id TEXT NOT NULL, kind TEXT NOT NULL, entity_id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL, subtitle TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search_words USING fts5(title, subtitle, body, content='search_entries', content_rowid='id',
  tokenize="unicode61 remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE search_trigrams USING fts5(title, content='search_entries', content_rowid='id', tokenize='trigram', detail='none');
CREATE TRIGGER search_entries_insert AFTER INSERT ON search_entries BEGIN
  INSERT INTO search_words (rowid, title, subtitle, body) VALUES (NEW.id, NEW.title, NEW.subtitle, NEW.body);
  INSERT INTO search_trigrams (rowid, title) VALUES (NEW.id, NEW.title);
END;
CREATE TRIGGER search_entries_delete AFTER DELETE ON search_entries BEGIN
  INSERT INTO search_words (search_words, rowid, title, subtitle, body) VALUES ('delete', OLD.id, OLD.title, OLD.subtitle, OLD.body);
  INSERT INTO search_trigrams (search_trigrams, rowid, title) VALUES ('delete', OLD.id, OLD.title);
END;
CREATE TRIGGER search_entries_update AFTER UPDATE ON search_entries
WHEN NEW.title <> OLD.title OR NEW.subtitle <> OLD.subtitle OR NEW.body <> OLD.body BEGIN
  INSERT INTO search_words (search_words, rowid, title, subtitle, body) VALUES ('delete', OLD.id, OLD.title, OLD.subtitle, OLD.body);
  INSERT INTO search_trigrams (search_trigrams, rowid, title) VALUES ('delete', OLD.id, OLD.title);
  INSERT INTO search_words (rowid, title, subtitle, body) VALUES (NEW.id, NEW.title, NEW.subtitle, NEW.body);
  INSERT INTO search_trigrams (rowid, title) VALUES (NEW.id, NEW.title);
END;

CREATE TRIGGER clients_search_insert AFTER INSERT ON clients WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  VALUES (NEW.organization_id, 'client', NEW.id, NEW.name, coalesce(NEW.email, NEW.city, ''), NEW.code || ' ' || coalesce(NEW.city, '') || ' ' || coalesce(NEW.phone, '') || ' ' || coalesce(NEW.summary, ''));
END;
CREATE TRIGGER clients_search_update AFTER UPDATE OF name, email, city, code, phone, summary, deleted_at ON clients BEGIN
  DELETE FROM search_entries WHERE entity_id = NEW.id AND NEW.deleted_at IS NOT NULL;
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  SELECT NEW.organization_id, 'client', NEW.id, NEW.name, coalesce(NEW.email, NEW.city, ''), NEW.code || ' ' || coalesce(NEW.city, '') || ' ' || coalesce(NEW.phone, '') || ' ' || coalesce(NEW.summary, '')
  WHERE NEW.deleted_at IS NULL
  ON CONFLICT (entity_id) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle, body = excluded.body;
END;
CREATE TRIGGER items_search_insert AFTER INSERT ON items WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  VALUES (NEW.organization_id, 'item', NEW.id, NEW.name, coalesce(NEW.code, ''), coalesce(NEW.description, ''));
END;
CREATE TRIGGER items_search_update AFTER UPDATE OF name, code, description, deleted_at ON items BEGIN
  DELETE FROM search_entries WHERE entity_id = NEW.id AND NEW.deleted_at IS NOT NULL;
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  SELECT NEW.organization_id, 'item', NEW.id, NEW.name, coalesce(NEW.code, ''), coalesce(NEW.description, '') WHERE NEW.deleted_at IS NULL
  ON CONFLICT (entity_id) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle, body = excluded.body;
END;
CREATE TRIGGER invoices_search_insert AFTER INSERT ON invoices WHEN NEW.client_name <> '' AND NEW.deleted_at IS NULL BEGIN
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  VALUES (NEW.organization_id, 'invoice', NEW.id, 'Draft for ' || NEW.client_name, coalesce(NEW.reference, ''), '');
END;
CREATE TRIGGER invoices_search_draft AFTER UPDATE OF client_name, reference, deleted_at ON invoices WHEN NEW.issued_at IS NULL BEGIN
  DELETE FROM search_entries WHERE entity_id = NEW.id AND (NEW.deleted_at IS NOT NULL OR NEW.client_name = '');
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  SELECT NEW.organization_id, 'invoice', NEW.id, 'Draft for ' || NEW.client_name, coalesce(NEW.reference, ''), ''
  WHERE NEW.deleted_at IS NULL AND NEW.client_name <> ''
  ON CONFLICT (entity_id) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle, body = excluded.body;
END;
CREATE TRIGGER invoices_search_issue AFTER UPDATE OF issued_at ON invoices WHEN NEW.issued_at IS NOT NULL AND OLD.issued_at IS NULL BEGIN
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  VALUES (NEW.organization_id, 'invoice', NEW.id, NEW.number || ' ' || NEW.client_name, coalesce(NEW.reference, ''),
    coalesce((SELECT group_concat(l.name || ' ' || coalesce(l.description, ''), ' ') FROM invoice_lines l WHERE l.invoice_id = NEW.id AND l.deleted_at IS NULL), ''))
  ON CONFLICT (entity_id) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle, body = excluded.body;
END;
`)
  },
}
