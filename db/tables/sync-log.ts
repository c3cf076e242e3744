import type { Generated } from 'kysely'

export type SyncEntryTable = {
  seq: Generated<number>
  auditSeq: number
  tableName: string
  rowId: string
}
