import type { DocumentLine } from '../../../shared/contract/documents.ts'
import type { EInvoiceAdjustment, EInvoiceLine, Identifier } from '../../../shared/documents/einvoice.ts'
import type { AdjustmentInput, LineTotals } from '../../../shared/documents/model.ts'
import { priceTimesQuantity } from '../../../shared/money/arithmetic.ts'
import { divideRounded } from '../../../shared/money/rounding.ts'
import {
  type Amount,
  amount,
  type Percent,
  type Quantity,
  quantity,
  unitPrice,
  zero,
} from '../../../shared/money/scaled.ts'
import { singleTax, taxFrom, unknownTax } from './from-taxes.ts'
import type { EInvoiceSource } from './source.ts'

const one = quantity(1_000_000n)
const wholeRate = 100_000_000n
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/** An amount with tax less the tax in it, to the cent. */
const withoutTax = (value: Amount, rateE6: Percent): Amount => {
  const cents = divideRounded(value * wholeRate, (wholeRate + rateE6) * 100n, 'half-up')
  return amount(cents * 100n)
}

/** Whether base and percentage make the amount, as receivers check it (Peppol R040: within 0.02). */
const explains = (base: Amount, percentE6: Percent, value: Amount): boolean =>
  magnitude(base * percentE6 - value * wholeRate) <= 200n * wholeRate

type Explained = Pick<EInvoiceAdjustment, 'baseE4' | 'percentE6'>
const unexplained: Explained = { baseE4: null, percentE6: null }

/** Base and percentage of an allowance or charge where they make its amount; neither where they do not. */
export const explanation = (typed: AdjustmentInput, base: Amount, value: Amount): Explained => {
  const { percentE6, amountE4 } = typed
  if (percentE6 === null || amountE4 !== null) return unexplained
  const baseE4 = typed.baseE4 ?? base
  return explains(baseE4, percentE6, value) ? { baseE4, percentE6 } : unexplained
}

const adjustmentsFrom = (
  line: DocumentLine,
  totals: LineTotals,
  rateE6: Percent | null,
  words: EInvoiceSource['words'],
): EInvoiceAdjustment[] => {
  let soFar = totals.grossE4
  return line.adjustments.flatMap((typed, at) => {
    const value = totals.adjustments[at]?.amountE4 ?? zero
    const base = soFar
    soFar = amount(typed.kind === 'charge' ? soFar + value : soFar - value)
    const net = rateE6 === null ? value : withoutTax(value, rateE6)
    if (net === 0n) return []
    return [
      {
        kind: typed.kind,
        reason: typed.reason ?? words[typed.kind === 'charge' ? 'charge' : 'discount'],
        reasonCode: null,
        amountE4: net,
        // With tax in it, the percentage is of a base that stands nowhere in the file.
        ...(rateE6 === null ? explanation(typed, base, value) : unexplained),
      },
    ]
  })
}

type Priced = Pick<EInvoiceLine, 'quantityE6' | 'priceE6' | 'baseQuantityE6'>

const makes = ({ priceE6, quantityE6, baseQuantityE6 }: Priced, goods: Amount, slack: bigint): boolean =>
  magnitude(priceTimesQuantity(priceE6, quantityE6, baseQuantityE6 ?? one, 2, 'half-up') - goods) <= slack

const baseOrNull = (base: Quantity): Quantity | null => (base === one ? null : base)

/** The price without tax in as few decimals as make the line's amount; null where six are not enough. */
const netPrice = (line: DocumentLine, goods: Amount): Priced | null => {
  if (line.quantityE6 === 0n) return null
  for (let decimals = 2; decimals <= 6; decimals += 1) {
    const step = 10n ** BigInt(6 - decimals)
    const exact = { numerator: goods * line.baseQuantityE6 * 100n, denominator: line.quantityE6 * step }
    const sign = exact.denominator < 0n ? -1n : 1n
    const price = divideRounded(exact.numerator * sign, exact.denominator * sign, 'half-up') * step
    const priced = {
      quantityE6: line.quantityE6,
      priceE6: unitPrice(price),
      baseQuantityE6: baseOrNull(line.baseQuantityE6),
    }
    if (price >= 0n && makes(priced, goods, 0n)) return priced
  }
  return null
}

/** The whole of the line as the price of its whole quantity: exact for any amount. */
const wholePrice = ({ quantityE6 }: DocumentLine, goods: Amount): Priced => ({
  quantityE6: quantity(goods < 0n ? -magnitude(quantityE6) : magnitude(quantityE6)),
  priceE6: unitPrice(magnitude(goods) * 100n),
  baseQuantityE6: baseOrNull(quantity(magnitude(quantityE6))),
})

// Receivers let two cents pass between a line and its price times its quantity (Peppol R120).
const lineSlack = 100n

const priceFrom = (line: DocumentLine, goods: Amount, isWithTax: boolean): Priced => {
  // A price is never below zero (BR-27): the sign is the quantity's.
  const sign = line.priceE6 < 0n ? -1n : 1n
  const typed: Priced = {
    quantityE6: quantity(line.quantityE6 * sign),
    priceE6: unitPrice(line.priceE6 * sign),
    baseQuantityE6: baseOrNull(line.baseQuantityE6),
  }
  if (line.quantityE6 === 0n) return { ...typed, priceE6: isWithTax ? unitPrice(0n) : typed.priceE6 }
  if (!isWithTax && makes(typed, goods, lineSlack)) return typed
  return netPrice(line, goods) ?? wholePrice(line, goods)
}

// CPV numbers tell themselves by their eight digits; of anything else only the sender knows what it is.
const classification = (code: string): Identifier => ({
  id: code,
  scheme: /^\d{8}(-\d)?$/.test(code) ? 'STI' : 'ZZZ',
})

/** A line in the words of the standard, with its own net amount; prices with tax become prices without. */
export const lineFrom = (source: EInvoiceSource, line: DocumentLine, at: number): EInvoiceLine => {
  const { content, words } = source
  const none: LineTotals = { id: line.id, grossE4: zero, adjustments: [], netE4: zero, taxE4: zero, totalE4: zero }
  const totals = source.totals.lines[at] ?? none
  const tax = singleTax(line)
  const isWithTax = content.pricesIncludeTax && tax !== null && tax.rateE6 !== 0n
  const adjustments = adjustmentsFrom(line, totals, isWithTax ? tax.rateE6 : null, words)
  const goods = adjustments.reduce(
    (sum, it) => (it.kind === 'charge' ? sum - it.amountE4 : sum + it.amountE4),
    totals.netE4 as bigint,
  )
  return {
    id: String(at + 1),
    note: null,
    name: line.name,
    description: line.description,
    sellerItemId: line.code,
    buyerItemId: null,
    standardId: null,
    classifications: line.classification === null ? [] : [classification(line.classification)],
    originCountry: null,
    attributes: [],
    objectId: null,
    orderLineReference: null,
    buyerAccountingReference: null,
    unitCode: line.unit,
    ...priceFrom(line, amount(goods), isWithTax),
    grossPriceE6: null,
    priceDiscountE6: null,
    adjustments,
    tax: tax === null ? unknownTax : taxFrom(tax),
    period: null,
    netE4: totals.netE4,
  }
}
