import type { Generated } from 'kysely'

export type RecoveryCodeTable = {
  id: string
  userId: string
  codeHash: string
  createdAt: string
  usedAt: Generated<string | null>
  replacedAt: Generated<string | null>
}
