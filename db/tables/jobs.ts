import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type JobTable = RowColumns & {
  kind: string
  subjectId: string
  payload: Generated<string>
  state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>
  runAt: string
  attempts: Generated<number>
  lastError: string | null
  finishedAt: string | null
}
