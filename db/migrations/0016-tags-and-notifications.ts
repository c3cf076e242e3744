import type { Migration } from './migration.ts'

const row = `
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,`

/** Tags on anything, and the inbox of notifications. */
export const tagsAndNotifications: Migration = {
  version: 16,
  name: 'tags-and-notifications',
  up: (run) => {
    run(`
CREATE TABLE tags (${row}
  name TEXT NOT NULL, color TEXT NOT NULL CHECK (color IN ('gray','red','orange','yellow','green','teal','blue','violet'))
) STRICT;
CREATE UNIQUE INDEX tags_name ON tags (organization_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE taggings (${row}
  tag_id TEXT NOT NULL REFERENCES tags(id),
  entity TEXT NOT NULL CHECK (entity IN ('client','item','invoice','quote','credit-note','payment')), entity_id TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX taggings_once ON taggings (entity_id, tag_id) WHERE deleted_at IS NULL;
CREATE INDEX taggings_tag ON taggings (tag_id, entity) WHERE deleted_at IS NULL;

CREATE TABLE notifications (${row}
  kind TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL,
  occurrence TEXT NOT NULL, data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
  happened_at TEXT NOT NULL, read_at TEXT
) STRICT;
CREATE UNIQUE INDEX notifications_once ON notifications (organization_id, kind, entity_id, occurrence);
CREATE INDEX notifications_inbox ON notifications (organization_id, happened_at, id) WHERE deleted_at IS NULL;
CREATE INDEX notifications_unread ON notifications (organization_id) WHERE deleted_at IS NULL AND read_at IS NULL;
`)
  },
}
