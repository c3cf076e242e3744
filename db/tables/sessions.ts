import type { Generated } from 'kysely'

/** Who is signed in where; of this device alone, never shared. */
export type SessionTable = {
  id: string
  userId: string
  deviceId: string
  tokenHash: string
  how: 'password' | 'pin' | 'recovery' | 'token' | 'open'
  /** What it runs in, in words: `Desktop app`, `Firefox`. */
  client: Generated<string>
  createdAt: string
  lastUsedAt: string
  expiresAt: string
  reauthenticatedAt: Generated<string | null>
  endedAt: Generated<string | null>
  revokedAt: Generated<string | null>
}
