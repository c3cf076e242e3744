import type { Quote, QuoteConversion } from '../../../../shared/contract/quotes.ts'
import { type Percent, percent, type Quantity } from '../../../../shared/money/scaled.ts'

/** What a person chose so far, of each way to invoice: changing the way forgets nothing. */
export type ConversionChoice = {
  readonly kind: QuoteConversion['kind']
  readonly quantities: ReadonlyMap<string, Quantity>
  readonly percentE6: Percent | null
}

/** Everything left at first; of the lines, what is left of each. */
export const firstConversion = (quote: Quote): ConversionChoice => ({
  kind: 'final',
  quantities: new Map(quote.lineRests.filter((it) => it.leftE6 !== 0n).map((it) => [it.lineId, it.leftE6])),
  percentE6: percent(30_000_000n),
})

/** The choice as a procedure takes it; null while it chooses nothing. */
export const conversionOf = ({ kind, quantities, percentE6 }: ConversionChoice): QuoteConversion | null => {
  if (kind === 'final') return { kind }
  if (kind === 'lines') {
    const lines = [...quantities]
      .filter(([, quantityE6]) => quantityE6 !== 0n)
      .map(([lineId, quantityE6]) => ({ lineId, quantityE6 }))
    return lines.length === 0 ? null : { kind, lines }
  }
  return percentE6 === null || percentE6 <= 0n ? null : { kind, percentE6 }
}
