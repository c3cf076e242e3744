import type { Migration } from './migration.ts'

/** Tags on recurring invoices too: a CHECK is changed by a new table that takes the rows over. */
export const recurringTags: Migration = {
  version: 19,
  name: 'recurring-tags',
  up: (run) => {
    run(`
CREATE TABLE taggings_next (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  tag_id TEXT NOT NULL REFERENCES tags(id),
  entity TEXT NOT NULL CHECK (entity IN ('client','item','invoice','quote','credit-note','payment','recurring-invoice')),
  entity_id TEXT NOT NULL
) STRICT;
INSERT INTO taggings_next (id, organization_id, created_at, updated_at, deleted_at, version, tag_id, entity, entity_id)
  SELECT id, organization_id, created_at, updated_at, deleted_at, version, tag_id, entity, entity_id FROM taggings;
DROP TABLE taggings;
ALTER TABLE taggings_next RENAME TO taggings;
CREATE UNIQUE INDEX taggings_once ON taggings (entity_id, tag_id) WHERE deleted_at IS NULL;
CREATE INDEX taggings_tag ON taggings (tag_id, entity) WHERE deleted_at IS NULL;
`)
  },
}
