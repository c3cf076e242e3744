import {
  type AppliedAdjustment,
  applyAdjustments,
  type Basis,
  basisOf,
  type Nets,
  partsOf,
  unsignedShares,
} from './document-adjustments.ts'
import { close, sumAdjustments } from './document-sums.ts'
import { explainClosing, explainLine, explainRows, explainSums } from './explain-steps.ts'
import { withGivenTaxes } from './given-taxes.ts'
import { type PricedLine, priceLine } from './line-amounts.ts'
import { type LineFigures, lineFigures } from './line-figures.ts'
import type { DocumentAdjustmentTotals, DocumentInput, DocumentTotals, LineTotals, TaxTotals } from './model.ts'
import { documentRows, roundedRows, sumRows, type TaxRow } from './tax-rows.ts'
import { createTaxSets, type TaxSet } from './tax-sets.ts'
import { type Part, takeApart, taxOnNet, total } from './taxing.ts'
import { type Grid, gridOf, type Trace, toAmount } from './trace.ts'

/**
 * Every total of a document (EN 16931 calculation model; prices with tax keep their gross to the penny). Pure and quick
 * enough for each keystroke. RangeError for a base quantity that is not positive, decimals that no currency has, or an
 * amount too large to be booked.
 */
export const calculateDocument = (input: DocumentInput): DocumentTotals => computeDocument(input)

/** As `calculateDocument`, telling `trace` each step as it is computed. */
export const computeDocument = (input: DocumentInput, trace?: Trace): DocumentTotals => {
  const grid = gridOf(input)
  const sets = createTaxSets()
  const priced = input.lines.map((line) => priceLine(line, sets.of(line.taxes), grid, trace))
  const basis = basisOf(priced, input.rounding.scope === 'line')
  const netsOf = netsBy(input, grid)
  const figures = lineFigures(priced, input, grid, netsOf(partsOf(basis)))
  const lines = priced.map((line, index) => lineTotals(line, figures[index], input, grid, trace))
  const lineNet = total(figures.map((line) => line.net))
  const adjustments = applyAdjustments(input.adjustments, basis, sets, grid, netsOf, trace)
  const sums = sumAdjustments(adjustments, lineNet)
  if (trace) explainSums(figures, sums, adjustments, grid, trace)
  const rows = taxRows(basis, input, grid)
  if (trace) explainRows(rows, { basis, adjustments, figures, lines: priced, input, grid }, trace)
  const tax = total(rows.map((row) => row.due))
  const closing = close(input, toAmount(sums.net + tax, grid))
  if (trace) explainClosing(rows, sums, closing, input, grid, trace)
  return {
    lines,
    adjustments: adjustments.map((adjustment) => adjustmentTotals(adjustment, grid)),
    lineNetE4: toAmount(lineNet, grid),
    allowanceE4: toAmount(sums.allowance, grid),
    chargeE4: toAmount(sums.charge, grid),
    netE4: toAmount(sums.net, grid),
    taxes: rows.map((row) => taxTotals(row, grid)),
    taxE4: toAmount(tax, grid),
    ...closing,
  }
}

/** How much of some parts is net, by set of taxes. */
const netsBy =
  (input: DocumentInput, grid: Grid) =>
  (parts: readonly Part[]): Nets => {
    const nets = new Map<TaxSet, bigint>()
    const put = (set: TaxSet, net: bigint) => nets.set(set, (nets.get(set) ?? 0n) + net)
    if (!input.pricesIncludeTax) for (const part of parts) put(part.set, part.minor)
    else for (const part of takeApart(parts, input.rounding.scope, grid.mode)) put(part.set, part.net)
    return nets
  }

const taxRows = (basis: Basis, input: DocumentInput, grid: Grid): TaxRow[] => {
  const parts = partsOf(basis)
  const rows = computedRows(parts, input, grid)
  const given = input.taxAmounts ?? []
  return given.length === 0 || input.pricesIncludeTax ? rows : withGivenTaxes(rows, given, parts, grid)
}

const computedRows = (parts: readonly Part[], input: DocumentInput, grid: Grid): TaxRow[] => {
  const { scope, mode } = input.rounding
  if (input.pricesIncludeTax) return sumRows(takeApart(parts, scope, mode))
  if (scope === 'line') return sumRows(parts.map((part) => taxOnNet(part, grid.mode)))
  return scope === 'rate' ? roundedRows(parts, mode) : documentRows(parts, mode)
}

const lineTotals = (
  line: PricedLine,
  figures: LineFigures | undefined,
  input: DocumentInput,
  grid: Grid,
  trace?: Trace,
): LineTotals => {
  const { net, tax } = figures ?? { net: line.minor, tax: 0n }
  if (trace) explainLine(line, { net, tax }, input, grid, trace)
  return {
    id: line.id,
    grossE4: toAmount(line.gross, grid),
    adjustments: line.adjustments.map(({ kind, reason, minor }) => ({ kind, reason, amountE4: toAmount(minor, grid) })),
    netE4: toAmount(net, grid),
    taxE4: toAmount(tax, grid),
    totalE4: toAmount(net + tax, grid),
  }
}

const adjustmentTotals = (adjustment: AppliedAdjustment, grid: Grid): DocumentAdjustmentTotals => {
  const shares = unsignedShares(adjustment)
  return {
    kind: adjustment.kind,
    reason: adjustment.reason,
    amountE4: toAmount(total(shares.map((share) => share.minor)), grid),
    shares: shares.map(({ set, minor }) => ({ taxes: set.taxes, amountE4: toAmount(minor, grid) })),
  }
}

const taxTotals = ({ tax, taxable, due }: TaxRow, grid: Grid): TaxTotals => ({
  name: tax.name,
  category: tax.category,
  rateE6: tax.rateE6,
  compound: tax.compound,
  taxableE4: toAmount(taxable, grid),
  taxE4: toAmount(due, grid),
})
