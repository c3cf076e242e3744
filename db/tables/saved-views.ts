import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type SavedViewTable = RowColumns & {
  userId: string | null
  list: string
  name: string
  definition: string
  position: Generated<number>
}
