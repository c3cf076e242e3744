import type { LookupAddress } from 'node:dns'
import { findControlCharacter, hostToAscii, isLoopbackHost } from './address.ts'
import { MailError } from './mail-error.ts'

/** 'tls' from the first byte (usually port 465), 'starttls' required (usually 587), 'none' for this computer only. */
export type MailSecurity = 'tls' | 'starttls' | 'none'

export type SmtpAccount = {
  readonly host: string
  readonly port: number
  readonly security: MailSecurity
  /** Null for a server that asks for no sign-in. */
  readonly user: string | null
  /** Allows 'none' for a host that is not this computer: passwords and mails are then readable on the way. */
  readonly allowInsecure?: boolean
}

/** All in milliseconds. */
export type MailTimeouts = {
  readonly connection: number
  readonly greeting: number
  /** Longest silence of the server. */
  readonly socket: number
  /** Longest time for one message, however chatty the server is. */
  readonly total: number
}

export const DEFAULT_TIMEOUTS: MailTimeouts = { connection: 10_000, greeting: 10_000, socket: 30_000, total: 600_000 }

export type MailOptions = {
  readonly timeouts?: Partial<MailTimeouts>
  /** PEM certificates trusted beside the built-in ones. */
  readonly extraCa?: readonly string[]
  readonly lookup?: (host: string) => Promise<readonly LookupAddress[]>
  /** Whether this computer has any network; decides between 'offline' and 'host-not-found'. */
  readonly hasNetwork?: () => boolean
}

function settingsError(message: string): MailError {
  return new MailError({ code: 'protocol', step: 'settings', permanent: true, message })
}

/** Checks the settings of a mail account and gives them with the host in ASCII; throws MailError with step 'settings'. */
export function checkAccount(account: SmtpAccount, password: string | null): SmtpAccount {
  const given = account.host.trim()
  const control = findControlCharacter(account.host)
  if (control !== null) throw settingsError(`The mail server's host name contains ${control}. Type it again.`)
  if (given === '') throw settingsError('The mail server has no host name. Enter one, like smtp.example.com.')
  const host = hostToAscii(given)
  if (host === null) {
    throw settingsError(
      `"${given}" is no host name. Enter it without protocol, port or spaces, like smtp.example.com; the port has its own field.`,
    )
  }
  if (!Number.isInteger(account.port) || account.port < 1 || account.port > 65_535) {
    throw settingsError(
      `${account.port} is no port. Enter a number from 1 to 65535, usually 465 (TLS) or 587 (STARTTLS).`,
    )
  }
  if (account.security === 'none' && account.allowInsecure !== true && !isLoopbackHost(host)) {
    throw new MailError({
      code: 'tls-unavailable',
      step: 'settings',
      permanent: true,
      message: `Mail to ${host} would go unencrypted, which is only allowed for a server on this computer. Choose TLS or STARTTLS.`,
    })
  }
  checkCredentials(account.user, password, host)
  return { ...account, host }
}

function checkCredentials(user: string | null, password: string | null, host: string): void {
  if (user === null) return
  const control = findControlCharacter(user)
  if (control !== null) throw settingsError(`The user name for ${host} contains ${control}. Type it again.`)
  if (user === '')
    throw settingsError(`The user name for ${host} is empty. Enter it, or choose to send without sign-in.`)
  if (password === null || password === '') {
    throw new MailError({
      code: 'auth-required',
      step: 'settings',
      permanent: true,
      message: `There is no password for ${user} at ${host}. Enter it in the mail settings.`,
    })
  }
  if (password.includes('\0')) throw settingsError(`The password for ${user} contains a NUL character. Type it again.`)
}
