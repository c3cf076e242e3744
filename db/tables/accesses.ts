import type { RowColumns } from './row.ts'

/** Who read something sensitive, or took it out; who and on which device is in its command. */
export type AccessTable = RowColumns & {
  procedure: string
  what: string
  subjectId: string | null
}
