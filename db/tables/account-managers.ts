import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type AccountManagerTable = RowColumns & {
  /** The user that it is; null for somebody who does not use the app. */
  userId: string | null
  name: string
  email: string | null
  isActive: Generated<number>
}
