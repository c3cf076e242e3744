/** How an e-invoice is to be judged: the European standard alone, or with what a network or a country asks on top. */
export const einvoiceProfiles = ['en16931', 'peppol', 'xrechnung'] as const
export type EInvoiceProfile = (typeof einvoiceProfiles)[number]

export type Severity = 'fatal' | 'warning'

type PartyField =
  | 'name'
  | 'tradingName'
  | 'ids'
  | 'legalId'
  | 'vatId'
  | 'taxIds'
  | 'electronicAddress'
  | 'address'
  | 'address.city'
  | 'address.postcode'
  | 'address.country'
  | 'contact'
  | 'contact.name'
  | 'contact.phone'
  | 'contact.email'

type AdjustmentField = 'amount' | 'base' | 'percent' | 'reason' | 'reasonCode' | 'taxes'

type LineField =
  | 'id'
  | 'note'
  | 'name'
  | 'description'
  | 'quantity'
  | 'unit'
  | 'net'
  | 'price'
  | 'grossPrice'
  | 'priceDiscount'
  | 'baseQuantity'
  | 'taxes'
  | 'taxes.rate'
  | 'period'
  | 'attributes'
  | 'classifications'
  | 'standardId'
  | 'objectId'
  | 'originCountry'
  | 'orderLineReference'

type DocumentField =
  | 'document'
  | 'specification'
  | 'process'
  | 'number'
  | 'issuedOn'
  | 'dueOn'
  | 'type'
  | 'currency'
  | 'taxCurrency'
  | 'taxPoint'
  | 'notes'
  | 'buyerReference'
  | 'reference'
  | 'period'
  | 'precedingInvoices'
  | 'documents'
  | 'terms'
  | 'delivery.date'
  | 'delivery.address'
  | 'delivery.address.city'
  | 'delivery.address.postcode'
  | 'delivery.address.country'
  | 'delivery.locationId'
  | 'payment'
  | 'payment.code'
  | 'payment.account'
  | 'payment.card'
  | 'payment.mandate'
  | 'payment.creditorId'
  | 'payment.debitedAccount'
  | 'lines'
  | 'adjustments'
  | 'taxes'

type TotalsField = 'lineNet' | 'allowance' | 'charge' | 'net' | 'tax' | 'taxInTaxCurrency' | 'total' | 'prepaid'

/**
 * The part of an invoice that a finding is about, in words that a screen can jump by; numbers count from 0 in the order
 * of the document. It says what the content is, not where the XML keeps it.
 */
export type FieldKey =
  | DocumentField
  | `seller`
  | `seller.${PartyField}`
  | `buyer`
  | `buyer.${PartyField}`
  | `payee`
  | `payee.${PartyField}`
  | `taxRepresentative`
  | `taxRepresentative.${PartyField}`
  | `totals`
  | `totals.${TotalsField | 'rounding' | 'payable'}`
  | `taxes[${number}]`
  | `taxes[${number}].${'category' | 'rate' | 'taxable' | 'tax' | 'reason'}`
  | `adjustments[${number}]`
  | `adjustments[${number}].${AdjustmentField}`
  | `lines[${number}]`
  | `lines[${number}].${LineField}`
  | `lines[${number}].adjustments`
  | `lines[${number}].adjustments.${AdjustmentField}`

/** One broken rule: what is wrong, where it stands in the file, and which part of the invoice to change. */
export type Finding = {
  /** The rule's own name in the standard or profile; CF-* are ours. */
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly location: { readonly path: string; readonly line: number }
  /** Business term or group of EN 16931, '' where the rule has none. */
  readonly term: string
  readonly field: FieldKey
}
