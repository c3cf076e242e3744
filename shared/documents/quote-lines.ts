import type { DocumentLine } from '../contract/documents.ts'
import type { QuoteContent } from '../contract/quotes.ts'
import { AppError } from '../errors.ts'
import { toDecimalString } from '../money/decimal-string.ts'
import { type Amount, amount, digits, type Quantity } from '../money/scaled.ts'
import { ownAmounts } from './own-amounts.ts'
import type { LineLeft, QuoteLeft } from './quote-left.ts'
import {
  type AcceptedQuote,
  amountLine,
  type ConversionFrame,
  isShare,
  partOfLine,
  prorate,
  sumOf,
  type Taken,
  unitOf,
} from './quote-parts.ts'

export type Picked = { readonly left: LineLeft; readonly quantityE6: Quantity }

/** The lines of an invoice and the document's allowances and charges that go with them. */
export type Parts = {
  readonly lines: readonly DocumentLine[]
  readonly adjustments: QuoteContent['adjustments']
}

type Choice = { readonly lineId: string; readonly quantityE6: Quantity }

/** Chosen lines with their quantities; AppError VALIDATION or OVER_ALLOCATED for what the quote does not have left. */
export const pickedLines = (left: QuoteLeft, choices: readonly Choice[]): Picked[] => {
  if (new Set(choices.map((choice) => choice.lineId)).size !== choices.length)
    throw new AppError('VALIDATION', 'Name each line once.', { fields: { 'conversion.lines': 'Name each line once.' } })
  return choices.map(({ lineId, quantityE6 }, index) => {
    const own = left.lines.find((it) => it.line.id === lineId)
    if (own === undefined) {
      throw new AppError('NOT_FOUND', 'This line is not a part of what the client accepted.', {
        details: { id: lineId },
      })
    }
    const most = own.quantityE6
    const isPart = most >= 0n ? quantityE6 >= 0n && quantityE6 <= most : quantityE6 < 0n && quantityE6 >= most
    if (own.isOpen && isPart && (quantityE6 !== 0n || most === 0n)) return { left: own, quantityE6 }
    const message = own.isOpen
      ? `“${own.line.name}” has ${toDecimalString(most, digits.quantity)} left to invoice.`
      : `“${own.line.name}” is invoiced already.`
    throw new AppError('OVER_ALLOCATED', message, { fields: { [`conversion.lines.${index}.quantityE6`]: message } })
  })
}

/** Everything that is left of the lines. */
export const openLines = (left: QuoteLeft): Picked[] =>
  left.lines.filter((it) => it.isOpen).map((it) => ({ left: it, quantityE6: it.quantityE6 }))

const size = (amounts: readonly Amount[]): bigint => sumOf(amounts.map((it) => (it < 0n ? -it : it)))

// A fixed allowance of the document goes with the lines in proportion to what they come to; a percentage follows them.
const adjustmentsWith = (
  quote: AcceptedQuote,
  left: QuoteLeft,
  lines: readonly DocumentLine[],
  { newId }: ConversionFrame,
): QuoteContent['adjustments'] => {
  if (lines.length === 0) return []
  const bare = ownAmounts({ ...quote.content, lines: [...lines], adjustments: [] }, quote.rounding)
  const [part, whole] = [size(bare.lines), size(left.own.lines)]
  const unitE4 = unitOf(quote.content)
  const scaled = (value: Amount | null) =>
    value === null || part === whole ? value : prorate(value, part, whole, unitE4)
  return quote.content.adjustments.map((it) => ({
    ...it,
    id: newId(),
    amountE4: scaled(it.amountE4),
    baseE4: scaled(it.baseE4),
  }))
}

/** Lines as an invoice has them, with the allowances and charges of the document that fall on them. */
export const partsOfLines = (
  quote: AcceptedQuote,
  left: QuoteLeft,
  picked: readonly Picked[],
  frame: ConversionFrame,
): Parts => {
  const unitE4 = unitOf(quote.content)
  const lines = picked.map(({ left: { line }, quantityE6 }) => partOfLine(line, quantityE6, unitE4, frame.newId))
  return { lines, adjustments: adjustmentsWith(quote, left, lines, frame) }
}

/**
 * The adjustments of a document with the amounts that they come to on these lines: spread over lines that are added,
 * such as deductions, they would come to something else.
 */
export const fixedAdjustments = (
  quote: AcceptedQuote,
  { lines, adjustments }: Parts,
  { newId }: ConversionFrame,
): QuoteContent['adjustments'] => {
  const own = ownAmounts({ ...quote.content, lines: [...lines], adjustments }, quote.rounding)
  return adjustments.flatMap((it, index) =>
    (own.adjustments[index] ?? []).map((share) => ({
      id: newId(),
      kind: it.kind,
      reason: it.reason,
      amountE4: amount(it.kind === 'allowance' ? -share.amountE4 : share.amountE4),
      percentE6: null,
      baseE4: null,
      taxes: [...share.taxes],
    })),
  )
}

const deductionsOf = (left: QuoteLeft, shares: readonly Taken[], frame: ConversionFrame): DocumentLine[] =>
  shares.flatMap((taken) => {
    const { kind, percentE6, number } = taken
    if (number === null || percentE6 === null) {
      const what = kind === 'deposit' ? 'The deposit invoice' : 'An invoice of a percentage'
      throw new AppError(
        'INVALID_STATE',
        `${what} is still a draft. Issue it first: the final invoice takes it off by its number.`,
      )
    }
    const text = frame.texts.less({ kind, percentE6, number })
    const several = taken.sets.length > 1
    // The paper has to say what was asked for before and the tax in it, once for all rates (Directive 2006/112/EC,
    // article 226; in Germany section 14(5) of the UStG).
    let description = taken.taxE4 === undefined ? null : frame.texts.asked(taken.payableE4, taken.taxE4)
    return taken.sets.flatMap(({ set, amountE4 }) => {
      const taxes = left.sets.find((it) => it.key === set)?.taxes ?? []
      if (amountE4 === 0n) return []
      const line = amountLine(several ? `${text}${frame.texts.taxes(taxes)}` : text, taxes, -amountE4, frame)
      const said = { ...line, description }
      description = null
      return [said]
    })
  })

/** All lines that are left, less what deposits and percentages took before, each with its tax and number. */
export const partsOfRest = (
  quote: AcceptedQuote,
  left: QuoteLeft,
  earlier: readonly Taken[],
  frame: ConversionFrame,
): Parts => {
  const parts = partsOfLines(quote, left, openLines(left), frame)
  const shares = earlier.filter(isShare)
  if (shares.length === 0) return parts
  return {
    lines: [...parts.lines, ...deductionsOf(left, shares, frame)],
    adjustments: fixedAdjustments(quote, parts, frame),
  }
}
