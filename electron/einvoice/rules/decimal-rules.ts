import { fatal, type Rule } from './rule.ts'
import { attributeOf, textOf } from './tree.ts'
import { only, type Slot, type View, written } from './view.ts'

const adjustments = (view: View, level: 'document' | 'line', kind: 'allowance' | 'charge', part: 'amount' | 'base') => {
  const list = level === 'document' ? view.adjustmentList : view.lineList.flatMap((line) => line.adjustmentList)
  return list.filter((each) => each.kind === kind).map((each) => each[part])
}

const inCurrency = (view: View, currency: string): readonly Slot[] =>
  currency === ''
    ? []
    : view.tax.all
        .filter((amount) => attributeOf(amount, 'currencyID') === currency)
        .map((amount) => only(view.tax, amount))

/** Amounts that may have two digits behind the point, whatever the currency. */
const limited: readonly (readonly [number, string, (view: View) => readonly Slot[]])[] = [
  [1, 'amount of an allowance', (view) => adjustments(view, 'document', 'allowance', 'amount')],
  [2, 'base of an allowance', (view) => adjustments(view, 'document', 'allowance', 'base')],
  [5, 'amount of a charge', (view) => adjustments(view, 'document', 'charge', 'amount')],
  [6, 'base of a charge', (view) => adjustments(view, 'document', 'charge', 'base')],
  [9, 'sum of line net amounts', (view) => [view.lineNet]],
  [10, 'sum of allowances', (view) => [view.allowance]],
  [11, 'sum of charges', (view) => [view.charge]],
  [12, 'total without VAT', (view) => [view.net]],
  [13, 'VAT total', (view) => inCurrency(view, written(view.currency))],
  [14, 'total with VAT', (view) => [view.total]],
  [15, 'VAT total in the VAT currency', (view) => inCurrency(view, written(view.taxCurrency))],
  [16, 'paid amount', (view) => [view.prepaid]],
  [17, 'rounding amount', (view) => [view.rounding]],
  [18, 'amount due', (view) => [view.payable]],
  [19, 'taxable amount of a VAT category', (view) => view.subtotals.map(({ taxable }) => taxable)],
  [20, 'VAT amount of a category', (view) => view.subtotals.map(({ tax }) => tax)],
  [23, 'net amount of the line', (view) => view.lineList.map(({ net }) => net)],
  [24, 'amount of an allowance', (view) => adjustments(view, 'line', 'allowance', 'amount')],
  [25, 'base of an allowance', (view) => adjustments(view, 'line', 'allowance', 'base')],
  [27, 'amount of a charge', (view) => adjustments(view, 'line', 'charge', 'amount')],
  [28, 'base of a charge', (view) => adjustments(view, 'line', 'charge', 'base')],
]

/** Whether a number is written with more than two digits behind the point, zeros counted, as the rules count them. */
export const hasMoreThanTwoDecimals = (text: string): boolean => (text.split('.')[1] ?? '').length > 2

/** Rules on the digits of amounts (BR-DEC-*). */
export const decimalRules: readonly Rule[] = limited.map(([number, what, pick]) =>
  fatal(
    `BR-DEC-${String(number).padStart(2, '0')}`,
    `The ${what}, {value}, has more than two digits behind the point. Round it to two.`,
    (view, fail) => {
      for (const slot of pick(view)) {
        if (hasMoreThanTwoDecimals(textOf(slot.all[0]))) fail(slot, { value: written(slot) })
      }
    },
  ),
)
