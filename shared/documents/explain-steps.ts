import { toDecimalString } from '../money/decimal-string.ts'
import { digits } from '../money/scaled.ts'
import { type AppliedAdjustment, type Basis, partsOf } from './document-adjustments.ts'
import type { Closing, Sums } from './document-sums.ts'
import { lineSumText, type PricedLine } from './line-amounts.ts'
import type { LineFigures } from './line-figures.ts'
import type { DocumentInput, RoundingScope } from './model.ts'
import type { TaxRow } from './tax-rows.ts'
import { rateText, type TaxSet, taxSetText } from './tax-sets.ts'
import { total } from './taxing.ts'
import { type Grid, minorText, sumText, type Trace, toAmount } from './trace.ts'

/** The steps of one line after its adjustments. */
export const explainLine = (
  line: PricedLine,
  { net, tax }: LineFigures,
  input: DocumentInput,
  grid: Grid,
  trace: Trace,
): void => {
  const say = (field: string, label: string, minor: bigint, formula: string, rule: string | null) =>
    trace({ path: `lines.${line.id}.${field}`, label, formula, resultE4: toAmount(minor, grid), rule })
  const sum = equation(lineSumText(line, grid), line.minor, grid)
  const taxes = taxSetText(line.set)
  if (input.pricesIncludeTax) {
    const amount = minorText(line.minor, grid)
    say('total', 'Line total with tax', line.minor, sum, null)
    say('net', 'Line net amount', net, `${amount} without ${taxes} = ${minorText(net, grid)}`, 'BT-131')
    say('tax', 'Tax in the line', tax, equation(sumText([line.minor, -net], grid), tax, grid), null)
    return
  }
  say('net', 'Line net amount', net, sum, 'BT-131')
  say('tax', 'Tax on the line', tax, `${minorText(net, grid)} at ${taxes} = ${minorText(tax, grid)}`, null)
  say('total', 'Line total with tax', net + tax, equation(sumText([net, tax], grid), net + tax, grid), null)
}

const equation = (left: string, minor: bigint, grid: Grid): string => {
  const right = minorText(minor, grid)
  return left === right ? right : `${left} = ${right}`
}

/** The steps from the lines to the document's net amount. */
export const explainSums = (
  figures: readonly LineFigures[],
  sums: Sums,
  adjustments: readonly AppliedAdjustment[],
  grid: Grid,
  trace: Trace,
): void => {
  const say = (path: string, label: string, minor: bigint, terms: readonly bigint[], rule: string) =>
    trace({ path, label, formula: equation(sumText(terms, grid), minor, grid), resultE4: toAmount(minor, grid), rule })
  const nets = figures.map((line) => line.net)
  const amounts = (kind: 'allowance' | 'charge') =>
    adjustments
      .filter((adjustment) => adjustment.kind === kind)
      .map((adjustment) => {
        const net = total(adjustment.shares.map((share) => share.minor))
        return kind === 'allowance' ? -net : net
      })
  say('lineNet', 'Sum of line net amounts', sums.lineNet, nets, 'BR-CO-10: BT-106')
  say('allowance', 'Sum of document allowances', sums.allowance, amounts('allowance'), 'BR-CO-11: BT-107')
  say('charge', 'Sum of document charges', sums.charge, amounts('charge'), 'BR-CO-12: BT-108')
  const terms = [sums.lineNet, -sums.allowance, sums.charge].filter((term, index) => index === 0 || term !== 0n)
  say('net', 'Total without tax', sums.net, terms, 'BR-CO-13: BT-109')
}

const howRounded: Record<RoundingScope, string> = {
  line: 'rounded on each line',
  rate: 'rounded once',
  document: 'its part of the tax rounded once for the document',
}

export type RowContext = {
  readonly basis: Basis
  readonly adjustments: readonly AppliedAdjustment[]
  readonly figures: readonly LineFigures[]
  readonly lines: readonly PricedLine[]
  readonly input: DocumentInput
  readonly grid: Grid
}

/** The steps of the tax breakdown: for each row what is taxed, made of lines and adjustments, and the tax. */
export const explainRows = (rows: readonly TaxRow[], context: RowContext, trace: Trace): void => {
  const { grid, input } = context
  for (const [index, row] of rows.entries()) {
    const label = `${row.tax.name} ${rateText(row.tax)}`
    const left = input.pricesIncludeTax
      ? `${rateText(row.tax)} in ${minorText(withTax(row, context), grid)}`
      : `${minorText(row.taxable, grid)} x ${rateText(row.tax)}`
    trace({
      path: `taxes.${index}.taxable`,
      label: `Taxable amount of ${label}`,
      formula: taxableText(row, context),
      resultE4: toAmount(row.taxable, grid),
      rule: 'BT-116',
    })
    trace({
      path: `taxes.${index}.tax`,
      label,
      formula: row.given
        ? `what is left of the tax of the invoice = ${minorText(row.due, grid)}`
        : `${left}, ${howRounded[input.rounding.scope]} = ${minorText(row.due, grid)}`,
      resultE4: toAmount(row.due, grid),
      rule: 'BR-CO-17: BT-117',
    })
  }
}

const isIn = (row: TaxRow, set: TaxSet): boolean => set.rows.includes(row.key)

const taxableText = (row: TaxRow, { adjustments, figures, lines, grid }: RowContext): string => {
  const onLines = total(lines.map((line, index) => (isIn(row, line.set) ? (figures[index]?.net ?? 0n) : 0n)))
  const shares = adjustments
    .flatMap((adjustment) => adjustment.shares.filter((share) => isIn(row, share.set)))
    .map((share) => share.minor)
  const taxesBefore = row.taxable - onLines - total(shares)
  if (taxesBefore === 0n) return equation(sumText([onLines, ...shares], grid), row.taxable, grid)
  return `${equation(sumText([onLines, ...shares, taxesBefore], grid), row.taxable, grid)}, with the taxes before it`
}

const withTax = (row: TaxRow, { basis }: RowContext): bigint =>
  total(partsOf(basis).map((part) => (isIn(row, part.set) ? part.minor : 0n)))

/** The last steps: tax, total, prepaid, rounding and what is to be paid. */
export const explainClosing = (
  rows: readonly TaxRow[],
  sums: Sums,
  closing: Closing,
  input: DocumentInput,
  grid: Grid,
  trace: Trace,
): void => {
  const text = (value: bigint) => toDecimalString(value, digits.amount, grid.minorUnits)
  const { totalE4, prepaidE4, roundingE4, payableE4 } = closing
  const dues = rows.map((row) => row.due)
  const tax = total(dues)
  const taxText = equation(sumText(dues, grid), tax, grid)
  trace({ path: 'tax', label: 'Total tax', formula: taxText, resultE4: toAmount(tax, grid), rule: 'BR-CO-14: BT-110' })
  const totalText = equation(sumText([sums.net, tax], grid), sums.net + tax, grid)
  trace({ path: 'total', label: 'Total with tax', formula: totalText, resultE4: totalE4, rule: 'BR-CO-15: BT-112' })
  trace({ path: 'prepaid', label: 'Already paid', formula: text(prepaidE4), resultE4: prepaidE4, rule: 'BT-113' })
  const isCash = input.roundingAmountE4 === null && input.payableStepE4 !== null
  const roundingText = isCash
    ? `${text(totalE4 - prepaidE4)} to the nearest ${text(input.payableStepE4 ?? 0n)}: ${text(roundingE4)}`
    : text(roundingE4)
  trace({ path: 'rounding', label: 'Rounding', formula: roundingText, resultE4: roundingE4, rule: 'BT-114' })
  const payable = `${text(totalE4)}${prepaidE4 === 0n ? '' : ` - ${text(prepaidE4)}`}${
    roundingE4 === 0n ? '' : ` + ${text(roundingE4)}`
  } = ${text(payableE4)}`
  trace({ path: 'payable', label: 'To pay', formula: payable, resultE4: payableE4, rule: 'BR-CO-16: BT-115' })
}
