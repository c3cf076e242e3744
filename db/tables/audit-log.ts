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
  /** Hides the personal values in the record until they are erased. */
  salt: Generated<Uint8Array | null>
  /** What stands in the record for values that were erased. */
  commitment: Generated<Uint8Array | null>
}
