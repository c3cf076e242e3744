import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type OutboxMessageTable = RowColumns & {
  kind: string
  entity: string
  entityId: string
  clientId: string | null
  messageId: string
  toAddresses: string
  ccAddresses: Generated<string>
  bccAddresses: Generated<string>
  subject: string
  body: string
  state: Generated<'queued' | 'sending' | 'accepted' | 'failed' | 'bounced' | 'cancelled'>
  attempts: Generated<number>
  nextAttemptAt: string | null
  lastError: string | null
  acceptedAt: string | null
  serverResponse: string | null
  /** Further files, by name and hash. */
  attachments: Generated<string>
  /** When it may go; null for at once. */
  sendAt: Generated<string | null>
  seenAt: Generated<string | null>
  seenHow: Generated<'by-hand' | 'reply' | null>
}
