import type { MailKind } from '../../../shared/contract/mail.ts'
import { AppError } from '../../../shared/errors.ts'
import { api } from '../../api.ts'
import type { BulkOutcome } from './bulk-run.ts'

/** Sends a document by the template and to the addresses that its own dialog would propose. */
export const sendDocument = async (entity: MailKind, entityId: string): Promise<BulkOutcome> => {
  const { obstacle, to, cc, subject, body } = await api.mail.compose({ entity, entityId })
  if (obstacle !== null) throw new AppError('INVALID_STATE', obstacle)
  if (to.length === 0) throw new AppError('INVALID_STATE', 'The client has no e-mail address.')
  const message = await api.mail.send({ entity, entityId, to, cc, subject, body })
  return { text: `In the outbox to ${to.join(', ')}`, undo: () => api.mail.cancel(message) }
}
