import { divideRounded } from '../../../../shared/money/rounding.ts'
import { amount, percent, quantity, unitPrice } from '../../../../shared/money/scaled.ts'
import type { Cells } from '../cells.ts'
import type { InvoiceLineRecord, TaxRecord } from '../records.ts'
import { rateInName, unitOfWord } from './items.ts'

const one = 1_000_000n

const magnitude = (value: bigint) => (value < 0n ? -value : value)

/**
 * The rate behind a tax amount (e4) on a base (e4): the one with the fewest decimals, up to three, that gives the amount
 * to the cent; null where none does, as where the amount was rounded together with others.
 */
export const rateBehind = (taxE4: bigint, baseE4: bigint): bigint | null => {
  if (baseE4 === 0n) return null
  for (const step of [1_000_000n, 100_000n, 10_000n, 1_000n]) {
    const rate = divideRounded(taxE4 * 100n * one, baseE4 * step, 'half-up') * step
    const cents = divideRounded(baseE4 * rate, 100n * one * 100n, 'half-up')
    if (rate >= 0n && cents * 100n === taxE4) return rate
  }
  return null
}

type TaxCells = { readonly name: string; readonly rate: string; readonly amount: string }
const taxCells: readonly TaxCells[] = [
  { name: 'tax1Name', rate: 'tax1Rate', amount: 'tax1Amount' },
  { name: 'tax2Name', rate: 'tax2Rate', amount: 'tax2Amount' },
]

const taxFrom = (cells: Cells, at: TaxCells, baseE4: bigint): TaxRecord | null => {
  const name = cells.line(at.name, 60)
  const taxE4 = cells.number(at.amount, 4)
  const said = cells.number(at.rate, 6) ?? (name === null ? null : rateInName(name))
  if (said !== null)
    return name === null && said === 0n ? null : { name: name ?? 'Tax', rateE6: percent(magnitude(said)) }
  if (taxE4 === null || taxE4 === 0n)
    return name === null ? null : { name, rateE6: taxE4 === null ? null : percent(0n) }
  const rate = rateBehind(magnitude(taxE4), magnitude(baseE4))
  if (rate !== null) return { name: name ?? 'Tax', rateE6: percent(rate) }
  cells.problem(at.amount, 'No rate gives this tax to the cent, so the nearest one of three decimals is taken.', false)
  const nearest = divideRounded(magnitude(taxE4) * 100n * one, magnitude(baseE4) * 1000n || 1n, 'half-up') * 1000n
  return { name: name ?? 'Tax', rateE6: percent(nearest) }
}

type Priced = { readonly quantityE6: bigint; readonly priceE6: bigint }

// What is missing of quantity, price and amount follows from the others; where they disagree the amount is what was billed.
const priceFrom = (cells: Cells, discounted: boolean): Priced | null => {
  const price = cells.number('price', 6)
  const count = cells.number('quantity', 6)
  const lineE4 = cells.number('lineAmount', 4)
  if (price === null && lineE4 === null) return null
  const quantityE6 = count === null || count === 0n ? one : count
  if (price === null || lineE4 === null) {
    if (price !== null) return { quantityE6, priceE6: price }
    const whole = (lineE4 ?? 0n) * 100n
    const exact = (whole * one) % quantityE6 === 0n
    return exact ? { quantityE6, priceE6: (whole * one) / quantityE6 } : { quantityE6: one, priceE6: whole }
  }
  const productE4 = divideRounded(quantityE6 * price, 100_000_000n, 'half-up')
  if (discounted || magnitude(productE4 - lineE4) <= 100n) return { quantityE6, priceE6: price }
  cells.problem(
    'lineAmount',
    'Quantity times price is not this amount, so the line comes in as one piece at the amount.',
    false,
  )
  return { quantityE6: one, priceE6: lineE4 * 100n }
}

/** The line that a row holds; null where it has none, or none that can be read. */
export const lineFrom = (cells: Cells): InvoiceLineRecord | null => {
  const discountE4 = cells.number('lineDiscountAmount', 4)
  const discountPercentE6 = cells.number('lineDiscountPercent', 6)
  const hasDiscount = (discountE4 ?? 0n) !== 0n || (discountPercentE6 ?? 0n) !== 0n
  const priced = priceFrom(cells, hasDiscount)
  if (cells.isRefused()) return null
  const name = cells.line('itemName', 300)
  const description = cells.long('itemDescription', 4000)
  if (priced === null && name === null && description === null) return null
  const { quantityE6, priceE6 } = priced ?? { quantityE6: one, priceE6: 0n }
  const grossE4 = divideRounded(quantityE6 * priceE6, 100_000_000n, 'half-up')
  const percentOff = divideRounded(grossE4 * (discountPercentE6 ?? 0n), 100n * one, 'half-up')
  const baseE4 = grossE4 - (discountE4 ?? 0n) - percentOff
  const taxes = taxCells.flatMap((at) => taxFrom(cells, at, baseE4) ?? [])
  return {
    row: cells.rowNumber(),
    name: name ?? description?.replace(/\s+/g, ' ').slice(0, 300) ?? 'Item',
    code: cells.line('itemCode', 50),
    description: name === null ? null : description,
    quantityE6: quantity(quantityE6),
    unit: unitOfWord(cells.raw('unit')),
    priceE6: unitPrice(priceE6),
    discountE4: discountE4 === null || discountE4 === 0n ? null : amount(magnitude(discountE4)),
    discountPercentE6:
      discountPercentE6 === null || discountPercentE6 === 0n ? null : percent(magnitude(discountPercentE6)),
    taxes,
  }
}
