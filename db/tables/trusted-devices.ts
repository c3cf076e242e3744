import type { Generated } from 'kysely'

/** Devices on which a person is not asked for a code again until they expire. */
export type TrustedDeviceTable = {
  id: string
  userId: string
  deviceId: string
  tokenHash: string | null
  createdAt: string
  expiresAt: string
  lastUsedAt: Generated<string | null>
  revokedAt: Generated<string | null>
}
