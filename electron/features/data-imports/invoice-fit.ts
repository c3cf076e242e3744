import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import type { DocumentTotals, Rounding, RoundingScope } from '../../../shared/documents/model.ts'
import { AppError } from '../../../shared/errors.ts'
import { absolute, add, subtract } from '../../../shared/money/arithmetic.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import { totalsOf } from '../invoices/totals.ts'
import type { contentFrom, Reading } from './invoice-content.ts'
import { mostRounded } from './invoice-content.ts'

export type Fit = {
  readonly content: InvoiceContent
  readonly rounding: Rounding
  readonly totals: DocumentTotals
  /** Closed by a rounding amount; zero where our total was the file's at once. */
  readonly differenceE4: Amount
}

export type FitResult =
  | { readonly fit: Fit }
  | { readonly problem: string }
  | { readonly oursE4: Amount; readonly theirsE4: Amount }

type Parts = Parameters<typeof contentFrom>[0]

const readingsOf = ({ record }: Parts): Reading[] => {
  const shipping = record.shippingE4 === null ? [true] : [true, false]
  const taxed = record.lines.some((line) => line.taxes.length > 0) ? [false, true] : [false]
  return taxed.flatMap((pricesIncludeTax) => shipping.map((shippingTaxed) => ({ shippingTaxed, pricesIncludeTax })))
}

const scopesOf = (own: RoundingScope): RoundingScope[] => [
  own,
  ...(['rate', 'line', 'document'] as const).filter((scope) => scope !== own),
]

const closed = (fit: Fit, differenceE4: Amount): Fit => {
  const content = { ...fit.content, roundingAmountE4: add(fit.content.roundingAmountE4 ?? zero, differenceE4) }
  return { ...fit, content, totals: totalsOf(content, fit.rounding), differenceE4 }
}

/**
 * The content whose total by our kernel is the one of the file. Products round tax by line, by rate or once, and put
 * tax into prices or on top: each of these is tried before a difference is called one.
 */
export const fitToTotal = (
  parts: Parts,
  make: typeof contentFrom,
  own: Rounding,
  differences: 'round' | 'refuse',
): FitResult => {
  let nearest: { readonly fit: Fit; readonly gapE4: Amount } | null = null
  const wanted = parts.record.totalE4
  for (const reading of readingsOf(parts)) {
    const made = make(parts, reading)
    if ('problem' in made) return made
    for (const scope of scopesOf(own.scope)) {
      const fit = fitOf(made.content, { mode: own.mode, scope })
      if ('problem' in fit) return fit
      const gapE4 = wanted === null ? zero : subtract(wanted, fit.totals.payableE4)
      if (gapE4 === zero) return { fit }
      if (nearest === null || absolute(gapE4) < absolute(nearest.gapE4)) nearest = { fit, gapE4 }
    }
  }
  if (nearest === null || wanted === null) return { problem: 'It has no lines.' }
  if (differences === 'round' && absolute(nearest.gapE4) <= mostRounded)
    return { fit: closed(nearest.fit, nearest.gapE4) }
  return { oursE4: nearest.fit.totals.payableE4, theirsE4: wanted }
}

const fitOf = (content: InvoiceContent, rounding: Rounding): Fit | { readonly problem: string } => {
  try {
    return { content, rounding, totals: totalsOf(content, rounding), differenceE4: zero }
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message }
    throw error
  }
}
