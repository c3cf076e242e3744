import type { Generated } from 'kysely'

/** Failed tries of a person by what was asked; of this device alone. */
export type SignInAttemptTable = {
  id: string
  userId: string
  factor: 'password' | 'pin' | 'code' | 'recovery'
  failures: Generated<number>
  lastFailedAt: Generated<string | null>
  blockedUntil: Generated<string | null>
}
