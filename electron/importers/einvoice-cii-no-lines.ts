import type { EInvoiceAdjustment, EInvoiceLine, EInvoiceTax, EInvoiceTaxRow } from '../../shared/documents/einvoice.ts'
import { type Amount, amount, percent, quantity, unitPrice } from '../../shared/money/scaled.ts'
import { type Reading, warn } from './einvoice-parts.ts'
import { rateBehind } from './tables/rows/invoice-lines.ts'
import type { XmlElement } from './xml.ts'

/** Whether a profile has no lines: MINIMUM and BASIC WL of Factur-X and ZUGFeRD 2. */
export const hasNoLines = (specification: string | null): boolean =>
  /^urn:(factur-x\.eu|zugferd\.de):[\d.p]+:(minimum|basicwl)$/i.test(specification?.trim() ?? '')

type Sums = { readonly netE4: Amount; readonly taxE4: Amount | null }

// What MINIMUM says of VAT is its sum alone.
const singleRow = ({ netE4, taxE4 }: Sums): EInvoiceTaxRow => {
  const paid = taxE4 ?? 0n
  const rate = rateBehind(paid, netE4) ?? (netE4 === 0n ? 0n : ((paid * 10_000n) / netE4) * 10_000n)
  return {
    category: paid === 0n ? 'Z' : 'S',
    rateE6: percent(rate),
    exemptionReason: null,
    exemptionCode: null,
    taxableE4: netE4,
    taxE4: amount(paid),
  }
}

const sameRate = (a: EInvoiceTax, b: EInvoiceTax) => a.category === b.category && (a.rateE6 ?? 0n) === (b.rateE6 ?? 0n)

const lineOf = (id: string, name: string, tax: EInvoiceTax, netE4: bigint): EInvoiceLine => ({
  id,
  name,
  note: null,
  description: null,
  sellerItemId: null,
  buyerItemId: null,
  standardId: null,
  classifications: [],
  originCountry: null,
  attributes: [],
  objectId: null,
  orderLineReference: null,
  buyerAccountingReference: null,
  // A price is never below zero; a quantity may be.
  quantityE6: quantity(netE4 < 0n ? -1_000_000n : 1_000_000n),
  unitCode: 'C62',
  priceE6: unitPrice((netE4 < 0n ? -netE4 : netE4) * 100n),
  grossPriceE6: null,
  priceDiscountE6: null,
  baseQuantityE6: null,
  adjustments: [],
  tax,
  period: null,
  netE4: amount(netE4),
})

type Parts = {
  readonly root: XmlElement
  readonly number: string
  readonly taxes: readonly EInvoiceTaxRow[]
  readonly adjustments: readonly (EInvoiceAdjustment & { readonly tax: EInvoiceTax })[]
  readonly sums: Sums
}

/** Lines in place of those that a profile without lines leaves out: one for each rate, so that its totals come out. */
export const linesInstead = (
  { root, number, taxes, adjustments, sums }: Parts,
  reading: Reading,
): { readonly lines: EInvoiceLine[]; readonly taxes: readonly EInvoiceTaxRow[] } => {
  warn(reading, root, 'the profile of this file has no lines: its total stands as one line for each VAT rate')
  const rows = taxes.length > 0 ? taxes : [singleRow(sums)]
  if (taxes.length === 0 && (sums.taxE4 ?? 0n) === 0n)
    warn(reading, root, 'the file does not say why it has no VAT: choose the tax of its line')
  const lines = rows.map((row, index) => {
    const adjusted = adjustments
      .filter((entry) => sameRate(entry.tax, row))
      .reduce((sum, { kind, amountE4 }) => sum + (kind === 'charge' ? amountE4 : -amountE4), 0n)
    const { taxableE4, taxE4: _tax, ...tax } = row
    return lineOf(String(index + 1), `Invoice ${number}`, tax, taxableE4 - adjusted)
  })
  return { lines, taxes: rows }
}
