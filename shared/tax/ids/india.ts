import { type IdScheme, scheme } from './scheme.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * Check character of the first 14 characters of a GSTIN: values times 1, 2, 1, 2 ..., quotient and remainder by 36
 * added up, the complement to 36. GSTN, "GSTIN structure"; compared with 16 published numbers.
 */
export const gstinCheckCharacter = (first14: string): string => {
  const total = [...first14].reduce((all, char, index) => {
    const product = alphabet.indexOf(char) * (index % 2 === 0 ? 1 : 2)
    return all + Math.floor(product / 36) + (product % 36)
  }, 0)
  return alphabet.charAt((36 - (total % 36)) % 36)
}

// Embassies (UIN), non-resident taxpayers (NRTP) and online services from abroad (OIDAR) have shapes without PAN.
const uin = /^\d{4}[A-Z]{3}\d{5}[UO]N[A-Z0-9]$/
const nrtp = /^\d{4}[A-Z]{3}\d{5}NR[0-9A-Z]$/
const oidar = /^99\d{2}[A-Z]{3}\d{5}OS[0-9A-Z]$/
const regular = /^(0[1-9]|[12]\d|3[0-8]|9[6-9])[A-Z]{5}\d{4}[A-Z][1-9A-Z][A-Z][0-9A-Z]$/

/** The kind of a GSTIN by its shape, null for none: tax deductors and collectors have D and C where others have Z. */
export const gstinKind = (value: string): 'regular' | 'deductor' | 'collector' | 'uin' | 'nrtp' | 'oidar' | null => {
  if (oidar.test(value)) return 'oidar'
  if (nrtp.test(value)) return 'nrtp'
  if (uin.test(value)) return 'uin'
  if (!regular.test(value)) return null
  const mark = value.charAt(13)
  return mark === 'D' ? 'deductor' : mark === 'C' ? 'collector' : 'regular'
}

export const indianSchemes: readonly IdScheme[] = [
  scheme({
    id: 'IN-GSTIN',
    country: 'IN',
    name: 'A GSTIN',
    example: '27AAPFU0939F1ZV',
    looks: '15 characters: state code, PAN, a digit, Z and a check character',
    shape: new RegExp([uin, nrtp, oidar, regular].map((one) => one.source).join('|')),
    fits: (body) => (regular.test(body) ? gstinCheckCharacter(body.slice(0, 14)) === body.charAt(14) : true),
  }),
  scheme({
    id: 'IN-PAN',
    country: 'IN',
    name: 'A PAN',
    example: 'AAPFU0939F',
    looks: '5 letters (the fourth says who holds it), 4 digits that are not 0000, and a letter',
    shape: /^[A-Z]{3}[PCHFATBLJG][A-Z](?!0000)\d{4}[A-Z]$/,
  }),
]
