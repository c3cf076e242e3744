import type { XmlElement } from '../../importers/xml.ts'
import type { FieldKey } from './finding.ts'
import type { Adjustment, Slot, Tax, View } from './view.ts'

type Meaning = { readonly term: string; readonly field: FieldKey }

const slotsOfTax = ({ category, rate, reason, reasonCode, group }: Tax): readonly Slot[] => [
  category,
  rate,
  reason,
  reasonCode,
  group,
]

const slotsOfAdjustment = ({ taxes, kind: _, ...slots }: Adjustment): readonly Slot[] => [
  ...taxes.flatMap(slotsOfTax),
  ...Object.values(slots),
]

function slotsOf(view: View): readonly Slot[] {
  const { syntax: _, tree: __, parties, lineList, adjustmentList, subtotals, paymentList, ...header } = view
  // The narrower meaning first: what is met twice keeps the first.
  return [
    ...lineList.flatMap(({ group, taxList, adjustmentList: onLine, ...slots }) => [
      ...taxList.flatMap(slotsOfTax),
      ...onLine.flatMap(slotsOfAdjustment),
      ...Object.values(slots),
      group,
    ]),
    ...adjustmentList.flatMap(slotsOfAdjustment),
    ...subtotals.flatMap(({ taxes, group, ...slots }) => [
      ...Object.values(slots),
      ...taxes.flatMap(slotsOfTax),
      group,
    ]),
    ...Object.values(parties).flatMap((party) => Object.values(party)),
    ...paymentList.flatMap((means) => Object.values(means)),
    ...Object.values(header),
  ]
}

const indexes = new WeakMap<View, ReadonlyMap<XmlElement, Meaning>>()

function indexOf(view: View): ReadonlyMap<XmlElement, Meaning> {
  const known = indexes.get(view)
  if (known !== undefined) return known
  const index = new Map<XmlElement, Meaning>()
  for (const { all, term, field } of slotsOf(view)) {
    for (const element of all) if (!index.has(element)) index.set(element, { term, field })
  }
  indexes.set(view, index)
  return index
}

/** The place of any element of the document, by the nearest part of the invoice that it belongs to. */
export function placeOf(view: View, element: XmlElement, attribute = ''): Slot {
  const index = indexOf(view)
  let meaning: Meaning = { term: '', field: 'document' }
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    const found = index.get(at)
    if (found !== undefined) {
      meaning = found
      break
    }
  }
  return { ...meaning, all: [element], home: element, missing: attribute }
}
