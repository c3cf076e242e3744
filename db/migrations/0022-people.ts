import type { Migration } from './migration.ts'

// Who else is an active owner of an organization, but for one person.
const otherOwner = (organization: string, user: string) => `EXISTS (
    SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = ${organization} AND m.user_id <> ${user} AND m.role = 'owner' AND m.deleted_at IS NULL
      AND u.deleted_at IS NULL AND u.status = 'active')`
const living = (organization: string) =>
  `EXISTS (SELECT 1 FROM organizations o WHERE o.id = ${organization} AND o.deleted_at IS NULL)`

/** People: own roles, ways to prove who one is, sessions, tries, and the chain of security events. */
export const people: Migration = {
  version: 22,
  name: 'people',
  up: (run) => {
    run(`
ALTER TABLE users ADD COLUMN pin_hash TEXT;
ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0,1));
ALTER TABLE users ADD COLUMN color TEXT CHECK (color IS NULL OR color GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]');
ALTER TABLE users ADD COLUMN avatar_attachment_id TEXT REFERENCES attachments(id);
ALTER TABLE users ADD COLUMN last_login_at TEXT;

CREATE TABLE roles (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL, permissions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(permissions) AND json_type(permissions) = 'array')
) STRICT;
CREATE UNIQUE INDEX roles_name ON roles (organization_id, name COLLATE NOCASE) WHERE deleted_at IS NULL;

ALTER TABLE memberships ADD COLUMN role_id TEXT REFERENCES roles(id) CHECK (role_id IS NULL OR role NOT IN ('owner','admin'));
CREATE INDEX memberships_role ON memberships (role_id) WHERE role_id IS NOT NULL;

CREATE TRIGGER memberships_last_owner BEFORE UPDATE OF role, deleted_at, user_id, organization_id ON memberships
WHEN OLD.role = 'owner' AND OLD.deleted_at IS NULL
  AND (NEW.role <> 'owner' OR NEW.deleted_at IS NOT NULL OR NEW.user_id <> OLD.user_id OR NEW.organization_id <> OLD.organization_id)
  AND ${living('OLD.organization_id')} AND NOT ${otherOwner('OLD.organization_id', 'OLD.user_id')}
BEGIN SELECT RAISE(ABORT, 'state: the last owner stays: make somebody else an owner first'); END;
CREATE TRIGGER users_last_owner BEFORE UPDATE OF status, deleted_at ON users
WHEN OLD.status = 'active' AND OLD.deleted_at IS NULL AND (NEW.status <> 'active' OR NEW.deleted_at IS NOT NULL)
  AND EXISTS (SELECT 1 FROM memberships own WHERE own.user_id = OLD.id AND own.role = 'owner' AND own.deleted_at IS NULL
    AND ${living('own.organization_id')} AND NOT ${otherOwner('own.organization_id', 'OLD.id')})
BEGIN SELECT RAISE(ABORT, 'state: the last owner stays: make somebody else an owner first'); END;

CREATE TABLE access_tokens (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), organization_id TEXT REFERENCES organizations(id),
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation','reset','email-code')),
  token_hash TEXT NOT NULL UNIQUE, created_by_id TEXT REFERENCES users(id),
  created_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT, cancelled_at TEXT
) STRICT;
CREATE UNIQUE INDEX access_tokens_open ON access_tokens (user_id, purpose) WHERE used_at IS NULL AND cancelled_at IS NULL;

CREATE TABLE mfa_methods (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id),
  kind TEXT NOT NULL CHECK (kind IN ('totp','email')), sealed_secret TEXT,
  created_at TEXT NOT NULL, confirmed_at TEXT, disabled_at TEXT, last_used_step INTEGER
) STRICT;
CREATE UNIQUE INDEX mfa_methods_kind ON mfa_methods (user_id, kind) WHERE disabled_at IS NULL;

CREATE TABLE recovery_codes (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), code_hash TEXT NOT NULL,
  created_at TEXT NOT NULL, used_at TEXT, replaced_at TEXT
) STRICT;
CREATE INDEX recovery_codes_user ON recovery_codes (user_id);

CREATE TABLE trusted_devices (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), device_id TEXT NOT NULL REFERENCES devices(id),
  token_hash TEXT, created_at TEXT NOT NULL, expires_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT
) STRICT;
CREATE INDEX trusted_devices_user ON trusted_devices (user_id, device_id);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), device_id TEXT NOT NULL REFERENCES devices(id),
  token_hash TEXT NOT NULL UNIQUE, how TEXT NOT NULL CHECK (how IN ('password','pin','recovery','token','open')),
  client TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL, last_used_at TEXT NOT NULL, expires_at TEXT NOT NULL,
  reauthenticated_at TEXT, ended_at TEXT, revoked_at TEXT
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id, created_at);
CREATE TRIGGER sessions_over BEFORE UPDATE ON sessions
WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL) OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL)
  OR NEW.expires_at > OLD.expires_at OR NEW.user_id <> OLD.user_id OR NEW.token_hash <> OLD.token_hash
BEGIN SELECT RAISE(ABORT, 'immutable: a session that is over never comes back'); END;

CREATE TABLE sign_in_attempts (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id),
  factor TEXT NOT NULL CHECK (factor IN ('password','pin','code','recovery')),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0), last_failed_at TEXT, blocked_until TEXT
) STRICT;
CREATE UNIQUE INDEX sign_in_attempts_factor ON sign_in_attempts (user_id, factor);

CREATE TABLE security_events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL, organization_id TEXT REFERENCES organizations(id), user_id TEXT REFERENCES users(id),
  device_id TEXT NOT NULL REFERENCES devices(id), kind TEXT NOT NULL,
  data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)), prev_hash TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX security_events_user ON security_events (user_id, seq);
CREATE TRIGGER security_events_no_update BEFORE UPDATE ON security_events BEGIN SELECT RAISE(ABORT, 'immutable: the security events are never changed'); END;
CREATE TRIGGER security_events_no_delete BEFORE DELETE ON security_events BEGIN SELECT RAISE(ABORT, 'immutable: the security events are never changed'); END;
`)
  },
}
