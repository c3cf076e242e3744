import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

export type MailAddress = { readonly address: string; readonly name?: string | null }

export type CheckedAddress = {
  /** As it goes over the wire: the domain in ASCII (punycode). */
  readonly ascii: string
  /** As it was given, trimmed. */
  readonly given: string
}

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
/** Separators of a URL or an address list: `domainToASCII` would cut the text at some of them in silence. */
const NOT_IN_DOMAIN = /[\s/\\?#@:%<>()[\]",;|^`{}]/u
const LINE_BREAKS: Readonly<Record<string, string>> = {
  '\r': 'a line break',
  '\n': 'a line break',
  '\0': 'a NUL character',
}

/** Names the first control character of a text that would end up in a header; null where there is none. */
export function findControlCharacter(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const found = /[\u0000-\u001f\u007f]/.exec(text)?.[0]
  if (found === undefined) return null
  return (
    LINE_BREAKS[found] ?? `the control character U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  )
}

/** Gives a host name in ASCII (IP addresses as they are); null where it is no host name. */
export function hostToAscii(host: string): string | null {
  if (isIP(host) !== 0) return host
  if (host === '' || NOT_IN_DOMAIN.test(host) || findControlCharacter(host) !== null) return null
  const ascii = domainToASCII(host)
  if (ascii === '' || ascii.length > 253 || isIP(ascii) !== 0) return null
  return ascii.split('.').every((label) => LABEL.test(label)) ? ascii : null
}

/** Checks one e-mail address (`name@domain.tld`, international domains allowed); the error text says what is wrong with it. */
export function checkAddress(address: string): CheckedAddress | { readonly problem: string } {
  const control = findControlCharacter(address)
  if (control !== null) return { problem: `contains ${control}` }
  const given = address.trim()
  if (given === '') return { problem: 'is empty' }
  const at = given.lastIndexOf('@')
  if (at < 0) return { problem: 'has no @' }
  const local = given.slice(0, at)
  if (local.length > 64 || !LOCAL_PART.test(local))
    return { problem: 'has characters before the @ that no mail server takes' }
  const domain = hostToAscii(given.slice(at + 1))
  if (domain === null || isIP(domain) !== 0 || !domain.includes('.'))
    return { problem: 'has no valid domain after the @ (like example.com)' }
  const ascii = `${local}@${domain}`
  if (ascii.length > 254) return { problem: 'is longer than 254 characters' }
  return { ascii, given }
}

/** True for a host that never leaves this computer. */
export function isLoopbackHost(host: string): boolean {
  const plain = host.toLowerCase()
  return plain === 'localhost' || plain === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(plain)
}
