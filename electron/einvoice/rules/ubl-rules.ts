import type { XmlElement } from '../../importers/xml.ts'
import { hasMoreThanTwoDecimals } from './decimal-rules.ts'
import { placeOf } from './field-index.ts'
import { countRules, notUsedRules } from './path-rules.ts'
import { fatal, type Rule, warning } from './rule.ts'
import { joined, type RuleSet, ruleSet } from './rule-set.ts'
import { attributeOf, textOf } from './tree.ts'
import { ublAttributesNotUsed, ublExactlyOnce, ublNotUsed, ublOnceAtMost } from './ubl-tables.ts'
import { isPresent, only, type View } from './view.ts'

const named = (view: View, ...names: readonly string[]) => names.flatMap((name) => view.tree.named(name))
const valueAt = (view: View, element: XmlElement, path: string) => textOf(view.tree.all(element, path)[0])
const isObject = (view: View, document: XmlElement) => valueAt(view, document, 'cbc:DocumentTypeCode') === '130'

/** A rule that at most `most` of what `pick` finds are there. */
const atMost = (id: string, most: number, say: string, pick: (view: View) => readonly XmlElement[]): Rule =>
  fatal(id, say, (view, fail) => {
    const excess = pick(view)[most]
    if (excess !== undefined) fail(placeOf(view, excess))
  })

const firstOf = (id: string, say: string, pick: (view: View) => XmlElement | undefined, attribute = ''): Rule =>
  warning(id, say, (view, fail) => {
    const found = pick(view)
    if (found !== undefined) fail(placeOf(view, found, attribute))
  })

const schemeOf = (view: View, companyId: XmlElement): string =>
  companyId.parent === null ? '' : valueAt(view, companyId.parent, 'cac:TaxScheme/cbc:ID').toUpperCase()

const different = (elements: readonly XmlElement[]): readonly XmlElement[] => {
  const seen = new Set<string>()
  return elements.filter(({ text }) => !seen.has(text) && seen.add(text))
}

const counts: readonly Rule[] = [
  fatal('UBL-SR-51', 'An address has more than one further address line. Keep one.', (view, fail) => {
    for (const address of named(view, 'cac:PostalAddress', 'cac:Address')) {
      const second = view.tree.kids(address, 'cac:AddressLine')[1]
      if (second !== undefined) fail(placeOf(view, second))
    }
  }),
  atMost('UBL-SR-42', 2, 'The seller has more than two tax registrations. Keep the VAT number and one other.', (view) =>
    view.tree.all(view.tree.root, 'cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme'),
  ),
  atMost('UBL-SR-04', 1, 'The invoice names more than one object that it is about. Keep one.', (view) =>
    view.documents.all.filter((each) => isObject(view, each)),
  ),
  atMost('UBL-SR-12', 1, 'The seller has more than one VAT number. Keep one.', (view) => view.parties.seller.vatId.all),
  atMost('UBL-SR-13', 1, 'The seller has more than one tax number beside its VAT number. Keep one.', (view) =>
    view.parties.seller.taxIds.all.filter((id) => !['', 'VAT'].includes(schemeOf(view, id))),
  ),
  atMost('UBL-SR-18', 1, 'The buyer has more than one VAT number. Keep one.', (view) => view.parties.buyer.vatId.all),
  atMost('UBL-SR-29', 1, 'There is more than one creditor identifier for direct debits. Keep one.', (view) =>
    view.tree
      .named('cbc:ID')
      .filter(
        (id) => id.parent?.name === 'PartyIdentification' && attributeOf(id, 'schemeID').toUpperCase() === 'SEPA',
      ),
  ),
  atMost('UBL-SR-44', 1, 'The means of payment have different payment references. Use the same for all.', (view) =>
    different(named(view, 'cbc:PaymentID')),
  ),
  atMost(
    'UBL-SR-47',
    1,
    'The means of payment are of different kinds. All accounts must be for the same kind.',
    (view) => different(named(view, 'cbc:PaymentMeansCode')),
  ),
  atMost('UBL-SR-46', 1, 'More than one means of payment is described in words. Keep one description.', (view) =>
    view.tree.all(view.payment.all, 'cbc:PaymentMeansCode').filter(({ attributes }) => attributes.has('name')),
  ),
  ...(['UBL-SR-30', 'UBL-SR-31'] as const).map((id) =>
    fatal(id, 'An allowance or charge has more than one reason. Keep one.', (view, fail) => {
      const kind = id === 'UBL-SR-30' ? 'allowance' : 'charge'
      const all = [...view.adjustmentList, ...view.lineList.flatMap(({ adjustmentList }) => adjustmentList)]
      for (const { kind: is, reason } of all) {
        const [, second] = reason.all
        if (is === kind && second !== undefined) fail(only(reason, second))
      }
    }),
  ),
]

const payeeAgain: readonly Rule[] = (
  [
    ['UBL-SR-19', 'names', (view: View) => view.parties.payee.partyName.all],
    [
      'UBL-SR-20',
      'identifiers',
      (view: View) => view.parties.payee.ids.all.filter((id) => attributeOf(id, 'schemeID').toUpperCase() !== 'SEPA'),
    ],
    ['UBL-SR-21', 'registration numbers', (view: View) => view.parties.payee.legalId.all],
  ] as const
).map(([id, what, pick]) =>
  fatal(
    id,
    `The payee must be someone other than the seller, with a name and not several ${what}. Name it, or leave it out.`,
    (view, fail) => {
      const { payee, seller } = view.parties
      if (!isPresent(payee.group)) return
      // As the official rule compares: with a name missing on either side it counts as broken.
      const isOther = payee.partyName.all.some((a) => seller.legalName.all.some((b) => a.text !== b.text))
      if (pick(view).length > 1 || !isOther) fail(payee.partyName)
    },
  ),
)

const documents: readonly Rule[] = [
  fatal(
    'UBL-SR-43',
    'Only the object that the invoice is about may have a scheme or a document type (130); other supporting documents have neither.',
    (view, fail) => {
      for (const document of named(view, 'cac:AdditionalDocumentReference')) {
        const type = valueAt(view, document, 'cbc:DocumentTypeCode')
        const hasType = view.tree.kids(document, 'cbc:DocumentTypeCode').length > 0
        const hasScheme = view.tree.kids(document, 'cbc:ID').some((id) => id.attributes.has('schemeID'))
        const isProject = type === '50' && view.syntax === 'ubl-creditnote'
        if (type !== '130' && !isProject && (hasType || hasScheme)) fail(placeOf(view, document))
      }
    },
  ),
  fatal('UBL-SR-53', 'A tax registration has no number or no scheme. Fill in both, or remove it.', (view, fail) => {
    for (const scheme of named(view, 'cac:PartyTaxScheme')) {
      const complete =
        view.tree.all(scheme, 'cac:TaxScheme/cbc:ID').length > 0 && view.tree.kids(scheme, 'cbc:CompanyID').length > 0
      if (!complete) fail(placeOf(view, scheme))
    }
  }),
  fatal('UBL-SR-07', 'A preceding invoice is referred to without its number. Enter the number.', (view, fail) => {
    for (const reference of named(view, 'cac:BillingReference')) {
      if (view.tree.all(reference, 'cac:InvoiceDocumentReference/cbc:ID').length === 0) fail(placeOf(view, reference))
    }
  }),
  firstOf('UBL-CR-002', 'The UBL version is given and is not 2.1. Leave it out.', (view) =>
    named(view, 'cbc:UBLVersionID').find((version) => version.text !== '2.1'),
  ),
  firstOf(
    'UBL-CR-412',
    'The due date stands with the means of payment, where an invoice has none. Move it to the invoice.',
    (view) => (view.syntax === 'ubl-creditnote' ? undefined : view.tree.all(view.payment.all, 'cbc:PaymentDueDate')[0]),
  ),
  firstOf(
    'UBL-CR-663',
    'The attribute unitCodeListID has no meaning in an EN 16931 invoice. Leave it out.',
    (view) => view.tree.elements.find(({ attributes }) => attributes.has('unitCodeListID')),
    '@unitCodeListID',
  ),
  firstOf(
    'UBL-CR-664',
    'A financial institution has no place in an EN 16931 invoice. Give its BIC as the branch.',
    (view) => named(view, 'cac:FinancialInstitution').at(0),
  ),
  firstOf(
    'UBL-CR-665',
    'A supporting document has a scheme, which only the object of the invoice may have. Leave it out.',
    (view) =>
      named(view, 'cac:AdditionalDocumentReference').find(
        (each) =>
          !isObject(view, each) && view.tree.kids(each, 'cbc:ID').some(({ attributes }) => attributes.has('schemeID')),
      ),
  ),
  ...(
    [
      ['UBL-CR-666', 'an attachment', 'cac:Attachment'],
      ['UBL-CR-673', 'a description', 'cbc:DocumentDescription'],
    ] as const
  ).map(([id, what, child]) =>
    fatal(
      id,
      `The object that the invoice is about has ${what}, which only supporting documents may have. Remove it.`,
      (view, fail) => {
        for (const document of named(view, 'cac:AdditionalDocumentReference')) {
          const [found] = view.tree.kids(document, child)
          if (found !== undefined && isObject(view, document)) fail(placeOf(view, found))
        }
      },
    ),
  ),
]

const isPriceAllowance = ({ parent }: XmlElement): boolean =>
  parent?.name === 'AllowanceCharge' && parent.parent?.name === 'Price'

const ending = (view: View, suffix: string): readonly XmlElement[] =>
  [...view.tree.names()].filter((name) => name.endsWith(suffix)).flatMap((name) => view.tree.named(name))

const needsAttribute = (id: string, attribute: string, say: string): Rule =>
  fatal(id, say, (view, fail) => {
    for (const element of ending(view, 'BinaryObject')) {
      if (!element.attributes.has(attribute)) fail(placeOf(view, element, `@${attribute}`))
    }
  })

const dataTypes: readonly Rule[] = [
  fatal('UBL-DT-01', 'The amount {value} has more than two digits behind the point. Round it to two.', (view, fail) => {
    for (const amount of ending(view, 'Amount')) {
      const isPrice = amount.name.endsWith('PriceAmount') || isPriceAllowance(amount)
      if (!isPrice && hasMoreThanTwoDecimals(textOf(amount))) fail(placeOf(view, amount), { value: textOf(amount) })
    }
  }),
  needsAttribute('UBL-DT-06', 'mimeCode', 'An attached file does not say of which type it is. Attach it again.'),
  needsAttribute('UBL-DT-07', 'filename', 'An attached file has no name. Attach it again with a name.'),
]

const notUsedAttributes = (): readonly Rule[] =>
  ublAttributesNotUsed
    .trim()
    .split('\n')
    .map((row) => {
      const [number = '', name = ''] = row.split(' ')
      return firstOf(
        `UBL-DT-${number}`,
        `The attribute ${name} has no meaning in an EN 16931 invoice. Leave it out.`,
        (view) => attributesIn(view).get(name),
        `@${name}`,
      )
    })

const attributeIndexes = new WeakMap<View, ReadonlyMap<string, XmlElement>>()

/** The first element that has an attribute, for all attributes of a document. */
function attributesIn(view: View): ReadonlyMap<string, XmlElement> {
  const known = attributeIndexes.get(view)
  if (known !== undefined) return known
  const index = new Map<string, XmlElement>()
  for (const element of view.tree.elements) {
    for (const name of element.attributes.keys()) {
      // The name of a means of payment is the one name that has a meaning.
      if (name === 'name' && element.name === 'PaymentMeansCode') continue
      if (!index.has(name)) index.set(name, element)
    }
  }
  attributeIndexes.set(view, index)
  return index
}

const idOf = (family: string) => (short: string) => `UBL-${family}-${short}`

/** Rules of the UBL syntax (UBL-SR-*, UBL-CR-*, UBL-DT-*). */
export const ublRules: RuleSet = joined([
  ruleSet([
    ...counts,
    ...payeeAgain,
    ...documents,
    ...dataTypes,
    ...notUsedAttributes(),
    firstOf(
      'UBL-DT-18',
      'The attribute name has a meaning on the means of payment only. Leave it out elsewhere.',
      (view) => attributesIn(view).get('name'),
      '@name',
    ),
  ]),
  notUsedRules(ublNotUsed, 'ubl', idOf('CR')),
  countRules(ublOnceAtMost, 'ubl', 'at most', idOf('SR')),
  countRules(ublExactlyOnce, 'ubl', 'exactly', idOf('SR')),
])
