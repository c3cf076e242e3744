import {
  add,
  compare,
  type Decimal,
  divide,
  equal,
  isWithin,
  multiply,
  percentOf,
  roundAway,
  roundUp,
  showDecimal,
  subtract,
  whole,
  zeroDecimal,
} from './decimal.ts'
import { placeOf } from './field-index.ts'
import { fatal, type Rule } from './rule.ts'
import { sumOf } from './total-rules.ts'
import { attributeOf } from './tree.ts'
import { type Adjustment, decimalOf, isPresent, type Line, type View, written } from './view.ts'

/** Two cents: what Peppol lets an amount be off. */
const slack: Decimal = { units: 2n, scale: 2 }

const allAdjustments = (view: View): readonly Adjustment[] => [
  ...view.adjustmentList,
  ...view.lineList.flatMap(({ adjustmentList }) => adjustmentList),
]

const adjustments: readonly Rule[] = [
  fatal(
    'PEPPOL-EN16931-R040',
    'The amount of the allowance or charge is {value}, but {percent} % of its base is {expected}. Correct one of them.',
    (view, fail) => {
      for (const { amount, base, percent } of allAdjustments(view)) {
        const [of, rate] = [decimalOf(base), decimalOf(percent)]
        if (of === null || rate === null) continue
        const [value, expected] = [decimalOf(amount) ?? zeroDecimal, percentOf(of, rate)]
        if (isWithin(value, expected, slack, true)) continue
        const values = {
          value: showDecimal(value),
          percent: written(percent),
          expected: showDecimal(roundAway(expected, 2)),
        }
        fail(amount, values)
      }
    },
  ),
  fatal(
    'PEPPOL-EN16931-R041',
    'An allowance or charge has a percentage but no base. Enter the base amount.',
    (view, fail) => {
      for (const { base, percent } of allAdjustments(view)) if (isPresent(percent) && !isPresent(base)) fail(base)
    },
  ),
  fatal(
    'PEPPOL-EN16931-R042',
    'An allowance or charge has a base but no percentage. Enter the percentage.',
    (view, fail) => {
      for (const { base, percent } of allAdjustments(view)) if (isPresent(base) && !isPresent(percent)) fail(percent)
    },
  ),
  fatal(
    'PEPPOL-EN16931-R043',
    'It must be said with "true" or "false" whether this is a charge. Make the e-invoice again.',
    (view, fail) => {
      for (const { indicator } of allAdjustments(view)) {
        if (!['true', 'false'].includes(written(indicator))) fail(indicator)
      }
    },
  ),
  fatal(
    'PEPPOL-EN16931-R044',
    'A charge on the price is not possible. Put it into the price, or make it a charge of the line.',
    (view, fail) => {
      for (const { priceIndicator } of view.lineList) {
        if (isPresent(priceIndicator) && written(priceIndicator) !== 'false') fail(priceIndicator)
      }
    },
  ),
  fatal(
    'PEPPOL-EN16931-R046',
    'The price is {value}, but the price before discount less the discount is {expected}. Correct one of them.',
    (view, fail) => {
      for (const { price, grossPrice, priceDiscount } of view.lineList) {
        const [net, gross] = [decimalOf(price), decimalOf(grossPrice)]
        if (net === null || gross === null) continue
        const expected = subtract(gross, decimalOf(priceDiscount) ?? zeroDecimal)
        if (!equal(net, expected)) fail(price, { value: showDecimal(net), expected: showDecimal(expected) })
      }
    },
  ),
]

const currencyNames =
  'Amount BaseAmount PriceAmount TaxableAmount LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableRoundingAmount PayableAmount'

const currency: readonly Rule[] = [
  fatal(
    'PEPPOL-EN16931-R051',
    'An amount is in {value}, but the invoice is in {expected}. All amounts must be in the currency of the invoice.',
    (view, fail) => {
      const expected = written(view.currency)
      const ofParts = view.tree
        .named('cbc:TaxAmount')
        .filter(
          ({ parent }) => parent?.name === 'TaxTotal' && parent.children.some(({ name }) => name === 'TaxSubtotal'),
        )
      const amounts = currencyNames.split(' ').flatMap((name) => view.tree.named(`cbc:${name}`))
      for (const amount of [...amounts, ...ofParts]) {
        const value = attributeOf(amount, 'currencyID')
        if (value !== expected) fail(placeOf(view, amount, '@currencyID'), { value, expected })
      }
    },
  ),
]

/** Price times quantity by the base quantity, with the charges and allowances of the line; not rounded. */
function netOf({ price, quantity, baseQuantity, adjustmentList }: Line): Decimal {
  const base = decimalOf(baseQuantity)
  const isOne = base === null || compare(base, zeroDecimal) === 0
  const product = multiply(decimalOf(quantity) ?? whole(1), decimalOf(price) ?? zeroDecimal)
  const amounts = (kind: Adjustment['kind']) =>
    roundUp(sumOf(adjustmentList.filter((each) => each.kind === kind).map(({ amount }) => amount)), 2)
  const goods = isOne ? product : divide(product, base)
  return subtract(add(goods, amounts('charge')), amounts('allowance'))
}

const lines: readonly Rule[] = [
  fatal(
    'PEPPOL-EN16931-R120',
    'The net amount of the line is {value}, but price times quantity with its allowances and charges comes to {expected}. Correct the line.',
    (view, fail) => {
      for (const line of view.lineList) {
        const [value, expected] = [decimalOf(line.net) ?? zeroDecimal, netOf(line)]
        if (isWithin(value, expected, slack, true)) continue
        fail(line.net, { value: showDecimal(value), expected: showDecimal(roundAway(expected, 2)) })
      }
    },
  ),
  fatal('PEPPOL-EN16931-R121', 'The base quantity of the price must be above zero. Correct it.', (view, fail) => {
    for (const { baseQuantity } of view.lineList) {
      const base = decimalOf(baseQuantity)
      if (base !== null && compare(base, zeroDecimal) <= 0) fail(baseQuantity)
    }
  }),
  fatal(
    'PEPPOL-EN16931-R130',
    'The price is for a quantity in {value}, but the line is in {expected}. Both must be in the same unit.',
    (view, fail) => {
      for (const { baseQuantity, quantity } of view.lineList) {
        const value = attributeOf(baseQuantity.all[0], 'unitCode')
        const expected = attributeOf(quantity.all[0], 'unitCode')
        if (value !== '' && isPresent(quantity) && value !== expected) fail(baseQuantity, { value, expected })
      }
    },
  ),
]

/** The arithmetic of Peppol BIS Billing 3.0 (R040 to R051, R120 to R130). */
export const peppolAmountRules: readonly Rule[] = [...adjustments, ...currency, ...lines]
