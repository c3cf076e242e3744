import type {
  EInvoiceAddress,
  EInvoiceContact,
  EInvoiceLine,
  EInvoicePaymentMeans,
  EInvoicePeriod,
  EInvoiceTax,
  EInvoiceWarning,
} from '../../shared/documents/einvoice.ts'
import { refuse } from './einvoice-fields.ts'
import { pathOf, type XmlElement } from './xml.ts'

/** What the readers of both syntaxes carry along. */
export type Reading = { readonly currency: string; readonly warnings: EInvoiceWarning[] }

/** Notes that something in the file was read over. */
export function warn(reading: Reading, element: XmlElement, message: string): void {
  reading.warnings.push({ path: pathOf(element), line: element.line, message })
}

/** An address, or null when nothing of it is said. */
export function addressOrNull(address: EInvoiceAddress): EInvoiceAddress | null {
  return isBlank(address) ? null : address
}

/** A contact, or null when nothing of it is said. */
export function contactOrNull(contact: EInvoiceContact): EInvoiceContact | null {
  return isBlank(contact) ? null : contact
}

/** A period, or null when neither end is said. */
export function periodOrNull(period: EInvoicePeriod): EInvoicePeriod | null {
  return isBlank(period) ? null : period
}

/** Whether all fields are null. */
export function isBlank(record: Readonly<Record<string, unknown>>): boolean {
  return Object.values(record).every((value) => value === null)
}

// A rate is optional in both syntaxes, but only where it can be nothing but zero (BR-O-05 forbids it, E and Z imply it).
const rateRequired: ReadonlySet<string> = new Set(['S', 'L', 'M', 'B'])

/** Refuses a tax whose category cannot do without a rate. */
export function checkedTax<Tax extends EInvoiceTax>(element: XmlElement, tax: Tax): Tax {
  if (tax.rateE6 === null && rateRequired.has(tax.category)) {
    refuse(element, `the VAT category ${tax.category} needs a rate in percent`)
  }
  return tax
}

/** Refuses a line that nothing can be computed from: BR-27 (price below zero) and a base quantity that is not positive. */
export function checkedLine(element: XmlElement, line: EInvoiceLine): EInvoiceLine {
  if (line.priceE6 < 0n) {
    refuse(element, 'the price of an item must not be negative; a negative line has a negative quantity')
  }
  if (line.baseQuantityE6 !== null && line.baseQuantityE6 <= 0n) refuse(element, 'the base quantity must be above zero')
  return line
}

export const noPaymentMeans: Omit<EInvoicePaymentMeans, 'code'> = {
  text: null,
  account: null,
  accountName: null,
  bic: null,
  cardNumber: null,
  cardHolder: null,
  debitedAccount: null,
}

/** Credit notes among the document codes (UNCL 1001) that EN 16931 allows; everything else charges. */
const creditCodes: ReadonlySet<string> = new Set([
  '81',
  '83',
  '261',
  '262',
  '296',
  '308',
  '381',
  '396',
  '420',
  '458',
  '502',
  '503',
  '532',
])

/** Whether a document type code stands for a credit note. */
export function isCreditCode(typeCode: string): boolean {
  return creditCodes.has(typeCode)
}
