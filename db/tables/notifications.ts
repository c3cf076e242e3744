import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

/** Something that happened and wants to be seen; once for each occurrence. */
export type NotificationTable = RowColumns & {
  kind: string
  entity: string
  entityId: string
  occurrence: string
  data: Generated<string>
  happenedAt: string
  readAt: string | null
}
