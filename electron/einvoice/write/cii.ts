import type { EInvoice, EInvoiceLine } from '../../../shared/documents/einvoice.ts'
import { type UnitPrice, unitPrice } from '../../../shared/money/scaled.ts'
import {
  ciiAdjustment,
  ciiDate,
  ciiDelivery,
  ciiIdentifier,
  ciiParty,
  ciiPaymentMeans,
  ciiPeriod,
  ciiSupportingDocument,
  ciiTax,
  ciiTaxRow,
} from './cii-parts.ts'
import { amountText, priceText, quantityText } from './figures.ts'
import { type Content, type Element, group, section, value, xmlText } from './xml-element.ts'

const context = ({ process, specification }: EInvoice): Element | null =>
  group(
    'rsm:ExchangedDocumentContext',
    group('ram:BusinessProcessSpecifiedDocumentContextParameter', value('ram:ID', process)),
    group('ram:GuidelineSpecifiedDocumentContextParameter', value('ram:ID', specification)),
  )

const document = (invoice: EInvoice): Element | null =>
  group(
    'rsm:ExchangedDocument',
    value('ram:ID', invoice.number),
    value('ram:TypeCode', invoice.typeCode),
    ciiDate('ram:IssueDateTime', invoice.issueDate),
    invoice.notes.map(({ subject, text }) =>
      group('ram:IncludedNote', value('ram:Content', text), value('ram:SubjectCode', subject)),
    ),
  )

const product = (line: EInvoiceLine): Element | null =>
  group(
    'ram:SpecifiedTradeProduct',
    ciiIdentifier('ram:GlobalID', line.standardId),
    value('ram:SellerAssignedID', line.sellerItemId),
    value('ram:BuyerAssignedID', line.buyerItemId),
    value('ram:Name', line.name),
    value('ram:Description', line.description),
    line.attributes.map((it) =>
      group('ram:ApplicableProductCharacteristic', value('ram:Description', it.name), value('ram:Value', it.value)),
    ),
    line.classifications.map((it) =>
      group('ram:DesignatedProductClassification', ciiIdentifier('ram:ClassCode', it, 'listID')),
    ),
    group('ram:OriginTradeCountry', value('ram:ID', line.originCountry)),
  )

const base = (line: EInvoiceLine): Element | null =>
  value('ram:BasisQuantity', quantityText(line.baseQuantityE6), { unitCode: line.unitCode })

// A discount stands with the price before it, which follows from the two where it is not said.
const grossPrice = ({ grossPriceE6, priceE6, priceDiscountE6 }: EInvoiceLine): UnitPrice | null =>
  grossPriceE6 ?? (priceDiscountE6 === null ? null : unitPrice(priceE6 + priceDiscountE6))

const prices = (line: EInvoiceLine): readonly Content[] => [
  grossPrice(line) === null
    ? null
    : group(
        'ram:GrossPriceProductTradePrice',
        value('ram:ChargeAmount', priceText(grossPrice(line))),
        base(line),
        line.priceDiscountE6 === null
          ? null
          : group(
              'ram:AppliedTradeAllowanceCharge',
              group('ram:ChargeIndicator', value('udt:Indicator', 'false')),
              value('ram:ActualAmount', priceText(line.priceDiscountE6)),
            ),
      ),
  group('ram:NetPriceProductTradePrice', value('ram:ChargeAmount', priceText(line.priceE6)), base(line)),
]

const objectOf = (id: EInvoiceLine['objectId']): Element | null =>
  id === null
    ? null
    : group(
        'ram:AdditionalReferencedDocument',
        value('ram:IssuerAssignedID', id.id),
        value('ram:TypeCode', '130'),
        value('ram:ReferenceTypeCode', id.scheme),
      )

const lineOf = (line: EInvoiceLine): Element | null =>
  group(
    'ram:IncludedSupplyChainTradeLineItem',
    group(
      'ram:AssociatedDocumentLineDocument',
      value('ram:LineID', line.id),
      group('ram:IncludedNote', value('ram:Content', line.note)),
    ),
    product(line),
    group(
      'ram:SpecifiedLineTradeAgreement',
      group('ram:BuyerOrderReferencedDocument', value('ram:LineID', line.orderLineReference)),
      ...prices(line),
    ),
    group(
      'ram:SpecifiedLineTradeDelivery',
      value('ram:BilledQuantity', quantityText(line.quantityE6), { unitCode: line.unitCode }),
    ),
    group(
      'ram:SpecifiedLineTradeSettlement',
      ciiTax('ram:ApplicableTradeTax', line.tax),
      ciiPeriod(line.period),
      line.adjustments.map((it) => ciiAdjustment(it, null)),
      group('ram:SpecifiedTradeSettlementLineMonetarySummation', value('ram:LineTotalAmount', amountText(line.netE4))),
      objectOf(line.objectId),
      group('ram:ReceivableSpecifiedTradeAccountingAccount', value('ram:ID', line.buyerAccountingReference)),
    ),
  )

const referenced = (name: string, id: string | null): Element | null => group(name, value('ram:IssuerAssignedID', id))

const agreement = (invoice: EInvoice): Element => {
  const it = invoice.references
  return section(
    'ram:ApplicableHeaderTradeAgreement',
    value('ram:BuyerReference', it.buyerReference),
    ciiParty('ram:SellerTradeParty', invoice.seller),
    ciiParty('ram:BuyerTradeParty', invoice.buyer),
    ciiParty('ram:SellerTaxRepresentativeTradeParty', invoice.taxRepresentative),
    referenced('ram:SellerOrderReferencedDocument', it.salesOrder),
    referenced('ram:BuyerOrderReferencedDocument', it.order),
    referenced('ram:ContractReferencedDocument', it.contract),
    it.tender === null
      ? null
      : group(
          'ram:AdditionalReferencedDocument',
          value('ram:IssuerAssignedID', it.tender),
          value('ram:TypeCode', '50'),
        ),
    objectOf(it.invoicedObject),
    invoice.supportingDocuments.map(ciiSupportingDocument),
    it.project === null
      ? null
      : // The schema asks for a name beside the number; EN 16931-3-3 gives this one.
        group('ram:SpecifiedProcuringProject', value('ram:ID', it.project), value('ram:Name', 'Project reference')),
  )
}

const delivery = (invoice: EInvoice): Element =>
  section(
    'ram:ApplicableHeaderTradeDelivery',
    ciiDelivery(invoice.delivery),
    referenced('ram:DespatchAdviceReferencedDocument', invoice.references.despatchAdvice),
    referenced('ram:ReceivingAdviceReferencedDocument', invoice.references.receivingAdvice),
  )

const sums = ({ totals, currency, taxCurrency }: EInvoice): Element | null =>
  group(
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
    value('ram:LineTotalAmount', amountText(totals.lineNetE4)),
    value('ram:ChargeTotalAmount', amountText(totals.chargeE4)),
    value('ram:AllowanceTotalAmount', amountText(totals.allowanceE4)),
    value('ram:TaxBasisTotalAmount', amountText(totals.netE4)),
    value('ram:TaxTotalAmount', amountText(totals.taxE4), { currencyID: currency }),
    value('ram:TaxTotalAmount', taxCurrency === null ? null : amountText(totals.taxInAccountingCurrencyE4), {
      currencyID: taxCurrency,
    }),
    value('ram:RoundingAmount', amountText(totals.roundingE4)),
    value('ram:GrandTotalAmount', amountText(totals.totalE4)),
    value('ram:TotalPrepaidAmount', amountText(totals.prepaidE4)),
    value('ram:DuePayableAmount', amountText(totals.payableE4)),
  )

const settlement = (invoice: EInvoice): Element =>
  section(
    'ram:ApplicableHeaderTradeSettlement',
    value('ram:CreditorReferenceID', invoice.creditorId),
    value('ram:PaymentReference', invoice.remittance),
    value('ram:TaxCurrencyCode', invoice.taxCurrency),
    value('ram:InvoiceCurrencyCode', invoice.currency),
    ciiParty('ram:PayeeTradeParty', invoice.payee),
    invoice.paymentMeans.map(ciiPaymentMeans),
    invoice.taxes.map((row, at) => ciiTaxRow(row, at === 0 ? invoice.taxPointDate : null)),
    ciiPeriod(invoice.period),
    invoice.adjustments.map((it) => ciiAdjustment(it, it.tax)),
    group(
      'ram:SpecifiedTradePaymentTerms',
      value('ram:Description', invoice.paymentTerms),
      ciiDate('ram:DueDateDateTime', invoice.dueDate),
      value('ram:DirectDebitMandateID', invoice.mandateId),
    ),
    sums(invoice),
    invoice.references.precedingInvoices.map(({ number, date }) =>
      group(
        'ram:InvoiceReferencedDocument',
        value('ram:IssuerAssignedID', number),
        ciiDate('ram:FormattedIssueDateTime', date, 'qdt:DateTimeString'),
      ),
    ),
    group('ram:ReceivableSpecifiedTradeAccountingAccount', value('ram:ID', invoice.references.buyerAccounting)),
  )

/** An e-invoice as UN/CEFACT CII D16B, in the order of elements that the schema asks for. */
export const writeCii = (invoice: EInvoice): string =>
  xmlText(
    section(
      'rsm:CrossIndustryInvoice',
      context(invoice),
      document(invoice),
      section(
        'rsm:SupplyChainTradeTransaction',
        invoice.lines.map(lineOf),
        agreement(invoice),
        delivery(invoice),
        settlement(invoice),
      ),
    ),
    {
      rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
      ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
      qdt: 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
      udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
    },
  )
