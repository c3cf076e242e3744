import type { Migration } from './migration.ts'

/** Clients with their contacts and notes, tax rates, items. */
export const clientsAndItems: Migration = {
  version: 2,
  name: 'clients-and-items',
  up: (run) => {
    run(`
CREATE TABLE clients (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  code TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('person','company')),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200), sort_name TEXT NOT NULL,
  email TEXT, phone TEXT, website TEXT,
  address_line1 TEXT, address_line2 TEXT, city TEXT, region TEXT, postal_code TEXT, country TEXT,
  delivery_address TEXT CHECK (delivery_address IS NULL OR json_valid(delivery_address)),
  tax_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tax_ids)),
  language TEXT, currency TEXT CHECK (currency IS NULL OR length(currency) = 3),
  payment_terms_days INTEGER CHECK (payment_terms_days IS NULL OR payment_terms_days BETWEEN 0 AND 3650),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active','inactive','archived')),
  summary TEXT
) STRICT;
CREATE UNIQUE INDEX clients_code ON clients (organization_id, code) WHERE deleted_at IS NULL;
CREATE INDEX clients_name ON clients (organization_id, sort_name, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_status ON clients (organization_id, status, sort_name, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_created ON clients (organization_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_email ON clients (organization_id, email) WHERE email IS NOT NULL;

CREATE TABLE client_contacts (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  client_id TEXT NOT NULL REFERENCES clients(id),
  name TEXT NOT NULL, email TEXT, phone TEXT, role TEXT,
  is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0,1))
) STRICT;
CREATE INDEX client_contacts_client ON client_contacts (client_id);
CREATE UNIQUE INDEX client_contacts_primary ON client_contacts (client_id) WHERE is_primary = 1 AND deleted_at IS NULL;

CREATE TABLE client_notes (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  client_id TEXT NOT NULL REFERENCES clients(id),
  kind TEXT NOT NULL CHECK (kind IN ('general','follow-up','issue','compliment')),
  content TEXT NOT NULL, follow_up_on TEXT, done_at TEXT,
  CHECK (kind <> 'follow-up' OR follow_up_on IS NOT NULL)
) STRICT;
CREATE INDEX client_notes_client ON client_notes (client_id, created_at);
CREATE INDEX client_notes_follow_up ON client_notes (organization_id, follow_up_on)
  WHERE follow_up_on IS NOT NULL AND done_at IS NULL AND deleted_at IS NULL;

CREATE TABLE tax_rates (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  category TEXT NOT NULL CHECK (category IN ('S','Z','E','AE','K','G','O','L','M','B')),
  rate_e6 INTEGER NOT NULL CHECK (rate_e6 >= 0),
  is_compound INTEGER NOT NULL DEFAULT 0 CHECK (is_compound IN (0,1)),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1)),
  effective_from TEXT, effective_to TEXT, exemption_reason TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active','archived')),
  CHECK (category IN ('S','L','M','B') OR rate_e6 = 0),
  CHECK (effective_to IS NULL OR effective_from IS NULL OR effective_to >= effective_from)
) STRICT;
CREATE INDEX tax_rates_organization ON tax_rates (organization_id, position);
CREATE UNIQUE INDEX tax_rates_default ON tax_rates (organization_id) WHERE is_default = 1 AND deleted_at IS NULL;

CREATE TABLE items (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL CHECK (kind IN ('product','service')),
  code TEXT, name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200), sort_name TEXT NOT NULL,
  description TEXT, unit TEXT NOT NULL,
  price_e6 INTEGER NOT NULL, tax_rate_id TEXT REFERENCES tax_rates(id),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active','archived'))
) STRICT;
CREATE UNIQUE INDEX items_code ON items (organization_id, code) WHERE code IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX items_name ON items (organization_id, sort_name, id) WHERE deleted_at IS NULL;
`)
  },
}
