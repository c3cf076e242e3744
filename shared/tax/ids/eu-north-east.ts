import { fitsMod1110, looksLikeDate, luhn } from './check-digits.ts'
import { digitsOf, type IdScheme, lastDigit, scheme, weighted } from './scheme.ts'

/**
 * VAT identification numbers of northern and eastern member states. Structures: European Commission, VIES, "FAQ 11";
 * check digits as in python-stdnum 1.20, compared with its test numbers.
 */
const upTo = (from: number, length: number): number[] => Array.from({ length }, (_, index) => from + index)

const fitsBulgarianCompany = (body: string): boolean => {
  const first = weighted(body.slice(0, 8), upTo(1, 8)) % 11
  const check = first === 10 ? (weighted(body.slice(0, 8), upTo(3, 8)) % 11) % 10 : first
  return check === lastDigit(body)
}

const fitsBulgarianPerson = (body: string): boolean => {
  const digits = body.slice(0, 9)
  const month = Number(body.slice(2, 4)) % 20
  const egn =
    looksLikeDate(month, Number(body.slice(4, 6))) &&
    (weighted(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === lastDigit(body)
  const foreigner = weighted(digits, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 === lastDigit(body)
  const other = (11 - (weighted(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === lastDigit(body)
  return egn || foreigner || other
}

const bg = scheme({
  id: 'BG-VAT',
  country: 'BG',
  name: 'A Bulgarian VAT number',
  example: 'BG175074752',
  looks: 'BG and 9 or 10 digits',
  prefix: 'BG',
  shape: /^\d{9,10}$/,
  fits: (body) => (body.length === 9 ? fitsBulgarianCompany(body) : fitsBulgarianPerson(body)),
})

/** A Czech or Slovak birth number: women's months have 50 more, overfull days 20 more. */
const isBirthNumber = (body: string): boolean => {
  const month = (Number(body.slice(2, 4)) % 50) % 20
  if (!looksLikeDate(month, Number(body.slice(4, 6)))) return false
  if (body.length === 9) return Number(body.slice(0, 2)) < 54
  return (Number(body.slice(0, 9)) % 11) % 10 === lastDigit(body)
}

const czechSum = (body: string): number => weighted(body, [8, 7, 6, 5, 4, 3, 2])

const fitsCzech = (body: string): boolean => {
  if (body.length === 8) {
    const check = (11 - (czechSum(body.slice(0, 7)) % 11)) % 11
    return !body.startsWith('9') && (check === 0 ? 1 : check) % 10 === lastDigit(body)
  }
  if (body.length === 9 && body.startsWith('6')) {
    const check = (8 - ((10 - (czechSum(body.slice(1, 8)) % 11)) % 11) + 10) % 10
    if (check === lastDigit(body)) return true
  }
  return isBirthNumber(body)
}

const cz = scheme({
  id: 'CZ-VAT',
  country: 'CZ',
  name: 'A Czech DIČ',
  example: 'CZ25123891',
  looks: 'CZ and 8 to 10 digits',
  prefix: 'CZ',
  shape: /^\d{8,10}$/,
  fits: fitsCzech,
})

const sk = scheme({
  id: 'SK-VAT',
  country: 'SK',
  name: 'A Slovak IČ DPH',
  example: 'SK2022749619',
  looks: 'SK and 10 digits',
  prefix: 'SK',
  shape: /^\d{10}$/,
  fits: (body) => isBirthNumber(body) || (/^[1-9]\d[2-4789]/.test(body) && Number(body) % 11 === 0),
})

const dk = scheme({
  id: 'DK-VAT',
  country: 'DK',
  name: 'A Danish CVR number',
  example: 'DK13585628',
  looks: 'DK and 8 digits',
  prefix: 'DK',
  shape: /^[1-9]\d{7}$/,
  fits: (body) => weighted(body, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
})

const ee = scheme({
  id: 'EE-VAT',
  country: 'EE',
  name: 'An Estonian KMKR number',
  example: 'EE100931558',
  looks: 'EE and 9 digits',
  prefix: 'EE',
  shape: /^\d{9}$/,
  fits: (body) => weighted(body, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
})

const fi = scheme({
  id: 'FI-VAT',
  country: 'FI',
  name: 'A Finnish ALV number',
  example: 'FI20774740',
  looks: 'FI and 8 digits',
  prefix: 'FI',
  shape: /^\d{8}$/,
  fits: (body) => weighted(body, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0,
})

const se = scheme({
  id: 'SE-VAT',
  country: 'SE',
  name: 'A Swedish VAT number',
  example: 'SE123456789701',
  looks: 'SE, the 10 digits of the organisation number and 01 to 94',
  prefix: 'SE',
  shape: /^\d{10}(0[1-9]|[1-8]\d|9[0-4])$/,
  fits: (body) => luhn(body.slice(0, 10)) === 0,
})

const lithuanian = (body: string): number => {
  const digits = digitsOf(body.slice(0, -1))
  const sum = (shift: number) => digits.reduce((all, digit, index) => all + (1 + ((index + shift) % 9)) * digit, 0) % 11
  const first = sum(0)
  return first === 10 ? sum(2) % 10 : first
}

const lt = scheme({
  id: 'LT-VAT',
  country: 'LT',
  name: 'A Lithuanian VAT number',
  example: 'LT119511515',
  looks: 'LT and 9 or 12 digits, with 1 in the last place but one',
  prefix: 'LT',
  shape: /^(\d{7}|\d{10})1\d$/,
  fits: (body) => lithuanian(body) === lastDigit(body),
})

const fitsLatvian = (body: string): boolean => {
  if (Number(body.charAt(0)) > 3) return weighted(body, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3
  if (body.startsWith('32')) return true
  const date = looksLikeDate(Number(body.slice(2, 4)), Number(body.slice(0, 2)))
  return date && ((1 + weighted(body.slice(0, 10), [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === lastDigit(body)
}

const lv = scheme({
  id: 'LV-VAT',
  country: 'LV',
  name: 'A Latvian PVN number',
  example: 'LV40003521600',
  looks: 'LV and 11 digits',
  prefix: 'LV',
  shape: /^\d{11}$/,
  fits: fitsLatvian,
})

const pl = scheme({
  id: 'PL-VAT',
  country: 'PL',
  name: 'A Polish NIP',
  example: 'PL8567346215',
  looks: 'PL and 10 digits',
  prefix: 'PL',
  shape: /^\d{10}$/,
  fits: (body) => weighted(body.slice(0, 9), [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === lastDigit(body),
})

const hu = scheme({
  id: 'HU-VAT',
  country: 'HU',
  name: 'A Hungarian EU VAT number',
  example: 'HU12892312',
  looks: 'HU and the first 8 digits of the adószám',
  prefix: 'HU',
  shape: /^\d{8}$/,
  fits: (body) => weighted(body, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0,
})

const hr = scheme({
  id: 'HR-VAT',
  country: 'HR',
  name: 'A Croatian OIB',
  example: 'HR33392005961',
  looks: 'HR and 11 digits',
  prefix: 'HR',
  shape: /^\d{11}$/,
  fits: fitsMod1110,
})

const romanianPerson = (body: string): boolean =>
  looksLikeDate(Number(body.slice(3, 5)), Number(body.slice(5, 7))) &&
  (weighted(body.slice(0, 12), [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === lastDigit(body)

const ro = scheme({
  id: 'RO-VAT',
  country: 'RO',
  name: 'A Romanian CIF',
  example: 'RO18547290',
  looks: 'RO and 2 to 10 digits',
  prefix: 'RO',
  shape: /^[1-9](\d{1,9}|\d{12})$/,
  fits: (body) =>
    body.length === 13
      ? romanianPerson(body)
      : ((10 * weighted(body.slice(0, -1).padStart(9, '0'), [7, 5, 3, 2, 1, 7, 5, 3, 2])) % 11) % 10 ===
        lastDigit(body),
})

const si = scheme({
  id: 'SI-VAT',
  country: 'SI',
  name: 'A Slovenian VAT number',
  example: 'SI50223054',
  looks: 'SI and 8 digits',
  prefix: 'SI',
  shape: /^[1-9]\d{7}$/,
  fits: (body) => {
    const check = 11 - (weighted(body.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) % 11)
    return (check === 10 ? 0 : check) === lastDigit(body)
  },
})

export const northEasternVat: readonly IdScheme[] = [bg, cz, sk, dk, ee, fi, se, lt, lv, pl, hu, hr, ro, si]
