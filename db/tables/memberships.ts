import type { Generated } from 'kysely'
import type { Role } from '../../shared/permissions.ts'
import type { RowColumns } from './row.ts'

export type MembershipTable = RowColumns & {
  userId: string
  role: Role
  branchIds: Generated<string>
}
