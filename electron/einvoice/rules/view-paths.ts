import type { FieldKey } from './finding.ts'

/**
 * Where each business term stands, in UBL and in CII: the one place where the two syntaxes differ for the rules of the
 * model. In UBL paths every step is an aggregate (cac) and the last a value (cbc), unless it ends in `/`. In CII paths
 * steps are `ram`, and the names before the dot stand for the header parts. `|` separates alternatives.
 */
type Place = readonly [term: string, field: FieldKey, ubl: string, cii: string]

const headerParts: ReadonlyMap<string, string> = new Map([
  ['context', 'rsm:ExchangedDocumentContext'],
  ['document', 'rsm:ExchangedDocument'],
  ['agreement', 'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement'],
  ['delivery', 'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery'],
  ['settlement', 'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement'],
  ['transaction', 'rsm:SupplyChainTradeTransaction'],
])

const prefixed = (step: string, prefix: string): string => (step.includes(':') ? step : `${prefix}:${step}`)

/** A UBL path of the tables with its prefixes. */
export function ublPath(path: string): string {
  const steps = path.replace(/\/$/, '').split('/')
  return steps
    .map((step, at) => prefixed(step, at === steps.length - 1 && !path.endsWith('/') ? 'cbc' : 'cac'))
    .join('/')
}

/** A CII path of the tables with its prefixes. */
export function ciiPath(path: string): string {
  const [, part, rest = path] = /^(\w+)\.(.*)$/.exec(path) ?? []
  const steps = rest.split('/').map((step) => prefixed(step, 'ram'))
  const head = part === undefined ? undefined : headerParts.get(part)
  return head === undefined ? steps.join('/') : [head, ...steps].join('/')
}

const sum = 'settlement.SpecifiedTradeSettlementHeaderMonetarySummation'
const means = 'settlement.SpecifiedTradeSettlementPaymentMeans'
const deliverTo = 'Delivery/DeliveryLocation/Address/'
const shipTo = 'delivery.ShipToTradeParty'

/** Terms that stand once in a document. */
export const headerPlaces = {
  specification: ['BT-24', 'specification', 'CustomizationID', 'context.GuidelineSpecifiedDocumentContextParameter/ID'],
  process: ['BT-23', 'process', 'ProfileID', 'context.BusinessProcessSpecifiedDocumentContextParameter/ID'],
  number: ['BT-1', 'number', 'ID', 'document.ID'],
  issuedOn: ['BT-2', 'issuedOn', 'IssueDate', 'document.IssueDateTime/udt:DateTimeString'],
  type: ['BT-3', 'type', 'InvoiceTypeCode|CreditNoteTypeCode', 'document.TypeCode'],
  currency: ['BT-5', 'currency', 'DocumentCurrencyCode', 'settlement.InvoiceCurrencyCode'],
  taxCurrency: ['BT-6', 'taxCurrency', 'TaxCurrencyCode', 'settlement.TaxCurrencyCode'],
  taxPoint: ['BT-7', 'taxPoint', 'TaxPointDate', 'settlement.ApplicableTradeTax/TaxPointDate/udt:DateString'],
  taxPointCode: ['BT-8', 'taxPoint', 'InvoicePeriod/DescriptionCode', 'settlement.ApplicableTradeTax/DueDateTypeCode'],
  dueOn: ['BT-9', 'dueOn', 'DueDate', 'settlement.SpecifiedTradePaymentTerms/DueDateDateTime/udt:DateTimeString'],
  buyerReference: ['BT-10', 'buyerReference', 'BuyerReference', 'agreement.BuyerReference'],
  order: ['BT-13', 'reference', 'OrderReference/ID', 'agreement.BuyerOrderReferencedDocument/IssuerAssignedID'],
  notes: ['BT-22', 'notes', 'Note', 'document.IncludedNote/Content'],
  terms: ['BT-20', 'terms', 'PaymentTerms/Note', 'settlement.SpecifiedTradePaymentTerms/Description'],
  period: ['BG-14', 'period', 'InvoicePeriod/', 'settlement.BillingSpecifiedPeriod'],
  periodStart: [
    'BT-73',
    'period',
    'InvoicePeriod/StartDate',
    'settlement.BillingSpecifiedPeriod/StartDateTime/udt:DateTimeString',
  ],
  periodEnd: [
    'BT-74',
    'period',
    'InvoicePeriod/EndDate',
    'settlement.BillingSpecifiedPeriod/EndDateTime/udt:DateTimeString',
  ],
  preceding: ['BG-3', 'precedingInvoices', 'BillingReference/', 'settlement.InvoiceReferencedDocument'],
  documents: ['BG-24', 'documents', 'AdditionalDocumentReference/', 'agreement.AdditionalReferencedDocument'],
  deliveredOn: [
    'BT-72',
    'delivery.date',
    'Delivery/ActualDeliveryDate',
    'delivery.ActualDeliverySupplyChainEvent/OccurrenceDateTime/udt:DateTimeString',
  ],
  deliverTo: ['BG-15', 'delivery.address', deliverTo, `${shipTo}/PostalTradeAddress`],
  deliverToCity: ['BT-77', 'delivery.address.city', `${deliverTo}CityName`, `${shipTo}/PostalTradeAddress/CityName`],
  deliverToPostcode: [
    'BT-78',
    'delivery.address.postcode',
    `${deliverTo}PostalZone`,
    `${shipTo}/PostalTradeAddress/PostcodeCode`,
  ],
  deliverToCountry: [
    'BT-80',
    'delivery.address.country',
    `${deliverTo}Country/IdentificationCode`,
    `${shipTo}/PostalTradeAddress/CountryID`,
  ],
  payment: ['BG-16', 'payment', 'PaymentMeans/', means],
  creditorId: ['BT-90', 'payment.creditorId', 'PayeeParty/PartyIdentification/ID', 'settlement.CreditorReferenceID'],
  totals: ['BG-22', 'totals', 'LegalMonetaryTotal/', sum],
  lineNet: ['BT-106', 'totals.lineNet', 'LegalMonetaryTotal/LineExtensionAmount', `${sum}/LineTotalAmount`],
  allowance: ['BT-107', 'totals.allowance', 'LegalMonetaryTotal/AllowanceTotalAmount', `${sum}/AllowanceTotalAmount`],
  charge: ['BT-108', 'totals.charge', 'LegalMonetaryTotal/ChargeTotalAmount', `${sum}/ChargeTotalAmount`],
  net: ['BT-109', 'totals.net', 'LegalMonetaryTotal/TaxExclusiveAmount', `${sum}/TaxBasisTotalAmount`],
  tax: ['BT-110', 'totals.tax', 'TaxTotal/TaxAmount', `${sum}/TaxTotalAmount`],
  total: ['BT-112', 'totals.total', 'LegalMonetaryTotal/TaxInclusiveAmount', `${sum}/GrandTotalAmount`],
  prepaid: ['BT-113', 'totals.prepaid', 'LegalMonetaryTotal/PrepaidAmount', `${sum}/TotalPrepaidAmount`],
  rounding: ['BT-114', 'totals.rounding', 'LegalMonetaryTotal/PayableRoundingAmount', `${sum}/RoundingAmount`],
  payable: ['BT-115', 'totals.payable', 'LegalMonetaryTotal/PayableAmount', `${sum}/DuePayableAmount`],
  breakdown: ['BG-23', 'taxes', 'TaxTotal/TaxSubtotal/', 'settlement.ApplicableTradeTax'],
  lines: ['BG-25', 'lines', 'InvoiceLine/|CreditNoteLine/', 'transaction.IncludedSupplyChainTradeLineItem'],
  adjustments: ['BG-20', 'adjustments', 'AllowanceCharge/', 'settlement.SpecifiedTradeAllowanceCharge'],
} as const satisfies Record<string, Place>

const lineSettlement = 'SpecifiedLineTradeSettlement'
const netPrice = 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice'
const grossPrice = 'SpecifiedLineTradeAgreement/GrossPriceProductTradePrice'

/** Terms of a line; its field is the part after `lines[n].`. */
export const linePlaces = {
  id: ['BT-126', 'id', 'ID', 'AssociatedDocumentLineDocument/LineID'],
  quantity: ['BT-129', 'quantity', 'InvoicedQuantity|CreditedQuantity', 'SpecifiedLineTradeDelivery/BilledQuantity'],
  net: [
    'BT-131',
    'net',
    'LineExtensionAmount',
    `${lineSettlement}/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount`,
  ],
  name: ['BT-153', 'name', 'Item/Name', 'SpecifiedTradeProduct/Name'],
  price: ['BT-146', 'price', 'Price/PriceAmount', `${netPrice}/ChargeAmount`],
  grossPrice: ['BT-148', 'grossPrice', 'Price/AllowanceCharge/BaseAmount', `${grossPrice}/ChargeAmount`],
  priceDiscount: [
    'BT-147',
    'priceDiscount',
    'Price/AllowanceCharge/Amount',
    `${grossPrice}/AppliedTradeAllowanceCharge/ActualAmount`,
  ],
  priceIndicator: [
    'BT-147',
    'priceDiscount',
    'Price/AllowanceCharge/ChargeIndicator',
    `${grossPrice}/AppliedTradeAllowanceCharge/ChargeIndicator/udt:Indicator`,
  ],
  baseQuantity: ['BT-149', 'baseQuantity', 'Price/BaseQuantity', `${netPrice}/BasisQuantity`],
  taxes: ['BG-30', 'taxes', 'Item/ClassifiedTaxCategory/', `${lineSettlement}/ApplicableTradeTax`],
  category: ['BT-151', 'taxes', 'Item/ClassifiedTaxCategory/ID', `${lineSettlement}/ApplicableTradeTax/CategoryCode`],
  period: ['BG-26', 'period', 'InvoicePeriod/', `${lineSettlement}/BillingSpecifiedPeriod`],
  periodStart: [
    'BT-134',
    'period',
    'InvoicePeriod/StartDate',
    `${lineSettlement}/BillingSpecifiedPeriod/StartDateTime/udt:DateTimeString`,
  ],
  periodEnd: [
    'BT-135',
    'period',
    'InvoicePeriod/EndDate',
    `${lineSettlement}/BillingSpecifiedPeriod/EndDateTime/udt:DateTimeString`,
  ],
  attributes: [
    'BG-32',
    'attributes',
    'Item/AdditionalItemProperty/',
    'SpecifiedTradeProduct/ApplicableProductCharacteristic',
  ],
  classifications: [
    'BT-158',
    'classifications',
    'Item/CommodityClassification/ItemClassificationCode',
    'SpecifiedTradeProduct/DesignatedProductClassification/ClassCode',
  ],
  standardId: ['BT-157', 'standardId', 'Item/StandardItemIdentification/ID', 'SpecifiedTradeProduct/GlobalID'],
  objectId: ['BT-128', 'objectId', 'DocumentReference/', `${lineSettlement}/AdditionalReferencedDocument`],
  adjustments: ['BG-27', 'adjustments', 'AllowanceCharge/', `${lineSettlement}/SpecifiedTradeAllowanceCharge`],
} as const satisfies Record<string, readonly [string, string, string, string]>

/** Terms of an allowance or charge, of the document and of a line. */
export const adjustmentPlaces = {
  indicator: ['ChargeIndicator', 'ChargeIndicator/udt:Indicator'],
  amount: ['Amount', 'ActualAmount'],
  base: ['BaseAmount', 'BasisAmount'],
  percent: ['MultiplierFactorNumeric', 'CalculationPercent'],
  reason: ['AllowanceChargeReason', 'Reason'],
  reasonCode: ['AllowanceChargeReasonCode', 'ReasonCode'],
  taxes: ['TaxCategory/', 'CategoryTradeTax'],
} as const

/** Terms of a VAT category, wherever it stands. */
export const taxPlaces = {
  category: ['ID', 'CategoryCode'],
  rate: ['Percent', 'RateApplicablePercent'],
  reason: ['TaxExemptionReason', 'ExemptionReason'],
  reasonCode: ['TaxExemptionReasonCode', 'ExemptionReasonCode'],
  scheme: ['TaxScheme/ID', 'TypeCode'],
} as const

/** Terms of a means of payment. */
export const paymentPlaces = {
  code: ['BT-81', 'payment.code', 'PaymentMeansCode', 'TypeCode'],
  transfer: ['BG-17', 'payment.account', 'PayeeFinancialAccount/', 'PayeePartyCreditorFinancialAccount'],
  account: [
    'BT-84',
    'payment.account',
    'PayeeFinancialAccount/ID',
    'PayeePartyCreditorFinancialAccount/IBANID|PayeePartyCreditorFinancialAccount/ProprietaryID',
  ],
  card: ['BG-18', 'payment.card', 'CardAccount/', 'ApplicableTradeSettlementFinancialCard'],
  cardNumber: [
    'BT-87',
    'payment.card',
    'CardAccount/PrimaryAccountNumberID',
    'ApplicableTradeSettlementFinancialCard/ID',
  ],
  debited: [
    'BT-91',
    'payment.debitedAccount',
    'PaymentMandate/PayerFinancialAccount/ID',
    'PayerPartyDebtorFinancialAccount/IBANID',
  ],
} as const satisfies Record<string, Place>
