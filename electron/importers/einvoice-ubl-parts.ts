import type {
  EInvoiceAddress,
  EInvoiceAdjustment,
  EInvoiceDelivery,
  EInvoiceParty,
  EInvoicePaymentMeans,
  EInvoicePeriod,
  EInvoiceSupportingDocument,
  EInvoiceTax,
  Identifier,
} from '../../shared/documents/einvoice.ts'
import {
  identifier,
  isoDate,
  many,
  money,
  need,
  needCategory,
  needFlag,
  needMoney,
  needText,
  one,
  own,
  rate,
  text,
} from './einvoice-fields.ts'
import {
  addressOrNull,
  checkedTax,
  contactOrNull,
  isBlank,
  noPaymentMeans,
  periodOrNull,
  type Reading,
} from './einvoice-parts.ts'
import type { XmlElement } from './xml.ts'

// The bank's identification of the creditor (BT-90) travels as an identification of the seller or the payee.
const sepaScheme = 'SEPA'

/** A party of UBL (cac:Party and its like); its legal name comes before the name it trades under. */
export function ublParty(party: XmlElement, what: string): EInvoiceParty {
  const legalName = text(party, 'cac:PartyLegalEntity/cbc:RegistrationName')
  const otherName = text(party, 'cac:PartyName/cbc:Name')
  const name = legalName ?? otherName ?? needText(party, 'cac:PartyLegalEntity/cbc:RegistrationName', what)
  const taxes = many(party, 'cac:PartyTaxScheme').flatMap(taxRegistration)
  return {
    name,
    tradingName: legalName === null ? null : otherName,
    ids: identifications(party).filter((id) => id.scheme !== sepaScheme),
    legalId: identifier(one(party, 'cac:PartyLegalEntity/cbc:CompanyID')),
    legalInfo: text(party, 'cac:PartyLegalEntity/cbc:CompanyLegalForm'),
    vatId: taxes.find((tax) => tax.scheme === 'VAT')?.id ?? null,
    taxIds: taxes.filter((tax) => tax.scheme !== 'VAT').map((tax) => ({ ...tax, scheme: 'FC' })),
    electronicAddress: identifier(one(party, 'cbc:EndpointID')),
    address: ublAddress(one(party, 'cac:PostalAddress')),
    contact: contactOrNull({
      name: text(party, 'cac:Contact/cbc:Name'),
      phone: text(party, 'cac:Contact/cbc:Telephone'),
      email: text(party, 'cac:Contact/cbc:ElectronicMail'),
    }),
  }
}

function identifications(party: XmlElement): Identifier[] {
  return many(party, 'cac:PartyIdentification').flatMap((found) => identifier(one(found, 'cbc:ID')) ?? [])
}

/** The creditor identifier (BT-90) that the seller or the payee carries. */
export function creditorId(parties: readonly (XmlElement | null)[]): string | null {
  const all = parties.flatMap((party) => (party === null ? [] : identifications(party)))
  return all.find((id) => id.scheme === sepaScheme)?.id ?? null
}

function taxRegistration(found: XmlElement): Identifier[] {
  const id = text(found, 'cbc:CompanyID')
  return id === null ? [] : [{ id, scheme: text(found, 'cac:TaxScheme/cbc:ID') }]
}

function ublAddress(address: XmlElement | null): EInvoiceAddress | null {
  return addressOrNull({
    line1: text(address, 'cbc:StreetName'),
    line2: text(address, 'cbc:AdditionalStreetName'),
    line3: text(address, 'cac:AddressLine/cbc:Line'),
    city: text(address, 'cbc:CityName'),
    postcode: text(address, 'cbc:PostalZone'),
    subdivision: text(address, 'cbc:CountrySubentity'),
    country: text(address, 'cac:Country/cbc:IdentificationCode'),
  })
}

/** Start and end of a cac:InvoicePeriod below an element. */
export function ublPeriod(from: XmlElement): EInvoicePeriod | null {
  const period = one(from, 'cac:InvoicePeriod')
  return periodOrNull({ start: isoDate(period, 'cbc:StartDate'), end: isoDate(period, 'cbc:EndDate') })
}

/** When the goods or services were delivered, to whom and where. */
export function ublDelivery(root: XmlElement): EInvoiceDelivery | null {
  const delivery = one(root, 'cac:Delivery')
  const location = one(delivery, 'cac:DeliveryLocation')
  const read: EInvoiceDelivery = {
    date: isoDate(delivery, 'cbc:ActualDeliveryDate'),
    partyName: text(delivery, 'cac:DeliveryParty/cac:PartyName/cbc:Name'),
    locationId: identifier(one(location, 'cbc:ID')),
    address: ublAddress(one(location, 'cac:Address')),
  }
  return isBlank(read) ? null : read
}

/** One way of paying. */
export function ublPaymentMeans(means: XmlElement): EInvoicePaymentMeans {
  const code = need(means, 'cbc:PaymentMeansCode', 'the way of payment (BT-81)')
  const account = one(means, 'cac:PayeeFinancialAccount')
  const card = one(means, 'cac:CardAccount')
  return {
    ...noPaymentMeans,
    code: needText(means, 'cbc:PaymentMeansCode', 'the way of payment (BT-81)'),
    text: code.attributes.get('name')?.trim() || null,
    account: text(account, 'cbc:ID'),
    accountName: text(account, 'cbc:Name'),
    bic: text(account, 'cac:FinancialInstitutionBranch/cbc:ID'),
    cardNumber: text(card, 'cbc:PrimaryAccountNumberID'),
    cardHolder: text(card, 'cbc:HolderName'),
    debitedAccount: text(means, 'cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID'),
  }
}

/** The tax of a line, an allowance or a breakdown row. */
export function ublTax(category: XmlElement): EInvoiceTax {
  return checkedTax(category, {
    category: needCategory(category, 'cbc:ID', 'the VAT category (BT-151, BT-95, BT-102, BT-118)'),
    rateE6: rate(category, 'cbc:Percent'),
    exemptionReason: text(category, 'cbc:TaxExemptionReason'),
    exemptionCode: text(category, 'cbc:TaxExemptionReasonCode'),
  })
}

/** An allowance or a charge, of a line or of the document. */
export function ublAdjustment(found: XmlElement, { currency }: Reading): EInvoiceAdjustment {
  return {
    kind: needFlag(found, 'cbc:ChargeIndicator', 'whether it is a charge') ? 'charge' : 'allowance',
    reason: text(found, 'cbc:AllowanceChargeReason'),
    reasonCode: text(found, 'cbc:AllowanceChargeReasonCode'),
    amountE4: needMoney(found, 'cbc:Amount', currency, 'the amount (BT-92, BT-99, BT-136, BT-141)'),
    baseE4: money(found, 'cbc:BaseAmount', currency),
    percentE6: rate(found, 'cbc:MultiplierFactorNumeric'),
  }
}

/** A supporting document (BG-24) with its embedded content, if any. */
export function ublSupportingDocument(found: XmlElement): EInvoiceSupportingDocument {
  const content = one(found, 'cac:Attachment/cbc:EmbeddedDocumentBinaryObject')
  return {
    id: needText(found, 'cbc:ID', 'the reference of the supporting document (BT-122)'),
    description: text(found, 'cbc:DocumentDescription'),
    url: text(found, 'cac:Attachment/cac:ExternalReference/cbc:URI'),
    fileName: content?.attributes.get('filename') ?? null,
    mimeType: content?.attributes.get('mimeCode') ?? null,
    contentBase64: content === null ? null : own(content),
  }
}
