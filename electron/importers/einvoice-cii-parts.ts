import type {
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
  ciiDate,
  identifier,
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

/** A trade party of CII. */
export function ciiParty(party: XmlElement, what: string): EInvoiceParty {
  const contact = one(party, 'ram:DefinedTradeContact')
  const taxes = many(party, 'ram:SpecifiedTaxRegistration').flatMap((found) => identifier(one(found, 'ram:ID')) ?? [])
  return {
    name: needText(party, 'ram:Name', what),
    tradingName: text(party, 'ram:SpecifiedLegalOrganization/ram:TradingBusinessName'),
    ids: identifications(party),
    legalId: identifier(one(party, 'ram:SpecifiedLegalOrganization/ram:ID')),
    legalInfo: text(party, 'ram:Description'),
    vatId: taxes.find((tax) => tax.scheme === 'VA')?.id ?? null,
    taxIds: taxes.filter((tax) => tax.scheme !== 'VA').map((tax) => ({ ...tax, scheme: 'FC' })),
    electronicAddress: identifier(one(party, 'ram:URIUniversalCommunication/ram:URIID')),
    address: ciiAddress(party),
    contact: contactOrNull({
      // BT-41 is either of them.
      name: text(contact, 'ram:PersonName') ?? text(contact, 'ram:DepartmentName'),
      phone: text(contact, 'ram:TelephoneUniversalCommunication/ram:CompleteNumber'),
      email: text(contact, 'ram:EmailURIUniversalCommunication/ram:URIID'),
    }),
  }
}

function identifications(party: XmlElement): Identifier[] {
  return [...many(party, 'ram:ID'), ...many(party, 'ram:GlobalID')].flatMap((found) => identifier(found) ?? [])
}

function ciiAddress(party: XmlElement | null): EInvoiceParty['address'] {
  const address = one(party, 'ram:PostalTradeAddress')
  return addressOrNull({
    line1: text(address, 'ram:LineOne'),
    line2: text(address, 'ram:LineTwo'),
    line3: text(address, 'ram:LineThree'),
    city: text(address, 'ram:CityName'),
    postcode: text(address, 'ram:PostcodeCode'),
    subdivision: text(address, 'ram:CountrySubDivisionName'),
    country: text(address, 'ram:CountryID'),
  })
}

/** Start and end of a billing period below an element. */
export function ciiPeriod(from: XmlElement): EInvoicePeriod | null {
  const period = one(from, 'ram:BillingSpecifiedPeriod')
  return periodOrNull({
    start: ciiDate(period, 'ram:StartDateTime/udt:DateTimeString'),
    end: ciiDate(period, 'ram:EndDateTime/udt:DateTimeString'),
  })
}

/** When the goods or services were delivered, to whom and where. */
export function ciiDelivery(delivery: XmlElement | null): EInvoiceDelivery | null {
  const shipTo = one(delivery, 'ram:ShipToTradeParty')
  const read: EInvoiceDelivery = {
    date: ciiDate(delivery, 'ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString'),
    partyName: text(shipTo, 'ram:Name'),
    locationId: shipTo === null ? null : (identifications(shipTo)[0] ?? null),
    address: ciiAddress(shipTo),
  }
  return isBlank(read) ? null : read
}

/** One way of paying. */
export function ciiPaymentMeans(means: XmlElement): EInvoicePaymentMeans {
  const account = one(means, 'ram:PayeePartyCreditorFinancialAccount')
  const card = one(means, 'ram:ApplicableTradeSettlementFinancialCard')
  return {
    ...noPaymentMeans,
    code: needText(means, 'ram:TypeCode', 'the way of payment (BT-81)'),
    text: text(means, 'ram:Information'),
    account: text(account, 'ram:IBANID') ?? text(account, 'ram:ProprietaryID'),
    accountName: text(account, 'ram:AccountName'),
    bic: text(means, 'ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID'),
    cardNumber: text(card, 'ram:ID'),
    cardHolder: text(card, 'ram:CardholderName'),
    debitedAccount: text(means, 'ram:PayerPartyDebtorFinancialAccount/ram:IBANID'),
  }
}

/** The tax of a line, an allowance or a breakdown row. */
export function ciiTax(tax: XmlElement): EInvoiceTax {
  return checkedTax(tax, {
    category: needCategory(tax, 'ram:CategoryCode', 'the VAT category (BT-151, BT-95, BT-102, BT-118)'),
    rateE6: rate(tax, 'ram:RateApplicablePercent'),
    exemptionReason: text(tax, 'ram:ExemptionReason'),
    exemptionCode: text(tax, 'ram:ExemptionReasonCode'),
  })
}

/** An allowance or a charge, of a line or of the document. */
export function ciiAdjustment(found: XmlElement, { currency }: Reading): EInvoiceAdjustment {
  const isCharge = needFlag(found, 'ram:ChargeIndicator/udt:Indicator', 'whether it is a charge')
  return {
    kind: isCharge ? 'charge' : 'allowance',
    reason: text(found, 'ram:Reason'),
    reasonCode: text(found, 'ram:ReasonCode'),
    amountE4: needMoney(found, 'ram:ActualAmount', currency, 'the amount (BT-92, BT-99, BT-136, BT-141)'),
    baseE4: money(found, 'ram:BasisAmount', currency),
    percentE6: rate(found, 'ram:CalculationPercent'),
  }
}

/** A supporting document (BG-24) with its embedded content, if any. */
export function ciiSupportingDocument(found: XmlElement): EInvoiceSupportingDocument {
  const content = one(found, 'ram:AttachmentBinaryObject')
  return {
    id: needText(found, 'ram:IssuerAssignedID', 'the reference of the supporting document (BT-122)'),
    description: text(found, 'ram:Name'),
    url: text(found, 'ram:URIID'),
    fileName: content?.attributes.get('filename') ?? null,
    mimeType: content?.attributes.get('mimeCode') ?? null,
    contentBase64: content === null ? null : own(content),
  }
}

/** What a line is for: the sections of CII that its readers need. */
export function ciiLineSections(line: XmlElement) {
  return {
    document: need(line, 'ram:AssociatedDocumentLineDocument', 'the number of the line (BT-126)'),
    product: need(line, 'ram:SpecifiedTradeProduct', 'the item (BG-31)'),
    agreement: need(line, 'ram:SpecifiedLineTradeAgreement', 'the price (BG-29)'),
    delivery: need(line, 'ram:SpecifiedLineTradeDelivery', 'the quantity (BT-129)'),
    settlement: need(line, 'ram:SpecifiedLineTradeSettlement', 'the VAT and the net amount of the line (BT-131)'),
  }
}
