import type { RowColumns } from './row.ts'

export type MailLogEntryTable = RowColumns & {
  outboxMessageId: string
  outcome: 'accepted' | 'temporary' | 'permanent' | 'bounced'
  code: string | null
  detail: string | null
  server: string | null
}
