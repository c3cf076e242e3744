import { z } from 'zod'
import { type InvoiceContent, invoiceContentSchema, type LineTax } from '../../../shared/contract/invoices.ts'
import type { TaxCategory } from '../../../shared/documents/model.ts'
import { absolute } from '../../../shared/money/arithmetic.ts'
import { amountOf, quantityOf } from '../../../shared/money/decimal-string.ts'
import { type Amount, type ExchangeRate, percent, zero } from '../../../shared/money/scaled.ts'
import type { InvoiceLineRecord, InvoiceRecord, TaxRecord } from '../../importers/tables/records.ts'
import type { itemFinder } from './item-links.ts'
import type { taxRateFinder } from './items.ts'

/** What the old product may have done otherwise, where its total is not the one that ours would be. */
export type Reading = { readonly shippingTaxed: boolean; readonly pricesIncludeTax: boolean }

type Parts = {
  readonly record: InvoiceRecord
  readonly clientId: string
  readonly branchId: string | null | undefined
  readonly currency: string
  readonly rateE10: ExchangeRate
  readonly language: string
  readonly taxRateOf: Awaited<ReturnType<typeof taxRateFinder>>
  readonly itemOf: Awaited<ReturnType<typeof itemFinder>>
  readonly newId: () => string
}

/** Largest amount that a rounding (BT-114) may close; more than that is another total, not a rounding. */
export const mostRounded = amountOf('1')

const noTax = /^(no|none|n\/a|without|kein\w*|exclu\w*|bas excluded)\b|outside|not taxable|non.?taxable/i

const categoryOf = (name: string, rate: bigint): TaxCategory => {
  if (rate > 0n) return 'S'
  return /exempt|befreit|exon[eé]r/i.test(name) ? 'E' : 'Z'
}

const lineTax = (tax: TaxRecord, taxRateOf: Parts['taxRateOf']): LineTax | null => {
  const known = taxRateOf(tax.name, tax.rateE6)
  const rateE6 = tax.rateE6 ?? known?.rateE6 ?? percent(0n)
  if (known === null && rateE6 === 0n && noTax.test(tax.name)) return null
  return {
    taxRateId: known?.id ?? null,
    name: tax.name,
    category: known?.category ?? categoryOf(tax.name, rateE6),
    rateE6,
    isCompound: false,
    exemptionReason: null,
  }
}

const discount = (amountE4: Amount | null, percentE6: bigint | null, reason = 'Discount') =>
  amountE4 === null && percentE6 === null
    ? []
    : [
        {
          kind: 'allowance' as const,
          reason,
          amountE4: percentE6 === null ? amountE4 : null,
          percentE6: percentE6 === null ? null : percent(percentE6),
          baseE4: null,
        },
      ]

const lineOf = (line: InvoiceLineRecord, { newId, taxRateOf, itemOf }: Parts) => ({
  id: newId(),
  itemId: itemOf(line),
  code: line.code,
  name: line.name,
  description: line.description,
  quantityE6: line.quantityE6,
  unit: line.unit,
  priceE6: line.priceE6,
  baseQuantityE6: quantityOf('1'),
  adjustments: discount(line.discountE4, line.discountPercentE6),
  taxes: line.taxes.flatMap((tax) => lineTax(tax, taxRateOf) ?? []).slice(0, 5),
})

const adjustmentsOf = ({ record, newId }: Parts, reading: Reading) => {
  const { discountE4, discountPercentE6, shippingE4, adjustmentE4 } = record
  const untaxed = (kind: 'charge' | 'allowance', reason: string, value: Amount, taxed: boolean) => ({
    id: newId(),
    kind,
    reason,
    amountE4: absolute(value),
    percentE6: null,
    baseE4: null,
    taxes: taxed ? null : [],
  })
  return [
    ...discount(discountE4, discountPercentE6).map((it) => ({ ...it, id: newId(), taxes: null })),
    ...(shippingE4 === null ? [] : [untaxed('charge', 'Shipping', shippingE4, reading.shippingTaxed)]),
    ...(adjustmentE4 === null || absolute(adjustmentE4) <= mostRounded
      ? []
      : [untaxed(adjustmentE4 > 0n ? 'charge' : 'allowance', 'Adjustment', adjustmentE4, false)]),
  ]
}

/** The content of an invoice of the past, through the contract's own schema; a problem in words where it does not fit. */
export const contentFrom = (
  parts: Parts,
  reading: Reading,
): { readonly content: InvoiceContent } | { readonly problem: string } => {
  const { record } = parts
  const { adjustmentE4 } = record
  const parsed = z.safeParse(invoiceContentSchema, {
    clientId: parts.clientId,
    branchId: parts.branchId,
    currency: parts.currency,
    exchangeRateE10: parts.rateE10,
    language: parts.language,
    reference: record.reference,
    issuedOn: record.date,
    // Due before it was written is an error of the old books, which ours refuse; the terms are not known then.
    dueOn: record.dueDate !== null && record.dueDate < record.date ? null : record.dueDate,
    paymentTermsDays: null,
    supplyFrom: null,
    supplyTo: null,
    pricesIncludeTax: reading.pricesIncludeTax,
    notes: record.notes,
    terms: record.terms,
    prepaidE4: zero,
    roundingAmountE4: adjustmentE4 !== null && absolute(adjustmentE4) <= mostRounded ? adjustmentE4 : null,
    lines: record.lines.map((line) => lineOf(line, parts)),
    adjustments: adjustmentsOf(parts, reading),
  })
  if (parsed.success) return { content: parsed.data }
  const [issue] = parsed.error.issues
  return { problem: `It does not fit: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }
}
