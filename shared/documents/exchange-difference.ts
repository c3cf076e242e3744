import { convert, subtract } from '../money/arithmetic.ts'
import type { RoundingMode } from '../money/rounding.ts'
import { type Amount, amount, type ExchangeRate, zero } from '../money/scaled.ts'

/** A part of an invoice that something settles: money, credit, or (no source) a write-off at the invoice's own rate. */
export type Settlement = {
  readonly id: string
  readonly invoiceId: string
  readonly invoiceRateE10: ExchangeRate
  /** The payment or credit note that it comes from, whose parts add up as well. */
  readonly source: { readonly id: string; readonly rateE10: ExchangeRate } | null
  readonly amountE4: Amount
}

/**
 * The realised exchange difference of each settlement in base currency: what it was worth when it came less what it was
 * worth when invoiced (IAS 21.28); a gain is above zero. Each is a difference of converted sums, so that the parts of a
 * payment give its base amount, those of an invoice give the invoice's, and differences add up to theirs exactly. The
 * settlements are to be given in the order in which they were made, with all of each source and invoice asked about.
 */
export const exchangeDifferences = (
  settlements: readonly Settlement[],
  baseMinorUnits: number,
  mode: RoundingMode,
): ReadonlyMap<string, Amount> => {
  const sums = new Map<string, bigint>()
  const baseOf = (key: string, rate: ExchangeRate, amountE4: Amount): Amount => {
    const before = amount(sums.get(key) ?? 0n)
    const after = amount(before + amountE4)
    sums.set(key, after)
    return subtract(convert(after, rate, baseMinorUnits, mode), convert(before, rate, baseMinorUnits, mode))
  }
  return new Map(
    settlements.map(({ id, invoiceId, invoiceRateE10, source, amountE4 }) => {
      const invoiced = baseOf(`invoice ${invoiceId}`, invoiceRateE10, amountE4)
      if (source === null) return [id, zero]
      return [id, subtract(baseOf(`source ${source.id}`, source.rateE10, amountE4), invoiced)]
    }),
  )
}
