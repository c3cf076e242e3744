import type {
  EInvoiceAddress,
  EInvoiceAdjustment,
  EInvoiceDelivery,
  EInvoiceParty,
  EInvoicePaymentMeans,
  EInvoicePeriod,
  EInvoiceSupportingDocument,
  EInvoiceTax,
  EInvoiceTaxRow,
  Identifier,
} from '../../../shared/documents/einvoice.ts'
import { amountText, compactDate, percentText } from './figures.ts'
import { type Content, type Element, group, value } from './xml-element.ts'

/** An identifier with its scheme. */
export const ciiIdentifier = (name: string, id: Identifier | null, attribute = 'schemeID'): Element | null =>
  id === null ? null : value(name, id.id, { [attribute]: id.scheme })

/** A date in an element of its own: `102` is YYYYMMDD, the one format of EN 16931. */
export const ciiDate = (name: string, date: string | null, prefix = 'udt:DateTimeString'): Element | null =>
  group(name, value(prefix, compactDate(date), { format: '102' }))

const address = (it: EInvoiceAddress | null): Element | null =>
  it === null
    ? null
    : group(
        'ram:PostalTradeAddress',
        value('ram:PostcodeCode', it.postcode),
        value('ram:LineOne', it.line1),
        value('ram:LineTwo', it.line2),
        value('ram:LineThree', it.line3),
        value('ram:CityName', it.city),
        value('ram:CountryID', it.country),
        value('ram:CountrySubDivisionName', it.subdivision),
      )

// Registered identifiers have an element of their own, after the plain ones.
const identifications = (ids: readonly Identifier[]): Content => {
  const registered = ids.filter(({ scheme }) => scheme !== null)
  // One kind of the two: EN 16931-3-3 takes the registered ones where there are any.
  return registered.length > 0
    ? registered.map((id) => ciiIdentifier('ram:GlobalID', id))
    : ids.map((id) => ciiIdentifier('ram:ID', id))
}

const taxRegistration = (id: string | null, scheme: string): Element | null =>
  id === null ? null : group('ram:SpecifiedTaxRegistration', value('ram:ID', id, { schemeID: scheme }))

/** A party under the name that its place has. */
export const ciiParty = (name: string, party: EInvoiceParty | null): Element | null =>
  party === null
    ? null
    : group(
        name,
        identifications(party.ids),
        value('ram:Name', party.name),
        value('ram:Description', party.legalInfo),
        group(
          'ram:SpecifiedLegalOrganization',
          ciiIdentifier('ram:ID', party.legalId),
          value('ram:TradingBusinessName', party.tradingName),
        ),
        group(
          'ram:DefinedTradeContact',
          value('ram:PersonName', party.contact?.name ?? null),
          group('ram:TelephoneUniversalCommunication', value('ram:CompleteNumber', party.contact?.phone ?? null)),
          group('ram:EmailURIUniversalCommunication', value('ram:URIID', party.contact?.email ?? null)),
        ),
        address(party.address),
        group('ram:URIUniversalCommunication', ciiIdentifier('ram:URIID', party.electronicAddress)),
        taxRegistration(party.vatId, 'VA'),
        party.taxIds.map(({ id }) => taxRegistration(id, 'FC')),
      )

/** A period under BillingSpecifiedPeriod. */
export const ciiPeriod = (period: EInvoicePeriod | null): Element | null =>
  group(
    'ram:BillingSpecifiedPeriod',
    ciiDate('ram:StartDateTime', period?.start ?? null),
    ciiDate('ram:EndDateTime', period?.end ?? null),
  )

/** What is said of the delivery. */
export const ciiDelivery = (delivery: EInvoiceDelivery | null): Content =>
  delivery === null
    ? null
    : [
        group(
          'ram:ShipToTradeParty',
          delivery.locationId === null ? null : identifications([delivery.locationId]),
          value('ram:Name', delivery.partyName),
          address(delivery.address),
        ),
        group('ram:ActualDeliverySupplyChainEvent', ciiDate('ram:OccurrenceDateTime', delivery.date)),
      ]

const isIban = (account: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9 ]{8,40}$/.test(account)

/** One means of payment. */
export const ciiPaymentMeans = (means: EInvoicePaymentMeans): Element | null => {
  const iban = means.account !== null && isIban(means.account) ? means.account : null
  return group(
    'ram:SpecifiedTradeSettlementPaymentMeans',
    value('ram:TypeCode', means.code),
    value('ram:Information', means.text),
    group(
      'ram:ApplicableTradeSettlementFinancialCard',
      value('ram:ID', means.cardNumber),
      value('ram:CardholderName', means.cardHolder),
    ),
    group('ram:PayerPartyDebtorFinancialAccount', value('ram:IBANID', means.debitedAccount)),
    group(
      'ram:PayeePartyCreditorFinancialAccount',
      value('ram:IBANID', iban),
      value('ram:AccountName', means.accountName),
      value('ram:ProprietaryID', iban === null ? means.account : null),
    ),
    group('ram:PayeeSpecifiedCreditorFinancialInstitution', value('ram:BICID', means.bic)),
  )
}

const rate = (tax: EInvoiceTax): Element | null => value('ram:RateApplicablePercent', percentText(tax.rateE6))

/** The tax of a line or an allowance under the name that its place has. */
export const ciiTax = (name: string, tax: EInvoiceTax): Element | null =>
  group(
    name,
    value('ram:TypeCode', 'VAT'),
    value('ram:CategoryCode', tax.category),
    // "Not subject to VAT" has no rate (BR-O-05); only the breakdown of XRechnung says 0 (BR-DE-14).
    tax.category === 'O' ? null : rate(tax),
  )

/** A row of the VAT breakdown; the tax point of the document stands with the first of them. */
export const ciiTaxRow = (row: EInvoiceTaxRow, taxPointDate: string | null): Element | null =>
  group(
    'ram:ApplicableTradeTax',
    value('ram:CalculatedAmount', amountText(row.taxE4)),
    value('ram:TypeCode', 'VAT'),
    value('ram:ExemptionReason', row.exemptionReason),
    value('ram:BasisAmount', amountText(row.taxableE4)),
    value('ram:CategoryCode', row.category),
    value('ram:ExemptionReasonCode', row.exemptionCode),
    ciiDate('ram:TaxPointDate', taxPointDate, 'udt:DateString'),
    rate(row),
  )

/** An allowance or charge; on a document with its tax. */
export const ciiAdjustment = (it: EInvoiceAdjustment, tax: EInvoiceTax | null): Element | null =>
  group(
    'ram:SpecifiedTradeAllowanceCharge',
    group('ram:ChargeIndicator', value('udt:Indicator', it.kind === 'charge' ? 'true' : 'false')),
    value('ram:CalculationPercent', percentText(it.percentE6)),
    value('ram:BasisAmount', amountText(it.baseE4)),
    value('ram:ActualAmount', amountText(it.amountE4)),
    value('ram:ReasonCode', it.reasonCode),
    value('ram:Reason', it.reason),
    tax === null ? null : ciiTax('ram:CategoryTradeTax', tax),
  )

/** A supporting document with its content or its address. */
export const ciiSupportingDocument = (it: EInvoiceSupportingDocument): Element | null =>
  group(
    'ram:AdditionalReferencedDocument',
    value('ram:IssuerAssignedID', it.id),
    value('ram:URIID', it.url),
    value('ram:TypeCode', '916'),
    value('ram:Name', it.description),
    value('ram:AttachmentBinaryObject', it.contentBase64, { mimeCode: it.mimeType, filename: it.fileName }),
  )
