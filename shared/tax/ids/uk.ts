import { type IdScheme, scheme, weighted } from './scheme.ts'

// First 9 digits; a branch trader has three more, government and health bodies have numbers of their own.
const shape = /^(\d{9}|\d{12}|GD[0-4]\d\d|HA[5-9]\d\d|GD8888[0-4]\d{4}|HA8888[5-9]\d{4})$/

/**
 * Whether the last two of nine digits fit: weights 8 to 2 on the first seven, the total with the check is divisible by
 * 97 (old numbers), or with 55 more (the 9755 series of 2009). HMRC, VAT number validation specification.
 */
const fits = (body: string): boolean => {
  const special = /^(GD|HA)8888(\d{3})(\d\d)$/.exec(body)
  if (special) return Number(special[2]) % 97 === Number(special[3])
  if (!/^\d/.test(body)) return true
  const total = weighted(body.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) + Number(body.slice(7, 9))
  if (/^0{9}/.test(body)) return false
  return total % 97 === 0 || (total + 55) % 97 === 0
}

const vat = (prefix: 'GB' | 'XI', name: string, example: string): IdScheme =>
  scheme({
    id: `${prefix}-VAT`,
    country: 'GB',
    name,
    example,
    looks: `9 digits (12 for a branch), with ${prefix} before them or not`,
    prefix,
    shape,
    fits,
  })

const utrWeights = [6, 7, 8, 9, 10, 5, 4, 3, 2]

export const ukSchemes: readonly IdScheme[] = [
  vat('GB', 'A UK VAT number', 'GB980780684'),
  vat('XI', 'A Northern Ireland VAT number', 'XI110305878'),
  scheme({
    id: 'GB-UTR',
    country: 'GB',
    name: 'A UTR',
    example: '2234567890',
    looks: '10 digits, with a K before or behind them or not',
    tidy: (text) => text.replace(/^K|K$/, ''),
    shape: /^\d{10}$/,
    // HMRC reference checker: the first digit is the check.
    fits: (body) => '21987654321'.charAt(weighted(body.slice(1), utrWeights) % 11) === body.charAt(0),
  }),
  scheme({
    id: 'GB-COMPANY',
    country: 'GB',
    name: 'A UK company number',
    example: '00445790',
    looks: '8 characters: 8 digits, or 2 letters and 6 digits',
    tidy: (text) => (/^\d{1,7}$/.test(text) ? text.padStart(8, '0') : text),
    shape: /^(?!0{8})(\d{8}|[A-Z]{2}\d{6}|R0\d{6}|(IP|SP|RS|NP|NO)[0-9A-Z]{4}[0-9A-Z]{2})$/,
  }),
]
