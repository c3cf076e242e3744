import type {
  EInvoice,
  EInvoiceLine,
  EInvoiceReferences,
  EInvoiceTaxRow,
  EInvoiceTotals,
} from '../../shared/documents/einvoice.ts'
import {
  count,
  currencyCode,
  identifier,
  isoDate,
  many,
  money,
  need,
  needMoney,
  needText,
  one,
  own,
  price,
  refuse,
  text,
} from './einvoice-fields.ts'
import { checkedLine, isCreditCode, type Reading, warn } from './einvoice-parts.ts'
import {
  creditorId,
  ublAdjustment,
  ublDelivery,
  ublParty,
  ublPaymentMeans,
  ublPeriod,
  ublSupportingDocument,
  ublTax,
} from './einvoice-ubl-parts.ts'
import type { XmlElement } from './xml.ts'

type Dialect = Readonly<Record<'typeCode' | 'line' | 'quantity', string>> & { readonly dueDates: readonly string[] }

// Where Invoice and CreditNote name the same thing differently (UBL 2.1).
const dialects: Readonly<Record<'ubl-invoice' | 'ubl-creditnote', Dialect>> = {
  'ubl-invoice': {
    typeCode: 'cbc:InvoiceTypeCode',
    line: 'cac:InvoiceLine',
    quantity: 'cbc:InvoicedQuantity',
    dueDates: ['cbc:DueDate'],
  },
  'ubl-creditnote': {
    typeCode: 'cbc:CreditNoteTypeCode',
    line: 'cac:CreditNoteLine',
    quantity: 'cbc:CreditedQuantity',
    dueDates: ['cac:PaymentMeans', 'cbc:PaymentDueDate'],
  },
}

/** Reads a UBL 2.1 Invoice or CreditNote; throws EInvoiceError where a mandatory element is missing or broken. */
export function readUbl(root: XmlElement, syntax: 'ubl-invoice' | 'ubl-creditnote'): EInvoice {
  const dialect = dialects[syntax]
  const currency =
    currencyCode(root, 'cbc:DocumentCurrencyCode') ?? needText(root, 'cbc:DocumentCurrencyCode', 'the currency (BT-5)')
  const reading: Reading = { currency, warnings: [] }
  const taxCurrency = currencyCode(root, 'cbc:TaxCurrencyCode')
  const typeCode = needText(root, dialect.typeCode, 'the kind of document (BT-3)')
  const supplier = need(root, 'cac:AccountingSupplierParty/cac:Party', 'the seller (BG-4)')
  const customer = need(root, 'cac:AccountingCustomerParty/cac:Party', 'the buyer (BG-7)')
  const payee = one(root, 'cac:PayeeParty')
  const representative = one(root, 'cac:TaxRepresentativeParty')
  const invoice: EInvoice = {
    syntax,
    type: syntax === 'ubl-creditnote' || isCreditCode(typeCode) ? 'credit-note' : 'invoice',
    specification: text(root, 'cbc:CustomizationID'),
    process: text(root, 'cbc:ProfileID'),
    number: needText(root, 'cbc:ID', 'the number of the document (BT-1)'),
    issueDate: isoDate(root, 'cbc:IssueDate') ?? needText(root, 'cbc:IssueDate', 'the date of issue (BT-2)'),
    typeCode,
    currency,
    taxCurrency,
    taxPointDate: isoDate(root, 'cbc:TaxPointDate'),
    dueDate: dueDate(root, dialect),
    notes: many(root, 'cbc:Note').flatMap(note),
    references: references(root),
    seller: ublParty(supplier, 'the name of the seller (BT-27)'),
    buyer: ublParty(customer, 'the name of the buyer (BT-44)'),
    payee: payee === null ? null : ublParty(payee, 'the name of the payee (BT-59)'),
    taxRepresentative: representative === null ? null : ublParty(representative, 'the tax representative (BT-62)'),
    delivery: ublDelivery(root),
    period: ublPeriod(root),
    ...payment(root, reading),
    creditorId: creditorId([supplier, payee]),
    lines: lines(root, dialect, reading),
    adjustments: many(root, 'cac:AllowanceCharge').map((found) => ({
      ...ublAdjustment(found, reading),
      tax: ublTax(need(found, 'cac:TaxCategory', 'the VAT of the allowance or charge (BT-95, BT-102)')),
    })),
    ...taxesAndTotals(root, reading, taxCurrency),
    thirdPartyPayments: thirdPartyPayments(root, reading),
    supportingDocuments: many(root, 'cac:AdditionalDocumentReference')
      .filter((found) => !isReferenceByType(found))
      .map(ublSupportingDocument),
    warnings: reading.warnings,
  }
  return invoice
}

function dueDate(root: XmlElement, { dueDates: [first = '', inner] }: Dialect): string | null {
  if (inner === undefined) return isoDate(root, first)
  const dates = many(root, first).flatMap((means) => isoDate(means, inner) ?? [])
  return dates.toSorted()[0] ?? null
}

// EN 16931-3-2: the subject code of a note (BT-21) stands before its text between number signs.
function note(found: XmlElement): EInvoice['notes'] {
  const whole = own(found)
  if (whole === null) return []
  const match = /^#([A-Z]{3})#\s*([\s\S]*)$/.exec(whole)
  return [match === null ? { subject: null, text: whole } : { subject: match[1] ?? null, text: match[2] ?? '' }]
}

const referenceTypes = { invoicedObject: '130', project: '50' } as const

function isReferenceByType(found: XmlElement): boolean {
  const type = text(found, 'cbc:DocumentTypeCode')
  return type === referenceTypes.invoicedObject || type === referenceTypes.project
}

function references(root: XmlElement): EInvoiceReferences {
  const byType = (code: string) =>
    many(root, 'cac:AdditionalDocumentReference').find((found) => text(found, 'cbc:DocumentTypeCode') === code) ?? null
  return {
    buyerReference: text(root, 'cbc:BuyerReference'),
    // A CreditNote has no ProjectReference and says its project as a typed document reference.
    project: text(root, 'cac:ProjectReference/cbc:ID') ?? text(byType(referenceTypes.project), 'cbc:ID'),
    contract: text(root, 'cac:ContractDocumentReference/cbc:ID'),
    order: text(root, 'cac:OrderReference/cbc:ID'),
    salesOrder: text(root, 'cac:OrderReference/cbc:SalesOrderID'),
    receivingAdvice: text(root, 'cac:ReceiptDocumentReference/cbc:ID'),
    despatchAdvice: text(root, 'cac:DespatchDocumentReference/cbc:ID'),
    tender: text(root, 'cac:OriginatorDocumentReference/cbc:ID'),
    invoicedObject: identifier(one(byType(referenceTypes.invoicedObject), 'cbc:ID')),
    buyerAccounting: text(root, 'cbc:AccountingCost'),
    precedingInvoices: many(root, 'cac:BillingReference').flatMap((found) => {
      const document = one(found, 'cac:InvoiceDocumentReference')
      if (document === null) return []
      const number = needText(document, 'cbc:ID', 'the number of the preceding invoice (BT-25)')
      return [{ number, date: isoDate(document, 'cbc:IssueDate') }]
    }),
  }
}

type Payment = Pick<EInvoice, 'paymentMeans' | 'remittance' | 'mandateId' | 'paymentTerms'>

function payment(root: XmlElement, reading: Reading): Payment {
  const means = many(root, 'cac:PaymentMeans')
  const remittances = new Set(means.flatMap((found) => many(found, 'cbc:PaymentID').flatMap((id) => own(id) ?? [])))
  const [first, ...others] = remittances
  if (others.length > 0) warn(reading, root, `several payment references; "${first}" is kept, not ${others.join(', ')}`)
  const terms = many(root, 'cac:PaymentTerms').flatMap((found) => many(found, 'cbc:Note').flatMap((n) => own(n) ?? []))
  return {
    // Some senders leave an empty element where there is nothing to say.
    paymentMeans: means.filter((found) => found.children.length > 0).map(ublPaymentMeans),
    remittance: first ?? null,
    mandateId: means.flatMap((found) => text(found, 'cac:PaymentMandate/cbc:ID') ?? [])[0] ?? null,
    paymentTerms: terms.length === 0 ? null : terms.join('\n'),
  }
}

function lines(root: XmlElement, dialect: Dialect, reading: Reading): EInvoiceLine[] {
  const found = many(root, dialect.line)
  if (found.length === 0)
    refuse(root, `the element ${dialect.line} is missing: a document has at least one line (BG-25)`)
  return found.map((line) => readLine(line, dialect, reading))
}

function readLine(line: XmlElement, dialect: Dialect, reading: Reading): EInvoiceLine {
  const { currency } = reading
  const item = need(line, 'cac:Item', 'the item (BG-31)')
  const quantityElement = need(line, dialect.quantity, 'the quantity (BT-129)')
  for (const sub of many(line, 'cac:SubInvoiceLine')) {
    warn(reading, sub, 'a sub line (XRechnung extension) is not imported; the line above it carries its amount')
  }
  const classified = need(item, 'cac:ClassifiedTaxCategory', 'the VAT of the line (BT-151)')
  const joined = (path: string) => many(item, path).flatMap((found) => own(found) ?? [])
  return checkedLine(line, {
    id: needText(line, 'cbc:ID', 'the number of the line (BT-126)'),
    note:
      many(line, 'cbc:Note')
        .flatMap((found) => own(found) ?? [])
        .join('\n') || null,
    name: needText(item, 'cbc:Name', 'the name of the item (BT-153)'),
    description: joined('cbc:Description').join('\n') || null,
    sellerItemId: text(item, 'cac:SellersItemIdentification/cbc:ID'),
    buyerItemId: text(item, 'cac:BuyersItemIdentification/cbc:ID'),
    standardId: identifier(one(item, 'cac:StandardItemIdentification/cbc:ID')),
    classifications: many(item, 'cac:CommodityClassification').flatMap(
      (found) => identifier(one(found, 'cbc:ItemClassificationCode'), 'listID') ?? [],
    ),
    originCountry: text(item, 'cac:OriginCountry/cbc:IdentificationCode'),
    attributes: many(item, 'cac:AdditionalItemProperty').map((found) => ({
      name: needText(found, 'cbc:Name', 'the name of the item attribute (BT-160)'),
      value: text(found, 'cbc:Value') ?? '',
    })),
    objectId: identifier(one(line, 'cac:DocumentReference/cbc:ID')),
    orderLineReference: text(line, 'cac:OrderLineReference/cbc:LineID'),
    buyerAccountingReference: text(line, 'cbc:AccountingCost'),
    quantityE6: count(line, dialect.quantity) ?? refuse(quantityElement, 'the quantity (BT-129) is empty'),
    unitCode:
      quantityElement.attributes.get('unitCode')?.trim() || refuse(quantityElement, 'the unit (BT-130) is missing'),
    ...linePrice(line, currency),
    adjustments: many(line, 'cac:AllowanceCharge').map((found) => ublAdjustment(found, reading)),
    tax: ublTax(classified),
    period: ublPeriod(line),
    netE4: needMoney(line, 'cbc:LineExtensionAmount', currency, 'the net amount of the line (BT-131)'),
  })
}

type LinePrice = Pick<EInvoiceLine, 'priceE6' | 'grossPriceE6' | 'priceDiscountE6' | 'baseQuantityE6'>

function linePrice(line: XmlElement, currency: string): LinePrice {
  const found = need(line, 'cac:Price', 'the price (BG-29)')
  const what = 'the net price of the item (BT-146)'
  return {
    priceE6:
      price(found, 'cbc:PriceAmount', currency) ?? refuse(need(found, 'cbc:PriceAmount', what), `it is empty: ${what}`),
    grossPriceE6: price(found, 'cac:AllowanceCharge/cbc:BaseAmount', currency),
    priceDiscountE6: price(found, 'cac:AllowanceCharge/cbc:Amount', currency),
    baseQuantityE6: count(found, 'cbc:BaseQuantity'),
  }
}

function taxesAndTotals(
  root: XmlElement,
  { currency }: Reading,
  taxCurrency: string | null,
): Pick<EInvoice, 'taxes' | 'totals'> {
  const taxTotals = many(root, 'cac:TaxTotal')
  const currencyOf = (found: XmlElement) =>
    need(found, 'cbc:TaxAmount', 'the VAT total (BT-110)').attributes.get('currencyID')?.trim() ?? currency
  const inCurrency = taxTotals.filter((found) => currencyOf(found) === currency)
  const [main, second] = inCurrency
  if (main !== undefined && second !== undefined) refuse(second, `there are two VAT totals in ${currency}`)
  const accounting = taxTotals.find((found) => found !== main && currencyOf(found) === taxCurrency)
  const taxes = many(main ?? null, 'cac:TaxSubtotal').map(
    (row): EInvoiceTaxRow => ({
      ...ublTax(need(row, 'cac:TaxCategory', 'the VAT category of the breakdown (BT-118)')),
      taxableE4: needMoney(row, 'cbc:TaxableAmount', currency, 'the taxable amount (BT-116)'),
      taxE4: needMoney(row, 'cbc:TaxAmount', currency, 'the VAT amount (BT-117)'),
    }),
  )
  return {
    taxes,
    totals: {
      ...monetaryTotals(root, currency),
      taxE4: main === undefined ? null : money(main, 'cbc:TaxAmount', currency),
      taxInAccountingCurrencyE4:
        accounting === undefined || taxCurrency === null ? null : money(accounting, 'cbc:TaxAmount', taxCurrency),
    },
  }
}

function monetaryTotals(
  root: XmlElement,
  currency: string,
): Omit<EInvoiceTotals, 'taxE4' | 'taxInAccountingCurrencyE4'> {
  const totals = need(root, 'cac:LegalMonetaryTotal', 'the totals (BG-22)')
  return {
    lineNetE4: needMoney(totals, 'cbc:LineExtensionAmount', currency, 'the sum of the lines (BT-106)'),
    allowanceE4: money(totals, 'cbc:AllowanceTotalAmount', currency),
    chargeE4: money(totals, 'cbc:ChargeTotalAmount', currency),
    netE4: needMoney(totals, 'cbc:TaxExclusiveAmount', currency, 'the total without VAT (BT-109)'),
    totalE4: needMoney(totals, 'cbc:TaxInclusiveAmount', currency, 'the total with VAT (BT-112)'),
    prepaidE4: money(totals, 'cbc:PrepaidAmount', currency),
    roundingE4: money(totals, 'cbc:PayableRoundingAmount', currency),
    payableE4: needMoney(totals, 'cbc:PayableAmount', currency, 'the amount due (BT-115)'),
  }
}

function thirdPartyPayments(root: XmlElement, { currency }: Reading): EInvoice['thirdPartyPayments'] {
  return many(root, 'cac:PrepaidPayment').flatMap((found) => {
    const amountE4 = money(found, 'cbc:PaidAmount', currency)
    // Plain UBL lists prepayments with the same element; only the XRechnung extension describes them (BT-DEX-003).
    const description = text(found, 'cbc:InstructionID')
    if (amountE4 === null || description === null) return []
    return [{ type: text(found, 'cbc:ID') ?? '', amountE4, text: description }]
  })
}
