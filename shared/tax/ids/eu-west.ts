import { fitsMod1110, luhn, remainder } from './check-digits.ts'
import { digitsOf, type IdScheme, lastDigit, scheme, weighted } from './scheme.ts'

/**
 * VAT identification numbers of western member states. Structures: European Commission, VIES, "FAQ 11"; check digits:
 * the member states' published rules as python-stdnum 1.20 states them, compared with its test numbers.
 */
const at = scheme({
  id: 'AT-VAT',
  country: 'AT',
  name: 'An Austrian UID number',
  example: 'ATU13585627',
  looks: 'ATU and 8 digits',
  prefix: 'AT',
  shape: /^U\d{8}$/,
  fits: (body) => (16 - luhn(body.slice(0, -1))) % 10 === lastDigit(body),
})

const be = scheme({
  id: 'BE-VAT',
  country: 'BE',
  name: 'A Belgian VAT number',
  example: 'BE0403019261',
  looks: 'BE and 10 digits that begin with 0 or 1',
  prefix: 'BE',
  tidy: (text) => (/^\d{9}$/.test(text) ? `0${text}` : text),
  shape: /^[01]\d{9}$/,
  fits: (body) => 97 - (Number(body.slice(0, 8)) % 97) === Number(body.slice(8)),
})

const de = scheme({
  id: 'DE-VAT',
  country: 'DE',
  name: 'A German VAT number',
  example: 'DE136695976',
  looks: 'DE and 9 digits',
  prefix: 'DE',
  shape: /^[1-9]\d{8}$/,
  fits: fitsMod1110,
})

const frenchLetters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const fitsFrench = (body: string): boolean => {
  const siren = body.slice(2)
  // Monaco has numbers of its own below 000.
  if (!siren.startsWith('000') && luhn(siren) !== 0) return false
  const [first = '', second = ''] = body
  if (/^\d\d/.test(body)) return Number(`${siren}12`) % 97 === Number(body.slice(0, 2))
  const [one, two] = [frenchLetters.indexOf(first), frenchLetters.indexOf(second)]
  const check = /\d/.test(first) ? one * 24 + two - 10 : one * 34 + two - 100
  return (Number(siren) + 1 + Math.floor(check / 11)) % 11 === check % 11
}

const fr = scheme({
  id: 'FR-VAT',
  country: 'FR',
  name: 'A French VAT number',
  example: 'FR40303265045',
  looks: 'FR, two characters and the 9 digits of the SIREN',
  prefix: 'FR',
  shape: /^[0-9A-HJ-NP-Z]{2}\d{9}$/,
  fits: fitsFrench,
})

const irishLetters = 'WABCDEFGHIJKLMNOPQRSTUV'

const fitsIrish = (body: string): boolean => {
  const old = /^\d[A-Z+*]/.test(body)
  const digits = (old ? `0${body.slice(2, 7)}${body.charAt(0)}` : body.slice(0, 7)).padStart(7, '0')
  const second = old ? '' : body.slice(8)
  const sum = weighted(digits, [8, 7, 6, 5, 4, 3, 2]) + 9 * Math.max(0, irishLetters.indexOf(second.charAt(0)))
  return irishLetters.charAt(sum % 23) === body.charAt(7)
}

const ie = scheme({
  id: 'IE-VAT',
  country: 'IE',
  name: 'An Irish VAT number',
  example: 'IE6433435F',
  looks: 'IE, 7 digits and one or two letters (old ones have a letter in second place)',
  prefix: 'IE',
  shape: /^(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/,
  fits: fitsIrish,
})

const lu = scheme({
  id: 'LU-VAT',
  country: 'LU',
  name: 'A Luxembourg VAT number',
  example: 'LU15027442',
  looks: 'LU and 8 digits',
  prefix: 'LU',
  shape: /^\d{8}$/,
  fits: (body) => Number(body.slice(0, 6)) % 89 === Number(body.slice(6)),
})

const nl = scheme({
  id: 'NL-VAT',
  country: 'NL',
  name: 'A Dutch btw-id',
  example: 'NL004495445B01',
  looks: 'NL, 9 digits, B and 2 digits',
  prefix: 'NL',
  tidy: (text) => text.replace(/^(\d{1,8})(?=B\d\d$)/, (digits) => digits.padStart(9, '0')),
  shape: /^\d{9}B(?!00)\d{2}$/,
  // Companies have their fiscal number in it (weighted sum), sole traders since 2020 a number by modulo 97.
  fits: (body) =>
    (weighted(body.slice(0, 9), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && !body.startsWith('000000000')) ||
    remainder(`NL${body}`, 97) === 1,
})

const it = scheme({
  id: 'IT-VAT',
  country: 'IT',
  name: 'An Italian partita IVA',
  example: 'IT00743110157',
  looks: 'IT and 11 digits',
  prefix: 'IT',
  shape: /^(?!0{7})\d{7}(0\d\d|100|12[01]|888|999)\d$/,
  fits: (body) => luhn(body) === 0,
})

const spanishLetters = 'TRWAGMYFPDXBNJZSQVHLCKE'

const fitsSpanish = (body: string): boolean => {
  const last = body.slice(-1)
  const person = /^[XYZ]/.test(body) ? 'XYZ'.indexOf(body.charAt(0)) + body.slice(1, -1) : body.slice(0, -1)
  if (/^[\dXYZ]/.test(body)) return spanishLetters.charAt(Number(person) % 23) === last
  if (/^[KLM]/.test(body)) return spanishLetters.charAt(Number(body.slice(1, -1)) % 23) === last
  const digit = (10 - luhn(`${body.slice(1, 8)}0`)) % 10
  const letter = 'JABCDEFGHI'.charAt(digit)
  if (/^[ABEH]/.test(body)) return last === String(digit)
  if (/^[PQSW]/.test(body)) return last === letter
  return last === String(digit) || last === letter
}

const es = scheme({
  id: 'ES-VAT',
  country: 'ES',
  name: 'A Spanish NIF',
  example: 'ESB64717838',
  looks: 'ES and 9 characters: a letter, 7 digits and a check character, or 8 digits and a letter',
  prefix: 'ES',
  shape: /^(\d{8}[A-Z]|[XYZKLM]\d{7}[A-Z]|[ABCDEFGHJNPQRSUVW]\d{7}[0-9A-J])$/,
  fits: fitsSpanish,
})

const pt = scheme({
  id: 'PT-VAT',
  country: 'PT',
  name: 'A Portuguese NIF',
  example: 'PT501964843',
  looks: 'PT and 9 digits',
  prefix: 'PT',
  shape: /^[1-9]\d{8}$/,
  fits: (body) => ((11 - (weighted(body.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === lastDigit(body),
})

const fitsGreek = (body: string): boolean => {
  let check = 0
  for (const digit of digitsOf(body.slice(0, -1))) check = check * 2 + digit
  return ((check * 2) % 11) % 10 === lastDigit(body)
}

const el = scheme({
  id: 'EL-VAT',
  country: 'GR',
  name: 'A Greek VAT number',
  example: 'EL094259216',
  looks: 'EL (not GR) and 9 digits',
  prefix: 'EL',
  tidy: (text) => (/^(GR)?\d{8,9}$/.test(text) ? text.replace('GR', '').padStart(9, '0') : text),
  shape: /^\d{9}$/,
  fits: fitsGreek,
})

const cyprusOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]

const cy = scheme({
  id: 'CY-VAT',
  country: 'CY',
  name: 'A Cypriot VAT number',
  example: 'CY10259033P',
  looks: 'CY, 8 digits and a letter',
  prefix: 'CY',
  shape: /^(?!12)\d{8}[A-Z]$/,
  fits: (body) => {
    const sum = digitsOf(body.slice(0, 8)).reduce(
      (all, digit, index) => all + (index % 2 === 0 ? (cyprusOdd[digit] ?? 0) : digit),
      0,
    )
    return String.fromCharCode(65 + (sum % 26)) === body.slice(-1)
  },
})

const mt = scheme({
  id: 'MT-VAT',
  country: 'MT',
  name: 'A Maltese VAT number',
  example: 'MT11679112',
  looks: 'MT and 8 digits',
  prefix: 'MT',
  shape: /^[1-9]\d{7}$/,
  fits: (body) => weighted(body, [3, 4, 6, 7, 8, 9, 10, 1]) % 37 === 0,
})

export const westernVat: readonly IdScheme[] = [at, be, de, fr, ie, lu, nl, it, es, pt, el, cy, mt]
