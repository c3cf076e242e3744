import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import { AppError } from '../../../shared/errors.ts'
import { add } from '../../../shared/money/arithmetic.ts'
import { sha256Of } from '../../files.ts'
import { figuresFor } from '../../pdf/figures.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { withPreparation } from '../../rpc/context.ts'
import { findRow, getRow } from '../../rpc/rows.ts'
import { findAccount } from '../mail/account.ts'
import { noAccount, peopleOf } from '../mail/compose.ts'
import { queueMessage } from '../mail/sending.ts'
import { templateFor } from '../mail/templates.ts'
import { statementsOf } from './of-client.ts'
import { printableStatement } from './printable.ts'

type Asked = Input<(typeof contract)['statements']['pdf']>

const statementIn = async ({ db, organizationId }: QueryContext, asked: Asked) => {
  const { clientName, statements } = await statementsOf(db, organizationId, asked)
  const [statement] = statements
  if (statement === undefined) throw new AppError('NOT_FOUND', `${clientName} has nothing in ${asked.currency}.`)
  return { clientName, statement }
}

const safe = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')

/** The statement of a client in one currency as a PDF. */
export const statementPdf = async (context: QueryContext, asked: Asked) => {
  const { db, engines, organizationId, clock, timezone, signal } = context
  const { clientName, statement } = await statementIn(context, asked)
  const printable = await printableStatement(db, engines, statement, {
    ...asked,
    organizationId,
    createdAt: clock.now(),
    today: todayIn(timezone, clock.now()),
  })
  const pdf = await engines.pdf.renderStatement(printable, signal)
  return { pdf, fileName: `${safe(clientName)}-${asked.currency}-${asked.to}.pdf` }
}

/** The message of a statement as it would go out. */
export const composeStatement = async (context: QueryContext, asked: Asked) => {
  const { db, organizationId } = context
  const { statement } = await statementIn(context, asked)
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = await findRow(db, 'clients', organizationId, asked.clientId)
  const { contactName, address } = await peopleOf(db, client)
  const language = asked.language ?? client?.language ?? organization.language
  const figures = figuresFor(language, statement.currency, statement.minorUnits)
  const { to30E4, to60E4, to90E4, over90E4 } = statement.ageing
  const overdue = add(add(to30E4, to60E4), add(to90E4, over90E4))
  const { renderMessage } = await import('../../mail/template.ts')
  const message = renderMessage(
    await templateFor(db, organizationId, 'statement', language),
    {
      'client.name': client?.name ?? '',
      'client.contactName': contactName ?? '',
      'client.number': client?.code ?? '',
      'statement.from': figures.date(asked.from),
      'statement.to': figures.date(asked.to),
      'statement.balance': figures.money(statement.closingE4),
      'statement.overdue': overdue === 0n ? '' : figures.money(overdue),
      'business.name': organization.tradeName ?? organization.legalName,
      'business.email': organization.email ?? '',
      'business.phone': organization.phone ?? '',
      'business.website': organization.website ?? '',
      'business.bankDetails': '',
      'sender.name': '',
    },
    'statement',
  )
  const account = await findAccount(db, organizationId)
  return {
    to: address === null ? [] : [address],
    subject: message.subject,
    body: message.body.trim(),
    obstacle: account === undefined ? noAccount : null,
  }
}

/** Renders the statement, keeps it, and queues the message that brings it: what is sent is what was seen. */
export const sendStatement = withPreparation({
  prepare: async (context: QueryContext, { statement }: Input<(typeof contract)['statements']['send']>) => {
    const { pdf, fileName } = await statementPdf(context, statement)
    await context.engines.files.put(pdf)
    return { fileName, sha256: sha256Of(pdf) }
  },
  run: async (context, { statement, to, cc, subject, body, sendAt }, file) => {
    const { clientId } = statement
    await getRow(context.trx, 'clients', context.organizationId, clientId, 'client')
    return await queueMessage(context, {
      kind: 'statement',
      entity: 'client',
      entityId: clientId,
      clientId,
      to,
      cc,
      subject,
      body,
      sendAt,
      attachments: [{ ...file, mediaType: 'application/pdf' }],
    })
  },
})
