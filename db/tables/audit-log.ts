import type { Generated } from 'kysely'

export type AuditEntryTable = {
  seq: Generated<number>
  commandSeq: number
  organizationId: string | null
  tableName: string
  rowId: string
  action: 'insert' | 'update'
  oldValues: string | null
  newValues: string
}
