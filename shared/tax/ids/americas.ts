import { luhn } from './check-digits.ts'
import { digitsOf, type IdScheme, lastDigit, scheme, weighted } from './scheme.ts'

const rfcAlphabet = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ'
// Given by SAT to buyers without one; they fail the check by design.
const genericRfc = new Set(['XAXX010101000', 'XEXX010101000'])

/** Check character of an RFC (SAT, Anexo 3): padded to 12, weights 13 to 2, modulo 11, 10 is A. */
const fitsRfc = (body: string): boolean => {
  if (genericRfc.has(body)) return true
  // The shape of SAT's own schema for the last three.
  if (!/[1-9A-V][1-9A-Z][0-9A]$/.test(body)) return false
  const padded = body.slice(0, -1).padStart(12, ' ')
  const sum = [...padded].reduce((all, char, index) => all + rfcAlphabet.indexOf(char) * (13 - index), 0)
  const check = (11 - (sum % 11)) % 11
  return (check === 10 ? 'A' : String(check)) === body.slice(-1)
}

const nitWeights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]

/** Check digit of a Colombian NIT (DIAN): weights from the right, modulo 11; 0 and 1 stay, otherwise 11 less it. */
export const nitCheckDigit = (number: string): number => {
  const rest = weighted([...number].reverse().join(''), nitWeights) % 11
  return rest < 2 ? rest : 11 - rest
}

/** Check digit of a CUIT (ARCA, RG 10/97); null where no such number is given. */
const cuitCheckDigit = (first10: string): number | null => {
  const check = 11 - (weighted(first10, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
  return check === 11 ? 0 : check === 10 ? null : check
}

// Letters are allowed from July 2026 and count as their code less 48 (Receita Federal, IN RFB 2.229/2024).
const cnpjCheckDigit = (text: string): number => {
  const sum = [...text].reverse().reduce((all, char, index) => all + (char.charCodeAt(0) - 48) * (2 + (index % 8)), 0)
  const rest = sum % 11
  return rest < 2 ? 0 : 11 - rest
}

const cpfCheckDigit = (text: string): number => {
  const sum = [...digitsOf(text)].reverse().reduce((all, digit, index) => all + digit * (2 + index), 0)
  return ((sum * 10) % 11) % 10
}

export const americanSchemes: readonly IdScheme[] = [
  scheme({
    id: 'US-EIN',
    country: 'US',
    name: 'An EIN',
    example: '12-3456789',
    looks: '9 digits, such as 12-3456789; prefixes that the IRS does not use are refused',
    tidy: (text) => text.replace(/^(\d\d)(\d{7})$/, '$1-$2'),
    shape: /^(?!0[07-9]|1[7-9]|2[89]|49|69|70|7[89]|89|9[67])\d{2}-\d{7}$/,
  }),
  scheme({
    id: 'CA-BN',
    country: 'CA',
    name: 'A Canadian GST/HST number',
    example: '123456782RT0001',
    looks: '9 digits, alone or followed by RT and 4 digits',
    shape: /^[1-9]\d{8}(R[CMPTZ]\d{4})?$/,
    fits: (body) => luhn(body.slice(0, 9)) === 0,
  }),
  scheme({
    id: 'CA-QST',
    country: 'CA',
    name: 'A QST number',
    example: '1012345671TQ0001',
    looks: '10 digits, TQ and 4 digits',
    shape: /^\d{10}TQ\d{4}$/,
  }),
  scheme({
    id: 'MX-RFC',
    country: 'MX',
    name: 'An RFC',
    example: 'EKU9003173C9',
    looks: '3 letters (companies) or 4 (people), a date as yymmdd, and 3 characters',
    shape: /^[A-ZÑ&]{3,4}\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[A-Z0-9]{2}[0-9A]$/,
    fits: fitsRfc,
  }),
  scheme({
    id: 'CO-NIT',
    country: 'CO',
    name: 'A NIT',
    example: '800197268-4',
    looks: 'up to 15 digits, a hyphen and the check digit',
    tidy: (text) => text.replace(/^(\d{5,15})(\d)$/, '$1-$2'),
    shape: /^\d{5,15}-\d$/,
    fits: (body) => nitCheckDigit(body.slice(0, -2)) === lastDigit(body),
  }),
  scheme({
    id: 'AR-CUIT',
    country: 'AR',
    name: 'A CUIT',
    example: '20-26756539-3',
    looks: '11 digits that begin with 20, 23, 24, 25, 26, 27, 30, 33 or 34, or with 50, 51 or 55 for a country',
    tidy: (text) => text.replace(/^(\d\d)(\d{8})(\d)$/, '$1-$2-$3'),
    shape: /^(2[0345-7]|3[034]|5[015])-\d{8}-\d$/,
    fits: (body) => cuitCheckDigit(digitsOf(body).slice(0, 10).join('')) === lastDigit(body),
  }),
  scheme({
    id: 'BR-CNPJ',
    country: 'BR',
    name: 'A CNPJ',
    example: '11222333000181',
    looks: '14 characters, the last two digits',
    shape: /^(?!0{14})[0-9A-Z]{12}\d{2}$/,
    fits: (body) =>
      cnpjCheckDigit(body.slice(0, 12)) === Number(body.charAt(12)) &&
      cnpjCheckDigit(body.slice(0, 13)) === Number(body.charAt(13)),
  }),
  scheme({
    id: 'BR-CPF',
    country: 'BR',
    name: 'A CPF',
    example: '39053344705',
    looks: '11 digits, not all the same',
    shape: /^(?!(\d)\1{10})\d{11}$/,
    fits: (body) =>
      cpfCheckDigit(body.slice(0, 9)) === Number(body.charAt(9)) &&
      cpfCheckDigit(body.slice(0, 10)) === Number(body.charAt(10)),
  }),
]
