import type { Generated } from 'kysely'
import type { Role } from '../../shared/permissions.ts'
import type { RowColumns } from './row.ts'

export type MembershipTable = RowColumns & {
  userId: string
  /** With an own role (`roleId`) what it stands among the built-in ones: never owner nor admin. */
  role: Role
  branchIds: Generated<string>
  roleId: Generated<string | null>
}
