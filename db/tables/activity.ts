import type { Generated } from 'kysely'

export type ActivityTable = {
  seq: Generated<number>
  commandSeq: number
  organizationId: string
  kind: string
  entity: string
  entityId: string
  clientId: string | null
  at: string
  data: string
}
