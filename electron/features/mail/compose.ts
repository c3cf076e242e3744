import type { Selectable } from 'kysely'
import type { ClientTable } from '../../../db/tables/clients.ts'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import { AppError } from '../../../shared/errors.ts'
import { pdfOf } from '../../documents/pdf.ts'
import type { Db, Handlers, QueryContext, Trx } from '../../rpc/context.ts'
import { findRow, getRow } from '../../rpc/rows.ts'
import { invoiceDocument } from '../invoices/document.ts'
import { findAccount, type MailAccount, passwordOf } from './account.ts'
import { templateFor } from './templates.ts'
import { variablesOf } from './variables.ts'

const contactsOf = (db: Db | Trx, clientId: string) =>
  db
    .selectFrom('clientContacts')
    .select(['name', 'email', 'isPrimary'])
    .where('clientId', '=', clientId)
    .where('deletedAt', 'is', null)
    .orderBy('isPrimary', 'desc')
    .orderBy('id')
    .execute()

/** Whom to write to: the client's address or its first contact's, and the main contact's name. */
export const peopleOf = async (db: Db | Trx, client: Selectable<ClientTable> | undefined) => {
  const contacts = client === undefined ? [] : await contactsOf(db, client.id)
  const address = client?.email ?? contacts.find((contact) => contact.email !== null)?.email ?? null
  return { contactName: contacts.find((contact) => contact.isPrimary === 1)?.name ?? null, address }
}

/** Why an invoice cannot be sent by mail, in words; null when its own state allows it. */
export const invoiceObstacle = (invoice: Selectable<InvoiceTable>): string | null => {
  if (invoice.voidedAt !== null) return 'This invoice is void and is not sent any more.'
  if (invoice.issuedAt === null)
    return 'This is a draft. Issue it first: that gives it the number under which it goes out.'
  return null
}

/** What to tell where no account is set up. */
export const noAccount = 'No mail account is set up yet. Add one in the settings, under Mail.'

const passwordObstacle = async (context: QueryContext, account: MailAccount) => {
  if (account.userName === null) return null
  try {
    const password = await passwordOf(context.engines.secrets, context.organizationId)
    return password === null
      ? 'The password of the mail account is missing. Enter it in the settings, under Mail.'
      : null
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

type Attached = { readonly fileName: string; readonly size: number; readonly obstacle: string | null }

// The very file that will go: kept since the issue, or made now in the same bytes.
const attachedTo = async (
  { db, engines, signal }: QueryContext,
  invoice: Selectable<InvoiceTable>,
): Promise<Attached> => {
  if (invoice.issuedAt === null) return { fileName: 'draft.pdf', size: 0, obstacle: null }
  try {
    const { pdf, fileName } = await pdfOf(db, engines, invoiceDocument, invoice, signal)
    return { fileName, size: pdf.length, obstacle: null }
  } catch (error) {
    if (error instanceof AppError && error.code === 'FILE_REFUSED')
      return { fileName: `${invoice.number ?? ''}.pdf`, size: 0, obstacle: error.message }
    throw error
  }
}

export const compose: Handlers<'mail'>['compose'] = async (context, { invoiceId }) => {
  const { db, organizationId } = context
  const invoice = await getRow(db, 'invoices', organizationId, invoiceId, 'invoice')
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = invoice.clientId === null ? undefined : await findRow(db, 'clients', organizationId, invoice.clientId)
  const { contactName, address } = await peopleOf(db, client)
  const sender =
    context.userId === null
      ? undefined
      : await db.selectFrom('users').select('name').where('id', '=', context.userId).executeTakeFirst()
  const account = await findAccount(db, organizationId)
  const attached = await attachedTo(context, invoice)
  // Loaded when it is needed: the parser would delay every start of the app.
  const { renderMessage } = await import('../../mail/template.ts')
  const message = renderMessage(
    await templateFor(db, organizationId, 'invoice', invoice.language),
    variablesOf({ invoice, client, contactName, organization, senderName: sender?.name ?? null }),
  )
  const obstacle =
    invoiceObstacle(invoice) ??
    (account === undefined ? noAccount : await passwordObstacle(context, account)) ??
    attached.obstacle
  return {
    to: address === null ? [] : [address],
    cc: [],
    subject: message.subject,
    body: message.body.trim(),
    attachments: [{ fileName: attached.fileName, size: attached.size }],
    from: account === undefined ? null : `${account.fromName} <${account.fromAddress}>`,
    obstacle,
  }
}
