import type { LineTax } from '../contract/documents.ts'
import type { QuoteLine } from '../contract/quotes.ts'
import { type Amount, amount, type Percent, percent, type Quantity, quantity } from '../money/scaled.ts'
import { calculateDocument } from './calculate.ts'
import { documentInputOf } from './from-content.ts'
import { type OwnAmounts, ownAmounts } from './own-amounts.ts'
import { type AcceptedQuote, isShare, sumBy, sumOf, type Taken } from './quote-parts.ts'

export type SetLeft = {
  readonly key: string
  readonly taxes: readonly LineTax[]
  readonly wholeE4: Amount
  readonly leftE4: Amount
}

export type LineLeft = { readonly line: QuoteLine; readonly quantityE6: Quantity; readonly isOpen: boolean }

/** What is left to invoice of a quote. */
export type QuoteLeft = {
  readonly own: OwnAmounts
  readonly sets: readonly SetLeft[]
  readonly lines: readonly LineLeft[]
  /** Invoiced as a share of the whole, in percent. */
  readonly sharedE6: Percent
  readonly payableE4: Amount
  /** Nothing is left in any of the sets of taxes. */
  readonly isDone: boolean
}

/** What is left of an accepted quote after the invoices made from it; RangeError as `calculateDocument`. */
export const quoteLeft = ({ content, rounding }: AcceptedQuote, earlier: readonly Taken[]): QuoteLeft => {
  const own = ownAmounts(content, rounding)
  const whole = calculateDocument(documentInputOf(content, rounding))
  const amounts = sumBy(
    earlier.flatMap((taken) => taken.sets),
    (it) => it.set,
    (it) => it.amountE4,
  )
  const quantities = sumBy(
    earlier.flatMap((taken) => taken.quantities),
    (it) => it.lineId,
    (it) => it.quantityE6,
  )
  const sets = own.sets.map(({ key, taxes, amountE4 }) => ({
    key,
    taxes,
    wholeE4: amountE4,
    leftE4: amount(amountE4 - (amounts.get(key) ?? 0n)),
  }))
  const isDone = earlier.length > 0 && sets.every((set) => set.leftE4 === 0n)
  return {
    own,
    sets,
    lines: content.lines.map((line) => {
      const leftE6 = line.quantityE6 - (quantities.get(line.id) ?? 0n)
      return {
        line,
        // Shares leave the lines alone until they have taken everything.
        quantityE6: quantity(isDone ? 0n : leftE6),
        isOpen: !isDone && (line.quantityE6 === 0n ? !quantities.has(line.id) : leftE6 !== 0n),
      }
    }),
    sharedE6: percent(sumOf(earlier.filter(isShare).map((taken) => taken.percentE6 ?? 0n))),
    payableE4: amount(whole.payableE4 - sumOf(earlier.map((taken) => taken.payableE4))),
    isDone,
  }
}

const isWithin = (value: bigint, left: bigint): boolean =>
  left < 0n ? value <= 0n && value >= left : value >= 0n && value <= left

/** Whether what an invoice took before is still, or again, left of the quote. */
export const takesWhatIsLeft = (quote: AcceptedQuote, earlier: readonly Taken[], taken: Taken): boolean => {
  const left = quoteLeft(quote, earlier)
  const quantities = new Map(left.lines.map((it) => [it.line.id, it.quantityE6]))
  const sets = new Map(left.sets.map((set) => [set.key, set.leftE4]))
  return (
    !left.isDone &&
    left.sharedE6 + (isShare(taken) ? (taken.percentE6 ?? 0n) : 0n) <= 100_000_000n &&
    taken.quantities.every((it) => isWithin(it.quantityE6, quantities.get(it.lineId) ?? 0n)) &&
    taken.sets.every((it) => isWithin(it.amountE4, sets.get(it.set) ?? 0n))
  )
}
