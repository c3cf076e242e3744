import type { XmlElement } from '../../importers/xml.ts'
import { ciiExactlyOnce, ciiNotUsed, ciiOnceAtMost } from './cii-tables.ts'
import { placeOf } from './field-index.ts'
import { countRules, notUsedRules } from './path-rules.ts'
import { type Fail, fatal, type Rule, warning } from './rule.ts'
import { joined, type RuleSet, ruleSet } from './rule-set.ts'
import { textOf } from './tree.ts'
import { isPresent, type View } from './view.ts'
import { ciiPath } from './view-paths.ts'

const ending = (view: View, suffix: string): readonly XmlElement[] =>
  [...view.tree.names()]
    .filter((name) => name.startsWith('ram:') && name.endsWith(suffix))
    .flatMap((name) => view.tree.named(name))

const at = (view: View, path: string) => view.tree.all(view.tree.root, ciiPath(path))
const typeOf = (view: View, document: XmlElement) => textOf(view.tree.kids(document, 'ram:TypeCode')[0])
const isIn = (element: XmlElement, name: string): boolean => {
  for (let up: XmlElement | null = element.parent; up !== null; up = up.parent) if (up.name === name) return true
  return false
}

const report = (view: View, fail: Fail, elements: readonly (XmlElement | undefined)[]): void => {
  for (const element of elements) if (element !== undefined) fail(placeOf(view, element))
}

/** At most one of what `pick` finds for each element of a group. */
function oneOf(
  id: string,
  severity: 'fatal' | 'warning',
  say: string,
  groups: (view: View) => readonly XmlElement[],
  pick: (view: View, group: XmlElement) => readonly XmlElement[],
): Rule {
  const make = severity === 'fatal' ? fatal : warning
  return make(id, say, (view, fail) =>
    report(
      view,
      fail,
      groups(view).map((group) => pick(view, group)[1]),
    ),
  )
}

const header = (path: string) => (view: View) => [view.tree.root].flatMap((root) => view.tree.all(root, path))
const agreementPath = 'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement'
const linesPath = 'rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem'

const ofType = (type: string) => (view: View, group: XmlElement) =>
  view.tree.kids(group, 'ram:AdditionalReferencedDocument').filter((each) => typeOf(view, each) === type)

const parties: readonly Rule[] = [
  oneOf(
    'CII-SR-455',
    'fatal',
    'The seller has more than one contact. Keep one.',
    header(agreementPath),
    (view, group) => view.tree.all(group, 'ram:SellerTradeParty/ram:DefinedTradeContact'),
  ),
  oneOf('CII-SR-456', 'fatal', 'The buyer has more than one contact. Keep one.', header(agreementPath), (view, group) =>
    view.tree.all(group, 'ram:BuyerTradeParty/ram:DefinedTradeContact'),
  ),
  ...(
    [
      ['CII-SR-465', 'seller', 'agreement.SellerTradeParty/DefinedTradeContact'],
      ['CII-SR-466', 'buyer', 'agreement.BuyerTradeParty/DefinedTradeContact'],
    ] as const
  ).map(([id, who, path]) =>
    warning(
      id,
      `The contact of the ${who} is given as a person and as a department. Keep one of the two.`,
      (view, fail) => {
        const contacts = at(view, path)
        const has = (name: string) => view.tree.all(contacts, name)[0]
        const department = has('ram:DepartmentName')
        if (department !== undefined && has('ram:PersonName') !== undefined) fail(placeOf(view, department))
      },
    ),
  ),
  ...(
    [
      ['CII-SR-450', 'buyer', 'agreement.BuyerTradeParty'],
      ['CII-SR-449', 'place of delivery', 'delivery.ShipToTradeParty'],
      ['CII-SR-451', 'payee', 'settlement.PayeeTradeParty'],
    ] as const
  ).map(([id, who, path]) =>
    warning(id, `The ${who} has both a plain and a registered identifier. Keep one of the two.`, (view, fail) => {
      const party = at(view, path)
      const [global] = view.tree.all(party, 'ram:GlobalID')
      if (global !== undefined && view.tree.all(party, 'ram:ID').length > 0) fail(placeOf(view, global))
    }),
  ),
]

const documents: readonly Rule[] = [
  oneOf(
    'CII-SR-457',
    'warning',
    'There is more than one tender or lot reference. Keep one.',
    header(agreementPath),
    ofType('50'),
  ),
  oneOf(
    'CII-SR-458',
    'warning',
    'The invoice names more than one object that it is about. Keep one.',
    header(agreementPath),
    ofType('130'),
  ),
  oneOf(
    'CII-SR-474',
    'warning',
    'The line names more than one object that it is about. Keep one.',
    header(`${linesPath}/ram:SpecifiedLineTradeSettlement`),
    ofType('130'),
  ),
  ...(
    [
      ['CII-SR-475', 'description', 'ram:Name'],
      ['CII-SR-476', 'attached file', 'ram:AttachmentBinaryObject'],
    ] as const
  ).map(([id, what, name]) =>
    oneOf(
      id,
      'warning',
      `The supporting documents have more than one ${what} between them. Keep one.`,
      header(agreementPath),
      (view, group) => view.tree.all(ofType('916')(view, group), name),
    ),
  ),
]

const payment: readonly Rule[] = [
  fatal(
    'CII-SR-470',
    'Payment is by credit transfer, but no bank account is given. Enter the account that the money goes to.',
    (view, fail) => {
      for (const means of view.payment.all) {
        const code = typeOf(view, means)
        const accounts = ['ram:IBANID', 'ram:ProprietaryID'].flatMap((name) =>
          view.tree.all(means, `ram:PayeePartyCreditorFinancialAccount/${name}`),
        )
        if ((code === '30' || code === '58') && accounts.length === 0) {
          fail({
            ...placeOf(view, means, 'ram:PayeePartyCreditorFinancialAccount'),
            term: 'BT-84',
            field: 'payment.account',
          })
        }
      }
    },
  ),
  ...(
    [
      [
        'CII-SR-467',
        'The means of payment are of different kinds. All accounts must be for the same kind.',
        'ram:TypeCode',
      ],
      ['CII-SR-468', 'The means of payment have different descriptions. Use the same for all.', 'ram:Information'],
    ] as const
  ).map(([id, say, name]) =>
    fatal(id, say, (view, fail) => {
      const [first, ...rest] = view.tree.all(view.payment.all, name)
      const other = rest.find((each) => textOf(each) !== textOf(first))
      if (other !== undefined) fail(placeOf(view, other))
    }),
  ),
  fatal('CII-SR-469', 'There is more than one payment reference. Keep one.', (view, fail) =>
    report(view, fail, [at(view, 'settlement.PaymentReference')[1]]),
  ),
  fatal(
    'CII-SR-462',
    'The VAT categories have different codes for the tax point. Use the same for all.',
    (view, fail) => {
      const [first, ...rest] = view.tree.named('ram:DueDateTypeCode')
      report(view, fail, [rest.find((each) => each.text !== first?.text)])
    },
  ),
]

const lines: readonly Rule[] = [
  fatal(
    'CII-SR-046',
    'The standard identifier of the item has no scheme. Say which register it is from.',
    (view, fail) => {
      for (const { standardId } of view.lineList) {
        const ids = standardId.all
        if (isPresent(standardId) && !ids.some(({ attributes }) => attributes.has('schemeID')))
          report(view, fail, [ids[0]])
      }
    },
  ),
  fatal('CII-SR-090', 'The country of origin of the item must be one country code. Choose one.', (view, fail) => {
    for (const product of header(`${linesPath}/ram:SpecifiedTradeProduct`)(view)) {
      const [origin] = view.tree.kids(product, 'ram:OriginTradeCountry')
      const ids = view.tree.all(product, 'ram:OriginTradeCountry/ram:ID')
      if (origin !== undefined && ids.length !== 1) fail(placeOf(view, origin))
    }
  }),
  warning(
    'CII-SR-119',
    'A discount on the price must be marked as an allowance and have an amount. A charge on the price is not possible.',
    (view, fail) => {
      for (const { priceDiscount, priceIndicator } of view.lineList) {
        const isAllowance = priceIndicator.all.some((each) => /^(false|0)$/.test(textOf(each)))
        const complete = isAllowance && isPresent(priceDiscount)
        if (!complete && (isPresent(priceIndicator) || isPresent(priceDiscount))) fail(priceDiscount)
      }
    },
  ),
  fatal('CII-SR-463', 'It is not said whether this is an allowance or a charge. Choose one.', (view, fail) => {
    for (const adjustment of view.tree.named('ram:SpecifiedTradeAllowanceCharge')) {
      if (view.tree.kids(adjustment, 'ram:ChargeIndicator').length === 0) {
        fail(placeOf(view, adjustment, 'ram:ChargeIndicator'))
      }
    }
  }),
]

/** Children of documents that are referred to, with the kinds of document that may have them. */
const documentParts: readonly (readonly [string, string, (name: string, type: string) => boolean])[] = [
  ['CII-DT-015', 'URIID', (name, type) => name === 'AdditionalReferencedDocument' && type === '916'],
  [
    'CII-DT-018',
    'TypeCode',
    (name, type) => name === 'AdditionalReferencedDocument' && ['50', '130', '916'].includes(type),
  ],
  ['CII-DT-021', 'Name', (name, type) => name === 'AdditionalReferencedDocument' && type === '916'],
  ['CII-DT-022', 'AttachmentBinaryObject', (name, type) => name === 'AdditionalReferencedDocument' && type === '916'],
  ['CII-DT-024', 'ReferenceTypeCode', (name, type) => name === 'AdditionalReferencedDocument' && type === '130'],
  ['CII-DT-027', 'FormattedIssueDateTime', (name) => name === 'InvoiceReferencedDocument'],
]

const isHeaderTax = (tax: XmlElement): boolean => isIn(tax, 'ApplicableHeaderTradeSettlement')
const isApplicable = (tax: XmlElement): boolean => tax.name === 'ApplicableTradeTax'

/** Children of a tax that stand in some of its places only. */
const taxParts: readonly (readonly [string, string, (tax: XmlElement) => boolean])[] = [
  ['CII-DT-041', 'BasisAmount', isHeaderTax],
  ['CII-DT-052', 'ExemptionReasonCode', isApplicable],
  ['CII-DT-054', 'TaxPointDate', isHeaderTax],
  ['CII-DT-058', 'DueDateTypeCode', isHeaderTax],
  ['CII-DT-098', 'ExemptionReason', isApplicable],
]

const idAttributes: readonly (readonly [string, string])[] = [
  ['CII-DT-101', 'schemeName'],
  ['CII-DT-102', 'schemeAgencyName'],
  ['CII-DT-103', 'schemeDataURI'],
  ['CII-DT-104', 'schemeURI'],
]

/** Ids that rules of their own (CII-DT-001 ff.) ask the same of. */
const isPlainId = ({ name, parent }: XmlElement): boolean =>
  name === 'LineID' ||
  name === 'SellerAssignedID' ||
  (name === 'ID' && ['ExchangedDocument', 'GuidelineSpecifiedDocumentContextParameter'].includes(parent?.name ?? ''))

const attributeRule = (id: string, attribute: string, pick: (view: View) => readonly XmlElement[]): Rule =>
  fatal(id, `The attribute ${attribute} must not stand here. Leave it out.`, (view, fail) => {
    const found = pick(view).find(({ attributes }) => attributes.has(attribute))
    if (found !== undefined) fail(placeOf(view, found, `@${attribute}`))
  })

const dataTypes: readonly Rule[] = [
  ...documentParts.map(([id, part, allowed]) =>
    fatal(
      id,
      `A document that is referred to has ${part}, which this kind of document must not have. Leave it out.`,
      (view, fail) => {
        for (const document of ending(view, 'ReferencedDocument')) {
          const [found] = view.tree.kids(document, `ram:${part}`)
          if (found !== undefined && !allowed(document.name, typeOf(view, document))) fail(placeOf(view, found))
        }
      },
    ),
  ),
  ...taxParts.map(([id, part, allowed]) =>
    warning(id, `A tax has ${part}, which belongs to the VAT breakdown only. Leave it out.`, (view, fail) => {
      for (const tax of ending(view, 'TradeTax')) {
        const [found] = view.tree.kids(tax, `ram:${part}`)
        if (found !== undefined && !allowed(tax)) fail(placeOf(view, found))
      }
    }),
  ),
  fatal(
    'CII-DT-037',
    'A tax is of another kind than VAT. Only VAT can be in the tax of an e-invoice.',
    (view, fail) => {
      for (const tax of ending(view, 'TradeTax')) {
        const [type] = view.tree.kids(tax, 'ram:TypeCode')
        if (type !== undefined && type.text !== 'VAT') fail(placeOf(view, type))
      }
    },
  ),
  fatal(
    'CII-DT-033',
    'A quantity has a unit though the billed quantity has none. Give the billed quantity its unit.',
    (view, fail) => {
      const billed = header(`${linesPath}/ram:SpecifiedLineTradeDelivery/ram:BilledQuantity`)(view)
      if (billed.some(({ attributes }) => attributes.has('unitCode'))) return
      report(view, fail, [ending(view, 'Quantity').find(({ attributes }) => attributes.has('unitCode'))])
    },
  ),
  ...idAttributes.map(([id, attribute]) =>
    attributeRule(id, attribute, (view) => ending(view, 'ID').filter((each) => !isPlainId(each))),
  ),
  ...(
    [
      ['CII-DT-031', 'currencyID'],
      ['CII-DT-032', 'currencyCodeListVersionID'],
    ] as const
  ).map(([id, attribute]) =>
    attributeRule(id, attribute, (view) => ending(view, 'Amount').filter(({ name }) => name !== 'TaxTotalAmount')),
  ),
  ...(
    [
      ['CII-DT-010', 'listID'],
      ['CII-DT-011', 'listAgencyID'],
      ['CII-DT-012', 'listVersionID'],
    ] as const
  ).map(([id, attribute]) =>
    // Another official rule on the same element hides these, so that no receiver rejects an invoice for them.
    warning(id, `The attribute ${attribute} of the invoice type must not stand here. Leave it out.`, (view, fail) => {
      const found = view.type.all.find(({ attributes }) => attributes.has(attribute))
      if (found !== undefined) fail(placeOf(view, found, `@${attribute}`))
    }),
  ),
  fatal('CII-DT-097', 'The date {value} is not written as YYYYMMDD. Enter the date again.', (view, fail) => {
    for (const date of view.tree.named('udt:DateTimeString')) {
      if (date.attributes.get('format') !== '102') continue
      if (!/^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(date.text.trim()))
        fail(placeOf(view, date), { value: textOf(date) })
    }
  }),
]

const idOf = (short: string) => `CII-${short.startsWith('S') ? 'SR' : 'DT'}-${short.slice(1)}`

/** Rules of the CII syntax (CII-SR-*, CII-DT-*). */
export const ciiRules: RuleSet = joined([
  ruleSet([...parties, ...documents, ...payment, ...lines, ...dataTypes]),
  notUsedRules(ciiNotUsed, 'cii', idOf),
  countRules(ciiOnceAtMost, 'cii', 'at most', idOf),
  countRules(ciiExactlyOnce, 'cii', 'exactly', idOf),
])
