import type { Selectable } from 'kysely'
import type { ClientTable } from '../../../db/tables/clients.ts'
import { AppError } from '../../../shared/errors.ts'
import { assertSees } from '../../people/shown.ts'
import type { Db, Handlers, QueryContext, Trx } from '../../rpc/context.ts'
import { findRow, getRow } from '../../rpc/rows.ts'
import { mailedEInvoice } from '../einvoices/mailed.ts'
import { findAccount, type MailAccount, passwordOf } from './account.ts'
import { documentObstacle, type MailedDocument, mailedDocument } from './documents.ts'
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
const attachedTo = async ({ db, engines, signal }: QueryContext, { head, pdf }: MailedDocument): Promise<Attached> => {
  if (head.issuedAt === null) return { fileName: 'draft.pdf', size: 0, obstacle: null }
  try {
    const made = await pdf(db, engines, signal)
    return { fileName: made.fileName, size: made.pdf.length, obstacle: null }
  } catch (error) {
    if (error instanceof AppError && error.code === 'FILE_REFUSED')
      return { fileName: `${head.number ?? ''}.pdf`, size: 0, obstacle: error.message }
    throw error
  }
}

export const compose: Handlers<'mail'>['compose'] = async (context, { entity, entityId }) => {
  const { db, organizationId } = context
  assertSees(context, entity)
  const document = await mailedDocument(db, organizationId, entity, entityId)
  const { head } = document
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = head.clientId === null ? undefined : await findRow(db, 'clients', organizationId, head.clientId)
  const { contactName, address } = await peopleOf(db, client)
  const sender =
    context.userId === null
      ? undefined
      : await db.selectFrom('users').select('name').where('id', '=', context.userId).executeTakeFirst()
  const account = await findAccount(db, organizationId)
  const attached = await attachedTo(context, document)
  const mailed = { kind: entity, id: entityId, organizationId }
  const einvoice = attached.obstacle === null ? await mailedEInvoice(db, context.engines, mailed, context.signal) : null
  const goes = einvoice?.isValid === true ? einvoice : null
  // Loaded when it is needed: the parser would delay every start of the app.
  const { renderMessage } = await import('../../mail/template.ts')
  const message = renderMessage(
    await templateFor(db, organizationId, entity, head.language),
    {
      ...variablesOf({ head, client, contactName, organization, senderName: sender?.name ?? null }),
      ...document.values,
    },
    entity,
  )
  const obstacle =
    documentObstacle(entity, head) ??
    (account === undefined ? noAccount : await passwordObstacle(context, account)) ??
    attached.obstacle
  return {
    to: address === null ? [] : [address],
    cc: [],
    subject: message.subject,
    body: message.body.trim(),
    attachments: [
      ...(goes?.fileName === attached.fileName ? [] : [{ fileName: attached.fileName, size: attached.size }]),
      ...(goes === null ? [] : [{ fileName: goes.fileName, size: goes.content.length }]),
    ],
    einvoice: einvoice === null ? null : { format: einvoice.format, isAttached: einvoice.isValid },
    from: account === undefined ? null : `${account.fromName} <${account.fromAddress}>`,
    obstacle,
  }
}
