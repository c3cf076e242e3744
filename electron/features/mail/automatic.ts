import { AppError } from '../../../shared/errors.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { findRow, getRow } from '../../rpc/rows.ts'
import { findAccount } from './account.ts'
import { noAccount, peopleOf } from './compose.ts'
import { mailedDocument } from './documents.ts'
import { send } from './sending.ts'
import { templateFor } from './templates.ts'
import { variablesOf } from './variables.ts'

/**
 * Queues the message of an issued invoice without a person: its template, to the client's address, in the transaction
 * that issued it. Returns why it could not, in words, or null when it is queued.
 */
export const queueInvoiceMessage = async (context: CommandContext, invoiceId: string): Promise<string | null> => {
  const { trx, organizationId } = context
  const { head, values } = await mailedDocument(trx, organizationId, 'invoice', invoiceId)
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const client = head.clientId === null ? undefined : await findRow(trx, 'clients', organizationId, head.clientId)
  const { contactName, address } = await peopleOf(trx, client)
  if (address === null) return `${head.clientName} has no e-mail address. Add one, then send the invoice.`
  if ((await findAccount(trx, organizationId)) === undefined) return noAccount
  const { renderMessage } = await import('../../mail/template.ts')
  const { subject, body } = renderMessage(await templateFor(trx, organizationId, 'invoice', head.language), {
    ...variablesOf({ head, client, contactName, organization, senderName: null }),
    ...values,
  })
  try {
    await send(context, {
      entity: 'invoice',
      entityId: invoiceId,
      to: [address],
      cc: [],
      subject,
      body: body.trim(),
      sendAt: null,
    })
    return null
  } catch (error) {
    // The invoice stands; only its message could not be queued.
    if (error instanceof AppError) return error.message
    throw error
  }
}
