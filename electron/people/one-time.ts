import { createHash, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const issuer = 'Counterfoil'
/** Seconds that one code is shown. */
export const stepSeconds = 30
const digits = 6
const secretBytes = 20

const totpOf = (secret: string, label: string) =>
  new TOTP({ issuer, label, algorithm: 'SHA1', digits, period: stepSeconds, secret: Secret.fromBase32(secret) })

/** A new secret to share with an app of one-time codes: base32. */
export const newTotpSecret = (): string =>
  new Secret({ buffer: new Uint8Array(randomBytes(secretBytes)).buffer }).base32

/** The address that such an app reads from a QR code. */
export const totpAddress = (secret: string, label: string): string => totpOf(secret, label).toString()

/** The step of 30 seconds that an instant lies in. */
export const stepOf = (now: string): number => Math.floor(Date.parse(now) / 1000 / stepSeconds)

/**
 * The step whose code this is, one before or after now included; null for a wrong code and for one whose step, or a later
 * one, was used already.
 */
export const checkTotp = (secret: string, code: string, now: string, lastUsedStep: number | null): number | null => {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totpOf(secret, issuer).validate({ token, timestamp: Date.parse(now), window: 1 })
  if (delta === null) return null
  const step = stepOf(now) + delta
  return lastUsedStep !== null && step <= lastUsedStep ? null : step
}

/** How many recovery codes a person gets at a time. */
export const recoveryCodeCount = 10

const letters = '23456789abcdefghjkmnpqrstuvwxyz'
const codeLetters = 12

const newRecoveryCode = (): string => {
  let code = ''
  while (code.length < codeLetters) {
    for (const byte of randomBytes(codeLetters)) {
      // What does not divide evenly is thrown away, so that each letter is as likely as the others.
      if (byte < letters.length * 8 && code.length < codeLetters) code += letters[byte % letters.length]
    }
  }
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}

/** Ten new codes, each good once, for when the phone is gone. */
export const newRecoveryCodes = (): string[] => Array.from({ length: recoveryCodeCount }, newRecoveryCode)

/** What of a recovery code is kept; each belongs to its person. 59 random bits, five tries: SHA-256 is enough. */
export const hashRecoveryCode = (userId: string, code: string): string =>
  createHash('sha256')
    .update(`counterfoil recovery code ${userId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
    .digest('hex')

/** A code of six figures to send by mail. */
export const newMailCode = (): string => {
  for (;;) {
    const value = randomBytes(4).readUInt32BE(0)
    if (value < 4_294_000_000) return String(value % 1_000_000).padStart(digits, '0')
  }
}
