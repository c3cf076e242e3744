import { Readable } from 'node:stream'
import type { SentMessageInfo, SMTPError } from 'nodemailer/lib/smtp-connection'
import { checkAccount, type MailOptions, type SmtpAccount } from './account.ts'
import { timeout } from './line-failures.ts'
import { MailError, type MailStep, type RefusedRecipient } from './mail-error.ts'
import { type BuiltMessage, buildMessage, type MailMessage } from './message.ts'
import { createRedactor, toOneLine } from './server-text.ts'
import { type MailSession, openSession, toMailError } from './session.ts'
import { type FailureContext, refusedRecipients } from './smtp-failures.ts'

const CHUNK_BYTES = 64 * 1024

export type SendResult = {
  /** Recipients the server took the mail for, as the message named them. */
  readonly accepted: readonly string[]
  /** Recipients it refused although it took the mail for others. */
  readonly rejected: readonly RefusedRecipient[]
  /** The server's confirmation. */
  readonly response: string
  readonly messageId: string
}

export type VerifyResult =
  | { readonly ok: true; readonly encrypted: boolean; readonly signedIn: boolean }
  | { readonly ok: false; readonly step: MailStep; readonly error: MailError }

export type MailTransport = {
  readonly verify: () => Promise<VerifyResult>
  readonly send: (message: MailMessage) => Promise<SendResult>
}

function contextOf(account: SmtpAccount, password: string | null): FailureContext {
  return { host: account.host, port: account.port, user: account.user, redact: createRedactor(account.user, password) }
}

/** Tests an account: connects, encrypts, signs in, sends nothing. Expected failures are in the answer, with their step. */
export async function verifyAccount(
  account: SmtpAccount,
  password: string | null,
  options: MailOptions = {},
): Promise<VerifyResult> {
  try {
    const checked = checkAccount(account, password)
    const session = await openSession(checked, password, options, contextOf(checked, password))
    session.quit()
    return { ok: true, encrypted: session.connection.secure, signedIn: session.connection.authenticated }
  } catch (error) {
    if (error instanceof MailError) return { ok: false, step: error.step, error }
    throw error
  }
}

/** Sends one message; resolves once the server confirmed it for at least one recipient, throws MailError otherwise. */
export async function sendMail(
  account: SmtpAccount,
  password: string | null,
  message: MailMessage,
  options: MailOptions = {},
): Promise<SendResult> {
  const checked = checkAccount(account, password)
  const built = await buildMessage(message)
  const context = { ...contextOf(checked, password), recipients: built.recipients, from: built.from }
  const session = await openSession(checked, password, options, context)
  try {
    const result = await deliver(session, built, context)
    session.quit()
    return result
  } catch (error) {
    session.connection.close()
    throw error
  }
}

/** Binds `verifyAccount` and `sendMail` to one account. */
export function createMailTransport(
  account: SmtpAccount,
  password: string | null,
  options: MailOptions = {},
): MailTransport {
  return {
    verify: () => verifyAccount(account, password, options),
    send: (message) => sendMail(account, password, message, options),
  }
}

function* chunksOf(raw: Buffer): Generator<Buffer> {
  for (let from = 0; from < raw.length; from += CHUNK_BYTES) yield raw.subarray(from, from + CHUNK_BYTES)
}

function stepOf(error: SMTPError, started: boolean): MailStep {
  if (error.command === 'MAIL FROM') return 'sender'
  if (error.command === 'RCPT TO') return 'recipients'
  return started || error.command === 'DATA' ? 'data' : 'sender'
}

async function deliver(session: MailSession, built: BuiltMessage, context: FailureContext): Promise<SendResult> {
  let started = false
  let handedOver = false
  const body = Readable.from(chunksOf(built.raw), { objectMode: false })
  body.once('resume', () => {
    started = true
  })
  body.once('end', () => {
    handedOver = true
  })
  const envelope = { from: built.from, to: [...built.recipients.keys()], size: built.raw.length }
  let overall: NodeJS.Timeout | undefined
  try {
    const info = await session.exchange<SentMessageInfo>((done) => {
      overall = setTimeout(() => done(timeout('data', context, handedOver)), session.limits.total)
      session.connection.send(envelope, body, done)
    })
    if (info === undefined) throw new Error('the mail connection confirmed a message without an answer')
    return toResult(info, built, context)
  } catch (error) {
    // Only the connection's own failures reach this point.
    throw toDeliveryError(error as SMTPError, built, stepOf(error as SMTPError, started), context, handedOver)
  } finally {
    clearTimeout(overall)
  }
}

function toDeliveryError(
  error: SMTPError,
  built: BuiltMessage,
  step: MailStep,
  context: FailureContext,
  handedOver: boolean,
): MailError {
  if (error.code === 'EMESSAGE' && error.response === undefined) {
    const limit = /allowed (\d+)/.exec(error.message)?.[1] ?? '?'
    const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`
    return new MailError({
      code: 'message-too-large',
      step: 'sender',
      permanent: true,
      message: `The mail has ${megabytes(built.raw.length)} and ${context.host}:${context.port} takes at most ${megabytes(Number(limit))}. Send smaller attachments.`,
    })
  }
  return toMailError(error, step, context, handedOver)
}

function toResult(info: SentMessageInfo, built: BuiltMessage, context: FailureContext): SendResult {
  return {
    accepted: info.accepted.map((address) => built.recipients.get(address) ?? address),
    rejected: refusedRecipients(info, context),
    response: toOneLine(context.redact(info.response)),
    messageId: built.messageId,
  }
}
