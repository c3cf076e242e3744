import type { Amount, Percent, Quantity, UnitPrice } from '../money/scaled.ts'
import type { TaxCategory } from './model.ts'

/**
 * An electronic invoice of EN 16931 as its sender wrote it, whichever syntax it came in. Comments name the business
 * terms (BT) and groups (BG) of the standard; null stands for what the file does not say.
 */
export type EInvoiceSyntax = 'ubl-invoice' | 'ubl-creditnote' | 'cii'

/** An identifier with the list it is from (ICD, EAS or a scheme of the sender's). */
export type Identifier = { readonly id: string; readonly scheme: string | null }

export type EInvoiceAddress = {
  readonly line1: string | null
  readonly line2: string | null
  readonly line3: string | null
  readonly city: string | null
  readonly postcode: string | null
  readonly subdivision: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
}

export type EInvoiceContact = {
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
}

export type EInvoiceParty = {
  /** BT-27, BT-44, BT-59, BT-62 */
  readonly name: string
  /** BT-28, BT-45 */
  readonly tradingName: string | null
  /** BT-29, BT-46, BT-60 */
  readonly ids: readonly Identifier[]
  /** BT-30, BT-47, BT-61 */
  readonly legalId: Identifier | null
  /** BT-33: legal form, register, board. */
  readonly legalInfo: string | null
  /** BT-31, BT-48, BT-63 */
  readonly vatId: string | null
  /** BT-32 and any other registration that is not the VAT id; `scheme` is FC for the local tax number. */
  readonly taxIds: readonly Identifier[]
  /** BT-34, BT-49 */
  readonly electronicAddress: Identifier | null
  /** BG-5, BG-8, BG-12 */
  readonly address: EInvoiceAddress | null
  /** BG-6, BG-9 */
  readonly contact: EInvoiceContact | null
}

/** BG-14, BG-26; dates are 'YYYY-MM-DD'. */
export type EInvoicePeriod = { readonly start: string | null; readonly end: string | null }

/** BG-13, BG-15 */
export type EInvoiceDelivery = {
  readonly date: string | null
  readonly partyName: string | null
  readonly locationId: Identifier | null
  readonly address: EInvoiceAddress | null
}

/** BG-16; a document may offer several. */
export type EInvoicePaymentMeans = {
  /** BT-81, UNCL 4461: 30 and 58 credit transfer, 59 direct debit, 48 card, ... */
  readonly code: string
  /** BT-82 */
  readonly text: string | null
  /** BT-84: IBAN, or the account number where there is none. */
  readonly account: string | null
  /** BT-85 */
  readonly accountName: string | null
  /** BT-86 */
  readonly bic: string | null
  /** BT-87: the last digits only. */
  readonly cardNumber: string | null
  /** BT-88 */
  readonly cardHolder: string | null
  /** BT-91 */
  readonly debitedAccount: string | null
}

export type EInvoiceTax = {
  readonly category: TaxCategory
  /** null where the file gives none, as category O must. */
  readonly rateE6: Percent | null
  readonly exemptionReason: string | null
  /** VATEX code */
  readonly exemptionCode: string | null
}

/** BG-20, BG-21, BG-27, BG-28 */
export type EInvoiceAdjustment = {
  readonly kind: 'allowance' | 'charge'
  readonly reason: string | null
  /** UNCL 5189 for allowances, UNCL 7161 for charges. */
  readonly reasonCode: string | null
  readonly amountE4: Amount
  readonly baseE4: Amount | null
  readonly percentE6: Percent | null
}

export type EInvoiceDocumentAdjustment = EInvoiceAdjustment & { readonly tax: EInvoiceTax }

export type EInvoiceAttribute = { readonly name: string; readonly value: string }

/** BG-25 */
export type EInvoiceLine = {
  /** BT-126 */
  readonly id: string
  /** BT-127 */
  readonly note: string | null
  /** BT-153 */
  readonly name: string
  /** BT-154 */
  readonly description: string | null
  /** BT-155 */
  readonly sellerItemId: string | null
  /** BT-156 */
  readonly buyerItemId: string | null
  /** BT-157 */
  readonly standardId: Identifier | null
  /** BT-158 */
  readonly classifications: readonly Identifier[]
  /** BT-159 */
  readonly originCountry: string | null
  /** BG-32 */
  readonly attributes: readonly EInvoiceAttribute[]
  /** BT-128 */
  readonly objectId: Identifier | null
  /** BT-132 */
  readonly orderLineReference: string | null
  /** BT-133 */
  readonly buyerAccountingReference: string | null
  /** BT-129 */
  readonly quantityE6: Quantity
  /** BT-130, UN/ECE Recommendation 20 or 21. */
  readonly unitCode: string
  /** BT-146 */
  readonly priceE6: UnitPrice
  /** BT-148 */
  readonly grossPriceE6: UnitPrice | null
  /** BT-147 */
  readonly priceDiscountE6: UnitPrice | null
  /** BT-149 */
  readonly baseQuantityE6: Quantity | null
  readonly adjustments: readonly EInvoiceAdjustment[]
  readonly tax: EInvoiceTax
  readonly period: EInvoicePeriod | null
  /** BT-131 as the file has it. */
  readonly netE4: Amount
}

/** BG-23 */
export type EInvoiceTaxRow = EInvoiceTax & {
  /** BT-116 */
  readonly taxableE4: Amount
  /** BT-117 */
  readonly taxE4: Amount
}

/** BG-22 as the file has it, right or wrong. */
export type EInvoiceTotals = {
  /** BT-106 */
  readonly lineNetE4: Amount
  /** BT-107 */
  readonly allowanceE4: Amount | null
  /** BT-108 */
  readonly chargeE4: Amount | null
  /** BT-109 */
  readonly netE4: Amount
  /** BT-110 */
  readonly taxE4: Amount | null
  /** BT-111, in the accounting currency. */
  readonly taxInAccountingCurrencyE4: Amount | null
  /** BT-112 */
  readonly totalE4: Amount
  /** BT-113 */
  readonly prepaidE4: Amount | null
  /** BT-114 */
  readonly roundingE4: Amount | null
  /** BT-115 */
  readonly payableE4: Amount
}

export type EInvoiceReferences = {
  /** BT-10 */
  readonly buyerReference: string | null
  /** BT-11 */
  readonly project: string | null
  /** BT-12 */
  readonly contract: string | null
  /** BT-13 */
  readonly order: string | null
  /** BT-14 */
  readonly salesOrder: string | null
  /** BT-15 */
  readonly receivingAdvice: string | null
  /** BT-16 */
  readonly despatchAdvice: string | null
  /** BT-17 */
  readonly tender: string | null
  /** BT-18 */
  readonly invoicedObject: Identifier | null
  /** BT-19 */
  readonly buyerAccounting: string | null
  /** BG-3 */
  readonly precedingInvoices: readonly { readonly number: string; readonly date: string | null }[]
}

/** BG-24 */
export type EInvoiceSupportingDocument = {
  readonly id: string
  readonly description: string | null
  readonly url: string | null
  readonly fileName: string | null
  readonly mimeType: string | null
  readonly contentBase64: string | null
}

/** Content that was read over: it does not stop the import, but its reader should know. */
export type EInvoiceWarning = { readonly path: string; readonly line: number; readonly message: string }

export type EInvoice = {
  readonly syntax: EInvoiceSyntax
  readonly type: 'invoice' | 'credit-note'
  /** BT-24 */
  readonly specification: string | null
  /** BT-23 */
  readonly process: string | null
  /** BT-1 */
  readonly number: string
  /** BT-2 */
  readonly issueDate: string
  /** BT-3, UNCL 1001 */
  readonly typeCode: string
  /** BT-5 */
  readonly currency: string
  /** BT-6 */
  readonly taxCurrency: string | null
  /** BT-7 */
  readonly taxPointDate: string | null
  /** BT-9 */
  readonly dueDate: string | null
  /** BG-1: text with its subject code (UNCL 4451). */
  readonly notes: readonly { readonly subject: string | null; readonly text: string }[]
  readonly references: EInvoiceReferences
  readonly seller: EInvoiceParty
  readonly buyer: EInvoiceParty
  /** BG-10, where it is not the seller. */
  readonly payee: EInvoiceParty | null
  /** BG-11 */
  readonly taxRepresentative: EInvoiceParty | null
  readonly delivery: EInvoiceDelivery | null
  readonly period: EInvoicePeriod | null
  readonly paymentMeans: readonly EInvoicePaymentMeans[]
  /** BT-83 */
  readonly remittance: string | null
  /** BT-89 */
  readonly mandateId: string | null
  /** BT-90 */
  readonly creditorId: string | null
  /** BT-20 */
  readonly paymentTerms: string | null
  readonly lines: readonly EInvoiceLine[]
  readonly adjustments: readonly EInvoiceDocumentAdjustment[]
  readonly taxes: readonly EInvoiceTaxRow[]
  readonly totals: EInvoiceTotals
  /** BG-DEX-09 of the XRechnung extension: collected for others, and part of the amount due. */
  readonly thirdPartyPayments: readonly { readonly type: string; readonly amountE4: Amount; readonly text: string }[]
  readonly supportingDocuments: readonly EInvoiceSupportingDocument[]
  readonly warnings: readonly EInvoiceWarning[]
}
