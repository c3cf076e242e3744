import { type DetailedPeerCertificate, type PeerCertificate, TLSSocket } from 'node:tls'
import SMTPConnection, { type Options, type SMTPError } from 'nodemailer/lib/smtp-connection'
import { MailError } from './mail-error.ts'
import { toOneLine } from './server-text.ts'
import type { FailureContext } from './smtp-failures.ts'

export type CertificateFacts = {
  readonly subject: string
  readonly issuer: string
  readonly validFrom: string
  readonly validTo: string
}

type NameParts = Partial<Record<string, string | string[]>>

function nameOf(parts: NameParts | undefined): string {
  const found = parts?.['CN'] ?? parts?.['O']
  const text = Array.isArray(found) ? found[0] : found
  return text === undefined ? 'an unnamed issuer' : toOneLine(text)
}

function factsOf(certificate: PeerCertificate | DetailedPeerCertificate): CertificateFacts {
  return {
    // Every name part is text or a list of texts; the declared type only lists the usual ones.
    subject: nameOf(certificate.subject as NameParts | undefined),
    issuer: nameOf(certificate.issuer as NameParts | undefined),
    validFrom: certificate.valid_from,
    validTo: certificate.valid_to,
  }
}

/**
 * Reads the certificate that a server shows, over a connection of its own that is closed before anything but the
 * handshake was said: a refused certificate is gone from the socket by the time its error arrives. Null where the
 * server does not show it again.
 */
export function readCertificate(options: Options): Promise<CertificateFacts | null> {
  return new Promise((resolve) => {
    const connection = new SMTPConnection({ ...options, tls: { ...options.tls, rejectUnauthorized: false } })
    const finish = (facts: CertificateFacts | null) => {
      resolve(facts)
      connection.close()
    }
    connection.on('error', () => finish(null))
    connection.connect((error) => {
      const socket = connection._socket
      if (error !== undefined || !(socket instanceof TLSSocket)) return finish(null)
      const certificate = socket.getPeerCertificate()
      finish(Object.keys(certificate).length === 0 ? null : factsOf(certificate))
    })
  })
}

/** The failure of a certificate that this computer does not accept. */
export function certificateFailure(
  error: SMTPError,
  facts: CertificateFacts | null,
  context: FailureContext,
): MailError {
  const server = `${context.host}:${context.port}`
  const by = facts === null ? '' : `, issued by ${facts.issuer},`
  const code = error.originalCode ?? ''
  let message = `The certificate of ${server}${by} is not trusted by this computer. Check the host name; if it is right, ask who runs the server.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    message = `The certificate of ${server}${by} is made out to ${facts?.subject ?? 'another name'}, not to ${context.host}. Check the host name with your mail provider.`
  } else if (code === 'CERT_HAS_EXPIRED') {
    message = `The certificate of ${server}${by} expired${facts === null ? '' : ` on ${facts.validTo}`}. Check this computer's date; if it is right, ask who runs the server.`
  } else if (code === 'CERT_NOT_YET_VALID') {
    message = `The certificate of ${server}${by} is not valid before ${facts?.validFrom ?? 'a later day'}. Check this computer's date.`
  } else if (code.includes('SELF_SIGNED') && facts !== null && facts.issuer === facts.subject) {
    message = `The certificate of ${server} is signed by itself (${facts.issuer}), so nobody vouches for it. Check the host name; if it is right, ask who runs the server.`
  }
  return new MailError({ code: 'tls-certificate', step: 'tls', permanent: true, message })
}
