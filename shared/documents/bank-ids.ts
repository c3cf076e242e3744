const isDigits = (text: string) => /^\d+$/.test(text)

/** Letters become two digits, A = 10; the remainder by 97 of the whole (ISO 7064 MOD 97-10). */
const mod97 = (text: string): number => {
  let rest = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }
  return rest
}

/** Capitals without blanks: how banks read what people type. */
export const compact = (text: string): string => text.replace(/\s+/g, '').toUpperCase()

// Lengths of the IBAN registry for the countries of SEPA and the Swiss QR-bill; elsewhere the check digits decide.
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 ' +
    'LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/** Countries whose accounts are reached by a SEPA credit transfer. */
const sepaCountries = new Set(Object.keys(ibanLengths))

/** What is wrong with an IBAN, in words; null if nothing (ISO 13616: length of the country, MOD 97-10). */
export const ibanProblem = (text: string): string | null => {
  const iban = compact(text)
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban))
    return 'An IBAN begins with two letters and two digits, like CH93 0076 2011 6238 5295 7.'
  const length = ibanLengths[iban.slice(0, 2)]
  if (length !== undefined && iban.length !== length)
    return `An IBAN of ${iban.slice(0, 2)} has ${length} characters; this one has ${iban.length}.`
  return mod97(iban.slice(4) + iban.slice(0, 4)) === 1
    ? null
    : 'The check digits of this IBAN do not fit: a character is mistyped or two are swapped.'
}

/** Whether an IBAN is reached by a SEPA credit transfer. */
export const isSepaIban = (text: string): boolean => sepaCountries.has(compact(text).slice(0, 2))

/** Whether an IBAN of Switzerland or Liechtenstein names a QR account: its bank number is 30000 to 31999. */
export const isQrIban = (text: string): boolean => /^(CH|LI)\d{2}3[01]\d{3}/.test(compact(text))

/** An IBAN in groups of four, as it is printed. */
export const spacedIban = (text: string): string => compact(text).replace(/(.{4})(?=.)/g, '$1 ')

/** What is wrong with a BIC, in words; null if nothing (ISO 9362: 8 or 11 characters). */
export const bicProblem = (text: string): string | null =>
  /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(compact(text))
    ? null
    : 'A BIC has 8 or 11 characters: four letters of the bank, two of the country, then two or five more.'

const recursive = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]

/** The check digit of a Swiss QR reference: modulo 10, recursive. RangeError if there is anything but digits. */
export const qrReferenceCheckDigit = (digits: string): number => {
  if (!isDigits(digits)) throw new RangeError(`"${digits}" is not made of digits`)
  let carry = 0
  for (const digit of digits) carry = recursive[(carry + Number(digit)) % 10] ?? 0
  return (10 - carry) % 10
}

/** The QR reference of a number: its digits, filled up to 26, with the check digit. Null if it has none or too many. */
export const qrReferenceOf = (number: string): string | null => {
  const digits = number.replace(/\D/g, '')
  if (digits === '' || digits.length > 26) return null
  const filled = digits.padStart(26, '0')
  return filled + String(qrReferenceCheckDigit(filled))
}

/** What is wrong with a QR reference, in words; null if nothing. */
export const qrReferenceProblem = (text: string): string | null => {
  const reference = compact(text)
  if (!/^\d{27}$/.test(reference)) return 'A QR reference has 27 digits.'
  return qrReferenceCheckDigit(reference.slice(0, 26)) === Number(reference.slice(26))
    ? null
    : 'The check digit of this QR reference does not fit.'
}

/** The creditor reference of a number (ISO 11649): `RF18539007547034`. Null if it has no letter or digit or over 21. */
export const creditorReferenceOf = (number: string): string | null => {
  const body = number.toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (body === '' || body.length > 21) return null
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, '0')}${body}`
}

/** What is wrong with a creditor reference, in words; null if nothing. */
export const creditorReferenceProblem = (text: string): string | null => {
  const reference = compact(text)
  if (!/^RF\d{2}[A-Z0-9]{1,21}$/.test(reference))
    return 'A creditor reference is RF, two digits and up to 21 letters and digits.'
  return mod97(reference.slice(4) + reference.slice(0, 4)) === 1
    ? null
    : 'The check digits of this creditor reference do not fit.'
}

/** A reference in the groups in which it is printed: QR 2 + 5x5 digits, RF in fours. */
export const spacedReference = (reference: string): string =>
  reference.startsWith('RF')
    ? reference.replace(/(.{4})(?=.)/g, '$1 ')
    : reference.replace(/^(.{2})(?=.)/, '$1 ').replace(/(\d{5})(?=\d)/g, '$1 ')
