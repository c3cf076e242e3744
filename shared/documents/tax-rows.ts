import { apportion, type Share, sumShares } from '../money/allocate.ts'
import { divideRounded, type RoundingMode } from '../money/rounding.ts'
import type { TaxInput } from './model.ts'
import { rateUnit } from './tax-sets.ts'
import type { Part, TaxedPart } from './taxing.ts'

/** One row of the tax breakdown (BG-23) in minor units. */
export type TaxRow = {
  readonly key: string
  readonly tax: TaxInput
  readonly taxable: bigint
  readonly due: bigint
  /** Its tax was given, not worked out. */
  readonly given?: true
}

/** Rows in the order first met, each gathering what `gather` finds for it. */
const gatherRows = <P extends Part | TaxedPart, T>(
  parts: readonly P[],
  gather: (part: P, index: number) => T,
): { readonly key: string; readonly tax: TaxInput; readonly found: T[] }[] => {
  const rows = new Map<string, { readonly key: string; readonly tax: TaxInput; readonly found: T[] }>()
  for (const part of parts) {
    for (const [index, tax] of part.set.taxes.entries()) {
      const key = part.set.rows[index] ?? ''
      const row = rows.get(key) ?? { key, tax, found: [] }
      row.found.push(gather(part, index))
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}

/** Rows as the sum of parts whose taxes are already rounded. */
export const sumRows = (parts: readonly TaxedPart[]): TaxRow[] =>
  gatherRows(parts, (part, index) => ({
    taxable: part.set.taxes[index]?.compound ? part.taxes.slice(0, index).reduce((a, b) => a + b, part.net) : part.net,
    due: part.taxes[index] ?? 0n,
  })).map(({ key, tax, found }) => ({
    key,
    tax,
    taxable: found.reduce((all, one) => all + one.taxable, 0n),
    due: found.reduce((all, one) => all + one.due, 0n),
  }))

const exactOf = (part: Part, shares: readonly bigint[], index: number): Share => ({
  numerator: part.minor * (shares[index] ?? 0n),
  denominator: part.set.denominator,
})

const round = (share: Share, mode: RoundingMode): bigint => divideRounded(share.numerator, share.denominator, mode)

/** Rows with the tax rounded once for each: the taxable amount times the rate (EN 16931, BR-CO-17). */
export const roundedRows = (parts: readonly Part[], mode: RoundingMode): TaxRow[] =>
  gatherRows(parts, (part, index) => exactOf(part, part.set.bases, index)).map(({ key, tax, found }) => {
    const taxable = round(sumShares(found), mode)
    return { key, tax, taxable, due: divideRounded(taxable * tax.rateE6, rateUnit, mode) }
  })

/** Rows whose exact taxes are summed and rounded once for the document, then split over the rows to sum to that. */
export const documentRows = (parts: readonly Part[], mode: RoundingMode): TaxRow[] => {
  const rows = gatherRows(parts, (part, index) => ({
    base: exactOf(part, part.set.bases, index),
    due: exactOf(part, part.set.shares, index),
  })).map(({ key, tax, found }) => ({
    key,
    tax,
    taxable: round(sumShares(found.map((one) => one.base)), mode),
    due: sumShares(found.map((one) => one.due)),
  }))
  const ordered = [...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const exact = ordered.map((row) => row.due)
  const parted = apportion(round(sumShares(exact), mode), exact)
  const due = new Map(ordered.map((row, index) => [row.key, parted[index] ?? 0n]))
  return rows.map((row) => ({ ...row, due: due.get(row.key) ?? 0n }))
}
