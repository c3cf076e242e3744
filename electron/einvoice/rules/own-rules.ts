import { equal, parseDecimal, percentOf, roundAway, showDecimal } from './decimal.ts'
import { placeOf } from './field-index.ts'
import { fatal, type Rule, warning } from './rule.ts'
import { nameOf, textOf } from './tree.ts'
import { usesOf } from './vat-rules.ts'
import { decimalOf, only, type Slot, type View, written } from './view.ts'

const isNumberName = (name: string): boolean => /^(cbc|ram):.*(Amount|Quantity|Percent|Numeric)$/.test(name)

const lastDayOf = (year: number, month: number): number => {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

function isDay(text: string, isCii: boolean): boolean {
  const shape = isCii ? /^(\d{4})(\d{2})(\d{2})$/ : /^(\d{4})-(\d{2})-(\d{2})(Z|[+-]\d{2}:\d{2})?$/
  const [, year = '', month = '', day = ''] = shape.exec(text) ?? []
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  return year !== '' && m >= 1 && m <= 12 && d >= 1 && d <= lastDayOf(y, m)
}

/** Dates of CII; those of a format of their own (qdt) are none of EN 16931's. */
const ciiDates = (view: View) => [...view.tree.named('udt:DateTimeString'), ...view.tree.named('udt:DateString')]

/** Dates of CII that hold no date at all. */
const emptyDates = (view: View) =>
  [...view.tree.names()]
    .filter((name) => /^ram:.*DateTime$/.test(name))
    .flatMap((name) => view.tree.named(name))
    .filter(({ children }) => children.length === 0)

const isoDates = (view: View) =>
  [...view.tree.names()].filter((name) => /^cbc:.*Date$/.test(name)).flatMap((name) => view.tree.named(name))

/** Terms that a schema lets stand once; a second one would hide from the rules, which look at the first. */
const single = [
  'specification',
  'process',
  'number',
  'issuedOn',
  'type',
  'currency',
  'taxCurrency',
  'dueOn',
  'buyerReference',
  'totals',
] as const
const singleOnLine = ['id', 'quantity', 'net', 'name', 'price', 'baseQuantity'] as const

const slotsThatAreSingle = (view: View): readonly Slot[] => [
  ...single.map((name) => view[name]),
  ...Object.values(view.parties).flatMap(({ group, address, country }) => [group, address, country]),
  ...view.lineList.flatMap((line) => singleOnLine.map((name) => line[name])),
]

const rates = ['S', 'L', 'M']

/** Our own checks beside the official ones: what a schema would find, and VAT to the cent. */
export const ownRules: readonly Rule[] = [
  fatal('CF-NUMBER', '"{value}" is not a number. Write digits, with a point before the decimals.', (view, fail) => {
    for (const name of view.tree.names()) {
      if (!isNumberName(name)) continue
      for (const element of view.tree.named(name)) {
        if (element.children.length === 0 && parseDecimal(element.text) === null) {
          fail(placeOf(view, element), { value: textOf(element) })
        }
      }
    }
  }),
  fatal('CF-DATE', '"{value}" is not a date. Enter the date again.', (view, fail) => {
    const isCii = view.syntax === 'cii'
    for (const element of isCii ? ciiDates(view) : isoDates(view)) {
      const isRight = isDay(element.text.trim(), isCii) && (!isCii || element.attributes.get('format') === '102')
      if (!isRight) fail(placeOf(view, element), { value: textOf(element) })
    }
    for (const element of emptyDates(view)) fail(placeOf(view, element), { value: textOf(element) })
  }),
  fatal('CF-MIXED', '{name} has both text and elements in it. Make the e-invoice again.', (view, fail) => {
    for (const element of view.tree.elements) {
      const isValue = nameOf(element).startsWith('cbc:')
      if (element.children.length > 0 && (isValue || element.text.trim() !== '')) {
        fail(placeOf(view, element), { name: element.name })
      }
    }
  }),
  fatal('CF-TWICE', '{name} stands {count} times, but can stand only once. Make the e-invoice again.', (view, fail) => {
    for (const slot of slotsThatAreSingle(view)) {
      const [, second] = slot.all
      if (second !== undefined) fail(only(slot, second), { name: second.name, count: String(slot.all.length) })
    }
  }),
  warning(
    'CF-VAT-EXACT',
    'The VAT amount is {value}, but {rate} % of {taxable}, rounded to the cent, is {expected}. Official rules let it pass; a tax office may not.',
    (view, fail) => {
      for (const { taxable, tax, taxes } of view.subtotals) {
        const rate = taxes.find(({ isVat }) => isVat)?.rate
        const [base, percent, value] = [decimalOf(taxable), rate === undefined ? null : decimalOf(rate), decimalOf(tax)]
        if (base === null || percent === null || value === null) continue
        const expected = roundAway(percentOf(base, percent), 2)
        if (equal(value, expected)) continue
        fail(tax, {
          value: showDecimal(value),
          rate: rate === undefined ? '' : written(rate),
          taxable: showDecimal(base),
          expected: showDecimal(expected),
        })
      }
    },
  ),
  warning(
    'CF-TAXABLE-EXACT',
    'The taxable amount is {value}, but lines, charges and allowances of that tax come to {expected}. Official rules let the difference pass; a tax office may not.',
    (view, fail) => {
      for (const code of ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M']) {
        const { breakdown, net } = usesOf(view, code)
        for (const [{ taxable }, tax] of breakdown) {
          const [value, rate] = [decimalOf(taxable), decimalOf(tax.rate)]
          const expected = net.get(rates.includes(code) ? (rate === null ? '' : showDecimal(rate)) : 'all')
          if (value === null || expected === undefined) continue
          if (!equal(value, expected)) fail(taxable, { value: showDecimal(value), expected: showDecimal(expected) })
        }
      }
    },
  ),
]
