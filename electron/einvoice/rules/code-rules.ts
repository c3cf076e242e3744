import type { XmlElement } from '../../importers/xml.ts'
import {
  allowanceReasons,
  chargeReasons,
  countries,
  creditNoteTypes,
  currencies,
  exemptionReasons,
  invoiceTypes,
  mimeTypes,
  paymentMeansCodes,
  periodCodesCii,
  periodCodesUbl,
  vatCategories,
} from './codes/document-codes.ts'
import {
  electronicAddressSchemes,
  identifierSchemes,
  itemClassifications,
  noteSubjects,
  noteSubjectsCiiOnly,
  objectSchemes,
} from './codes/reference-codes.ts'
import { unitCodes } from './codes/unit-codes.ts'
import { placeOf } from './field-index.ts'
import { fatal, type Rule } from './rule.ts'
import { nameOf, textOf } from './tree.ts'
import type { View } from './view.ts'

type Where = {
  /** `parent/name`, or a name alone. */
  readonly path: string
  /** The attribute that holds the code; it is looked at where it stands, or must stand where `isNeeded`. */
  readonly attribute?: string
  readonly isNeeded?: boolean
  readonly only?: (element: XmlElement, view: View) => boolean
  /** Codes beside those of the list. */
  readonly also?: (element: XmlElement, code: string) => boolean
}

type CodeRule = {
  readonly id: string
  readonly what: string
  readonly ubl: readonly Where[]
  readonly cii: readonly Where[]
  readonly list: (element: XmlElement, view: View) => ReadonlySet<string>
}

const at = (path: string, more: Omit<Where, 'path'> = {}): readonly Where[] => [{ path, ...more }]
const scheme = { attribute: 'schemeID' }
const always = (list: ReadonlySet<string>) => () => list

const isIn = (element: XmlElement, ...names: readonly string[]): boolean => {
  for (let up: XmlElement | null = element.parent; up !== null; up = up.parent) if (names.includes(up.name)) return true
  return false
}

const isOf = (kind: 'allowance' | 'charge') => (element: XmlElement) => {
  const indicator = element.parent?.children.find(({ name }) => name === 'ChargeIndicator')
  const said = textOf(indicator?.children[0] ?? indicator)
  return (kind === 'charge' ? /^(true|1)$/ : /^(false|0)$/).test(said)
}

const isObjectId = ({ parent }: XmlElement): boolean =>
  parent?.children.some((each) => each.name === 'DocumentTypeCode' && textOf(each) === '130') === true

const amounts =
  'Amount BaseAmount PriceAmount TaxAmount TaxableAmount LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableRoundingAmount PayableAmount'

/** Countries of one syntax only: the lists of the two differ by a country that is gone and one that is new. */
const countryAlso = (_: XmlElement, code: string): boolean => code === 'SS'
const countryAlsoCii = (_: XmlElement, code: string): boolean => code === 'AN'

const document: readonly CodeRule[] = [
  {
    id: 'BR-CL-01',
    what: 'type of document',
    ubl: [...at('cbc:InvoiceTypeCode'), ...at('cbc:CreditNoteTypeCode')],
    cii: at('rsm:ExchangedDocument/ram:TypeCode', { also: (_, code) => creditNoteTypes.has(code) }),
    list: ({ name }) => (name === 'CreditNoteTypeCode' ? creditNoteTypes : invoiceTypes),
  },
  {
    id: 'BR-CL-03',
    what: 'currency of an amount',
    ubl: amounts.split(' ').flatMap((name) => at(`cbc:${name}`, { attribute: 'currencyID', isNeeded: true })),
    cii: at('ram:TaxTotalAmount', { attribute: 'currencyID' }),
    list: always(currencies),
  },
  {
    id: 'BR-CL-04',
    what: 'currency of the invoice',
    ubl: at('cbc:DocumentCurrencyCode'),
    cii: at('ram:InvoiceCurrencyCode'),
    list: always(currencies),
  },
  {
    id: 'BR-CL-05',
    what: 'currency of the VAT',
    ubl: at('cbc:TaxCurrencyCode'),
    cii: at('ram:TaxCurrencyCode'),
    list: always(currencies),
  },
  {
    id: 'BR-CL-06',
    what: 'code for the tax point',
    ubl: at('cac:InvoicePeriod/cbc:DescriptionCode'),
    cii: at('ram:DueDateTypeCode'),
    list: (_, { syntax }) => (syntax === 'cii' ? periodCodesCii : periodCodesUbl),
  },
  {
    id: 'BR-CL-07',
    what: 'kind of object that is invoiced',
    ubl: [
      ...at('cac:AdditionalDocumentReference/cbc:ID', { ...scheme, only: isObjectId }),
      ...at('cac:DocumentReference/cbc:ID', { ...scheme, only: isObjectId }),
    ],
    cii: at('ram:ReferenceTypeCode'),
    list: always(objectSchemes),
  },
  {
    id: 'BR-CL-08',
    what: 'subject of a note',
    ubl: [],
    cii: at('ram:SubjectCode', { also: (_, code) => noteSubjectsCiiOnly.has(code) }),
    list: always(noteSubjects),
  },
  {
    id: 'BR-CL-10',
    what: 'scheme of an identifier of a party',
    ubl: at('cac:PartyIdentification/cbc:ID', {
      ...scheme,
      also: (element, code) => code === 'SEPA' && isIn(element, 'AccountingSupplierParty', 'PayeeParty'),
    }),
    cii: at('ram:GlobalID', {
      ...scheme,
      only: (element) => !isIn(element, 'SpecifiedTradeProduct', 'ShipToTradeParty'),
    }),
    list: always(identifierSchemes),
  },
  {
    id: 'BR-CL-11',
    what: 'scheme of a registration number',
    ubl: at('cac:PartyLegalEntity/cbc:CompanyID', scheme),
    cii: at('ram:ID', { ...scheme, only: (element) => !isIn(element, 'SpecifiedTaxRegistration') }),
    list: always(identifierSchemes),
  },
  {
    id: 'BR-CL-14',
    what: 'country',
    ubl: at('cac:Country/cbc:IdentificationCode', { also: countryAlso }),
    cii: at('ram:CountryID', { also: countryAlsoCii }),
    list: always(countries),
  },
  {
    id: 'BR-CL-16',
    what: 'means of payment',
    ubl: at('cac:PaymentMeans/cbc:PaymentMeansCode'),
    cii: at('ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode'),
    list: always(paymentMeansCodes),
  },
  {
    id: 'BR-CL-24',
    what: 'type of an attached file',
    ubl: at('cbc:EmbeddedDocumentBinaryObject', { attribute: 'mimeCode' }),
    cii: at('ram:AttachmentBinaryObject', { attribute: 'mimeCode' }),
    list: always(mimeTypes),
  },
  {
    id: 'BR-CL-25',
    what: 'scheme of an electronic address',
    ubl: at('cbc:EndpointID', scheme),
    cii: at('ram:URIUniversalCommunication/ram:URIID', scheme),
    list: always(electronicAddressSchemes),
  },
  {
    id: 'BR-CL-26',
    what: 'scheme of the place of delivery',
    ubl: at('cac:DeliveryLocation/cbc:ID', scheme),
    cii: at('ram:ShipToTradeParty/ram:GlobalID', scheme),
    list: always(identifierSchemes),
  },
]

const taxesAndLines: readonly CodeRule[] = [
  {
    id: 'BR-CL-13',
    what: 'system of item classification',
    ubl: at('cac:CommodityClassification/cbc:ItemClassificationCode', { attribute: 'listID' }),
    cii: at('ram:ClassCode', { attribute: 'listID' }),
    list: always(itemClassifications),
  },
  {
    id: 'BR-CL-15',
    what: 'country of origin',
    ubl: at('cac:OriginCountry/cbc:IdentificationCode', { also: countryAlso }),
    cii: at('ram:OriginTradeCountry/ram:ID', { also: countryAlsoCii }),
    list: always(countries),
  },
  {
    id: 'BR-CL-17',
    what: 'VAT category',
    ubl: at('cac:TaxCategory/cbc:ID'),
    cii: at('ram:CategoryTradeTax/ram:CategoryCode'),
    list: always(vatCategories),
  },
  {
    id: 'BR-CL-18',
    what: 'VAT category',
    ubl: at('cac:ClassifiedTaxCategory/cbc:ID'),
    cii: at('ram:ApplicableTradeTax/ram:CategoryCode'),
    list: always(vatCategories),
  },
  {
    id: 'BR-CL-19',
    what: 'reason code of an allowance',
    ubl: at('cac:AllowanceCharge/cbc:AllowanceChargeReasonCode', { only: isOf('allowance') }),
    cii: at('ram:SpecifiedTradeAllowanceCharge/ram:ReasonCode', { only: isOf('allowance') }),
    list: always(allowanceReasons),
  },
  {
    id: 'BR-CL-20',
    what: 'reason code of a charge',
    ubl: at('cac:AllowanceCharge/cbc:AllowanceChargeReasonCode', { only: isOf('charge') }),
    cii: at('ram:SpecifiedTradeAllowanceCharge/ram:ReasonCode', { only: isOf('charge') }),
    list: always(chargeReasons),
  },
  {
    id: 'BR-CL-21',
    what: 'scheme of a standard identifier of an item',
    ubl: at('cac:StandardItemIdentification/cbc:ID', scheme),
    cii: at('ram:SpecifiedTradeProduct/ram:GlobalID', scheme),
    list: always(identifierSchemes),
  },
  {
    id: 'BR-CL-22',
    what: 'reason code for charging no VAT',
    // The one list that is read without regard to case.
    ubl: at('cbc:TaxExemptionReasonCode', { also: (_, code) => exemptionReasons.has(code.toUpperCase()) }),
    cii: at('ram:ExemptionReasonCode', { also: (_, code) => exemptionReasons.has(code.toUpperCase()) }),
    list: always(exemptionReasons),
  },
  {
    id: 'BR-CL-23',
    what: 'unit of measure',
    ubl: ['InvoicedQuantity', 'CreditedQuantity', 'BaseQuantity'].flatMap((name) =>
      at(`cbc:${name}`, { attribute: 'unitCode' }),
    ),
    cii: ['BasisQuantity', 'BilledQuantity'].flatMap((name) => at(`ram:${name}`, { attribute: 'unitCode' })),
    list: always(unitCodes),
  },
]

function elementsAt(view: View, path: string): readonly XmlElement[] {
  const [name = '', parent] = path.split('/').reverse()
  const all = view.tree.named(name)
  return parent === undefined ? all : all.filter((each) => each.parent !== null && nameOf(each.parent) === parent)
}

const ruleOf = ({ id, what, ubl, cii, list }: CodeRule): Rule =>
  fatal(id, `"{value}" is not a ${what} that e-invoices know. Choose one from the list.`, (view, fail) => {
    for (const { path, attribute, isNeeded = false, only, also } of view.syntax === 'cii' ? cii : ubl) {
      for (const element of elementsAt(view, path)) {
        if (attribute !== undefined && !isNeeded && !element.attributes.has(attribute)) continue
        if (only !== undefined && !only(element, view)) continue
        const code = attribute === undefined ? textOf(element) : (element.attributes.get(attribute) ?? '').trim()
        if (list(element, view).has(code) || also?.(element, code) === true) continue
        fail(placeOf(view, element, attribute === undefined ? '' : `@${attribute}`), { value: code })
      }
    }
  })

/** In UBL the subject of a note is written in its text, as #AAA#. */
const noteSubjectsUbl = (view: View, fail: Parameters<Rule['check']>[1]): void => {
  for (const note of view.notes.all) {
    const [, code] = /^[^#]*#([^#]{3})#/.exec(note.text) ?? []
    if (code !== undefined && !noteSubjects.has(code)) fail(placeOf(view, note), { value: code })
  }
}

/** Rules on code lists (BR-CL-*). */
export const codeRules: readonly Rule[] = [...document, ...taxesAndLines].map(ruleOf).map((rule) =>
  rule.id === 'BR-CL-08'
    ? {
        ...rule,
        check: (view, fail) => (view.syntax === 'cii' ? rule.check(view, fail) : noteSubjectsUbl(view, fail)),
      }
    : rule,
)
