import type { TaxAmountInput } from './model.ts'
import type { TaxRow } from './tax-rows.ts'
import { rowKey } from './tax-sets.ts'
import { type Part, total } from './taxing.ts'
import type { Grid } from './trace.ts'

/** Rows with the taxes that are given in place of those worked out, each only where it was given for this net amount. */
export const withGivenTaxes = (
  rows: readonly TaxRow[],
  given: readonly TaxAmountInput[],
  parts: readonly Part[],
  grid: Grid,
): TaxRow[] => {
  const byKey = new Map(given.map((tax) => [rowKey(tax), tax]))
  return rows.map((row) => {
    const own = byKey.get(row.key)
    if (own === undefined) return row
    const net = total(parts.map((part) => (part.set.rows.includes(row.key) ? part.minor : 0n)))
    if (own.netE4 !== net * grid.unitE4) return row
    return { ...row, taxable: own.taxableE4 / grid.unitE4, due: own.taxE4 / grid.unitE4, given: true }
  })
}
