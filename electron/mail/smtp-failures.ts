import type { SMTPError } from 'nodemailer/lib/smtp-connection'
import { MailError, type MailErrorCode, type MailStep, type RefusedRecipient } from './mail-error.ts'
import { type Redact, toOneLine } from './server-text.ts'

export type FailureContext = {
  readonly host: string
  readonly port: number
  readonly user: string | null
  readonly redact: Redact
  /** ASCII address -> address as the user wrote it. */
  readonly recipients?: ReadonlyMap<string, string>
  readonly from?: string
}

type Verdict = { readonly code: MailErrorCode; readonly permanent: boolean; readonly message: string }

/** Gives the server's words of a failure on one line and without secrets; undefined where it said nothing. */
export function serverWords(error: SMTPError, context: FailureContext): string | undefined {
  return error.response === undefined ? undefined : toOneLine(context.redact(error.response))
}

/** Turns a failure reply (4xx, 5xx) of the server into a MailError. */
export function fromReply(error: SMTPError, step: MailStep, context: FailureContext): MailError {
  const words = serverWords(error, context) ?? ''
  const rejected = step === 'recipients' ? refusedRecipients(error, context) : []
  const verdict = judgeReply(error.responseCode ?? 0, words, step, rejected, context)
  return new MailError({ ...verdict, step, serverResponse: words, rejected })
}

/** Gives the refused recipients of a send, as the user wrote them. */
export function refusedRecipients(
  source: { rejectedErrors?: SMTPError[] | undefined },
  context: FailureContext,
): RefusedRecipient[] {
  return (source.rejectedErrors ?? []).map((one) => ({
    address: context.recipients?.get(one.recipient ?? '') ?? one.recipient ?? '',
    reason: serverWords(one, context) ?? '',
    permanent: (one.responseCode ?? 0) >= 500,
  }))
}

function judgeReply(
  status: number,
  words: string,
  step: MailStep,
  rejected: readonly RefusedRecipient[],
  context: FailureContext,
): Verdict {
  const at = `${context.host}:${context.port}`
  if (step === 'greeting' && !/^\d{3}[ -]/.test(words)) return notSmtp(at, words)
  if (status < 400 || status > 599) {
    return { code: 'protocol', permanent: false, message: `${at} answered what no mail server should: ${words}` }
  }
  if (status < 500) return tryLater(at, words, rejected)
  if (step === 'tls') return noStartTls(at, words)
  if (step === 'auth') return refusedSignIn(at, words, status, context.user)
  if (/STARTTLS/i.test(words) && (status === 530 || status === 538)) {
    return {
      code: 'tls-unavailable',
      permanent: true,
      message: `${at} takes mail only over an encrypted line. Choose TLS or STARTTLS in the mail settings. It said: ${words}`,
    }
  }
  if (status === 530 || /authentication (is )?required/i.test(words)) return signInRequired(at, words, context.user)
  if (status === 552 || /^\d{3}[ -]5\.(3\.4|2\.3)\b/.test(words)) return tooLarge(at, words)
  return refusedContent(at, words, step, rejected, context)
}

function listRefused(rejected: readonly RefusedRecipient[]): string {
  return rejected.map((one) => `the recipient ${one.address} (${one.reason})`).join(', ')
}

function tryLater(at: string, words: string, rejected: readonly RefusedRecipient[]): Verdict {
  const what = rejected.length === 0 ? `the mail: ${words}` : listRefused(rejected)
  return { code: 'temporary', permanent: false, message: `${at} asks to try again later with ${what}` }
}

function notSmtp(at: string, words: string): Verdict {
  const message = `What answers at ${at} is no mail server (it said: ${words}). Check the host name and the port, usually 465 or 587.`
  return { code: 'protocol', permanent: true, message }
}

function noStartTls(at: string, words: string): Verdict {
  const message = `${at} offers no STARTTLS, so nothing was sent. Choose TLS (usually port 465), or ask your mail provider for the right port. It said: ${words}`
  return { code: 'tls-unavailable', permanent: true, message }
}

function refusedSignIn(at: string, words: string, status: number, user: string | null): Verdict {
  if (status === 538) {
    return {
      code: 'tls-unavailable',
      permanent: true,
      message: `${at} takes a sign-in only over an encrypted line. Choose TLS or STARTTLS. It said: ${words}`,
    }
  }
  const message = `${at} refused the user name or password for ${user ?? 'this account'}. Check both; some providers want an app password instead of your own. It said: ${words}`
  return { code: 'auth-failed', permanent: true, message }
}

function signInRequired(at: string, words: string, user: string | null): Verdict {
  const hint =
    user === null ? 'Enter a user name and password in the mail settings.' : 'Check the user name and password.'
  return {
    code: 'auth-required',
    permanent: true,
    message: `${at} takes mail only after a sign-in. ${hint} It said: ${words}`,
  }
}

function tooLarge(at: string, words: string): Verdict {
  return {
    code: 'message-too-large',
    permanent: true,
    message: `The mail is too large for ${at}. Send smaller attachments. It said: ${words}`,
  }
}

function refusedContent(
  at: string,
  words: string,
  step: MailStep,
  rejected: readonly RefusedRecipient[],
  context: FailureContext,
): Verdict {
  if (step === 'sender') {
    return {
      code: 'sender-refused',
      permanent: true,
      message: `${at} does not send mail from ${context.from ?? 'this address'}. Use the address of the account as sender. It said: ${words}`,
    }
  }
  if (step === 'recipients') {
    const message = `${at} refused ${listRefused(rejected)}. Check the address with the recipient.`
    return { code: 'recipient-refused', permanent: true, message }
  }
  if (step === 'data') {
    return { code: 'invalid-message', permanent: true, message: `${at} refused the message itself. It said: ${words}` }
  }
  return {
    code: 'protocol',
    permanent: true,
    message: `${at} refused the connection at the ${step} step. It said: ${words}`,
  }
}
