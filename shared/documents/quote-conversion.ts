import type { DocumentLine } from '../contract/documents.ts'
import type { QuoteContent, QuoteConversion } from '../contract/quotes.ts'
import { AppError } from '../errors.ts'
import { formatAmount } from '../money/format.ts'
import { type Amount, amount, type Percent } from '../money/scaled.ts'
import { calculateDocument } from './calculate.ts'
import { documentInputOf } from './from-content.ts'
import { ownAmounts } from './own-amounts.ts'
import { type QuoteLeft, quoteLeft } from './quote-left.ts'
import {
  fixedAdjustments,
  openLines,
  type Parts,
  type Picked,
  partsOfLines,
  partsOfRest,
  pickedLines,
} from './quote-lines.ts'
import { type AcceptedQuote, amountLine, type ConversionFrame, sumOf, type Taken, unitOf } from './quote-parts.ts'
import { shareAmounts } from './quote-shares.ts'

export { type QuoteLeft, quoteLeft, takesWhatIsLeft } from './quote-left.ts'
export type { AcceptedQuote, ConversionFrame, ConversionTexts, Taken } from './quote-parts.ts'

/** What an invoice made from a quote says of itself, and what it takes of the quote. */
export type Converted = {
  readonly lines: readonly DocumentLine[]
  readonly adjustments: QuoteContent['adjustments']
  readonly payableStepE4: Amount | null
  readonly roundingAmountE4: Amount | null
  readonly netE4: Amount
  readonly taxE4: Amount
  readonly payableE4: Amount
  readonly percentE6: Percent | null
  readonly quantities: Taken['quantities']
  readonly sets: Taken['sets']
}

type Draft = Parts & { readonly picked: readonly Picked[]; readonly closes: boolean }

const partsOf = (
  quote: AcceptedQuote,
  left: QuoteLeft,
  earlier: readonly Taken[],
  conversion: QuoteConversion,
  frame: ConversionFrame,
): Draft => {
  switch (conversion.kind) {
    case 'lines': {
      const picked = pickedLines(left, conversion.lines)
      const isLast = openLines(left).every((open) =>
        picked.some((it) => it.left.line.id === open.left.line.id && it.quantityE6 === open.quantityE6),
      )
      return { ...partsOfLines(quote, left, picked, frame), picked, closes: isLast && left.sharedE6 === 0n }
    }
    case 'final':
      return { ...partsOfRest(quote, left, earlier, frame), picked: openLines(left), closes: true }
    default: {
      const { kind, percentE6 } = conversion
      const amounts = shareAmounts(left, earlier, percentE6, unitOf(quote.content))
      const text = kind === 'deposit' ? frame.texts.deposit(percentE6) : frame.texts.share(percentE6)
      const taken = left.sets.flatMap((set, index) => {
        const amountE4 = amounts[index] ?? 0n
        return amountE4 === 0n ? [] : [{ taxes: set.taxes, amountE4 }]
      })
      const lines = taken.map(({ taxes, amountE4 }) =>
        amountLine(taken.length > 1 ? `${text}${frame.texts.taxes(taxes)}` : text, taxes, amountE4, frame),
      )
      return { lines, adjustments: [], picked: [], closes: left.sets.every((set, at) => set.leftE4 === amounts[at]) }
    }
  }
}

const refuseMore = (left: QuoteLeft, quote: AcceptedQuote, currency: string): never => {
  const rest = amount(sumOf(left.sets.map((set) => set.leftE4)))
  const text = formatAmount(rest, currency, 'en')
  const what = quote.content.pricesIncludeTax ? text : `${text} without tax`
  const message =
    left.sharedE6 === 0n
      ? `Only ${what} is left of the quote. Choose the lines that lower it too.`
      : `Only ${what} is left of the quote, since a share of it is invoiced. Choose less, or make the final invoice.`
  throw new AppError('OVER_ALLOCATED', message, { fields: { 'conversion.lines': message } })
}

/** By how much each set of taxes differs from what this invoice may take: rounding, or more than is left. */
const corrections = (quote: AcceptedQuote, left: QuoteLeft, draft: Draft, earlier: readonly Taken[]) => {
  const content = { ...quote.content, lines: [...draft.lines], adjustments: draft.adjustments }
  const own = new Map(ownAmounts(content, quote.rounding).sets.map((set) => [set.key, set.amountE4]))
  const unitE4 = unitOf(content)
  const tolerance = unitE4 * BigInt((earlier.length + 1) * (left.lines.length + content.adjustments.length + 2))
  const amounts = left.sets.map((set) => own.get(set.key) ?? 0n)
  const [sum, rest] = [sumOf(amounts), sumOf(left.sets.map((set) => set.leftE4))]
  const isMore = rest < 0n ? sum < rest - tolerance : sum > rest + tolerance
  if (!draft.closes && isMore) refuseMore(left, quote, content.currency)
  return left.sets.map((set, index) => {
    const amountE4 = amounts[index] ?? 0n
    if (draft.closes) return { set, amountE4: set.leftE4, differenceE4: set.leftE4 - amountE4 }
    const over = set.leftE4 < 0n ? amountE4 < set.leftE4 : amountE4 > set.leftE4
    const more = over ? amountE4 - set.leftE4 : 0n
    if (left.sharedE6 !== 0n && (more > tolerance || more < -tolerance)) refuseMore(left, quote, content.currency)
    return { set, amountE4, differenceE4: 0n }
  })
}

/**
 * The invoice of chosen lines, of a percentage, of a deposit, or of all that is left of an accepted quote. Whatever
 * the order of them, the invoices up to the one that closes the quote take exactly its amounts, set of taxes by set of
 * taxes, and are payable for exactly what it is: tax is worked out on each invoice as the law asks, and the last one
 * rounds (BT-114) what that differs by.
 * AppError INVALID_STATE when nothing is left, OVER_ALLOCATED beyond what is left, VALIDATION for no share.
 */
export const convertQuote = (
  quote: AcceptedQuote,
  earlier: readonly Taken[],
  conversion: QuoteConversion,
  frame: ConversionFrame,
): Converted => {
  const left = quoteLeft(quote, earlier)
  if (left.isDone) throw new AppError('INVALID_STATE', 'This quote is invoiced in full: nothing is left of it.')
  const draft = partsOf(quote, left, earlier, conversion, frame)
  const sets = corrections(quote, left, draft, earlier)
  const closes = draft.closes || sets.every(({ set, amountE4 }) => set.leftE4 === amountE4)
  const lines = [
    ...draft.lines,
    ...sets.flatMap(({ set, differenceE4 }) =>
      differenceE4 === 0n
        ? []
        : [
            amountLine(
              draft.lines.length === 0 ? frame.texts.rest : frame.texts.rounding,
              set.taxes,
              differenceE4,
              frame,
            ),
          ],
    ),
  ]
  const adjustments = lines.length === draft.lines.length ? draft.adjustments : fixedAdjustments(quote, draft, frame)
  const content = { ...quote.content, lines, adjustments, roundingAmountE4: null }
  const totals = calculateDocument(documentInputOf(content, quote.rounding))
  const isExact = !closes || totals.payableE4 === left.payableE4
  const roundingE4 = left.payableE4 - totals.totalE4
  return {
    lines,
    adjustments,
    payableStepE4: isExact ? content.payableStepE4 : null,
    roundingAmountE4: isExact || roundingE4 === 0n ? null : amount(roundingE4),
    netE4: totals.netE4,
    taxE4: totals.taxE4,
    payableE4: isExact ? totals.payableE4 : left.payableE4,
    percentE6: 'percentE6' in conversion ? conversion.percentE6 : null,
    quantities: draft.picked.map(({ left: { line }, quantityE6 }) => ({ lineId: line.id, quantityE6 })),
    sets: sets.map(({ set, amountE4 }) => ({ set: set.key, amountE4: amount(amountE4) })),
  }
}
