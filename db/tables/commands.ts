import type { Generated } from 'kysely'

export type CommandTable = {
  seq: Generated<number>
  id: string
  organizationId: string | null
  userId: string | null
  deviceId: string
  procedure: string
  at: string
  idempotencyKey: string | null
  inputHash: string | null
  result: string | null
}
