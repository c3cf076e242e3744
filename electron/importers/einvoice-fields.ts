import type { Identifier } from '../../shared/documents/einvoice.ts'
import type { TaxCategory } from '../../shared/documents/model.ts'
import { type DecimalProblem, fromDecimalString } from '../../shared/money/decimal-string.ts'
import {
  type Amount,
  amount,
  digits,
  type Percent,
  percent,
  type Quantity,
  quantity,
  type UnitPrice,
  unitPrice,
} from '../../shared/money/scaled.ts'
import { pathOf, type XmlElement, XmlError } from './xml.ts'

/** What keeps a file from being read as an invoice: `path` and `line` of the element, `detail` in words. */
export class EInvoiceError extends XmlError {
  override readonly name = 'EInvoiceError'
}

// The prefixes that the paths in this folder are written with; a file may use any others for the same namespaces.
const namespaces: ReadonlyMap<string, string> = new Map([
  ['cbc', 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'],
  ['cac', 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2'],
  ['rsm', 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'],
  ['ram', 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100'],
  ['udt', 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100'],
  ['qdt', 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100'],
])

/** Throws the fault of an element, with its path and line. */
export function refuse(element: XmlElement, detail: string): never {
  throw new EInvoiceError(pathOf(element), element.line, detail)
}

/** All children that the last step of a path names; every step before it must be there at most once. */
export function many(from: XmlElement | null, path: string): XmlElement[] {
  const cut = path.lastIndexOf('/')
  const parent = cut === -1 ? from : one(from, path.slice(0, cut))
  if (parent === null) return []
  const [prefix = '', name] = path.slice(cut + 1).split(':')
  const namespace = namespaces.get(prefix)
  return parent.children.filter((child) => child.name === name && child.namespace === namespace)
}

/** The one element at a path, or null; two of them are a fault, since one would be dropped in silence. */
export function one(from: XmlElement | null, path: string): XmlElement | null {
  const [first, second] = many(from, path)
  if (second !== undefined) refuse(second, `<${second.tag}> stands here twice, and only one is allowed`)
  return first ?? null
}

/** The one element at a path; `what` names its meaning in the error when it is missing. */
export function need(from: XmlElement, path: string, what: string): XmlElement {
  return one(from, path) ?? missing(from, path, what)
}

function missing(from: XmlElement, path: string, what: string): never {
  const steps = path.split('/')
  let nearest = from
  while (steps.length > 1) {
    const next = one(nearest, steps[0] ?? '')
    if (next === null) break
    nearest = next
    steps.shift()
  }
  return refuse(nearest, `the element ${steps.join('/')} is missing: ${what}`)
}

/** The trimmed text at a path; null where the element is missing or empty. */
export function text(from: XmlElement | null, path: string): string | null {
  const found = one(from, path)
  return found === null ? null : own(found)
}

/** The trimmed text at a path, which must be there. */
export function needText(from: XmlElement, path: string, what: string): string {
  const found = need(from, path, what)
  return own(found) ?? refuse(found, `the element is empty: ${what}`)
}

/** The trimmed text of an element itself, null when empty. */
export function own(element: XmlElement): string | null {
  const trimmed = element.text.trim()
  return trimmed === '' ? null : trimmed
}

/** An identifier with its schemeID; null where missing or empty. */
export function identifier(element: XmlElement | null, schemeAttribute = 'schemeID'): Identifier | null {
  const id = element === null ? null : own(element)
  if (element === null || id === null) return null
  return { id, scheme: element.attributes.get(schemeAttribute)?.trim() || null }
}

/** An ISO date of UBL ('2026-02-28', a time zone is dropped); null where missing. */
export function isoDate(from: XmlElement | null, path: string): string | null {
  const found = one(from, path)
  const value = found === null ? null : own(found)
  if (found === null || value === null) return null
  const match = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/.exec(value)
  return calendarDate(found, value, match?.[1])
}

/** A date of CII: format 102 is YYYYMMDD, the only one that EN 16931 allows; null where missing. */
export function ciiDate(from: XmlElement | null, path: string): string | null {
  const found = one(from, path)
  const value = found === null ? null : own(found)
  if (found === null || value === null) return null
  const format = found.attributes.get('format') ?? '102'
  if (format !== '102') refuse(found, `the date format "${format}" is not allowed: it must be 102 (YYYYMMDD)`)
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(value)
  return calendarDate(found, value, match === null ? undefined : `${match[1]}-${match[2]}-${match[3]}`)
}

function calendarDate(element: XmlElement, written: string, iso: string | undefined): string {
  const time = iso === undefined ? Number.NaN : Date.parse(`${iso}T00:00:00Z`)
  // Date.parse lets 30 February pass as 1 March; only a date that comes back unchanged exists.
  if (iso === undefined || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso) {
    refuse(element, `"${written}" is not a date`)
  }
  return iso
}

const decimalFaults: Readonly<Record<DecimalProblem, string>> = {
  empty: 'the number is missing',
  'not-a-number': 'this is not a number; digits with a point, like 1234.50, are expected',
  'too-many-decimals': 'this has more digits behind the point than can be kept exactly',
  'too-large': 'this number is too large',
}

/** An exact decimal as a scaled integer of `places` digits; null where missing or empty. */
function scaled(element: XmlElement | null, places: number): bigint | null {
  const value = element === null ? null : own(element)
  if (element === null || value === null) return null
  // xs:decimal also writes +1, .5 and 5.; our canonical form does not.
  const canonical = value
    .replace(/^\+(?=[\d.])/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/(\d)\.$/, '$1')
  const result = fromDecimalString(canonical, places)
  if (result.ok) return result.value
  const limit = result.reason === 'too-many-decimals' ? ` (${places})` : ''
  return refuse(element, `"${value.slice(0, 60)}": ${decimalFaults[result.reason]}${limit}`)
}

/** The sum of money in an element, null where empty. A currencyID other than the document's is a fault. */
export function moneyOf(element: XmlElement, currency: string): Amount | null {
  const stated = element.attributes.get('currencyID')?.trim()
  if (stated !== undefined && stated !== currency) {
    refuse(element, `the amount is in ${stated}, but the document is in ${currency}`)
  }
  const units = scaled(element, digits.amount)
  return units === null ? null : amount(units)
}

/** A sum of money at a path; null where missing. */
export function money(from: XmlElement | null, path: string, currency: string): Amount | null {
  const found = one(from, path)
  return found === null ? null : moneyOf(found, currency)
}

/** A sum of money that must be there. */
export function needMoney(from: XmlElement, path: string, currency: string, what: string): Amount {
  return money(from, path, currency) ?? refuse(need(from, path, what), `the element is empty: ${what}`)
}

/** A price per unit, null where missing. */
export function price(from: XmlElement | null, path: string, currency: string): UnitPrice | null {
  const found = one(from, path)
  const stated = found?.attributes.get('currencyID')?.trim()
  if (found !== null && stated !== undefined && stated !== currency) {
    refuse(found, `the price is in ${stated}, but the document is in ${currency}`)
  }
  const units = scaled(found, digits.unitPrice)
  return units === null ? null : unitPrice(units)
}

/** A quantity, null where missing. */
export function count(from: XmlElement | null, path: string): Quantity | null {
  const units = scaled(one(from, path), digits.quantity)
  return units === null ? null : quantity(units)
}

/** A percentage, null where missing. */
export function rate(from: XmlElement | null, path: string): Percent | null {
  const units = scaled(one(from, path), digits.percent)
  return units === null ? null : percent(units)
}

/** A yes or no that must be there. */
export function needFlag(from: XmlElement, path: string, what: string): boolean {
  const found = need(from, path, what)
  const value = own(found)
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
  return refuse(found, `"${value ?? ''}" is neither true nor false`)
}

const categories: ReadonlySet<string> = new Set(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M', 'B'])

/** The VAT category at a path (UNCL 5305), which must be there and be one that EN 16931 knows. */
export function needCategory(from: XmlElement, path: string, what: string): TaxCategory {
  const value = needText(from, path, what)
  if (!isTaxCategory(value)) {
    refuse(need(from, path, what), `"${value}" is not a VAT category; S, Z, E, AE, K, G, O, L, M and B are`)
  }
  return value
}

function isTaxCategory(value: string): value is TaxCategory {
  return categories.has(value)
}

/** A currency code of ISO 4217, three capital letters; null where missing. */
export function currencyCode(from: XmlElement, path: string): string | null {
  const value = text(from, path)
  if (value !== null && !/^[A-Z]{3}$/.test(value)) {
    refuse(need(from, path, 'currency'), `"${value}" is not a currency code of three capital letters`)
  }
  return value
}
