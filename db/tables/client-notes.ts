import type { RowColumns } from './row.ts'

export type ClientNoteTable = RowColumns & {
  clientId: string
  kind: 'general' | 'follow-up' | 'issue' | 'compliment'
  content: string
  followUpOn: string | null
  doneAt: string | null
}
