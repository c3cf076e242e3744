import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

/** A role that an organization made itself: a name and the permissions, as a JSON array. */
export type RoleTable = RowColumns & {
  name: string
  permissions: Generated<string>
}
