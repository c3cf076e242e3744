import type { Generated } from 'kysely'
import type { WorkspaceRowColumns } from './row.ts'

export type UserTable = WorkspaceRowColumns & {
  name: string
  email: string | null
  passwordHash: string | null
  status: Generated<'active' | 'inactive'>
  pinHash: Generated<string | null>
  mustChangePassword: Generated<number>
  color: Generated<string | null>
  avatarAttachmentId: Generated<string | null>
  lastLoginAt: Generated<string | null>
}
