import { createHash, randomBytes } from 'node:crypto'

// Crockford's alphabet: no I, L, O and U, which are misread on paper.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretLetters = 28
const groupLetters = 5

const checkOf = (letters: string): string => {
  const sum = createHash('sha256').update(`counterfoil recovery ${letters}`).digest()
  return `${alphabet[(sum[0] ?? 0) & 31]}${alphabet[(sum[1] ?? 0) & 31]}`
}

const grouped = (letters: string): string => letters.match(new RegExp(`.{1,${groupLetters}}`, 'g'))?.join('-') ?? ''

/** A new code to print: 140 random bits and two check letters, in six groups of five. */
export const newRecoveryCode = (): string => {
  const letters = [...randomBytes(secretLetters)].map((byte) => alphabet[byte & 31]).join('')
  return grouped(letters + checkOf(letters))
}

/** The code as it was made, from what somebody typed: spaces, case and look-alike letters do not matter; null if it is not one. */
export const readRecoveryCode = (typed: string): string | null => {
  const letters = typed
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (letters.length !== secretLetters + 2 || [...letters].some((letter) => !alphabet.includes(letter))) return null
  const secret = letters.slice(0, secretLetters)
  return letters.slice(secretLetters) === checkOf(secret) ? grouped(letters) : null
}
