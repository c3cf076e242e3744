import { compare, zeroDecimal } from './decimal.ts'
import { fatal, forEach, needsGroup, needsValue, type Rule } from './rule.ts'
import { attributeOf } from './tree.ts'
import { type Adjustment, decimalOf, hasValue, isPresent, only, type Slot, type View } from './view.ts'

const isBelowZero = (slot: Slot): boolean => {
  const value = decimalOf(slot)
  return value !== null && compare(value, zeroDecimal) < 0
}

const lines: readonly Rule[] = [
  needsValue('BR-21', 'The line has no number of its own. Give every line one.', (view) =>
    view.lineList.map(({ id }) => id),
  ),
  needsGroup('BR-22', 'The quantity is missing. Enter how much was delivered.', (view) =>
    view.lineList.map(({ quantity }) => quantity),
  ),
  fatal(
    'BR-23',
    'The quantity has no unit. Choose one, such as piece (C62) or hour (HUR).',
    forEach(
      (view) => view.lineList,
      ({ quantity }, fail) => {
        const [first] = quantity.all
        if (first !== undefined && attributeOf(first, 'unitCode') === '') {
          fail({ ...only(quantity, first), term: 'BT-130', field: unitField(quantity) })
        }
      },
    ),
  ),
  needsGroup('BR-24', 'The net amount of the line is missing. It is price times quantity, less allowances.', (view) =>
    view.lineList.map(({ net }) => net),
  ),
  needsValue('BR-25', 'The line does not say what was delivered. Enter a name for it.', (view) =>
    view.lineList.map(({ name }) => name),
  ),
  needsGroup('BR-26', 'The price is missing. Enter the price of one unit without VAT.', (view) =>
    view.lineList.map(({ price }) => price),
  ),
  fatal(
    'BR-27',
    'The price is below zero. Keep the price positive and make the quantity negative instead.',
    (view, fail) => {
      for (const { price } of view.lineList) if (isBelowZero(price)) fail(price)
    },
  ),
  fatal('BR-28', 'The price before discount is below zero. Keep it positive.', (view, fail) => {
    for (const { grossPrice } of view.lineList) if (isBelowZero(grossPrice)) fail(grossPrice)
  }),
  fatal(
    'BR-54',
    'An attribute of the item has no name or no value. Fill in both, or remove it.',
    forEach(
      (view) => view.lineList,
      ({ attributes }, fail, view) => {
        const [name, value] = view.syntax === 'cii' ? ['ram:Description', 'ram:Value'] : ['cbc:Name', 'cbc:Value']
        for (const group of attributes.all) {
          const complete = view.tree.kids(group, name).length > 0 && view.tree.kids(group, value).length > 0
          if (!complete) fail(only(attributes, group))
        }
      },
    ),
  ),
  fatal('BR-64', 'The standard identifier of the item has no scheme. Say which register it is from.', (view, fail) => {
    for (const { standardId } of view.lineList) needsAttribute(standardId, 'schemeID', fail)
  }),
  fatal('BR-65', 'The classification of the item does not say which system it is from. Choose one.', (view, fail) => {
    for (const { classifications } of view.lineList) needsAttribute(classifications, 'listID', fail)
  }),
  fatal('BR-CO-04', 'The line has no VAT category. Choose the tax of the line.', (view, fail) => {
    for (const { taxList, category } of view.lineList) {
      if (!taxList.some((tax) => tax.isVat && hasValue(tax.category))) fail(category)
    }
  }),
]

const unitField = (quantity: Slot): Slot['field'] => {
  const [, at] = /^lines\[(\d+)\]/.exec(quantity.field) ?? []
  return at === undefined ? quantity.field : `lines[${Number(at)}].unit`
}

function needsAttribute(slot: Slot, attribute: string, fail: (at: Slot) => void): void {
  for (const element of slot.all) if (attributeOf(element, attribute) === '') fail(only(slot, element))
}

type Kind = 'allowance' | 'charge'
const onDocument = (view: View) => view.adjustmentList
const onLines = (view: View) => view.lineList.flatMap(({ adjustmentList }) => adjustmentList)

const perKind =
  (list: (view: View) => readonly Adjustment[], kind: Kind) =>
  (view: View): readonly Adjustment[] =>
    list(view).filter((adjustment) => adjustment.kind === kind)

function adjustmentRules(
  ids: { amount: string; category?: string; reason: string; again: string },
  what: string,
  list: (view: View) => readonly Adjustment[],
): readonly Rule[] {
  const unexplained = (view: View) =>
    list(view).flatMap(({ reason, reasonCode }) => (isPresent(reason) || isPresent(reasonCode) ? [] : [reason]))
  const { amount, category, reason, again } = ids
  return [
    needsGroup(amount, `${what} has no amount. Enter it.`, (view) => list(view).map((each) => each.amount)),
    ...(category === undefined
      ? []
      : [
          fatal(category, `${what} has no VAT category. Choose the tax that it belongs to.`, (view, fail) => {
            for (const { taxes, group } of list(view)) {
              if (!taxes.some((tax) => tax.isVat && hasValue(tax.category))) fail({ ...group, missing: 'VAT category' })
            }
          }),
        ]),
    needsGroup(reason, `${what} has no reason. Say in a word or a code what it is for.`, unexplained),
    needsGroup(again, `${what} needs a reason in words, a reason code, or both. Enter one.`, unexplained),
  ]
}

/** Rules on lines and on allowances and charges (BR-21 to BR-28, BR-31 to BR-44, BR-54, BR-64, BR-65, BR-CO-2x). */
export const lineRules: readonly Rule[] = [
  ...lines,
  ...adjustmentRules(
    { amount: 'BR-31', category: 'BR-32', reason: 'BR-33', again: 'BR-CO-21' },
    'An allowance on the invoice',
    perKind(onDocument, 'allowance'),
  ),
  ...adjustmentRules(
    { amount: 'BR-36', category: 'BR-37', reason: 'BR-38', again: 'BR-CO-22' },
    'A charge on the invoice',
    perKind(onDocument, 'charge'),
  ),
  ...adjustmentRules(
    { amount: 'BR-41', reason: 'BR-42', again: 'BR-CO-23' },
    'An allowance on the line',
    perKind(onLines, 'allowance'),
  ),
  ...adjustmentRules(
    { amount: 'BR-43', reason: 'BR-44', again: 'BR-CO-24' },
    'A charge on the line',
    perKind(onLines, 'charge'),
  ),
]
