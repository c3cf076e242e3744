import type { XmlElement } from '../../importers/xml.ts'
import {
  absolute,
  add,
  compare,
  type Decimal,
  equal,
  isWithin,
  parseDecimal,
  percentOf,
  roundUp,
  showDecimal,
  subtract,
  whole,
  zeroDecimal,
} from './decimal.ts'
import { fatal, needsGroup, type Rule } from './rule.ts'
import { attributeOf } from './tree.ts'
import { decimalOf, hasValue, isPresent, only, type Slot, type Subtotal, type View, written } from './view.ts'

const twoPlaces = (value: Decimal): Decimal => roundUp(value, 2)

/** The sum of what stands in these places; a place without a number adds nothing. */
export const sumOf = (slots: readonly Slot[]): Decimal =>
  slots.reduce((sum, slot) => add(sum, decimalOf(slot) ?? zeroDecimal), zeroDecimal)

const orZero = (slot: Slot): Decimal => decimalOf(slot) ?? zeroDecimal

/** Compares a total with what it should be; a missing total is for the rule that asks for it. */
function mustEqual(total: Slot, expected: Decimal, fail: (at: Slot, values: Record<string, string>) => void): void {
  const value = decimalOf(total)
  if (value !== null && !equal(value, expected)) {
    fail(total, { value: showDecimal(value), expected: showDecimal(expected) })
  }
}

const given: readonly Rule[] = [
  needsGroup('BR-12', 'The sum of the line net amounts is missing from the totals. Add it.', ({ lineNet }) => [
    lineNet,
  ]),
  needsGroup('BR-13', 'The total without VAT is missing from the totals. Add it.', ({ net }) => [net]),
  needsGroup('BR-14', 'The total with VAT is missing from the totals. Add it.', ({ total }) => [total]),
  needsGroup('BR-15', 'The amount due for payment is missing from the totals. Add it.', ({ payable }) => [payable]),
]

const ofKind = (view: View, kind: 'allowance' | 'charge'): readonly Slot[] =>
  view.adjustmentList.filter((each) => each.kind === kind).map(({ amount }) => amount)

function adjustmentTotal(id: string, kind: 'allowance' | 'charge'): Rule {
  const say = `The sum of ${kind}s on the invoice is given as {value}, but they add up to {expected}. Correct the total or the ${kind}s.`
  return fatal(id, say, (view, fail) => {
    const amounts = ofKind(view, kind)
    const total = kind === 'allowance' ? view.allowance : view.charge
    if (!isPresent(total) && amounts.length === 0) return
    const expected = twoPlaces(sumOf(amounts))
    if (isPresent(total)) mustEqual(total, expected, fail)
    else fail(total, { value: 'nothing', expected: showDecimal(expected) })
  })
}

const sums: readonly Rule[] = [
  fatal(
    'BR-CO-10',
    'The sum of the line net amounts is given as {value}, but the lines add up to {expected}. Correct the total or the lines.',
    (view, fail) => mustEqual(view.lineNet, twoPlaces(sumOf(view.lineList.map(({ net }) => net))), fail),
  ),
  adjustmentTotal('BR-CO-11', 'allowance'),
  adjustmentTotal('BR-CO-12', 'charge'),
  fatal(
    'BR-CO-13',
    'The total without VAT is {value}, but lines less allowances plus charges come to {expected}. Correct the totals.',
    (view, fail) => {
      if (decimalOf(view.lineNet) === null) return
      const sum = add(subtract(orZero(view.lineNet), orZero(view.allowance)), orZero(view.charge))
      mustEqual(view.net, twoPlaces(sum), fail)
    },
  ),
  fatal(
    'BR-CO-16',
    'The amount due is {value}, but the total with VAT less what is paid, plus rounding, comes to {expected}. Correct the totals.',
    (view, fail) => {
      if (decimalOf(view.total) === null) return
      mustEqual(view.payable, add(subtract(orZero(view.total), orZero(view.prepaid)), orZero(view.rounding)), fail)
    },
  ),
]

/** The VAT totals in a currency. */
const vatTotals = (view: View, currency: string): readonly XmlElement[] =>
  view.tax.all.filter((amount) => attributeOf(amount, 'currencyID') === currency)

/** The VAT totals that subtotals belong to, each with its subtotals' amounts. */
function totalsWithParts(view: View): readonly (readonly [Slot, readonly Slot[]])[] {
  if (view.syntax === 'cii') {
    const parts = view.subtotals.map(({ tax }) => tax)
    return vatTotals(view, written(view.currency)).map((total) => [only(view.tax, total), parts])
  }
  const ofTotal = new Map<XmlElement | null, Slot[]>()
  for (const { group, tax } of view.subtotals) {
    const list = ofTotal.get(group.home.parent)
    if (list === undefined) ofTotal.set(group.home.parent, [tax])
    else list.push(tax)
  }
  return view.tax.all.flatMap((total) => {
    const parts = ofTotal.get(total.parent)
    return parts === undefined ? [] : [[only(view.tax, total), parts] as const]
  })
}

const vat: readonly Rule[] = [
  fatal(
    'BR-CO-14',
    'The VAT total is {value}, but the VAT of the categories adds up to {expected}. Correct the total or the categories.',
    (view, fail) => {
      for (const [total, parts] of totalsWithParts(view)) mustEqual(total, twoPlaces(sumOf(parts)), fail)
    },
  ),
  fatal(
    'BR-CO-15',
    'The total with VAT is {value}, but the total without VAT plus VAT comes to {expected}. There must be one VAT total in the invoice’s currency. Correct the totals.',
    (view, fail) => {
      const currency = written(view.currency)
      if (currency === '') return
      const [net, total] = [decimalOf(view.net), decimalOf(view.total)]
      const [tax, second] = vatTotals(view, currency)
      const amount = tax === undefined ? null : parseDecimal(tax.text)
      if (net === null || total === null) return
      if (view.syntax === 'cii' && equal(net, total)) return
      const expected = twoPlaces(add(net, amount ?? zeroDecimal))
      if (amount === null || second !== undefined || !equal(total, expected)) {
        fail(amount === null || second !== undefined ? view.tax : view.total, {
          value: showDecimal(total),
          expected: showDecimal(expected),
        })
      }
    },
  ),
  needsGroup('BR-CO-18', 'The VAT breakdown is missing. Give at least one category with its amount.', (view) => [
    view.breakdown,
  ]),
]

const tolerance = whole(1)

function subtotalRule(id: string, say: string, broken: (subtotal: Subtotal) => Slot | null): Rule {
  return fatal(id, say, (view, fail) => {
    for (const subtotal of view.subtotals) {
      const at = broken(subtotal)
      if (at !== null) fail(at)
    }
  })
}

const vatOf = (subtotal: Subtotal) => subtotal.taxes.find((tax) => tax.isVat)

/** Whether the VAT of a group is what its rate makes of it, with the tolerance that the official rule leaves. */
function isVatRight(subtotal: Subtotal, inclusive: boolean): boolean {
  const [tax, taxable] = [decimalOf(subtotal.tax), decimalOf(subtotal.taxable)]
  const category = vatOf(subtotal)
  if (tax === null || taxable === null) return true
  const rate = category === undefined ? null : decimalOf(category.rate)
  const roundsToZero = (value: Decimal) => compare(roundUp(value, 0), zeroDecimal) === 0
  if (rate === null || roundsToZero(rate)) return roundsToZero(tax)
  return isWithin(absolute(tax), twoPlaces(percentOf(absolute(taxable), rate)), tolerance, inclusive)
}

const breakdown: readonly Rule[] = [
  subtotalRule('BR-45', 'A VAT category has no taxable amount. Add it.', ({ taxable }) =>
    isPresent(taxable) ? null : taxable,
  ),
  subtotalRule('BR-46', 'A VAT category has no VAT amount. Add it.', ({ tax }) => (isPresent(tax) ? null : tax)),
  subtotalRule('BR-47', 'A group of the VAT breakdown does not say its category. Choose one.', (subtotal) => {
    const category = vatOf(subtotal)
    if (category !== undefined && hasValue(category.category)) return null
    return category?.category ?? subtotal.group
  }),
  subtotalRule('BR-48', 'A VAT category has no rate. Enter it; only "not subject to VAT" (O) has none.', (subtotal) => {
    const category = vatOf(subtotal)
    if (category === undefined) return subtotal.group
    return isPresent(category.rate) || category.code === 'O' ? null : category.rate
  }),
  fatal(
    'BR-CO-17',
    'The VAT amount {value} is not what the rate {rate} % makes of {taxable}. Correct the VAT amount.',
    (view, fail) => {
      for (const subtotal of view.subtotals) {
        if (isVatRight(subtotal, view.syntax === 'cii')) continue
        const category = vatOf(subtotal)
        // The CII rules judge these by their own rules alone.
        if (view.syntax === 'cii' && ['L', 'M', 'O'].includes(category?.code ?? '')) continue
        const rate = category?.rate
        fail(subtotal.tax, {
          value: written(subtotal.tax),
          rate: rate === undefined || !isPresent(rate) ? '0' : written(rate),
          taxable: written(subtotal.taxable),
        })
      }
    },
  ),
]

/** Rules on the totals and the VAT breakdown (BR-12 to BR-15, BR-45 to BR-48, BR-CO-10 to BR-CO-18). */
export const totalRules: readonly Rule[] = [...given, ...sums, ...vat, ...breakdown]
