import type { SMTPError } from 'nodemailer/lib/smtp-connection'
import { MailError, type MailErrorCode, type MailStep } from './mail-error.ts'
import type { FailureContext } from './smtp-failures.ts'

const NO_ROUTE = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])
const NO_NAME = new Set(['ENOTFOUND', 'ENODATA', 'ENONAME'])
const NOT_TLS =
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST|UNEXPECTED_MESSAGE|RECORD_LAYER/
const OLD_TLS = /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE|NO_SHARED_CIPHER|VERSION_TOO_LOW/
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH/

function at(context: FailureContext): string {
  return `${context.host}:${context.port}`
}

/** The failure of a look-up of the host's name. */
export function fromLookup(code: string, context: FailureContext, hasNetwork: boolean): MailError {
  if (!hasNetwork || !NO_NAME.has(code)) {
    return new MailError({
      code: 'offline',
      step: 'resolve',
      permanent: false,
      message: `The address of ${context.host} could not be looked up: this computer seems to be offline. The mail waits until it is back.`,
    })
  }
  return new MailError({
    code: 'host-not-found',
    step: 'resolve',
    permanent: false,
    message: `There is no mail server named ${context.host}. Check the host name for typing errors.`,
  })
}

/** The failure of the connection itself, before the server said anything. */
export function fromConnect(code: string, context: FailureContext): MailError {
  const make = (kind: MailErrorCode, message: string) =>
    new MailError({ code: kind, step: 'connect', permanent: false, message })
  if (code === 'ECONNREFUSED') {
    return make(
      'connection-refused',
      `${context.host} refuses connections on port ${context.port}: no mail server listens there. Check the port, usually 465 (TLS) or 587 (STARTTLS).`,
    )
  }
  if (code === 'ETIMEDOUT') return timeout('connect', context)
  if (NO_ROUTE.has(code))
    return make(
      'offline',
      `There is no way to ${at(context)}: this computer seems to be offline. The mail waits until it is back.`,
    )
  if (code === 'EACCES' || code === 'EPERM') {
    return make(
      'connection-refused',
      `This computer does not let Counterfoil connect to ${at(context)}. Check its firewall.`,
    )
  }
  return make('temporary', `The connection to ${at(context)} could not be opened (${code}). Try again.`)
}

/** The failure for a server that keeps silent. */
export function timeout(step: MailStep, context: FailureContext, maybeAccepted = false): MailError {
  const texts: Partial<Record<MailStep, string>> = {
    connect: `${context.host} does not answer on port ${context.port}. Check host name and port; a firewall may block it.`,
    resolve: `The look-up of ${context.host} takes too long. Check your network.`,
    greeting: `${at(context)} took the connection but sent no greeting. If this port speaks TLS from the start (usually 465), choose TLS; otherwise check the port.`,
    tls: `${at(context)} did not finish the TLS handshake. Check whether this port wants TLS or STARTTLS.`,
  }
  const message = texts[step] ?? `${at(context)} stopped answering while the mail was being sent. Try again later.`
  return new MailError({ code: 'timeout', step, permanent: false, message, maybeAccepted })
}

/** Whether a failure is about the server's certificate. */
export function isCertificateFailure(error: SMTPError): boolean {
  const code = error.originalCode ?? ''
  return !code.startsWith('ERR_SSL_') && CERTIFICATE.test(code)
}

/** The failure of a TLS handshake that is not about the certificate. */
export function fromTls(error: SMTPError, context: FailureContext): MailError {
  const code = error.originalCode ?? ''
  const make = (permanent: boolean, message: string) =>
    new MailError({ code: 'tls-unavailable', step: 'tls', permanent, message })
  if (NOT_TLS.test(code)) {
    return make(
      true,
      `Port ${context.port} of ${context.host} does not speak TLS from the start. Choose STARTTLS (usually port 587), or TLS with port 465.`,
    )
  }
  if (OLD_TLS.test(code)) {
    return make(
      true,
      `${at(context)} offers only encryption that is too old (TLS 1.2 is the least). Ask your mail provider for another server.`,
    )
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return make(
      true,
      `The TLS handshake with ${at(context)} failed (${code}). Check the port and whether it wants TLS or STARTTLS.`,
    )
  }
  return make(
    false,
    `${at(context)} closed the line during the TLS handshake. Check whether this port wants TLS or STARTTLS.`,
  )
}

/** The failure of a line that broke off in the middle. */
export function brokenLine(step: MailStep, context: FailureContext, maybeAccepted: boolean): MailError {
  const after = maybeAccepted
    ? ' It may have taken the mail already; a retry carries the same message id.'
    : ' Nothing was delivered; try again later.'
  return new MailError({
    code: 'temporary',
    step,
    permanent: false,
    message: `${at(context)} closed the line before it confirmed.${after}`,
    maybeAccepted,
  })
}
