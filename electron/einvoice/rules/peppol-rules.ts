import type { XmlElement } from '../../importers/xml.ts'
import {
  isAustralian,
  isBelgian,
  isDanish,
  isGln,
  isItalianOffice,
  isItalianTaxCode,
  isItalianVat,
  isNorwegian,
  isSwedish,
} from './check-digits.ts'
import { codes } from './codes/codes.ts'
import { dayOf } from './document-rules.ts'
import { placeOf } from './field-index.ts'
import { peppolAmountRules } from './peppol-amount-rules.ts'
import { fatal, needsValue, type Rule, warning } from './rule.ts'
import { attributeOf, nameOf, textOf } from './tree.ts'
import { isPresent, only, type View, written } from './view.ts'

const specification = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'
const processShape = /^urn:fdc:peppol\.eu:2017:poacc:billing:\d{2}:1\.0$/
const billing = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'

const vatTotalsWith = (view: View, hasParts: boolean): readonly XmlElement[] =>
  view.tree
    .named('cac:TaxTotal')
    .filter((total) => total.parent === view.tree.root)
    .filter((total) => view.tree.kids(total, 'cac:TaxSubtotal').length > 0 === hasParts)

const isUbl = (view: View): boolean => view.syntax !== 'cii'

/** The delivery of CII must be there, even with nothing to say. */
const isEmpty = ({ name, children, text }: XmlElement): boolean =>
  children.length === 0 && text.trim() === '' && name !== 'ApplicableHeaderTradeDelivery'

/** The country that a party is of, by its VAT number or else its address: national exceptions depend on it. */
const countryOf = (view: View, name: 'seller' | 'buyer'): string => {
  const { vatId, country } = view.parties[name]
  return (written(vatId).slice(0, 2) || written(country)).toUpperCase()
}
const bothGerman = (view: View): boolean => countryOf(view, 'seller') === 'DE' && countryOf(view, 'buyer') === 'DE'

const document: readonly Rule[] = [
  needsValue(
    'PEPPOL-EN16931-R001',
    'The business process is missing. Peppol needs it: make the e-invoice again.',
    (view) => [view.process],
  ),
  fatal(
    'PEPPOL-EN16931-R002',
    'There is more than one note. Peppol takes one (several only between German parties): put them together.',
    (view, fail) => {
      const [, second] = view.notes.all
      if (isUbl(view) && second !== undefined && !bothGerman(view)) fail(only(view.notes, second))
    },
  ),
  fatal(
    'PEPPOL-EN16931-R003',
    'Neither a buyer reference nor an order number is given. Ask the client for one of them and enter it.',
    (view, fail) => {
      if (!isPresent(view.buyerReference) && !isPresent(view.order)) fail(view.buyerReference)
    },
  ),
  fatal(
    'PEPPOL-EN16931-R004',
    'The specification is not the one of Peppol BIS Billing 3.0. Choose the Peppol format and make the e-invoice again.',
    (view, fail) => {
      if (!written(view.specification).startsWith(specification)) fail(view.specification)
    },
  ),
  fatal(
    'PEPPOL-EN16931-R005',
    'The currency of the VAT is the one of the invoice. Leave it out, or choose another.',
    (view, fail) => {
      const currency = written(view.taxCurrency)
      if (currency !== '' && currency === written(view.currency)) fail(view.taxCurrency)
    },
  ),
  fatal(
    'PEPPOL-EN16931-R007',
    'The business process "{value}" is not one of Peppol. Choose the Peppol format and make the e-invoice again.',
    (view, fail) => {
      if (!processShape.test(written(view.process))) fail(view.process, { value: written(view.process) })
    },
  ),
  fatal('PEPPOL-EN16931-R008', '{name} is empty. Fill it in, or leave it out.', (view, fail) => {
    const all = view.tree.elements.filter(isEmpty)
    for (const element of all) fail(placeOf(view, element), { name: element.name })
  }),
  needsValue(
    'PEPPOL-EN16931-R010',
    'The electronic address of the buyer is missing. Enter it on the client.',
    (view) => [view.parties.buyer.electronicAddress],
  ),
  needsValue(
    'PEPPOL-EN16931-R020',
    'The electronic address of the seller is missing. Enter it in your settings.',
    (view) => [view.parties.seller.electronicAddress],
  ),
  fatal(
    'PEPPOL-EN16931-R061',
    'Payment is by direct debit, but the mandate reference is missing. Enter the reference of the mandate.',
    (view, fail) => {
      for (const { code, group } of view.paymentList) {
        if (!['49', '59'].includes(written(code))) continue
        const ids = isUbl(view)
          ? view.tree.all(group.home, 'cac:PaymentMandate/cbc:ID')
          : view.tree.named('ram:DirectDebitMandateID')
        if (ids.length === 0) fail({ ...group, term: 'BT-89', field: 'payment.mandate', missing: 'mandate' })
      }
    },
  ),
  fatal('PEPPOL-EN16931-R080', 'The credit note refers to more than one project. Keep one.', (view, fail) => {
    if (view.syntax !== 'ubl-creditnote') return
    const projects = view.documents.all.filter(
      (each) => textOf(view.tree.kids(each, 'cbc:DocumentTypeCode')[0]) === '50',
    )
    const [, second] = projects
    if (second !== undefined) fail(placeOf(view, second))
  }),
]

const taxTotals: readonly Rule[] = [
  fatal(
    'PEPPOL-EN16931-R053',
    'There must be exactly one VAT total with a breakdown. Correct the totals.',
    (view, fail) => {
      if (isUbl(view) && vatTotalsWith(view, true).length !== 1) fail(view.tax)
    },
  ),
  fatal(
    'PEPPOL-EN16931-R054',
    'There must be one VAT total without breakdown where the VAT has a currency of its own, and none otherwise.',
    (view, fail) => {
      const wanted = isPresent(view.taxCurrency) ? 1 : 0
      if (isUbl(view) && vatTotalsWith(view, false).length !== wanted) {
        fail({ ...view.tax, term: 'BT-111', field: 'totals.taxInTaxCurrency' })
      }
    },
  ),
  fatal(
    'PEPPOL-EN16931-R055',
    'The VAT totals in the two currencies have different signs. Both must be positive, or both negative.',
    (view, fail) => {
      const signOf = (currency: string): number => {
        const total = view.tax.all.find((each) => attributeOf(each, 'currencyID') === currency)
        const text = textOf(total)
        return /^-/.test(text) && /[1-9]/.test(text) ? -1 : /[1-9]/.test(text) ? 1 : 0
      }
      const currency = written(view.taxCurrency)
      if (currency === '') return
      if (signOf(currency) * signOf(written(view.currency)) < 0) fail({ ...view.tax, field: 'totals.taxInTaxCurrency' })
    },
  ),
]

const lines: readonly Rule[] = [
  fatal('PEPPOL-EN16931-R100', 'The line names more than one object that it is about. Keep one.', (view, fail) => {
    for (const { objectId } of view.lineList) {
      const [, second] = objectId.all
      if (isUbl(view) && second !== undefined) fail(only(objectId, second))
    }
  }),
  fatal(
    'PEPPOL-EN16931-R101',
    'A document of a line must be the object that the line is about (130). Remove others.',
    (view, fail) => {
      for (const { objectId } of view.lineList) {
        const kinds = view.tree.all(objectId.all, isUbl(view) ? 'cbc:DocumentTypeCode' : 'ram:TypeCode')
        if (isPresent(objectId) && !kinds.some((kind) => textOf(kind) === '130')) fail(objectId)
      }
    },
  ),
  fatal(
    'PEPPOL-EN16931-R110',
    'The period of the line starts before the invoice period. Correct one of them.',
    (view, fail) => {
      const start = dayOf(view.periodStart)
      for (const { periodStart } of view.lineList) {
        const day = dayOf(periodStart)
        if (start !== '' && day !== '' && day < start) fail(periodStart)
      }
    },
  ),
  fatal(
    'PEPPOL-EN16931-R111',
    'The period of the line ends after the invoice period. Correct one of them.',
    (view, fail) => {
      const end = dayOf(view.periodEnd)
      for (const { periodEnd } of view.lineList) {
        const day = dayOf(periodEnd)
        if (end !== '' && day !== '' && day > end) fail(periodEnd)
      }
    },
  ),
]

const identifiers: readonly (readonly [string, string, string, (id: string) => boolean, 'fatal' | 'warning'])[] = [
  ['PEPPOL-COMMON-R040', '0088', 'GLN', isGln, 'fatal'],
  ['PEPPOL-COMMON-R041', '0192', 'Norwegian organisation number', isNorwegian, 'fatal'],
  ['PEPPOL-COMMON-R042', '0184', 'Danish CVR number (DK and 8 digits)', isDanish, 'fatal'],
  ['PEPPOL-COMMON-R043', '0208', 'Belgian enterprise number', isBelgian, 'fatal'],
  ['PEPPOL-COMMON-R044', '0201', 'Italian office code', isItalianOffice, 'warning'],
  ['PEPPOL-COMMON-R045', '0210', 'Italian tax code', isItalianTaxCode, 'warning'],
  ['PEPPOL-COMMON-R046', '9907', 'Italian tax code', isItalianTaxCode, 'warning'],
  ['PEPPOL-COMMON-R047', '0211', 'Italian VAT number', isItalianVat, 'warning'],
  ['PEPPOL-COMMON-R049', '0007', 'Swedish organisation number', isSwedish, 'fatal'],
  ['PEPPOL-COMMON-R050', '0151', 'Australian Business Number', isAustralian, 'fatal'],
]

const withSchemes = (view: View): readonly XmlElement[] => [
  ...view.tree.named(isUbl(view) ? 'cbc:EndpointID' : 'ram:URIID'),
  ...view.tree.named('cbc:CompanyID'),
  ...view.tree.named('cbc:ID').filter(({ parent }) => parent !== null && nameOf(parent) === 'cac:PartyIdentification'),
]

const identifierRules: readonly Rule[] = identifiers.map(([id, scheme, what, isRight, severity]) =>
  (severity === 'fatal' ? fatal : warning)(
    id,
    `"{value}" is not a valid ${what}, which its scheme ${scheme} says it is. Correct the number or the scheme.`,
    (view, fail) => {
      for (const element of withSchemes(view)) {
        if (attributeOf(element, 'schemeID') !== scheme || isRight(textOf(element))) continue
        fail(placeOf(view, element), { value: textOf(element) })
      }
    },
  ),
)

const invoiceTypes = codes(
  '71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877',
)
const creditTypes = codes('381 396 81 83 532')

const reasons: readonly (readonly [string, string, string])[] = [
  ['PEPPOL-EN16931-P0104', 'VATEX-EU-G', 'G'],
  ['PEPPOL-EN16931-P0105', 'VATEX-EU-O', 'O'],
  ['PEPPOL-EN16931-P0106', 'VATEX-EU-IC', 'K'],
  ['PEPPOL-EN16931-P0107', 'VATEX-EU-AE', 'AE'],
  ['PEPPOL-EN16931-P0108', 'VATEX-EU-D', 'E'],
  ['PEPPOL-EN16931-P0109', 'VATEX-EU-F', 'E'],
  ['PEPPOL-EN16931-P0110', 'VATEX-EU-I', 'E'],
  ['PEPPOL-EN16931-P0111', 'VATEX-EU-J', 'E'],
]

const codeLists: readonly Rule[] = [
  ...(
    [
      ['PEPPOL-EN16931-P0100', 'cbc:InvoiceTypeCode', invoiceTypes],
      ['PEPPOL-EN16931-P0101', 'cbc:CreditNoteTypeCode', creditTypes],
    ] as const
  ).map(([id, name, list]) =>
    fatal(id, 'Peppol billing does not take documents of type {value}. Choose another type.', (view, fail) => {
      if (written(view.process) !== billing) return
      for (const type of view.tree.named(name)) {
        if (!list.has(textOf(type))) fail(placeOf(view, type), { value: textOf(type) })
      }
    }),
  ),
  fatal(
    'PEPPOL-EN16931-P0112',
    'Types 326 (partial) and 384 (corrected) are for invoices between German parties. Choose another type.',
    (view, fail) => {
      const isGermanType = ['326', '384'].includes(written(view.type))
      if (isUbl(view) && isGermanType && !bothGerman(view)) fail(view.type)
    },
  ),
  ...reasons.map(([id, reason, category]) =>
    fatal(
      id,
      `The reason ${reason} goes with the VAT category ${category}. Choose another reason or tax.`,
      (view, fail) => {
        for (const { taxes } of [...view.subtotals, ...view.adjustmentList]) {
          for (const { reasonCode, code } of taxes) {
            if (written(reasonCode).toUpperCase() === reason && code !== category) fail(reasonCode)
          }
        }
      },
    ),
  ),
  fatal('PEPPOL-EN16931-F001', 'The date {value} is not written as YYYY-MM-DD. Enter the date again.', (view, fail) => {
    const names = ['IssueDate', 'DueDate', 'TaxPointDate', 'StartDate', 'EndDate', 'ActualDeliveryDate']
    for (const date of names.flatMap((name) => view.tree.named(`cbc:${name}`))) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(date.text)) fail(placeOf(view, date), { value: textOf(date) })
    }
  }),
]

/** Rules of Peppol BIS Billing 3.0 beside the standard (PEPPOL-EN16931-*, PEPPOL-COMMON-*). */
export const peppolRules: readonly Rule[] = [
  ...document,
  ...peppolAmountRules,
  ...taxTotals,
  ...lines,
  ...identifierRules,
  ...codeLists,
]
