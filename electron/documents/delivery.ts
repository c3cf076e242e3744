import type { deliveryStates } from '../../shared/contract/documents.ts'
import type { Db } from '../rpc/context.ts'

/** How a document went out: the delivery that counts is the last one; it stays sent once any server has accepted it. */
export const deliveryOf = async (
  db: Db,
  document: { readonly id: string; readonly sentAt: string | null },
): Promise<(typeof deliveryStates)[number]> => {
  const last = await db
    .selectFrom('outboxMessages')
    .select('state')
    .where('entityId', '=', document.id)
    .where('state', '!=', 'cancelled')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  switch (last?.state) {
    case 'queued':
    case 'sending':
      return 'queued'
    case 'failed':
    case 'bounced':
      return last.state
    default:
      return document.sentAt === null ? 'not-sent' : 'sent'
  }
}
