import type { EInvoiceLine } from '../../shared/documents/einvoice.ts'
import { type UnitPrice, unitPrice } from '../../shared/money/scaled.ts'
import { ciiAdjustment, ciiLineSections, ciiPeriod, ciiTax } from './einvoice-cii-parts.ts'
import {
  count,
  identifier,
  many,
  need,
  needFlag,
  needMoney,
  needText,
  one,
  own,
  price,
  refuse,
  text,
} from './einvoice-fields.ts'
import { checkedLine, type Reading, warn } from './einvoice-parts.ts'
import type { XmlElement } from './xml.ts'

// Lines of Factur-X EXTENDED that only group or explain others; their amounts are in the other lines already.
const structuralLines: ReadonlySet<string> = new Set(['GROUP', 'INFORMATION'])

/** The lines of a CII invoice that carry an amount. */
export function ciiLines(transaction: XmlElement, reading: Reading): EInvoiceLine[] {
  const found = many(transaction, 'ram:IncludedSupplyChainTradeLineItem')
  const carrying = found.filter((line) => !isStructural(line, reading))
  if (carrying.length === 0) {
    const hint = 'a document has at least one line (BG-25); only the profiles MINIMUM and BASIC WL have none'
    refuse(transaction, `the element ram:IncludedSupplyChainTradeLineItem is missing: ${hint}`)
  }
  return carrying.map((line) => readLine(line, reading))
}

function isStructural(line: XmlElement, reading: Reading): boolean {
  const status = text(line, 'ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode')
  if (status === null || !structuralLines.has(status)) return false
  warn(reading, line, `a line of the kind ${status} is not imported: it carries no amount of its own`)
  return true
}

function readLine(line: XmlElement, reading: Reading): EInvoiceLine {
  const { document, product, agreement, delivery, settlement } = ciiLineSections(line)
  const quantityElement = need(delivery, 'ram:BilledQuantity', 'the quantity (BT-129)')
  const notes = many(document, 'ram:IncludedNote').flatMap((found) => text(found, 'ram:Content') ?? [])
  const totals = need(settlement, 'ram:SpecifiedTradeSettlementLineMonetarySummation', 'the net amount (BT-131)')
  return checkedLine(line, {
    id: needText(document, 'ram:LineID', 'the number of the line (BT-126)'),
    note: notes.join('\n') || null,
    ...readProduct(product),
    objectId: objectId(settlement),
    orderLineReference: text(agreement, 'ram:BuyerOrderReferencedDocument/ram:LineID'),
    buyerAccountingReference: text(settlement, 'ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID'),
    quantityE6: count(delivery, 'ram:BilledQuantity') ?? refuse(quantityElement, 'the quantity (BT-129) is empty'),
    unitCode:
      quantityElement.attributes.get('unitCode')?.trim() || refuse(quantityElement, 'the unit (BT-130) is missing'),
    ...readPrice(agreement, reading),
    adjustments: many(settlement, 'ram:SpecifiedTradeAllowanceCharge').map((found) => ciiAdjustment(found, reading)),
    tax: ciiTax(need(settlement, 'ram:ApplicableTradeTax', 'the VAT of the line (BT-151)')),
    period: ciiPeriod(settlement),
    netE4: needMoney(totals, 'ram:LineTotalAmount', reading.currency, 'the net amount of the line (BT-131)'),
  })
}

type Product = Pick<
  EInvoiceLine,
  | 'name'
  | 'description'
  | 'sellerItemId'
  | 'buyerItemId'
  | 'standardId'
  | 'classifications'
  | 'originCountry'
  | 'attributes'
>

function readProduct(product: XmlElement): Product {
  return {
    name: needText(product, 'ram:Name', 'the name of the item (BT-153)'),
    description: text(product, 'ram:Description'),
    sellerItemId: text(product, 'ram:SellerAssignedID'),
    buyerItemId: text(product, 'ram:BuyerAssignedID'),
    standardId: identifier(one(product, 'ram:GlobalID')),
    classifications: many(product, 'ram:DesignatedProductClassification').flatMap(
      (found) => identifier(one(found, 'ram:ClassCode'), 'listID') ?? [],
    ),
    originCountry: text(product, 'ram:OriginTradeCountry/ram:ID'),
    attributes: many(product, 'ram:ApplicableProductCharacteristic').map((found) => ({
      name: needText(found, 'ram:Description', 'the name of the item attribute (BT-160)'),
      value: many(found, 'ram:Value')
        .flatMap((value) => own(value) ?? [])
        .join(', '),
    })),
  }
}

function objectId(settlement: XmlElement): EInvoiceLine['objectId'] {
  const found = many(settlement, 'ram:AdditionalReferencedDocument').find(
    (reference) => text(reference, 'ram:TypeCode') === '130',
  )
  const id = text(found ?? null, 'ram:IssuerAssignedID')
  return id === null ? null : { id, scheme: text(found ?? null, 'ram:ReferenceTypeCode') }
}

type LinePrice = Pick<EInvoiceLine, 'priceE6' | 'grossPriceE6' | 'priceDiscountE6' | 'baseQuantityE6'>

function readPrice(agreement: XmlElement, reading: Reading): LinePrice {
  const { currency } = reading
  const what = 'the net price of the item (BT-146)'
  const net = need(agreement, 'ram:NetPriceProductTradePrice', what)
  const gross = one(agreement, 'ram:GrossPriceProductTradePrice')
  const netBase = count(net, 'ram:BasisQuantity')
  const grossBase = count(gross, 'ram:BasisQuantity')
  const sameBase = netBase === null || grossBase === null || netBase === grossBase
  if (gross !== null && !sameBase) warn(reading, gross, 'the gross price is for another quantity than the net price')
  return {
    priceE6:
      price(net, 'ram:ChargeAmount', currency) ?? refuse(need(net, 'ram:ChargeAmount', what), `it is empty: ${what}`),
    grossPriceE6: sameBase ? price(gross, 'ram:ChargeAmount', currency) : null,
    priceDiscountE6: sameBase ? discount(gross, currency) : null,
    baseQuantityE6: netBase ?? grossBase,
  }
}

// EN 16931 has one discount on the price; Factur-X EXTENDED may list several, and charges among them.
function discount(gross: XmlElement | null, currency: string): UnitPrice | null {
  const found = many(gross, 'ram:AppliedTradeAllowanceCharge')
  if (found.length === 0) return null
  const sum = found.reduce((total, entry) => {
    const amount = price(entry, 'ram:ActualAmount', currency) ?? 0n
    return needFlag(entry, 'ram:ChargeIndicator/udt:Indicator', 'whether it is a charge')
      ? total - amount
      : total + amount
  }, 0n)
  return unitPrice(sum)
}
