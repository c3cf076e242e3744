import { type Amount, amount } from '../../../shared/money/scaled.ts'

type Row = { readonly currency: string }

/** The sum of an amount over rows, in each currency by itself. */
export const sumsByCurrency = <R extends Row>(
  rows: readonly R[],
  of: (row: R) => Amount,
): readonly { readonly currency: string; readonly sumE4: Amount }[] => {
  const sums = new Map<string, bigint>()
  for (const row of rows) sums.set(row.currency, (sums.get(row.currency) ?? 0n) + of(row))
  return [...sums].map(([currency, sum]) => ({ currency, sumE4: amount(sum) }))
}
