import type { EInvoice, EInvoiceReferences, EInvoiceTaxRow, EInvoiceTotals } from '../../shared/documents/einvoice.ts'
import type { Amount } from '../../shared/money/scaled.ts'
import { ciiLines } from './einvoice-cii-lines.ts'
import { hasNoLines, linesInstead } from './einvoice-cii-no-lines.ts'
import {
  ciiAdjustment,
  ciiDelivery,
  ciiParty,
  ciiPaymentMeans,
  ciiPeriod,
  ciiSupportingDocument,
  ciiTax,
} from './einvoice-cii-parts.ts'
import {
  ciiDate,
  currencyCode,
  many,
  money,
  moneyOf,
  need,
  needMoney,
  needText,
  one,
  own,
  refuse,
  text,
} from './einvoice-fields.ts'
import { isCreditCode, type Reading } from './einvoice-parts.ts'
import type { XmlElement } from './xml.ts'

/** The sections that a CII document is made of. */
type Sections = Readonly<Record<'root' | 'document' | 'agreement' | 'delivery' | 'settlement', XmlElement>>

/** Reads a UN/CEFACT Cross Industry Invoice; throws EInvoiceError where a mandatory element is missing or broken. */
export function readCii(root: XmlElement): EInvoice {
  const transaction = need(root, 'rsm:SupplyChainTradeTransaction', 'the content of the invoice')
  const sections: Sections = {
    root,
    document: need(root, 'rsm:ExchangedDocument', 'the number and date of the document'),
    agreement: need(transaction, 'ram:ApplicableHeaderTradeAgreement', 'seller and buyer (BG-4, BG-7)'),
    delivery: need(transaction, 'ram:ApplicableHeaderTradeDelivery', 'the delivery (it may be empty)'),
    settlement: need(transaction, 'ram:ApplicableHeaderTradeSettlement', 'taxes and totals (BG-22, BG-23)'),
  }
  const { settlement } = sections
  const currency =
    currencyCode(settlement, 'ram:InvoiceCurrencyCode') ??
    needText(settlement, 'ram:InvoiceCurrencyCode', 'the currency (BT-5)')
  const reading: Reading = { currency, warnings: [] }
  const taxCurrency = currencyCode(settlement, 'ram:TaxCurrencyCode')
  const taxes = many(settlement, 'ram:ApplicableTradeTax')
  const head = header(sections)
  const adjustments = many(settlement, 'ram:SpecifiedTradeAllowanceCharge').map((found) => ({
    ...ciiAdjustment(found, reading),
    tax: ciiTax(need(found, 'ram:CategoryTradeTax', 'the VAT of the allowance or charge (BT-95, BT-102)')),
  }))
  const sums = totals(settlement, currency, taxCurrency, hasNoLines(head.specification))
  const rows = taxes.map((row) => taxRow(row, currency))
  const content = hasNoLines(head.specification)
    ? linesInstead({ root: transaction, number: head.number, taxes: rows, adjustments, sums }, reading)
    : { lines: ciiLines(transaction, reading), taxes: rows }
  return {
    ...head,
    currency,
    taxCurrency,
    taxPointDate: taxes.flatMap((tax) => ciiDate(tax, 'ram:TaxPointDate/udt:DateString') ?? [])[0] ?? null,
    references: references(sections),
    ...parties(sections),
    delivery: ciiDelivery(sections.delivery),
    period: ciiPeriod(settlement),
    ...payment(settlement),
    ...content,
    adjustments,
    totals: sums,
    thirdPartyPayments: [],
    supportingDocuments: byType(sections, '916').map(ciiSupportingDocument),
    warnings: reading.warnings,
  }
}

type Header = Pick<
  EInvoice,
  'syntax' | 'type' | 'specification' | 'process' | 'number' | 'issueDate' | 'typeCode' | 'notes'
>

function header({ root, document }: Sections): Header {
  const context = one(root, 'rsm:ExchangedDocumentContext')
  const typeCode = needText(document, 'ram:TypeCode', 'the kind of document (BT-3)')
  const issued = 'ram:IssueDateTime/udt:DateTimeString'
  return {
    syntax: 'cii',
    type: isCreditCode(typeCode) ? 'credit-note' : 'invoice',
    specification: text(context, 'ram:GuidelineSpecifiedDocumentContextParameter/ram:ID'),
    process: text(context, 'ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID'),
    number: needText(document, 'ram:ID', 'the number of the document (BT-1)'),
    issueDate: ciiDate(document, issued) ?? needText(document, issued, 'the date of issue (BT-2)'),
    typeCode,
    notes: many(document, 'ram:IncludedNote').flatMap((found) => {
      const content = text(found, 'ram:Content')
      return content === null ? [] : [{ subject: text(found, 'ram:SubjectCode'), text: content }]
    }),
  }
}

type Parties = Pick<EInvoice, 'seller' | 'buyer' | 'payee' | 'taxRepresentative'>

function parties({ agreement, settlement }: Sections): Parties {
  const seller = need(agreement, 'ram:SellerTradeParty', 'the seller (BG-4)')
  const buyer = need(agreement, 'ram:BuyerTradeParty', 'the buyer (BG-7)')
  const payee = one(settlement, 'ram:PayeeTradeParty')
  const representative = one(agreement, 'ram:SellerTaxRepresentativeTradeParty')
  return {
    seller: ciiParty(seller, 'the name of the seller (BT-27)'),
    buyer: ciiParty(buyer, 'the name of the buyer (BT-44)'),
    payee: payee === null ? null : ciiParty(payee, 'the name of the payee (BT-59)'),
    taxRepresentative: representative === null ? null : ciiParty(representative, 'the tax representative (BT-62)'),
  }
}

// UNCL 1001 codes that tell apart what CII keeps in one element: 50 tender, 130 invoiced object, 916 supporting document.
function byType({ agreement }: Sections, code: '50' | '130' | '916'): XmlElement[] {
  return many(agreement, 'ram:AdditionalReferencedDocument').filter((found) => text(found, 'ram:TypeCode') === code)
}

function references(sections: Sections): EInvoiceReferences {
  const { agreement, delivery, settlement } = sections
  const object = byType(sections, '130')[0] ?? null
  const objectId = text(object, 'ram:IssuerAssignedID')
  return {
    buyerReference: text(agreement, 'ram:BuyerReference'),
    project: text(agreement, 'ram:SpecifiedProcuringProject/ram:ID'),
    contract: text(agreement, 'ram:ContractReferencedDocument/ram:IssuerAssignedID'),
    order: text(agreement, 'ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID'),
    salesOrder: text(agreement, 'ram:SellerOrderReferencedDocument/ram:IssuerAssignedID'),
    receivingAdvice: text(delivery, 'ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID'),
    despatchAdvice: text(delivery, 'ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID'),
    tender: text(byType(sections, '50')[0] ?? null, 'ram:IssuerAssignedID'),
    invoicedObject: objectId === null ? null : { id: objectId, scheme: text(object, 'ram:ReferenceTypeCode') },
    buyerAccounting: text(settlement, 'ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID'),
    precedingInvoices: many(settlement, 'ram:InvoiceReferencedDocument').map((found) => ({
      number: needText(found, 'ram:IssuerAssignedID', 'the number of the preceding invoice (BT-25)'),
      date: ciiDate(found, 'ram:FormattedIssueDateTime/qdt:DateTimeString'),
    })),
  }
}

type Payment = Pick<EInvoice, 'paymentMeans' | 'remittance' | 'mandateId' | 'creditorId' | 'paymentTerms' | 'dueDate'>

function payment(settlement: XmlElement): Payment {
  const terms = many(settlement, 'ram:SpecifiedTradePaymentTerms')
  const texts = terms.flatMap((found) => many(found, 'ram:Description').flatMap((entry) => own(entry) ?? []))
  const dueDates = terms.flatMap((found) => ciiDate(found, 'ram:DueDateDateTime/udt:DateTimeString') ?? [])
  return {
    paymentMeans: many(settlement, 'ram:SpecifiedTradeSettlementPaymentMeans').map(ciiPaymentMeans),
    remittance: text(settlement, 'ram:PaymentReference'),
    mandateId: terms.flatMap((found) => text(found, 'ram:DirectDebitMandateID') ?? [])[0] ?? null,
    creditorId: text(settlement, 'ram:CreditorReferenceID'),
    paymentTerms: texts.length === 0 ? null : texts.join('\n'),
    // With terms in several steps the first date is the one that the reader has to act on.
    dueDate: dueDates.toSorted()[0] ?? null,
  }
}

function taxRow(row: XmlElement, currency: string): EInvoiceTaxRow {
  return {
    ...ciiTax(row),
    taxableE4: needMoney(row, 'ram:BasisAmount', currency, 'the taxable amount (BT-116)'),
    taxE4: needMoney(row, 'ram:CalculatedAmount', currency, 'the VAT amount (BT-117)'),
  }
}

function totals(
  settlement: XmlElement,
  currency: string,
  taxCurrency: string | null,
  lineless: boolean,
): EInvoiceTotals {
  const sums = need(settlement, 'ram:SpecifiedTradeSettlementHeaderMonetarySummation', 'the totals (BG-22)')
  const tax = taxTotals(sums, currency, taxCurrency)
  const netE4 = needMoney(sums, 'ram:TaxBasisTotalAmount', currency, 'the total without VAT (BT-109)')
  const linesE4 = money(sums, 'ram:LineTotalAmount', currency) ?? (lineless ? netE4 : null)
  return {
    lineNetE4: linesE4 ?? needMoney(sums, 'ram:LineTotalAmount', currency, 'the sum of the lines (BT-106)'),
    allowanceE4: money(sums, 'ram:AllowanceTotalAmount', currency),
    chargeE4: money(sums, 'ram:ChargeTotalAmount', currency),
    netE4,
    ...tax,
    totalE4: needMoney(sums, 'ram:GrandTotalAmount', currency, 'the total with VAT (BT-112)'),
    prepaidE4: money(sums, 'ram:TotalPrepaidAmount', currency),
    roundingE4: money(sums, 'ram:RoundingAmount', currency),
    payableE4: needMoney(sums, 'ram:DuePayableAmount', currency, 'the amount due (BT-115)'),
  }
}

type TaxTotals = Pick<EInvoiceTotals, 'taxE4' | 'taxInAccountingCurrencyE4'>

// The VAT total may stand there once more in the accounting currency; its currencyID tells which is which.
function taxTotals(sums: XmlElement, currency: string, taxCurrency: string | null): TaxTotals {
  let taxE4: Amount | null = null
  let taxInAccountingCurrencyE4: Amount | null = null
  for (const found of many(sums, 'ram:TaxTotalAmount')) {
    const stated = found.attributes.get('currencyID')?.trim() ?? currency
    if (stated === currency && taxE4 === null) taxE4 = moneyOf(found, currency)
    else if (stated === taxCurrency && taxInAccountingCurrencyE4 === null) {
      taxInAccountingCurrencyE4 = moneyOf(found, stated)
    } else refuse(found, `a second VAT total, or one in a currency (${stated}) that the document does not use`)
  }
  return { taxE4, taxInAccountingCurrencyE4 }
}
