import { toDecimalString } from '../money/decimal-string.ts'
import type { Amount } from '../money/scaled.ts'
import {
  bicProblem,
  compact,
  creditorReferenceProblem,
  ibanProblem,
  isQrIban,
  isSepaIban,
  qrReferenceProblem,
} from './bank-ids.ts'

/** What keeps a payload from being made: the field and a sentence for a person. */
export type PayloadProblem = { readonly field: string; readonly message: string }
/** The text of a QR code, or why there is none. */
export type Payload =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly PayloadProblem[] }

const finish = (problems: readonly PayloadProblem[], make: () => string): Payload =>
  problems.length > 0 ? { ok: false, problems } : { ok: true, text: make() }

type Check = readonly [field: string, message: string | null | false]

const failed = (checks: readonly Check[]): PayloadProblem[] =>
  checks.flatMap(([field, message]) => (message === null || message === false ? [] : [{ field, message }]))

const bytesOf = (text: string): number => {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

const tooLong = (text: string | null, most: number, what: string): string | false =>
  text !== null && [...text].length > most && `${what} has more than ${most} characters.`

const isMultiLine = (text: string | null): boolean => text !== null && /[\r\n]/.test(text)

const centE4 = 100n
const mostE4 = 9_999_999_999_900n

const amountProblem = (value: Amount, currency: string): string | false =>
  (value < centE4 || value > mostE4 || value % centE4 !== 0n) &&
  `The amount has to be between ${currency} 0.01 and 999,999,999.99, in whole cents.`

export type EpcPayment = {
  readonly name: string
  readonly iban: string
  readonly bic: string | null
  readonly amountE4: Amount | null
  /** Up to four letters, such as CHAR. */
  readonly purpose: string | null
  /** A creditor reference (RF...); then there is no text. */
  readonly reference: string | null
  readonly text: string | null
  readonly information: string | null
}

// Countries of SEPA outside the EEA: their accounts need the BIC (EPC069-12, version 002).
const needsBic = new Set(['AD', 'AL', 'CH', 'GB', 'GI', 'MC', 'MD', 'ME', 'MK', 'RS', 'SM', 'VA'])

/** The payload of an EPC QR code for a SEPA credit transfer in euro (EPC069-12 of the European Payments Council). */
export const epcPayload = (payment: EpcPayment): Payload => {
  const { name, iban, bic, amountE4, purpose, reference, text, information } = payment
  const country = compact(iban).slice(0, 2)
  const lines = [
    'BCD',
    bic === null ? '002' : '001',
    '1',
    'SCT',
    bic === null ? '' : compact(bic),
    name,
    compact(iban),
    amountE4 === null ? '' : `EUR${toDecimalString(amountE4, 4)}`,
    purpose ?? '',
    reference === null ? '' : compact(reference),
    text ?? '',
    information ?? '',
  ]
  while (lines.at(-1) === '') lines.pop()
  const joined = lines.join('\n')
  const problems = failed([
    ['name', name.trim() === '' && 'The name of the account holder is missing.'],
    ['name', tooLong(name, 70, 'The name of the account holder')],
    ['name', isMultiLine(name) && 'The name of the account holder has a line break.'],
    ['iban', ibanProblem(iban)],
    ['iban', ibanProblem(iban) === null && !isSepaIban(iban) && 'This account is outside of SEPA.'],
    ['bic', bic !== null && bicProblem(bic)],
    ['bic', bic === null && needsBic.has(country) && `An account in ${country} needs its BIC.`],
    ['amount', amountE4 !== null && amountProblem(amountE4, 'EUR')],
    ['purpose', purpose !== null && !/^[A-Z]{1,4}$/.test(purpose) && 'A purpose is up to four capitals, like CHAR.'],
    ['reference', reference !== null && creditorReferenceProblem(reference)],
    ['reference', reference !== null && text !== null && 'Give a reference or a text, not both.'],
    ['text', tooLong(text, 140, 'The text')],
    ['text', isMultiLine(text) && 'The text has a line break.'],
    ['information', tooLong(information, 70, 'The note')],
    ['information', isMultiLine(information) && 'The note has a line break.'],
    ['text', bytesOf(joined) > 331 && 'All together is more than the 331 bytes that the code can hold.'],
  ])
  return finish(problems, () => joined)
}

export type SwissAddress = {
  readonly name: string
  readonly street: string
  readonly buildingNumber: string
  readonly postalCode: string
  readonly city: string
  readonly country: string
}

export type SwissPayment = {
  readonly iban: string
  readonly creditor: SwissAddress
  readonly amountE4: Amount | null
  readonly currency: string
  readonly debtor: SwissAddress | null
  readonly referenceType: 'QRR' | 'SCOR' | 'NON'
  /** 27 digits for QRR, RF... for SCOR, empty for NON. */
  readonly reference: string
  readonly message: string
  readonly billInformation: string
  readonly alternatives: readonly string[]
}

// Printable Latin letters of the implementation guidelines 2.3 (in force since November 2025), with the euro sign.
const swissText = /^[\x20-\x7e\u00a0-\u017f\u0218-\u021b\u20ac]*$/

const swissTexts = (role: string, address: SwissAddress): Check[] => {
  const limits = [
    ['name', 70, 'name'],
    ['street', 70, 'street'],
    ['buildingNumber', 16, 'house number'],
    ['postalCode', 16, 'postcode'],
    ['city', 35, 'town'],
  ] as const
  const needed = [
    ['name', 'name'],
    ['postalCode', 'postcode'],
    ['city', 'town'],
  ] as const
  const who = role === 'creditor' ? 'payee' : 'payer'
  return [
    ...needed.map(
      ([key, word]): Check => [`${role}.${key}`, address[key].trim() === '' && `The ${word} of the ${who} is missing.`],
    ),
    ...limits.map(
      ([key, most, word]): Check => [`${role}.${key}`, tooLong(address[key], most, `The ${word} of the ${who}`)],
    ),
    ...limits.map(
      ([key, , word]): Check => [
        `${role}.${key}`,
        !swissText.test(address[key]) &&
          `The ${word} of the ${who} has characters that the Swiss QR-bill does not allow.`,
      ],
    ),
    [`${role}.country`, !/^[A-Z]{2}$/.test(address.country) && `The country of the ${who} is missing.`],
  ]
}

const referenceProblem = ({ iban, referenceType, reference }: SwissPayment): string | null => {
  const isQr = isQrIban(iban)
  if (isQr && referenceType !== 'QRR') return 'A QR-IBAN needs a QR reference of 27 digits.'
  if (!isQr && referenceType === 'QRR') return 'A QR reference needs a QR-IBAN; this is an ordinary IBAN.'
  if (referenceType === 'QRR') return qrReferenceProblem(reference)
  if (referenceType === 'SCOR') return creditorReferenceProblem(reference)
  return reference === '' ? null : 'A payment without a reference type has no reference.'
}

const addressElements = (address: SwissAddress | null): string[] =>
  address === null
    ? ['', '', '', '', '', '', '']
    : ['S', address.name, address.street, address.buildingNumber, address.postalCode, address.city, address.country]

const swissElements = (payment: SwissPayment): string[] => {
  const { iban, creditor, amountE4, currency, debtor, referenceType, reference, message, billInformation } = payment
  const more = [billInformation, ...payment.alternatives]
  while (more.at(-1) === '') more.pop()
  return [
    'SPC',
    '0200',
    '1',
    compact(iban),
    ...addressElements(creditor),
    ...addressElements(null),
    amountE4 === null ? '' : toDecimalString(amountE4, 4, 2),
    currency,
    ...addressElements(debtor),
    referenceType,
    compact(reference),
    message,
    'EPD',
    ...more,
  ]
}

/** The payload of a Swiss QR-bill (SIX implementation guidelines 2.3: version 0200, structured addresses only). */
export const swissPayload = (payment: SwissPayment): Payload => {
  const { iban, creditor, amountE4, currency, debtor, message, billInformation, alternatives } = payment
  const joined = swissElements(payment).join('\n')
  const problems = failed([
    ['iban', ibanProblem(iban)],
    ['iban', !/^(CH|LI)/.test(compact(iban)) && 'A Swiss QR-bill needs an account in Switzerland or Liechtenstein.'],
    ...swissTexts('creditor', creditor),
    ...(debtor === null ? [] : swissTexts('debtor', debtor)),
    ['amount', amountE4 !== null && amountProblem(amountE4, currency)],
    ['currency', currency !== 'CHF' && currency !== 'EUR' && 'A Swiss QR-bill is in CHF or EUR.'],
    ['reference', referenceProblem(payment)],
    ['message', tooLong(`${message}${billInformation}`, 140, 'The message with the bill information')],
    ['message', !swissText.test(message + billInformation) && 'The message has characters that are not allowed.'],
    ['alternatives', alternatives.length > 2 && 'There are at most two alternative procedures.'],
    ['alternatives', alternatives.some((text) => text.length > 100) && 'An alternative procedure is over 100 long.'],
    ['message', [...joined].length > 997 && 'All together is more than the 997 characters that the code can hold.'],
  ])
  return finish(problems, () => joined)
}

export type UpiPayment = {
  readonly upiId: string
  readonly name: string
  /** null: the payer types the amount. */
  readonly amountE4: Amount | null
  readonly note: string | null
  readonly reference: string | null
}

/** What is wrong with a UPI id (name@bank), in words; null if nothing. */
export const upiIdProblem = (text: string): string | null =>
  /^[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}$/.test(text) ? null : 'A UPI id looks like name@bank.'

/** The payment address of UPI (NPCI linking specification): blanks as %20, the amount with two decimals, rupees only. */
export const upiPayload = ({ upiId, name, amountE4, note, reference }: UpiPayment): Payload => {
  const problems = failed([
    ['upiId', upiIdProblem(upiId)],
    ['name', name.trim() === '' && 'The name of the payee is missing.'],
    ['amount', amountE4 !== null && amountProblem(amountE4, 'INR')],
    ['note', tooLong(note, 80, 'The note')],
    ['reference', tooLong(reference, 35, 'The reference')],
  ])
  return finish(problems, () => {
    const rest: readonly (readonly [string, string | null])[] = [
      ['pn', name.trim()],
      ['am', amountE4 === null ? null : toDecimalString(amountE4, 4, 2)],
      ['cu', 'INR'],
      ['tn', note],
      ['tr', reference],
    ]
    const pairs = rest.flatMap(([key, value]) =>
      value === null || value === '' ? [] : [`${key}=${encodeURIComponent(value)}`],
    )
    return `upi://pay?pa=${upiId}&${pairs.join('&')}`
  })
}

export type LinkPayment = {
  readonly template: string
  readonly number: string
  readonly amountE4: Amount
  readonly currency: string
}

/** What is wrong with the template of a payment link, in words; null if nothing. */
export const linkTemplateProblem = (template: string): string | null => {
  if (!/^https:\/\/[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?$/.test(template)) return 'A payment link begins with https://.'
  const unknown = /\{(?!number\}|amount\}|currency\})[^}]*\}?/.exec(template)
  return unknown === null
    ? null
    : `${unknown[0]} is not known here; use {number}, {amount} and {currency}, or none of them.`
}

/** The payment link of a document: `{number}`, `{amount}` and `{currency}` filled in. */
export const linkPayload = ({ template, number, amountE4, currency }: LinkPayment): Payload => {
  const values: Readonly<Record<string, string>> = { number, amount: toDecimalString(amountE4, 4, 2), currency }
  const text = template.replace(/\{(\w+)\}/g, (whole, key: string) => encodeURIComponent(values[key] ?? whole))
  const problems = failed([
    ['link', linkTemplateProblem(template)],
    ['link', tooLong(text, 500, 'The payment link')],
  ])
  return finish(problems, () => text)
}
