import type { MailOptions, SmtpAccount } from '../../electron/mail/account.ts'
import { MailError } from '../../electron/mail/mail-error.ts'
import type { MailMessage } from '../../electron/mail/message.ts'
import { createCertificate } from '../support/certificate.ts'

export const authority = createCertificate({ commonName: 'Counterfoil Test Authority', authority: true })
export const serverCertificate = createCertificate({
  commonName: 'localhost',
  hosts: ['localhost', '127.0.0.1'],
  issuer: authority,
})

/** Trusts the authority above and waits only briefly. */
export const options: MailOptions = {
  extraCa: [authority.cert],
  timeouts: { connection: 2000, greeting: 2000, socket: 2000 },
}
export const impatient: MailOptions = { ...options, timeouts: { connection: 200, greeting: 200, socket: 200 } }

export function account(port: number, changes: Partial<SmtpAccount> = {}): SmtpAccount {
  return { host: '127.0.0.1', port, security: 'none', user: null, ...changes }
}

export function message(changes: Partial<MailMessage> = {}): MailMessage {
  return {
    from: { name: 'Ada Ink', address: 'ada@ink.example' },
    to: [{ name: 'Bo', address: 'bo@client.example' }],
    subject: 'Invoice INV-1',
    text: 'Hello Bo,\n\nsee attached.\n',
    messageId: '<0198-abc@ink.example>',
    date: new Date('2025-03-04T05:06:07Z'),
    ...changes,
  }
}

/** Waits for a MailError and gives it; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<MailError> {
  try {
    await work
  } catch (error) {
    if (error instanceof MailError) return error
    throw error
  }
  throw new Error('expected a MailError, but it succeeded')
}
