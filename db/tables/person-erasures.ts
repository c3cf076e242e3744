import type { Generated } from 'kysely'
import type { WorkspaceRowColumns } from './row.ts'

export type PersonErasureTable = WorkspaceRowColumns & {
  userId: string
  erasedById: string | null
  /** What is said in the place of the name. */
  standIn: string
  /** JSON: the rows of the log that said who it was, as `table id`. */
  found: string
  /** JSON: by the number of a command, the hash of its effect without the person. */
  resealed: Generated<string>
}
