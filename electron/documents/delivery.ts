import type { deliveryStates, SentByHand } from '../../shared/contract/documents.ts'
import type { Db } from '../rpc/context.ts'
import { marksOf } from './sent-by-hand.ts'
import type { DocumentKind } from './tables.ts'

type Delivery = {
  readonly deliveryState: (typeof deliveryStates)[number]
  /** The last time that somebody marked it as sent in another way than by mail. */
  readonly sentByHand: SentByHand | null
}

const stateOf = async (
  db: Db,
  document: { readonly id: string; readonly sentAt: string | null },
  markedAt: string | null,
): Promise<Delivery['deliveryState']> => {
  const last = await db
    .selectFrom('outboxMessages')
    .select(['state', 'createdAt'])
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
      // What went by post after the mail came back is sent.
      return markedAt !== null && markedAt >= last.createdAt ? 'sent' : last.state
    default:
      return document.sentAt === null ? 'not-sent' : 'sent'
  }
}

/** How a document went out: the delivery that counts is the last one; it stays sent once any server has accepted it. */
export const deliveryOf = async (
  db: Db,
  kind: DocumentKind,
  document: { readonly id: string; readonly sentAt: string | null },
): Promise<Delivery> => {
  const mark = (await marksOf(db, kind, document.id)).at(-1)
  if (mark === undefined) return { deliveryState: await stateOf(db, document, null), sentByHand: null }
  const { markedAt, ...sentByHand } = mark
  return { deliveryState: await stateOf(db, document, markedAt), sentByHand }
}
