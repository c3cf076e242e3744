import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { EInvoiceError } from '../../electron/importers/einvoice-fields.ts'
import { ciiInvoice } from './sample-cii.ts'
import { lineOf, swap, ublCreditNote, ublInvoice } from './samples.ts'

function faultOf(source: string | Uint8Array): EInvoiceError {
  try {
    parseEInvoice(source)
  } catch (error) {
    if (error instanceof EInvoiceError) return error
    throw error
  }
  throw new Error('the file was read without an error')
}

type Fault = {
  readonly name: string
  readonly xml: string
  readonly path: string
  /** A text in the first line of the faulty element. */
  readonly at: string
  readonly says: RegExp
}

const drop = (xml: string, element: string): string => swap(xml, element, '')
const settlement = '/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement'

const missing: Fault[] = [
  {
    name: 'the number of a UBL invoice',
    xml: drop(ublInvoice, '<cbc:ID>HJ-2026-0107</cbc:ID>'),
    path: '/Invoice',
    at: '<Invoice',
    says: /cbc:ID is missing.*BT-1\b/,
  },
  {
    name: 'the currency',
    xml: drop(ublInvoice, '<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>'),
    path: '/Invoice',
    at: '<Invoice',
    says: /cbc:DocumentCurrencyCode is missing.*BT-5/,
  },
  {
    name: 'the name of the buyer',
    xml: drop(ublInvoice, '<cbc:RegistrationName>Northgate Clinic AB</cbc:RegistrationName>'),
    path: '/Invoice/cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity',
    at: '<cac:PartyLegalEntity></cac:PartyLegalEntity>',
    says: /cbc:RegistrationName is missing.*BT-44/,
  },
  {
    name: 'the price of the second line',
    xml: drop(ublInvoice, '<cbc:PriceAmount currencyID="EUR">20.505</cbc:PriceAmount>'),
    path: '/Invoice/cac:InvoiceLine[2]/cac:Price',
    at: '<cac:Price>\n      \n',
    says: /cbc:PriceAmount is missing.*BT-146/,
  },
  {
    name: 'the net amount of a credit note line',
    xml: ublCreditNote.replace(/(CreditedQuantity>\s*)<cbc:LineExt.*/, '$1'),
    path: '/u:CreditNote/cac:CreditNoteLine',
    at: '<cac:CreditNoteLine>',
    says: /cbc:LineExtensionAmount is missing.*BT-131/,
  },
  {
    name: 'the unit of a quantity',
    xml: swap(ublInvoice, ' unitCode="HUR"', ''),
    path: '/Invoice/cac:InvoiceLine[1]/cbc:InvoicedQuantity',
    at: '<cbc:InvoicedQuantity>2',
    says: /BT-130/,
  },
  {
    name: 'all lines of a credit note',
    xml: ublCreditNote.replace(/<cac:CreditNoteLine>[\s\S]*<\/cac:CreditNoteLine>/, ''),
    path: '/u:CreditNote',
    at: '<u:CreditNote',
    says: /CreditNoteLine is missing/,
  },
  {
    name: 'the amount due of a CII invoice',
    xml: drop(ciiInvoice, '<ram:DuePayableAmount>305.62</ram:DuePayableAmount>'),
    path: `${settlement}/ram:SpecifiedTradeSettlementHeaderMonetarySummation`,
    at: '<ram:SpecifiedTradeSettlementHeaderMonetarySummation>',
    says: /ram:DuePayableAmount is missing.*BT-115/,
  },
  {
    name: 'the date of issue of a CII invoice',
    xml: drop(ciiInvoice, '<udt:DateTimeString format="102">20260302</udt:DateTimeString>'),
    path: '/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:IssueDateTime',
    at: '<ram:IssueDateTime>',
    says: /udt:DateTimeString is missing.*BT-2\b/,
  },
  {
    name: 'the rate of a standard rated line',
    xml: swap(ublInvoice, '<cbc:Percent>25.00</cbc:Percent>', ''),
    path: '/Invoice/cac:InvoiceLine[1]/cac:Item/cac:ClassifiedTaxCategory',
    at: '<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cac:TaxScheme>',
    says: /needs a rate/,
  },
]

const lineOne = '/Invoice/cac:InvoiceLine[1]'
const wrong: Fault[] = [
  {
    name: 'letters for a number',
    xml: swap(ublInvoice, '>50.05<', '>fifty<'),
    path: `${lineOne}/cac:Price/cbc:PriceAmount`,
    at: '>fifty<',
    says: /"fifty".*not a number/,
  },
  {
    name: 'a decimal comma',
    xml: swap(ublInvoice, '>305.62<', '>305,62<'),
    path: '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
    at: '>305,62<',
    says: /not a number/,
  },
  {
    name: 'an exponent',
    xml: swap(ublInvoice, '>305.62<', '>3.0562e2<'),
    path: '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
    at: '>3.0562e2<',
    says: /not a number/,
  },
  {
    name: 'more digits than can be kept',
    xml: swap(ublInvoice, '>50.05<', '>50.0500001<'),
    path: `${lineOne}/cac:Price/cbc:PriceAmount`,
    at: '>50.0500001<',
    says: /more digits behind the point.*6/,
  },
  {
    name: 'a number beyond what is stored',
    xml: swap(ublInvoice, '>305.62<', `>${'9'.repeat(30)}<`),
    path: '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
    at: '>9999',
    says: /too large/,
  },
  {
    name: 'a day that does not exist',
    xml: swap(ublInvoice, '>2026-02-28<', '>2026-02-30<'),
    path: '/Invoice/cac:InvoicePeriod/cbc:EndDate',
    at: '2026-02-30',
    says: /"2026-02-30" is not a date/,
  },
  {
    name: 'a date of the other kind',
    xml: swap(ublInvoice, '>2026-04-01<', '>01.04.2026<'),
    path: '/Invoice/cbc:DueDate',
    at: '01.04.2026',
    says: /not a date/,
  },
  {
    name: 'a CII date in another format',
    xml: swap(ciiInvoice, '"102">20260401', '"610">202604'),
    path: `${settlement}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString`,
    at: '"610"',
    says: /format "610"/,
  },
  {
    name: 'a tax category that does not exist',
    xml: swap(ublInvoice, '<cbc:ID>S</cbc:ID><cbc:Percent>25.00<', '<cbc:ID>X</cbc:ID><cbc:Percent>25.00<'),
    path: `${lineOne}/cac:Item/cac:ClassifiedTaxCategory/cbc:ID`,
    at: '<cbc:ID>X<',
    says: /"X" is not a VAT category/,
  },
  {
    name: 'an amount in another currency',
    xml: swap(ublInvoice, '"EUR">405.62', '"USD">405.62'),
    path: '/Invoice/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount',
    at: '"USD"',
    says: /in USD.*in EUR/,
  },
  {
    name: 'a currency in words',
    xml: swap(ublInvoice, '>EUR<', '>Euro<'),
    path: '/Invoice/cbc:DocumentCurrencyCode',
    at: '>Euro<',
    says: /currency code/,
  },
  {
    name: 'a negative price',
    xml: swap(ublInvoice, '>50.05<', '>-50.05<'),
    path: lineOne,
    at: '<cac:InvoiceLine>',
    says: /negative/,
  },
  {
    name: 'a base quantity of zero',
    xml: swap(ciiInvoice, '>100.<', '>0<'),
    path: '/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem[3]',
    at: '<ram:IncludedSupplyChainTradeLineItem>\n      <ram:AssociatedDocumentLineDocument><ram:LineID>3<',
    says: /base quantity/,
  },
  {
    name: 'a flag that is neither true nor false',
    xml: ublInvoice.replace('>false<', '>maybe<'),
    path: '/Invoice/cac:AllowanceCharge[1]/cbc:ChargeIndicator',
    at: '>maybe<',
    says: /neither true nor false/,
  },
  {
    name: 'an element twice',
    xml: swap(
      ublInvoice,
      '<cbc:BuyerReference>Ward 3</cbc:BuyerReference>',
      '<cbc:BuyerReference>A</cbc:BuyerReference>\n<cbc:BuyerReference>B</cbc:BuyerReference>',
    ),
    path: '/Invoice/cbc:BuyerReference[2]',
    at: '>B</cbc:BuyerReference>',
    says: /twice/,
  },
  {
    name: 'totals twice',
    xml: swap(ublCreditNote, '<cac:CreditNoteLine>', '<cac:LegalMonetaryTotal/>\n<cac:CreditNoteLine>'),
    path: '/u:CreditNote/cac:LegalMonetaryTotal[2]',
    at: '<cac:LegalMonetaryTotal/>',
    says: /twice/,
  },
  {
    name: 'another kind of document',
    xml: '<?xml version="1.0"?>\n<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>',
    path: '/Order',
    at: '<Order',
    says: /not an invoice/,
  },
  {
    name: 'an Invoice of no known namespace',
    xml: '<Invoice/>',
    path: '/Invoice',
    at: '<Invoice',
    says: /no namespace.*not an invoice/,
  },
  {
    name: 'ZUGFeRD 1',
    xml: '<x:CrossIndustryDocument xmlns:x="urn:ferd:CrossIndustryDocument:invoice:1p0"/>',
    path: '/x:CrossIndustryDocument',
    at: '<x:',
    says: /ZUGFeRD 1/,
  },
]

describe('a broken invoice is refused by element and line', () => {
  it.each(missing)('missing: $name', ({ xml, path, at, says }) => {
    const fault = faultOf(xml)
    expect(fault.detail).toMatch(says)
    expect({ path: fault.path, line: fault.line }).toEqual({ path, line: lineOf(xml, at) })
  })

  it.each(wrong)('wrong: $name', ({ xml, path, at, says }) => {
    const fault = faultOf(xml)
    expect(fault.detail).toMatch(says)
    expect({ path: fault.path, line: fault.line }).toEqual({ path, line: lineOf(xml, at) })
    expect(fault.message).toBe(`line ${fault.line}, ${path}: ${fault.detail}`)
  })

  it('never fails in another way, whatever is cut, doubled or overwritten', () => {
    const samples = [ublInvoice, ublCreditNote, ciiInvoice].map((xml) => new TextEncoder().encode(xml))
    const edit = fc.record({
      sample: fc.constantFrom(...samples),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      span: fc.nat({ max: 400 }),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.string({ maxLength: 20 }).map((s) => new TextEncoder().encode(s)),
      ),
    })
    let refused = 0
    fc.assert(
      fc.property(edit, ({ sample, from, span, put }) => {
        const at = Math.floor(from * sample.length)
        const edited = Buffer.concat([sample.subarray(0, at), put, sample.subarray(at + span)])
        try {
          parseEInvoice(edited)
        } catch (error) {
          if (!(error instanceof EInvoiceError)) throw error
          refused += 1
          expect(error.line).toBeGreaterThanOrEqual(1)
          expect(error.path).toMatch(/^\//)
        }
      }),
      { numRuns: 500, seed: 20260301 },
    )
    expect(refused).toBeGreaterThan(250)
  })
})
