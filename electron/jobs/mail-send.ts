import { z } from 'zod'
import { readJson, toJson } from '../../db/json.ts'
import { AppError } from '../../shared/errors.ts'
import { type DocumentKind, isDocument, standIn, wordFor } from '../documents/tables.ts'
import type { MailedEInvoice } from '../features/einvoices/mailed.ts'
import { findAccount, passwordOf, smtpAccountOf } from '../features/mail/account.ts'
import { noAccount } from '../features/mail/compose.ts'
import { addressesOf, type OutboxMessage } from '../features/mail/outbox.ts'
import { recordMessage } from '../features/mail/sending.ts'
import { askForScan } from '../features/notifications/scan.ts'
import type { FileStore } from '../files.ts'
import type { MailOptions, SmtpAccount } from '../mail/account.ts'
import { countsAsAttempt, nextAttemptAt, shouldRetry } from '../mail/backoff.ts'
import { MailError, type RefusedRecipient } from '../mail/mail-error.ts'
import type { MailMessage } from '../mail/message.ts'
import type { SecretStore } from '../mail/secrets.ts'
import { textToHtml } from '../mail/text-to-html.ts'
import type { CommandContext } from '../rpc/context.ts'
import { updateRow } from '../rpc/rows.ts'
import { instantAt, type Job, type JobHandler, type JobParts, type Settlement, settleJob, spreadOf } from './job.ts'

export type MailSendParts = JobParts & {
  readonly secrets: SecretStore
  /** Makes and keeps the PDF of an issued document, or gives the kept one. */
  readonly ensurePdf: (
    kind: DocumentKind,
    id: string,
  ) => Promise<{ readonly bytes: Uint8Array; readonly fileName: string }>
  /** Kept files that messages bring besides their document. */
  readonly files: Pick<FileStore, 'get' | 'put'>
  /** The e-invoice that goes with a document, or null; one that breaks a rule does not go. */
  readonly einvoiceFor: (document: {
    readonly kind: DocumentKind
    readonly id: string
    readonly organizationId: string
  }) => Promise<MailedEInvoice | null>
  readonly mailOptions?: MailOptions
}

type Delivery = { readonly account: SmtpAccount; readonly password: string | null; readonly mail: MailMessage }
type Accepted = { readonly response: string; readonly rejected: readonly RefusedRecipient[] }

// Without a network nothing is lost by asking often; a network that comes back is also noticed by itself.
const longestOfflineDoubling = 5

/** A reason for which a message cannot go, found before any server was asked. */
class CannotSend extends Error {}

const command = (job: Job, name: string) =>
  ({
    name: `jobs.mail.${name}`,
    organizationId: job.organizationId,
    entities: ['mail', 'invoices', 'quotes', 'creditNotes'],
  }) as const

const findMessage = (parts: MailSendParts, job: Job): Promise<OutboxMessage | undefined> =>
  parts.db.selectFrom('outboxMessages').selectAll().where('id', '=', job.subjectId).executeTakeFirst()

const keptFilesSchema = z.array(z.object({ fileName: z.string(), sha256: z.string(), mediaType: z.string() }))

const attachmentsOf = async (
  message: OutboxMessage,
  parts: MailSendParts,
): Promise<NonNullable<MailMessage['attachments']>> => {
  const kept = await Promise.all(
    readJson(keptFilesSchema, message.attachments).map(async ({ fileName, sha256, mediaType }) => ({
      fileName,
      contentType: mediaType,
      content: await parts.files.get(sha256),
    })),
  )
  const names = new Set(kept.map(({ fileName }) => fileName))
  // A PDF with the e-invoice inside goes in place of the plain one.
  const plain = (await documentOf(message, parts)).filter(({ fileName }) => !names.has(fileName))
  return [...plain, ...kept]
}

/** The message with its e-invoice among its files: made once, so that every attempt brings the same. */
const withEInvoice = async (message: OutboxMessage, parts: MailSendParts): Promise<OutboxMessage> => {
  const { kind, entity, entityId: id, organizationId } = message
  const kept = readJson(keptFilesSchema, message.attachments)
  if (!isDocument(entity) || kind !== entity || kept.length > 0) return message
  const made = await parts.einvoiceFor({ kind: entity, id, organizationId })
  if (made === null || !made.isValid) return message
  const { fileName, mediaType, content } = made
  const sha256 = await parts.files.put(content)
  return { ...message, attachments: toJson([...kept, { fileName, sha256, mediaType }]) }
}

const documentOf = async (message: OutboxMessage, parts: MailSendParts) => {
  if (!isDocument(message.entity)) return []
  const { bytes, fileName } = await parts.ensurePdf(message.entity, message.entityId)
  return [{ fileName, contentType: 'application/pdf', content: bytes }]
}

const prepare = async (message: OutboxMessage, parts: MailSendParts): Promise<Delivery> => {
  const { db, secrets, clock } = parts
  const account = await findAccount(db, message.organizationId)
  if (account === undefined) throw new CannotSend(noAccount)
  const password = account.userName === null ? null : await passwordOf(secrets, message.organizationId)
  const toPeople = (addresses: string) => addressesOf(addresses).map((address) => ({ address }))
  return {
    account: smtpAccountOf(account),
    password,
    mail: {
      from: { address: account.fromAddress, name: account.fromName },
      to: toPeople(message.toAddresses),
      cc: toPeople(message.ccAddresses),
      bcc: toPeople(message.bccAddresses),
      replyTo: account.replyTo === null ? null : { address: account.replyTo },
      subject: message.subject,
      text: message.body,
      html: textToHtml(message.body),
      attachments: await attachmentsOf(message, parts),
      messageId: message.messageId,
      date: new Date(clock.now()),
    },
  }
}

// Committed before the first byte goes out: after a crash it is then known which messages may be on their way.
const markSending = (job: Job, message: OutboxMessage, parts: MailSendParts): Promise<boolean> =>
  parts.runSystemCommand(command(job, 'sending'), async ({ trx, now }) => {
    const changed = await trx
      .updateTable('outboxMessages')
      .set({
        state: 'sending',
        attachments: message.attachments,
        nextAttemptAt: null,
        updatedAt: now,
        version: message.version + 1,
      })
      .where('id', '=', message.id)
      .where('version', '=', message.version)
      .where('state', '=', 'queued')
      .executeTakeFirst()
    return Number(changed.numUpdatedRows) === 1
  })

type LogEntry = { readonly outcome: 'accepted' | 'temporary' | 'permanent' } & Readonly<
  Record<'code' | 'detail' | 'server', string | null>
>

const writeLog = (context: CommandContext, outboxMessageId: string, entry: LogEntry) =>
  context.trx
    .insertInto('mailLog')
    .values({ ...context.newRow(), outboxMessageId, ...entry })
    .execute()

const refusedWords = (rejected: readonly RefusedRecipient[]): string | null =>
  rejected.length === 0
    ? null
    : `Not delivered to ${rejected.map(({ address, reason }) => `${address} (${reason})`).join(', ')}.`

const markSent = async (context: CommandContext, kind: DocumentKind, id: string) => {
  const { head } = standIn(kind)
  const document = await context.trx
    .selectFrom(head)
    .select(['id', 'version', 'sentAt'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (document !== undefined && document.sentAt === null) {
    await updateRow(context, head, document, { sentAt: context.now })
  }
}

const finishAccepted = (job: Job, sending: OutboxMessage, { response, rejected }: Accepted, parts: MailSendParts) =>
  parts.runSystemCommand(command(job, 'accepted'), async (context) => {
    const refused = refusedWords(rejected)
    await updateRow(context, 'outboxMessages', sending, {
      state: 'accepted',
      attempts: sending.attempts + 1,
      acceptedAt: context.now,
      serverResponse: response,
      lastError: refused,
      nextAttemptAt: null,
    })
    await writeLog(context, sending.id, { outcome: 'accepted', code: null, detail: refused, server: response })
    if (isDocument(sending.entity)) await markSent(context, sending.entity, sending.entityId)
    await recordMessage(context, sending, 'mail.accepted', refused)
    await settleJob(context, job, { state: 'done' })
  })

const fail = (
  job: Job,
  message: OutboxMessage,
  failure: { readonly words: string; readonly attempts: number; readonly entry: LogEntry },
  parts: MailSendParts,
) =>
  parts.runSystemCommand(command(job, 'failed'), async (context) => {
    await updateRow(context, 'outboxMessages', message, {
      state: 'failed',
      attempts: failure.attempts,
      lastError: failure.words,
      nextAttemptAt: null,
    })
    await writeLog(context, message.id, failure.entry)
    await recordMessage(context, message, 'mail.failed', failure.words)
    await askForScan(context)
    await settleJob(context, job, { state: 'failed', error: failure.words })
  })

const postpone = (job: Job, message: OutboxMessage, error: MailError, attempts: number, parts: MailSendParts) =>
  parts.runSystemCommand(command(job, 'postponed'), async (context) => {
    const offline = !countsAsAttempt(error)
    const doublings = offline ? Math.min(Math.max(job.attempts, 1), longestOfflineDoubling) : attempts
    const next = instantAt(nextAttemptAt(doublings, Date.parse(context.now), parts.random ?? (() => spreadOf(job))))
    await updateRow(context, 'outboxMessages', message, {
      state: 'queued',
      attempts,
      nextAttemptAt: next,
      lastError: error.message,
    })
    // A weekend without network is one line of the log, not hundreds.
    if (!offline || message.lastError !== error.message) await writeLog(context, message.id, entryOf(error))
    const settlement: Settlement = { state: 'queued', runAt: next, error: error.message }
    await settleJob(context, job, offline ? { ...settlement, waitsFor: 'network' } : settlement)
  })

const entryOf = (error: MailError): LogEntry => ({
  outcome: error.permanent ? 'permanent' : 'temporary',
  code: error.code,
  detail: error.message,
  server: error.serverResponse ?? null,
})

const finishRefused = async (job: Job, sending: OutboxMessage, error: MailError, parts: MailSendParts) => {
  const attempts = sending.attempts + (countsAsAttempt(error) ? 1 : 0)
  if (shouldRetry(error, attempts)) return await postpone(job, sending, error, attempts, parts)
  const words = error.permanent ? error.message : `Given up after ${attempts} attempts. ${error.message}`
  await fail(job, sending, { words, attempts, entry: entryOf(error) }, parts)
}

// What stops one message must not stop the others: it is set aside with words, whatever it was.
const setAside = async (job: Job, message: OutboxMessage, error: unknown, parts: MailSendParts) => {
  const expected = error instanceof CannotSend || error instanceof AppError
  if (!expected) parts.log.error({ job: job.kind, message: message.id, error }, 'a message could not be prepared')
  const words = expected
    ? error.message
    : 'This message could not be prepared, which Counterfoil did not expect. Try again; if it stays so, report it.'
  const code = error instanceof AppError ? error.code : null
  const entry = { outcome: 'permanent', code, detail: words, server: null } as const
  await fail(job, message, { words, attempts: message.attempts, entry }, parts)
}

const withdrawIfVoid = async (job: Job, message: OutboxMessage, parts: MailSendParts): Promise<boolean> => {
  const kind = message.entity
  if (!isDocument(kind)) return false
  const document = await parts.db
    .selectFrom(standIn(kind).head)
    .select('voidedAt')
    .where('id', '=', message.entityId)
    .executeTakeFirst()
  if (document === undefined || document.voidedAt === null) return false
  await parts.runSystemCommand(command(job, 'withdrawn'), async (context) => {
    const words = `The ${wordFor(kind)} was made void before this message went out.`
    await updateRow(context, 'outboxMessages', message, { state: 'cancelled', nextAttemptAt: null, lastError: words })
    await recordMessage(context, message, 'mail.cancelled', words)
    await settleJob(context, job, { state: 'done' })
  })
  return true
}

const deliver = async (delivery: Delivery, parts: MailSendParts): Promise<Accepted | MailError> => {
  // Loaded when it is needed: the mail library would delay every start of the app.
  const { sendMail } = await import('../mail/smtp.ts')
  try {
    return await sendMail(delivery.account, delivery.password, delivery.mail, parts.mailOptions)
  } catch (error) {
    if (error instanceof MailError) return error
    throw error
  }
}

const sendOne = async (job: Job, parts: MailSendParts, signal: AbortSignal): Promise<void> => {
  const found = await findMessage(parts, job)
  if (found === undefined || found.state !== 'queued') return
  if (await withdrawIfVoid(job, found, parts)) return
  const prepared = await withEInvoice(found, parts)
    .then(async (message) => ({ message, delivery: await prepare(message, parts) }))
    .catch((error: unknown) => ({ error }))
  if (signal.aborted) return
  if ('error' in prepared) return await setAside(job, found, prepared.error, parts)
  const { message, delivery } = prepared
  if (!(await markSending(job, message, parts))) return
  const sending: OutboxMessage = { ...message, state: 'sending', version: message.version + 1 }
  const outcome = await deliver(delivery, parts).catch((error: unknown) => ({ error }))
  if ('error' in outcome) await setAside(job, sending, outcome.error, parts)
  else if (outcome instanceof MailError) await finishRefused(job, sending, outcome, parts)
  else await finishAccepted(job, sending, outcome, parts)
}

/** Makes the job that delivers one message of the outbox and records how it went; one no longer queued is left alone. */
export const mailSendJob = (parts: MailSendParts): JobHandler => ({
  run: (job, signal) => sendOne(job, parts, signal),
})
