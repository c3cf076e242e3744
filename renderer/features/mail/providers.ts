import type { z } from 'zod'
import type { mail } from '../../../shared/contract/mail.ts'

export type AccountInput = z.input<typeof mail.saveAccount.input>
export type Security = AccountInput['security']

export type Provider = {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly port: number
  readonly security: Security
  /** Ends of addresses that this provider gives out. */
  readonly domains: readonly string[]
  /** What to know before the first try; null where the usual password does. */
  readonly note: string | null
}

const appPassword = (where: string) => `Use an app password, not your usual one. Make it ${where}.`

/** Mail providers with the settings that they publish. */
export const providers: readonly Provider[] = [
  {
    id: 'google',
    name: 'Gmail, Google Workspace',
    host: 'smtp.gmail.com',
    port: 465,
    security: 'tls',
    domains: ['gmail.com', 'googlemail.com'],
    note: appPassword('in your Google account, under Security, 2-Step Verification'),
  },
  {
    id: 'microsoft',
    name: 'Microsoft 365',
    host: 'smtp.office365.com',
    port: 587,
    security: 'starttls',
    domains: [],
    note: 'Sign-in with a password must be allowed for your mailbox: in the Microsoft 365 admin centre it is called “Authenticated SMTP”.',
  },
  {
    id: 'icloud',
    name: 'iCloud',
    host: 'smtp.mail.me.com',
    port: 587,
    security: 'starttls',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    note: appPassword('in your Apple account, under Sign-In and Security'),
  },
  {
    id: 'yahoo',
    name: 'Yahoo',
    host: 'smtp.mail.yahoo.com',
    port: 465,
    security: 'tls',
    domains: ['yahoo.com', 'yahoo.co.uk', 'ymail.com'],
    note: appPassword('in your Yahoo account, under Security'),
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    host: 'smtp.fastmail.com',
    port: 465,
    security: 'tls',
    domains: ['fastmail.com', 'fastmail.fm'],
    note: appPassword('in the settings, under Privacy & Security'),
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    host: 'smtp.zoho.com',
    port: 465,
    security: 'tls',
    domains: ['zohomail.com'],
    note: 'Accounts kept in Europe use smtp.zoho.eu, in India smtp.zoho.in.',
  },
  {
    id: 'gmx',
    name: 'GMX',
    host: 'mail.gmx.net',
    port: 587,
    security: 'starttls',
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch'],
    note: 'First allow POP3 and IMAP in the settings of your GMX mailbox.',
  },
  {
    id: 'web.de',
    name: 'WEB.DE',
    host: 'smtp.web.de',
    port: 587,
    security: 'starttls',
    domains: ['web.de'],
    note: 'First allow POP3 and IMAP in the settings of your WEB.DE mailbox.',
  },
  {
    id: 'ionos',
    name: 'IONOS',
    host: 'smtp.ionos.com',
    port: 587,
    security: 'starttls',
    domains: [],
    note: 'Contracts in Germany use smtp.ionos.de, in the United Kingdom smtp.ionos.co.uk.',
  },
  { id: 'ovh', name: 'OVHcloud', host: 'ssl0.ovh.net', port: 465, security: 'tls', domains: [], note: null },
  {
    id: 'mailbox.org',
    name: 'mailbox.org',
    host: 'smtp.mailbox.org',
    port: 465,
    security: 'tls',
    domains: ['mailbox.org'],
    note: null,
  },
  {
    id: 'postmark',
    name: 'Postmark',
    host: 'smtp.postmarkapp.com',
    port: 587,
    security: 'starttls',
    domains: [],
    note: 'User name and password are both the server’s API token.',
  },
  {
    id: 'sendgrid',
    name: 'SendGrid',
    host: 'smtp.sendgrid.net',
    port: 587,
    security: 'starttls',
    domains: [],
    note: 'The user name is the word apikey, the password the API key itself.',
  },
]

/** The provider that gave out an address, by its end. */
export const providerOfAddress = (address: string): Provider | undefined => {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  return providers.find((provider) => provider.domains.includes(domain))
}

/** The provider whose server this is. */
export const providerOfHost = (host: string): Provider | undefined =>
  providers.find((provider) => provider.host === host.trim().toLowerCase())

export const securities: readonly { readonly value: Security; readonly label: string; readonly port: number }[] = [
  { value: 'tls', label: 'TLS from the start (usually port 465)', port: 465 },
  { value: 'starttls', label: 'STARTTLS (usually port 587)', port: 587 },
  { value: 'none', label: 'None: only for a server on this computer', port: 25 },
]

/** The port that usually goes with a kind of encryption. */
export const usualPort = (security: Security): number => securities.find((it) => it.value === security)?.port ?? 465
