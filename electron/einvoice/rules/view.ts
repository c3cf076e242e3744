import type { EInvoiceSyntax } from '../../../shared/documents/einvoice.ts'
import type { XmlElement } from '../../importers/xml.ts'
import { type Decimal, parseDecimal } from './decimal.ts'
import type { FieldKey } from './finding.ts'
import { type PartyName, partyNames, partyPlaces, partyRoots } from './party-paths.ts'
import { attributeOf, type Tree, textOf } from './tree.ts'
import { adjustmentPlaces, ciiPath, headerPlaces, linePlaces, paymentPlaces, taxPlaces, ublPath } from './view-paths.ts'

/** The place of a business term in a file: what stands there, or where it is missing. */
export type Slot = {
  readonly term: string
  readonly field: FieldKey
  /** Every element at the place, empty ones too. */
  readonly all: readonly XmlElement[]
  /** The element nearest to the place that the file has; the place itself where `all` has one. */
  readonly home: XmlElement
  /** What is missing below `home`, '' where nothing is. */
  readonly missing: string
}

export type Tax = {
  readonly group: Slot
  readonly isVat: boolean
  /** The category code as written, '' where there is none. */
  readonly code: string
  readonly category: Slot
  readonly rate: Slot
  readonly reason: Slot
  readonly reasonCode: Slot
}

export type Adjustment = {
  readonly group: Slot
  readonly kind: 'allowance' | 'charge' | 'unclear'
  readonly indicator: Slot
  readonly amount: Slot
  readonly base: Slot
  readonly percent: Slot
  readonly reason: Slot
  readonly reasonCode: Slot
  readonly taxes: readonly Tax[]
}

export type Line = {
  readonly group: Slot
  readonly taxList: readonly Tax[]
  readonly adjustmentList: readonly Adjustment[]
} & {
  readonly [Name in keyof typeof linePlaces]: Slot
}
export type Party = { readonly group: Slot; readonly vatId: Slot } & {
  readonly [Name in keyof typeof partyPlaces]: Slot
}
export type PaymentMeans = { readonly group: Slot } & { readonly [Name in keyof typeof paymentPlaces]: Slot }
export type Subtotal = {
  readonly group: Slot
  readonly taxable: Slot
  readonly tax: Slot
  readonly taxes: readonly Tax[]
}

/** An invoice by its business terms, whichever syntax it is written in. */
export type View = { readonly [Name in keyof typeof headerPlaces]: Slot } & {
  readonly syntax: EInvoiceSyntax
  readonly tree: Tree
  readonly parties: Readonly<Record<PartyName, Party>>
  readonly lineList: readonly Line[]
  readonly adjustmentList: readonly Adjustment[]
  readonly subtotals: readonly Subtotal[]
  readonly paymentList: readonly PaymentMeans[]
}

type Sides = readonly [ubl: string, cii: string]

const fromKeys = <Key extends string, Value>(keys: readonly Key[], make: (key: Key) => Value): Record<Key, Value> =>
  // The keys are all there: the object is made from the list of them.
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>
// The tables are constants, whose keys are exactly the ones of their type.
const keysOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table & string)[]

class Builder {
  readonly tree: Tree
  readonly isCii: boolean
  private readonly known = new Map<string, readonly string[]>()

  constructor(tree: Tree, isCii: boolean) {
    this.tree = tree
    this.isCii = isCii
  }

  slot(from: XmlElement, [ubl, cii]: Sides, term: string, field: FieldKey): Slot {
    const paths = this.pathsOf(this.isCii ? cii : ubl)
    const found = paths.map((path) => this.tree.all(from, path))
    const all = found.length === 1 ? (found[0] ?? []) : found.flat()
    const [first] = all
    if (first !== undefined) return { term, field, all, home: first, missing: '' }
    const steps = (paths[0] ?? '').split('/')
    let home = from
    for (let next = this.tree.kids(home, steps[0] ?? '')[0]; next !== undefined; ) {
      home = next
      steps.shift()
      next = this.tree.kids(home, steps[0] ?? '')[0]
    }
    return { term, field, all, home, missing: steps.join('/') }
  }

  // The same few paths are asked for on every line.
  private pathsOf(table: string): readonly string[] {
    const known = this.known.get(table)
    if (known !== undefined) return known
    const paths = table.split('|').map((path) => (this.isCii ? ciiPath(path) : ublPath(path)))
    this.known.set(table, paths)
    return paths
  }

  at(element: XmlElement, term: string, field: FieldKey): Slot {
    return { term, field, all: [element], home: element, missing: '' }
  }

  tax(element: XmlElement, term: string, group: FieldKey, fields: { rate: FieldKey; reason: FieldKey }): Tax {
    const slot = (name: keyof typeof taxPlaces, field: FieldKey) => this.slot(element, taxPlaces[name], term, field)
    const category = slot('category', group)
    return {
      group: this.at(element, term, group),
      isVat: textOf(slot('scheme', group).all[0]).toUpperCase() === 'VAT',
      code: textOf(category.all[0]),
      category,
      rate: slot('rate', fields.rate),
      reason: slot('reason', fields.reason),
      reasonCode: slot('reasonCode', fields.reason),
    }
  }

  adjustment(element: XmlElement, terms: readonly string[], field: (part: string) => FieldKey): Adjustment {
    const slot = (name: keyof typeof adjustmentPlaces, part: string, term: string) =>
      this.slot(element, adjustmentPlaces[name], term, field(part))
    const indicator = slot('indicator', '', terms[0] ?? '')
    const said = textOf(indicator.all[0])
    const kind = /^(false|0)$/.test(said) ? 'allowance' : /^(true|1)$/.test(said) ? 'charge' : 'unclear'
    // Allowance terms come first in `terms`, those of a charge after them.
    const own = kind === 'charge' ? terms.slice(terms.length / 2) : terms
    const [group = '', amount = '', base = '', percent = '', tax = '', reason = '', code = ''] = own
    const fields = { rate: field('taxes'), reason: field('taxes') }
    return {
      group: this.at(element, group, field('')),
      kind,
      indicator,
      amount: slot('amount', 'amount', amount),
      base: slot('base', 'base', base),
      percent: slot('percent', 'percent', percent),
      reason: slot('reason', 'reason', reason),
      reasonCode: slot('reasonCode', 'reasonCode', code),
      taxes: slot('taxes', 'taxes', tax).all.map((category) => this.tax(category, tax, field('taxes'), fields)),
    }
  }
}

const documentAdjustment = 'BG-20 BT-92 BT-93 BT-94 BT-95 BT-97 BT-98 BG-21 BT-99 BT-100 BT-101 BT-102 BT-104 BT-105'
const lineAdjustment = 'BG-27 BT-136 BT-137 BT-138 - BT-139 BT-140 BG-28 BT-141 BT-142 BT-143 - BT-144 BT-145'
const documentAdjustmentTerms = documentAdjustment.split(' ')
const lineAdjustmentTerms = lineAdjustment.split(' ')

function lineOf(builder: Builder, element: XmlElement, at: number): Line {
  const slots = fromKeys(keysOf(linePlaces), (name) => {
    const [term, field, ubl, cii] = linePlaces[name]
    return builder.slot(element, [ubl, cii], term, `lines[${at}].${field}`)
  })
  const rate = { rate: `lines[${at}].taxes.rate`, reason: `lines[${at}].taxes` } as const
  return {
    ...slots,
    group: builder.at(element, 'BG-25', `lines[${at}]`),
    taxList: slots.taxes.all.map((tax) => builder.tax(tax, 'BT-151', `lines[${at}].taxes`, rate)),
    adjustmentList: slots.adjustments.all.map((adjustment) =>
      builder.adjustment(
        adjustment,
        lineAdjustmentTerms,
        (part) =>
          // The parts are the ones of AdjustmentField; '' is the group.
          (part === '' ? `lines[${at}].adjustments` : `lines[${at}].adjustments.${part}`) as FieldKey,
      ),
    ),
  }
}

function partyOf(builder: Builder, name: PartyName): Party {
  const [ublRoot, ciiRoot] = partyRoots[name]
  const position = partyNames.indexOf(name)
  const slots = fromKeys(keysOf(partyPlaces), (part) => {
    const { terms, field, ubl, cii } = partyPlaces[part]
    const below = (root: string, path: string) =>
      path
        .split('|')
        .map((each) => `${root}${each}`)
        .join('|')
    const sides: Sides = [below(ublRoot, ubl), below(`${ciiRoot}/`, cii)]
    // The fields are the ones of PartyField.
    return builder.slot(builder.tree.root, sides, terms[position] ?? '', `${name}.${field}` as FieldKey)
  })
  const vat = slots.taxIds.all.filter((id) => isVatId(builder, id))
  const terms = { seller: 'BT-31', buyer: 'BT-48', payee: '', taxRepresentative: 'BT-63' }
  return {
    ...slots,
    group: builder.slot(builder.tree.root, partyRoots[name], ['BG-4', 'BG-7', 'BG-10', 'BG-11'][position] ?? '', name),
    vatId: {
      ...slots.taxIds,
      term: terms[name],
      field: `${name}.vatId`,
      all: vat,
      missing: vat.length > 0 || slots.taxIds.all.length === 0 ? slots.taxIds.missing : 'VAT',
    },
  }
}

function isVatId(builder: Builder, id: XmlElement): boolean {
  if (builder.isCii) return attributeOf(id, 'schemeID') === 'VA'
  const [scheme] = id.parent === null ? [] : builder.tree.all(id.parent, 'cac:TaxScheme/cbc:ID')
  return textOf(scheme).toUpperCase() === 'VAT'
}

function subtotalOf(builder: Builder, element: XmlElement, at: number): Subtotal {
  const slot = (ubl: string, cii: string, term: string, part: 'taxable' | 'tax') =>
    builder.slot(element, [ubl, cii], term, `taxes[${at}].${part}`)
  const groups = builder.isCii ? [element] : builder.tree.kids(element, 'cac:TaxCategory')
  const fields = { rate: `taxes[${at}].rate`, reason: `taxes[${at}].reason` } as const
  return {
    group: builder.at(element, 'BG-23', `taxes[${at}]`),
    taxable: slot('TaxableAmount', 'BasisAmount', 'BT-116', 'taxable'),
    tax: slot('TaxAmount', 'CalculatedAmount', 'BT-117', 'tax'),
    taxes: groups.map((tax) => builder.tax(tax, 'BT-118', `taxes[${at}].category`, fields)),
  }
}

/** Reads a document by its business terms; never throws, whatever is missing in it. */
export function viewOf(tree: Tree, syntax: EInvoiceSyntax): View {
  const builder = new Builder(tree, syntax === 'cii')
  const header = fromKeys(keysOf(headerPlaces), (name) => {
    const [term, field, ubl, cii] = headerPlaces[name]
    return builder.slot(tree.root, [ubl, cii], term, field)
  })
  return {
    ...header,
    syntax,
    tree,
    parties: fromKeys(partyNames, (name) => partyOf(builder, name)),
    lineList: header.lines.all.map((line, at) => lineOf(builder, line, at)),
    adjustmentList: header.adjustments.all.map((element, at) =>
      builder.adjustment(
        element,
        documentAdjustmentTerms,
        (part) =>
          // The parts are the ones of AdjustmentField; '' is the group.
          (part === '' ? `adjustments[${at}]` : `adjustments[${at}].${part}`) as FieldKey,
      ),
    ),
    subtotals: header.breakdown.all.map((element, at) => subtotalOf(builder, element, at)),
    paymentList: header.payment.all.map((element) => ({
      ...fromKeys(keysOf(paymentPlaces), (name) => {
        const [term, field, ubl, cii] = paymentPlaces[name]
        return builder.slot(element, [ubl, cii], term, field)
      }),
      group: builder.at(element, 'BG-16', 'payment'),
    })),
  }
}

/** The text of a term, '' where it is missing or blank. */
export const written = (slot: Slot): string => textOf(slot.all[0])

/** Whether a term has a value. */
export const hasValue = (slot: Slot): boolean => slot.all.some((element) => textOf(element) !== '')

/** Whether a group or value is in the file at all. */
export const isPresent = (slot: Slot): boolean => slot.all.length > 0

/** The decimal of a term, null where there is none. */
export const decimalOf = (slot: Slot): Decimal | null => parseDecimal(written(slot))

/** The same place, narrowed to one of its elements. */
export const only = (slot: Slot, element: XmlElement): Slot => ({ ...slot, all: [element], home: element, missing: '' })
