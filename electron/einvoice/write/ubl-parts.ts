import type {
  EInvoice,
  EInvoiceAddress,
  EInvoiceAdjustment,
  EInvoiceDelivery,
  EInvoiceParty,
  EInvoicePaymentMeans,
  EInvoicePeriod,
  EInvoiceSupportingDocument,
  EInvoiceTax,
  Identifier,
} from '../../../shared/documents/einvoice.ts'
import { amountText, percentText } from './figures.ts'
import { type Content, type Element, group, value } from './xml-element.ts'

/** An identifier with its scheme as an attribute. */
export const ublIdentifier = (name: string, id: Identifier | null, attribute = 'schemeID'): Element | null =>
  id === null ? null : value(name, id.id, { [attribute]: id.scheme })

/** An address under the name that its place has (PostalAddress, Address). */
export const ublAddress = (name: string, address: EInvoiceAddress | null): Element | null =>
  address === null
    ? null
    : group(
        name,
        value('cbc:StreetName', address.line1),
        value('cbc:AdditionalStreetName', address.line2),
        value('cbc:CityName', address.city),
        value('cbc:PostalZone', address.postcode),
        value('cbc:CountrySubentity', address.subdivision),
        group('cac:AddressLine', value('cbc:Line', address.line3)),
        group('cac:Country', value('cbc:IdentificationCode', address.country)),
      )

const taxScheme = (id: string): Element | null => group('cac:TaxScheme', value('cbc:ID', id))

const registration = (id: string | null, scheme: string): Element | null =>
  id === null ? null : group('cac:PartyTaxScheme', value('cbc:CompanyID', id), taxScheme(scheme))

/** What is in a Party of seller and buyer; the creditor identifier of direct debits stands with the seller's ids. */
export const ublParty = (party: EInvoiceParty, creditorId: string | null = null): readonly Content[] => [
  ublIdentifier('cbc:EndpointID', party.electronicAddress),
  [...party.ids, ...(creditorId === null ? [] : [{ id: creditorId, scheme: 'SEPA' }])].map((id) =>
    group('cac:PartyIdentification', ublIdentifier('cbc:ID', id)),
  ),
  group('cac:PartyName', value('cbc:Name', party.tradingName)),
  ublAddress('cac:PostalAddress', party.address),
  registration(party.vatId, 'VAT'),
  party.taxIds.map(({ id, scheme }) => registration(id, scheme ?? 'FC')),
  group(
    'cac:PartyLegalEntity',
    value('cbc:RegistrationName', party.name),
    ublIdentifier('cbc:CompanyID', party.legalId),
    value('cbc:CompanyLegalForm', party.legalInfo),
  ),
  group(
    'cac:Contact',
    value('cbc:Name', party.contact?.name ?? null),
    value('cbc:Telephone', party.contact?.phone ?? null),
    value('cbc:ElectronicMail', party.contact?.email ?? null),
  ),
]

/** The payee, who is named and not registered for tax. */
export const ublPayee = (payee: EInvoiceParty | null): Element | null =>
  payee === null
    ? null
    : group(
        'cac:PayeeParty',
        payee.ids.map((id) => group('cac:PartyIdentification', ublIdentifier('cbc:ID', id))),
        group('cac:PartyName', value('cbc:Name', payee.name)),
        group('cac:PartyLegalEntity', ublIdentifier('cbc:CompanyID', payee.legalId)),
      )

/** The tax representative of the seller. */
export const ublTaxRepresentative = (party: EInvoiceParty | null): Element | null =>
  party === null
    ? null
    : group(
        'cac:TaxRepresentativeParty',
        group('cac:PartyName', value('cbc:Name', party.name)),
        ublAddress('cac:PostalAddress', party.address),
        registration(party.vatId, 'VAT'),
      )

/** A period under InvoicePeriod. */
export const ublPeriod = (period: EInvoicePeriod | null): Element | null =>
  group('cac:InvoicePeriod', value('cbc:StartDate', period?.start ?? null), value('cbc:EndDate', period?.end ?? null))

/** When, where and to whom it was delivered. */
export const ublDelivery = (delivery: EInvoiceDelivery | null): Element | null =>
  delivery === null
    ? null
    : group(
        'cac:Delivery',
        value('cbc:ActualDeliveryDate', delivery.date),
        group(
          'cac:DeliveryLocation',
          ublIdentifier('cbc:ID', delivery.locationId),
          ublAddress('cac:Address', delivery.address),
        ),
        group('cac:DeliveryParty', group('cac:PartyName', value('cbc:Name', delivery.partyName))),
      )

type Payment = Pick<EInvoice, 'remittance' | 'mandateId' | 'dueDate'> & { readonly dueInside: boolean }

/** One means of payment; all of them quote the same reference, and one alone may be described (UBL-SR-46). */
export const ublPaymentMeans = (
  means: EInvoicePaymentMeans,
  { remittance, mandateId, dueDate, dueInside }: Payment,
  isFirst: boolean,
): Element | null =>
  group(
    'cac:PaymentMeans',
    value('cbc:PaymentMeansCode', means.code, { name: isFirst ? means.text : null }),
    value('cbc:PaymentDueDate', dueInside && isFirst ? dueDate : null),
    value('cbc:PaymentID', remittance),
    group(
      'cac:CardAccount',
      value('cbc:PrimaryAccountNumberID', means.cardNumber),
      // UBL asks for a network, which the standard does not know.
      value('cbc:NetworkID', means.cardNumber === null ? null : 'NA'),
      value('cbc:HolderName', means.cardHolder),
    ),
    group(
      'cac:PayeeFinancialAccount',
      value('cbc:ID', means.account),
      value('cbc:Name', means.accountName),
      group('cac:FinancialInstitutionBranch', value('cbc:ID', means.bic)),
    ),
    group(
      'cac:PaymentMandate',
      value('cbc:ID', isFirst ? mandateId : null),
      group('cac:PayerFinancialAccount', value('cbc:ID', means.debitedAccount)),
    ),
  )

/** A VAT category under the name that its place has; reasons stand in the breakdown alone. */
export const ublTax = (name: string, tax: EInvoiceTax, hasReason: boolean): Element | null =>
  group(
    name,
    value('cbc:ID', tax.category),
    // "Not subject to VAT" has no rate (BR-O-05); only the breakdown of XRechnung says 0 (BR-DE-14).
    value('cbc:Percent', tax.category === 'O' && !hasReason ? null : percentText(tax.rateE6)),
    value('cbc:TaxExemptionReasonCode', hasReason ? tax.exemptionCode : null),
    value('cbc:TaxExemptionReason', hasReason ? tax.exemptionReason : null),
    taxScheme('VAT'),
  )

/** An allowance or charge; on a document with its tax. */
export const ublAdjustment = (it: EInvoiceAdjustment, currency: string, tax: EInvoiceTax | null): Element | null => {
  const money = { currencyID: currency }
  return group(
    'cac:AllowanceCharge',
    value('cbc:ChargeIndicator', it.kind === 'charge' ? 'true' : 'false'),
    value('cbc:AllowanceChargeReasonCode', it.reasonCode),
    value('cbc:AllowanceChargeReason', it.reason),
    value('cbc:MultiplierFactorNumeric', percentText(it.percentE6)),
    value('cbc:Amount', amountText(it.amountE4), money),
    value('cbc:BaseAmount', amountText(it.baseE4), money),
    tax === null ? null : ublTax('cac:TaxCategory', tax, false),
  )
}

/** A supporting document with its content or its address. */
export const ublSupportingDocument = (it: EInvoiceSupportingDocument): Element | null =>
  group(
    'cac:AdditionalDocumentReference',
    value('cbc:ID', it.id),
    value('cbc:DocumentDescription', it.description),
    group(
      'cac:Attachment',
      value('cbc:EmbeddedDocumentBinaryObject', it.contentBase64, { mimeCode: it.mimeType, filename: it.fileName }),
      group('cac:ExternalReference', value('cbc:URI', it.url)),
    ),
  )
