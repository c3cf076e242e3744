import type { EInvoice, EInvoiceLine } from '../../../shared/documents/einvoice.ts'
import { sum } from '../../../shared/money/arithmetic.ts'
import { amountText, priceText, quantityText } from './figures.ts'
import {
  ublAdjustment,
  ublDelivery,
  ublIdentifier,
  ublParty,
  ublPayee,
  ublPaymentMeans,
  ublPeriod,
  ublSupportingDocument,
  ublTax,
  ublTaxRepresentative,
} from './ubl-parts.ts'
import { type Content, type Element, group, section, value, xmlText } from './xml-element.ts'

const dialects = {
  invoice: { root: 'Invoice', line: 'cac:InvoiceLine', quantity: 'cbc:InvoicedQuantity' },
  'credit-note': { root: 'CreditNote', line: 'cac:CreditNoteLine', quantity: 'cbc:CreditedQuantity' },
} as const

const reference = (name: string, id: string | null): Element | null => group(name, value('cbc:ID', id))

const typedReference = (id: { id: string; scheme: string | null } | null, code: string): Element | null =>
  id === null
    ? null
    : group('cac:AdditionalDocumentReference', ublIdentifier('cbc:ID', id), value('cbc:DocumentTypeCode', code))

const noteText = ({ subject, text }: EInvoice['notes'][number]): string =>
  subject === null ? text : `#${subject}#${text}`

const head = (invoice: EInvoice): readonly Content[] => {
  const isInvoice = invoice.type === 'invoice'
  const taxPoint = value('cbc:TaxPointDate', invoice.taxPointDate)
  return [
    value('cbc:CustomizationID', invoice.specification),
    value('cbc:ProfileID', invoice.process),
    value('cbc:ID', invoice.number),
    value('cbc:IssueDate', invoice.issueDate),
    // The two schemas have the same facts in another order.
    isInvoice ? value('cbc:DueDate', invoice.dueDate) : taxPoint,
    value(isInvoice ? 'cbc:InvoiceTypeCode' : 'cbc:CreditNoteTypeCode', invoice.typeCode),
    invoice.notes.map((note) => value('cbc:Note', noteText(note))),
    isInvoice ? taxPoint : null,
    value('cbc:DocumentCurrencyCode', invoice.currency),
    value('cbc:TaxCurrencyCode', invoice.taxCurrency),
    value('cbc:AccountingCost', invoice.references.buyerAccounting),
    value('cbc:BuyerReference', invoice.references.buyerReference),
    ublPeriod(invoice.period),
    ...references(invoice),
  ]
}

const references = ({ type, references: it, supportingDocuments }: EInvoice): readonly Content[] => {
  const isInvoice = type === 'invoice'
  const tender = reference('cac:OriginatorDocumentReference', it.tender)
  const contract = reference('cac:ContractDocumentReference', it.contract)
  const additional = [
    typedReference(it.invoicedObject, '130'),
    // A credit note has no ProjectReference and says its project so.
    isInvoice || it.project === null ? null : typedReference({ id: it.project, scheme: null }, '50'),
    supportingDocuments.map(ublSupportingDocument),
  ]
  return [
    group(
      'cac:OrderReference',
      value('cbc:ID', it.order ?? missingOrder(it)),
      value('cbc:SalesOrderID', it.salesOrder),
    ),
    it.precedingInvoices.map(({ number, date }) =>
      group(
        'cac:BillingReference',
        group('cac:InvoiceDocumentReference', value('cbc:ID', number), value('cbc:IssueDate', date)),
      ),
    ),
    reference('cac:DespatchDocumentReference', it.despatchAdvice),
    reference('cac:ReceiptDocumentReference', it.receivingAdvice),
    isInvoice ? [tender, contract, additional] : [contract, additional, tender],
    isInvoice ? reference('cac:ProjectReference', it.project) : null,
  ]
}

// UBL has the seller's order number only beside the buyer's; Peppol writes NA where there is none.
const missingOrder = ({ salesOrder }: EInvoice['references']): string | null => (salesOrder === null ? null : 'NA')

const taxTotals = ({ taxes, totals, currency, taxCurrency }: EInvoice): readonly Content[] => {
  const money = { currencyID: currency }
  return [
    group(
      'cac:TaxTotal',
      value('cbc:TaxAmount', amountText(totals.taxE4 ?? sum(taxes.map((row) => row.taxE4))), money),
      taxes.map((row) =>
        group(
          'cac:TaxSubtotal',
          value('cbc:TaxableAmount', amountText(row.taxableE4), money),
          value('cbc:TaxAmount', amountText(row.taxE4), money),
          ublTax('cac:TaxCategory', row, true),
        ),
      ),
    ),
    group(
      'cac:TaxTotal',
      taxCurrency === null
        ? null
        : value('cbc:TaxAmount', amountText(totals.taxInAccountingCurrencyE4), { currencyID: taxCurrency }),
    ),
  ]
}

const monetaryTotals = ({ totals, currency }: EInvoice): Element | null => {
  const money = { currencyID: currency }
  return group(
    'cac:LegalMonetaryTotal',
    value('cbc:LineExtensionAmount', amountText(totals.lineNetE4), money),
    value('cbc:TaxExclusiveAmount', amountText(totals.netE4), money),
    value('cbc:TaxInclusiveAmount', amountText(totals.totalE4), money),
    value('cbc:AllowanceTotalAmount', amountText(totals.allowanceE4), money),
    value('cbc:ChargeTotalAmount', amountText(totals.chargeE4), money),
    value('cbc:PrepaidAmount', amountText(totals.prepaidE4), money),
    value('cbc:PayableRoundingAmount', amountText(totals.roundingE4), money),
    value('cbc:PayableAmount', amountText(totals.payableE4), money),
  )
}

const item = (line: EInvoiceLine): Element | null =>
  group(
    'cac:Item',
    value('cbc:Description', line.description),
    value('cbc:Name', line.name),
    reference('cac:BuyersItemIdentification', line.buyerItemId),
    reference('cac:SellersItemIdentification', line.sellerItemId),
    group('cac:StandardItemIdentification', ublIdentifier('cbc:ID', line.standardId)),
    group('cac:OriginCountry', value('cbc:IdentificationCode', line.originCountry)),
    line.classifications.map((it) =>
      group('cac:CommodityClassification', ublIdentifier('cbc:ItemClassificationCode', it, 'listID')),
    ),
    ublTax('cac:ClassifiedTaxCategory', line.tax, false),
    line.attributes.map((it) =>
      group('cac:AdditionalItemProperty', value('cbc:Name', it.name), value('cbc:Value', it.value)),
    ),
  )

const price = (line: EInvoiceLine, currency: string): Element | null => {
  const money = { currencyID: currency }
  return group(
    'cac:Price',
    value('cbc:PriceAmount', priceText(line.priceE6), money),
    value('cbc:BaseQuantity', quantityText(line.baseQuantityE6), { unitCode: line.unitCode }),
    line.priceDiscountE6 === null && line.grossPriceE6 === null
      ? null
      : group(
          'cac:AllowanceCharge',
          value('cbc:ChargeIndicator', 'false'),
          value('cbc:Amount', priceText(line.priceDiscountE6) ?? '0.00', money),
          value('cbc:BaseAmount', priceText(line.grossPriceE6), money),
        ),
  )
}

const lineOf = (line: EInvoiceLine, { type, currency }: EInvoice): Element | null => {
  const dialect = dialects[type]
  return group(
    dialect.line,
    value('cbc:ID', line.id),
    value('cbc:Note', line.note),
    value(dialect.quantity, quantityText(line.quantityE6), { unitCode: line.unitCode }),
    value('cbc:LineExtensionAmount', amountText(line.netE4), { currencyID: currency }),
    value('cbc:AccountingCost', line.buyerAccountingReference),
    ublPeriod(line.period),
    group('cac:OrderLineReference', value('cbc:LineID', line.orderLineReference)),
    line.objectId === null
      ? null
      : group('cac:DocumentReference', ublIdentifier('cbc:ID', line.objectId), value('cbc:DocumentTypeCode', '130')),
    line.adjustments.map((it) => ublAdjustment(it, currency, null)),
    item(line),
    price(line, currency),
  )
}

const payment = (invoice: EInvoice): readonly Content[] => {
  const { paymentMeans, remittance, mandateId, dueDate, type } = invoice
  const dueInside = type === 'credit-note'
  return [
    paymentMeans.map((means, at) => ublPaymentMeans(means, { remittance, mandateId, dueDate, dueInside }, at === 0)),
    group('cac:PaymentTerms', value('cbc:Note', invoice.paymentTerms)),
    // The XRechnung extension BG-DEX-09, which plain documents have none of.
    invoice.thirdPartyPayments.map((it) =>
      group(
        'cac:PrepaidPayment',
        value('cbc:ID', it.type),
        value('cbc:PaidAmount', amountText(it.amountE4), { currencyID: invoice.currency }),
        value('cbc:InstructionID', it.text),
      ),
    ),
  ]
}

/** An e-invoice as UBL 2.1 Invoice or CreditNote, in the order of elements that the schema asks for. */
export const writeUbl = (invoice: EInvoice): string => {
  const root = dialects[invoice.type].root
  return xmlText(
    section(
      root,
      ...head(invoice),
      group('cac:AccountingSupplierParty', group('cac:Party', ...ublParty(invoice.seller, invoice.creditorId))),
      group('cac:AccountingCustomerParty', group('cac:Party', ...ublParty(invoice.buyer))),
      ublPayee(invoice.payee),
      ublTaxRepresentative(invoice.taxRepresentative),
      ublDelivery(invoice.delivery),
      ...payment(invoice),
      invoice.adjustments.map((it) => ublAdjustment(it, invoice.currency, it.tax)),
      ...taxTotals(invoice),
      monetaryTotals(invoice),
      invoice.lines.map((line) => lineOf(line, invoice)),
    ),
    {
      '': `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`,
      cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
      cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
    },
  )
}
