import { AppError } from '../../../shared/errors.ts'
import { defaultTemplate } from '../../mail/default-templates.ts'
import type { MessageTemplate, TemplateKind } from '../../mail/template.ts'
import type { Db, Handlers, Trx } from '../../rpc/context.ts'
import { deleteRow, updateRow } from '../../rpc/rows.ts'

const meanings: Readonly<Record<string, string>> = {
  'client.name': 'Name of the client',
  'client.contactName': 'Name of the main contact, if there is one',
  'client.number': 'Code of the client',
  'invoice.number': 'Number of the invoice',
  'invoice.issuedOn': 'Date of the invoice',
  'invoice.dueOn': 'Day it is due, if there is one',
  'invoice.total': 'Total with tax and currency',
  'invoice.paid': 'What is paid already, if anything',
  'invoice.balance': 'What is still to be paid',
  'invoice.reference': "The client's reference, if there is one",
  'invoice.paymentLink': 'Link for paying online, if there is one',
  'quote.number': 'Number of the quote',
  'quote.issuedOn': 'Date of the quote',
  'quote.validUntil': 'Last day of the offer, if there is one',
  'quote.total': 'Total with tax and currency',
  'quote.reference': "The client's reference, if there is one",
  'creditNote.number': 'Number of the credit note',
  'creditNote.issuedOn': 'Date of the credit note',
  'creditNote.total': 'Total with tax and currency',
  'creditNote.invoiceNumber': 'Number of the credited invoice, if there is one',
  'creditNote.reason': 'Why it is credited, if that is said',
  'creditNote.reference': "The client's reference, if there is one",
  'reminder.fee': 'Late fee charged with the reminder, if there is one',
  'reminder.daysOverdue': 'Days since the due date',
  'statement.from': 'First day of the statement',
  'statement.to': 'Last day of the statement',
  'statement.balance': 'What is owed on the last day',
  'statement.overdue': 'What of it is overdue, if anything',
  'business.name': 'Name of your business',
  'business.email': 'E-mail address of your business',
  'business.phone': 'Telephone number of your business',
  'business.website': 'Website of your business',
  'business.bankDetails': 'Your bank details, one a line',
  'sender.name': 'Name of the person who sends it',
}

const primaryOf = (language: string) => language.split('-')[0] ?? language

const savedTemplates = (db: Db | Trx, organizationId: string, kind: string) =>
  db
    .selectFrom('messageTemplates')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('kind', '=', kind)
    .where('deletedAt', 'is', null)
    .orderBy('language')
    .execute()

/** The template for a language: saved for it, saved for its main language or a sister ('de-AT' for 'de-DE'), or ours. */
export const templateFor = async (
  db: Db | Trx,
  organizationId: string,
  kind: TemplateKind,
  language: string,
): Promise<MessageTemplate> => {
  const saved = await savedTemplates(db, organizationId, kind)
  const primary = primaryOf(language)
  return (
    saved.find((row) => row.language === language) ??
    saved.find((row) => row.language === primary) ??
    saved.find((row) => primaryOf(row.language) === primary) ??
    defaultTemplate(kind, language)
  )
}

export const template: Handlers<'mail'>['template'] = async ({ db, organizationId }, { kind, language }) => {
  const { subject, body } = await templateFor(db, organizationId, kind, language)
  const saved = await savedTemplates(db, organizationId, kind)
  // Loaded when it is needed: the parser would delay every start of the app.
  const { variablesFor } = await import('../../mail/template.ts')
  return {
    subject,
    body,
    version: saved.find((row) => row.language === language)?.version ?? null,
    variables: variablesFor(kind).map((name) => ({ name, meaning: meanings[name] ?? name })),
  }
}

const assertUsable = async (kind: TemplateKind, text: MessageTemplate) => {
  // Loaded when it is needed: the parser would delay every start of the app.
  const { compileTemplate, TemplateError } = await import('../../mail/template.ts')
  try {
    compileTemplate(text, kind)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new AppError('VALIDATION', error.message, { fields: { [error.field]: error.message } })
  }
}

export const saveTemplate: Handlers<'mail'>['saveTemplate'] = async (
  context,
  { kind, language, version, subject, body },
) => {
  await assertUsable(kind, { subject, body })
  const rows = await savedTemplates(context.trx, context.organizationId, kind)
  const saved = rows.find((row) => row.language === language)
  if (saved !== undefined && version !== null) {
    return await updateRow(context, 'messageTemplates', { id: saved.id, version }, { subject, body })
  }
  if (saved !== undefined || version !== null) {
    throw new AppError('CONFLICT', 'This template was changed in the meantime. Compare both and save again.', {
      details: { yours: { subject, body, version }, current: saved ?? null },
    })
  }
  const row = context.newRow()
  await context.trx
    .insertInto('messageTemplates')
    .values({ ...row, kind, language, subject, body })
    .execute()
  return { id: row.id, version: 1 }
}

/** Gives up an own template; the one that comes with the app counts again. */
export const resetTemplate: Handlers<'mail'>['resetTemplate'] = async (context, { kind, language, version }) => {
  const saved = (await savedTemplates(context.trx, context.organizationId, kind)).find(
    (row) => row.language === language,
  )
  if (saved === undefined) throw new AppError('INVALID_STATE', 'There is no template of your own for this language.')
  return await deleteRow(context, 'messageTemplates', { id: saved.id, version })
}
