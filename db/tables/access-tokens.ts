import type { Generated } from 'kysely'

/** Single-use tokens: what is kept is the hash of what the person was given. */
export type AccessTokenTable = {
  id: string
  userId: string
  organizationId: string | null
  purpose: 'invitation' | 'reset' | 'email-code'
  tokenHash: string
  createdById: string | null
  createdAt: string
  expiresAt: string
  usedAt: Generated<string | null>
  cancelledAt: Generated<string | null>
}
