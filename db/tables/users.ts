import type { Generated } from 'kysely'
import type { WorkspaceRowColumns } from './row.ts'

export type UserTable = WorkspaceRowColumns & {
  name: string
  email: string | null
  passwordHash: string | null
  status: Generated<'active' | 'inactive'>
}
