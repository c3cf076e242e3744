import type { Generated } from 'kysely'

/** One link of the chain of security events of this device; only ever appended. */
export type SecurityEventTable = {
  seq: Generated<number>
  at: string
  organizationId: string | null
  userId: string | null
  deviceId: string
  kind: string
  data: Generated<string>
  prevHash: string
  hash: string
}
