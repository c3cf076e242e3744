import { luhn, remainder } from './check-digits.ts'
import { idSchemes } from './index.ts'

/** An address in its one way of writing, or what is wrong with it in words. */
export type AddressCheck =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: string }

type Check = (typed: string) => AddressCheck

const bare = (typed: string) => typed.replace(/\s+/g, '')
const right = (value: string): AddressCheck => ({ ok: true, value })
const wrong = (problem: string): AddressCheck => ({ ok: false, problem })

/** A number that is checked as what it is, and written as `write` makes it of its normal form. */
const asId =
  (id: string, write: (value: string) => string = (value) => value): Check =>
  (typed) => {
    const found = idSchemes.get(id)?.check(typed)
    if (found === undefined) return right(bare(typed))
    return found.ok ? right(write(found.value)) : wrong(`${found.problem} Example: ${write(found.example)}.`)
  }

const shaped =
  (looks: string, shape: RegExp, fits: (value: string) => boolean = () => true): Check =>
  (typed) => {
    const value = bare(typed)
    if (!shape.test(value)) return wrong(`It is ${looks}.`)
    return fits(value) ? right(value) : wrong('The check digit does not fit: a character is wrong or two are swapped.')
  }

const withoutLetters = (value: string) => value.replace(/^[A-Z]+/, '')

// Format: coarse part, fine part if any, two check digits by ISO 7064 MOD 97-10 (Leitweg-ID, KoSIT 2.0.2).
const leitweg = shaped(
  'a Leitweg-ID: digits, a part of letters and digits if there is one, two check digits. Example: 04011000-1234512345-06',
  /^\d{2,12}(-[A-Z0-9]{1,30})?-\d{2}$/i,
  (value) => remainder(value.replaceAll('-', ''), 97) === 1,
)

const mail = shaped('a mail address. Example: invoices@example.com', /^[^@\s]+@[^@\s]+\.[^@\s.]+$/)

// ISO 6523 ICD and EAS codes whose numbers are told apart from wrong ones; others are right as typed.
const checks: Readonly<Record<string, Check>> = {
  EM: mail,
  '0002': asId('FR-SIREN'),
  '0007': shaped('10 digits. Example: 5560360793', /^\d{10}$/, (value) => luhn(value) === 0),
  '0009': asId('FR-SIRET'),
  '0037': shaped(
    '0037, the 8 digits of the business and a part of up to 5. Example: 003712345671',
    /^0037\d{8}\w{0,5}$/,
  ),
  '0060': shaped('9 digits. Example: 150483782', /^\d{9}$/),
  '0088': asId('GLN'),
  '0106': shaped('8 digits. Example: 12345678', /^\d{8}$/),
  '0151': asId('AU-ABN'),
  '0183': asId('CH-UID'),
  '0184': asId('DK-VAT'),
  '0190': shaped('20 digits. Example: 00000001003214345000', /^\d{20}$/),
  '0192': asId('NO-ORG', (value) => value.replace(/\D/g, '')),
  '0199': asId('LEI'),
  '0201': shaped('6 letters or digits. Example: UFY9MH', /^[A-Z0-9]{6}$/i),
  '0204': leitweg,
  '0208': asId('BE-VAT', withoutLetters),
  '0210': shaped(
    '11 digits or a tax code of 16 characters. Example: RSSMRA80A01H501U',
    /^(\d{11}|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\w{3}[A-Z])$/i,
  ),
  '0211': asId('IT-VAT'),
  '0213': asId('FI-VAT'),
  '0225': shaped(
    'a SIREN, alone or with a part after _. Example: 732829320_1',
    /^\d{9}(_\w+)*$/,
    (value) => luhn(value.slice(0, 9)) === 0,
  ),
  '9914': asId('AT-VAT'),
  '9920': asId('ES-VAT'),
  '9925': asId('BE-VAT'),
  '9930': asId('DE-VAT'),
  '9932': asId('GB-VAT'),
  '9933': asId('EL-VAT'),
  '9935': asId('IE-VAT'),
  '9938': asId('LU-VAT'),
  '9944': asId('NL-VAT'),
  '9945': asId('PL-VAT'),
  '9946': asId('PT-VAT'),
  '9947': asId('RO-VAT'),
  '9957': asId('FR-VAT'),
}

/**
 * Checks an electronic address or a number of a register by its scheme: an EAS or ISO 6523 code such as 0088 (GLN), 0192
 * or 9930. A number of a scheme without a known rule is right as typed.
 */
export const checkElectronicAddress = (schemeCode: string, typed: string): AddressCheck =>
  checks[schemeCode]?.(typed) ?? right(typed.trim())
