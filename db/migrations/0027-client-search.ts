import type { Migration } from './migration.ts'

/** Everything that a client is searched by stands in the index of the list: no row is read that does not match. */
export const clientSearch: Migration = {
  version: 27,
  name: 'client-search',
  up: (run) =>
    run(`DROP INDEX clients_status;
CREATE INDEX clients_status ON clients (organization_id, status, sort_name, id, name, code, email, city, deleted_at)
  WHERE deleted_at IS NULL;`),
}
