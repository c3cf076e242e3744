import { describe, expect, it } from 'vitest'
import type { EInvoiceProfile } from '../../electron/einvoice/rules/finding.ts'
import { validateEInvoice } from '../../electron/einvoice/rules/validate.ts'
import { ciiInvoice } from '../importers/sample-cii.ts'
import { swap, ublInvoice } from '../importers/samples.ts'

/** From a valid invoice one thing is changed: exactly these rules are broken, and point to that part. */
type Mutation = readonly [rules: string, field: string, from: string, to: string]

const broken = (xml: string, profile: EInvoiceProfile) => validateEInvoice(xml, profile)
const rulesOf = (xml: string, profile: EInvoiceProfile) =>
  [...new Set(broken(xml, profile).map(({ rule }) => rule))].sort()

const vat = (rate: string) => `<cbc:ID>S</cbc:ID><cbc:Percent>${rate}</cbc:Percent>`
const line3 = '<cbc:Name>Screws</cbc:Name><cac:ClassifiedTaxCategory>'

const ubl: readonly Mutation[] = [
  ['BR-01', 'specification', '<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>', ''],
  ['BR-02', 'number', '<cbc:ID>HJ-2026-0107</cbc:ID>', ''],
  ['BR-03', 'issuedOn', '<cbc:IssueDate>2026-03-02</cbc:IssueDate>', ''],
  ['BR-04', 'type', '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>', ''],
  ['BR-05', 'currency', '<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>', ''],
  [
    'BR-06 UBL-SR-19 UBL-SR-20 UBL-SR-21',
    'seller.name',
    '<cbc:RegistrationName>Harbour Joinery BV</cbc:RegistrationName>',
    '<!-- -->',
  ],
  ['BR-07', 'buyer.name', '<cbc:RegistrationName>Northgate Clinic AB</cbc:RegistrationName>', ''],
  [
    'BR-09',
    'seller.address.country',
    '<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country>',
    '',
  ],
  ['BR-12', 'totals.lineNet', '<cbc:LineExtensionAmount currencyID="EUR">333.48</cbc:LineExtensionAmount>', ''],
  ['BR-13', 'totals.net', '<cbc:TaxExclusiveAmount currencyID="EUR">328.48</cbc:TaxExclusiveAmount>', ''],
  ['BR-14', 'totals.total', '<cbc:TaxInclusiveAmount currencyID="EUR">405.62</cbc:TaxInclusiveAmount>', ''],
  ['BR-15', 'totals.payable', '<cbc:PayableAmount currencyID="EUR">305.62</cbc:PayableAmount>', ''],
  ['BR-21', 'lines[2].id', '<cbc:ID>3</cbc:ID>', ''],
  ['BR-22', 'lines[0].quantity', '<cbc:InvoicedQuantity unitCode="HUR">2</cbc:InvoicedQuantity>', ''],
  ['BR-25', 'lines[1].name', '<cbc:Name>Shelf</cbc:Name>', '<cbc:Name> </cbc:Name>'],
  ['BR-26', 'lines[0].price', '<cac:Price><cbc:PriceAmount currencyID="EUR">50.05</cbc:PriceAmount></cac:Price>', ''],
  ['BR-27', 'lines[0].price', '>50.05<', '>-50.05<'],
  ['BR-28', 'lines[1].grossPrice', '>21.005<', '>-21.005<'],
  ['BR-29', 'period', '<cbc:EndDate>2026-02-28</cbc:EndDate>', '<cbc:EndDate>2026-01-28</cbc:EndDate>'],
  ['BR-30', 'lines[0].period', '<cbc:EndDate>2026-02-03</cbc:EndDate>', '<cbc:EndDate>2026-02-01</cbc:EndDate>'],
  [
    'BR-36 BR-CO-12 BR-S-08',
    'adjustments[1].amount',
    '<cbc:Amount currencyID="EUR">5.00</cbc:Amount><cbc:BaseAmount',
    '<cbc:BaseAmount',
  ],
  [
    'BR-42 BR-CO-23',
    'lines[1].adjustments.reason',
    '<cbc:AllowanceChargeReason>Scratch</cbc:AllowanceChargeReason>',
    '',
  ],
  ['BR-38 BR-CO-22', 'adjustments[1].reason', '<cbc:AllowanceChargeReason>Freight</cbc:AllowanceChargeReason>', ''],
  ['BR-45', 'taxes[0].taxable', '<cbc:TaxableAmount currencyID="EUR">290.15</cbc:TaxableAmount>', ''],
  ['BR-50 BR-61', 'payment.account', '<cbc:ID>BE71 0961 2345 6769</cbc:ID>', ''],
  [
    'BR-53',
    'totals.taxInTaxCurrency',
    '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">848.54</cbc:TaxAmount></cac:TaxTotal>',
    '',
  ],
  ['BR-54', 'lines[0].attributes', '<cbc:Value>Oak</cbc:Value>', ''],
  ['BR-55 UBL-SR-07', 'precedingInvoices', '<cbc:ID>HJ-2026-0090</cbc:ID>', ''],
  [
    'BR-57',
    'delivery.address.country',
    '<cbc:CityName>Lund</cbc:CityName><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country>',
    '',
  ],
  ['BR-62', 'seller.electronicAddress', '<cbc:EndpointID schemeID="0208">', '<cbc:EndpointID>'],
  ['BR-64', 'lines[0].standardId', '<cbc:ID schemeID="0160">', '<cbc:ID>'],
  ['BR-65', 'lines[0].classifications', ' listID="STI"', ''],
  ['BR-17', 'payee.name', '<cbc:Name>Factor NV</cbc:Name>', '<cbc:Name>Harbour Joinery</cbc:Name>'],
  [
    'BR-CO-03',
    'taxPoint',
    '<cbc:StartDate>2026-02-01</cbc:StartDate>',
    '<cbc:StartDate>2026-02-01</cbc:StartDate><cbc:DescriptionCode>35</cbc:DescriptionCode>',
  ],
  [
    'BR-CO-09',
    'seller.vatId',
    '<cbc:CompanyID>BE0123456749</cbc:CompanyID>',
    '<cbc:CompanyID>0123456749</cbc:CompanyID>',
  ],
  ['BR-CO-10 BR-CO-13', 'totals.lineNet', '>333.48<', '>333.49<'],
  ['BR-CO-11 BR-CO-13', 'totals.allowance', '>10.00</cbc:AllowanceTotalAmount>', '>10.01</cbc:AllowanceTotalAmount>'],
  ['BR-CO-14 BR-CO-15', 'totals.tax', '>77.14<', '>77.15<'],
  ['BR-CO-15 BR-CO-16', 'totals.total', '>405.62<', '>405.63<'],
  ['BR-CO-16', 'totals.payable', '>305.62<', '>305.63<'],
  ['BR-CO-17 BR-CO-14 BR-S-09', 'taxes[0].tax', '>72.54<', '>73.55<'],
  ['BR-DEC-18 UBL-DT-01', 'totals.payable', '>305.62<', '>305.620<'],
  ['BR-S-05 BR-S-08', 'lines[2].taxes.rate', `${line3}${vat('12')}`, `${line3}${vat('0')}`],
  [
    'BR-S-10',
    'taxes[0].reason',
    `>72.54</cbc:TaxAmount>\n      <cac:TaxCategory>${vat('25')}`,
    `>72.54</cbc:TaxAmount>\n      <cac:TaxCategory>${vat('25')}<cbc:TaxExemptionReason>x</cbc:TaxExemptionReason>`,
  ],
  ['BR-CL-01', 'type', '>380<', '>381<'],
  ['BR-CL-05 BR-53', 'taxCurrency', '<cbc:TaxCurrencyCode>SEK<', '<cbc:TaxCurrencyCode>SEX<'],
  ['BR-CL-08', 'notes', '#REG#', '#QQQ#'],
  [
    'BR-CL-14',
    'buyer.address.country',
    'Malmö</cbc:CityName><cac:Country><cbc:IdentificationCode>SE',
    'Malmö</cbc:CityName><cac:Country><cbc:IdentificationCode>SX1',
  ],
  ['BR-CL-16', 'payment.code', '>58<', '>158<'],
  ['BR-CL-23', 'lines[0].quantity', 'unitCode="HUR"', 'unitCode="HOURS"'],
  ['BR-CL-24', 'documents', 'mimeCode="text/csv"', 'mimeCode="text/html"'],
  [
    'UBL-SR-46',
    'payment.code',
    '<cac:PaymentTerms>',
    '<cac:PaymentMeans><cbc:PaymentMeansCode name="Again">58</cbc:PaymentMeansCode><cbc:PaymentID>RF18 5390</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>BE71096123456769</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans><cac:PaymentTerms>',
  ],
  [
    'UBL-CR-003',
    'document',
    '<cbc:ID>HJ-2026-0107</cbc:ID>',
    '<cbc:ProfileExecutionID>x</cbc:ProfileExecutionID><cbc:ID>HJ-2026-0107</cbc:ID>',
  ],
  [
    'UBL-SR-15',
    'buyer.name',
    '<cbc:RegistrationName>Northgate Clinic AB</cbc:RegistrationName>',
    '<cbc:RegistrationName>Northgate Clinic AB</cbc:RegistrationName><cbc:RegistrationName>Again</cbc:RegistrationName>',
  ],
  ['UBL-DT-08', 'lines[0].classifications', 'listID="STI"', 'listID="STI" schemeName="x"'],
  ['CF-DATE', 'dueOn', '2026-04-01', '2026-02-30'],
  ['CF-NUMBER', 'lines[0].price', '>50.05<', '>50,05<'],
]

const cii: readonly Mutation[] = [
  ['BR-02', 'number', '<ram:ID>HJ-2026-0107</ram:ID>', ''],
  ['BR-07', 'buyer.name', '<ram:Name>Northgate Clinic AB</ram:Name>', ''],
  ['BR-09', 'seller.address.country', '<ram:CountryID>BE</ram:CountryID>', ''],
  ['BR-21', 'lines[0].id', '<ram:LineID>1</ram:LineID>', ''],
  ['BR-27', 'lines[2].price', '<ram:ChargeAmount>33.33<', '<ram:ChargeAmount>-33.33<'],
  [
    'BR-51',
    'payment.card',
    '<ram:PayeePartyCreditorFinancialAccount>',
    '<ram:ApplicableTradeSettlementFinancialCard><ram:ID>4111111111111111</ram:ID></ram:ApplicableTradeSettlementFinancialCard><ram:PayeePartyCreditorFinancialAccount>',
  ],
  ['BR-54 CII-SR-072', 'lines[0].attributes', '<ram:Value>Oak</ram:Value>', ''],
  [
    'BR-57',
    'delivery.address.country',
    '<ram:CityName>Lund</ram:CityName><ram:CountryID>SE</ram:CountryID>',
    '<ram:CityName>Lund</ram:CityName>',
  ],
  ['BR-61 BR-50 CII-SR-470', 'payment.account', '<ram:IBANID>BE71096123456769</ram:IBANID>', ''],
  ['BR-CO-09', 'seller.vatId', '>BE 0123456749<', '>123456749<'],
  [
    'CII-SR-013',
    'document',
    '<ram:ID>HJ-2026-0107</ram:ID>',
    '<ram:ID>HJ-2026-0107</ram:ID><ram:Name>INVOICE</ram:Name>',
  ],
  [
    'CII-SR-455',
    'seller.contact',
    '<ram:DefinedTradeContact>',
    '<ram:DefinedTradeContact><ram:PersonName>Second</ram:PersonName></ram:DefinedTradeContact><ram:DefinedTradeContact>',
  ],
  ['CII-DT-031', 'lines[0].net', '<ram:LineTotalAmount>100.10', '<ram:LineTotalAmount currencyID="EUR">100.10'],
  ['CII-DT-097', 'dueOn', '>20260401<', '>20261301<'],
  ['BR-CL-07', 'lines[0].objectId', '>AAB<', '>QQQQ<'],
  ['BR-CL-23', 'lines[0].quantity', 'unitCode="HUR"', 'unitCode="HOURS"'],
]

describe('an invoice that is right', () => {
  it('has no findings in either syntax', () => {
    expect(broken(ublInvoice, 'en16931')).toEqual([])
    expect(broken(ciiInvoice, 'en16931')).toEqual([])
  })
})

function judged(source: string, mutations: readonly Mutation[]): void {
  it.each(mutations)('%s (%s)', (rules, field, from, to) => {
    const count = source.split(from).length - 1
    const xml = count === 1 ? swap(source, from, to) : source.replace(from, () => to)
    expect(count).toBeGreaterThan(0)
    expect(rulesOf(xml, 'en16931')).toEqual(rules.split(' ').sort())
    expect(broken(xml, 'en16931').map((finding) => finding.field)).toContain(field)
  })
}

describe('one thing changed in a UBL invoice', () => judged(ublInvoice, ubl))
describe('one thing changed in a CII invoice', () => judged(ciiInvoice, cii))

const peppolUbl = [
  [
    '<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>',
    '<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID><cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>',
  ],
  ['<cbc:Note>Thank you &amp; see you soon</cbc:Note>', ''],
  [
    '<cac:PartyIdentification><cbc:ID>K-1001</cbc:ID>',
    '<cbc:EndpointID schemeID="0007">5560360793</cbc:EndpointID><cac:PartyIdentification><cbc:ID>K-1001</cbc:ID>',
  ],
].reduce((xml, [from = '', to = '']) => swap(xml, from, to), ublInvoice)

const peppol: readonly Mutation[] = [
  [
    'PEPPOL-EN16931-R001 PEPPOL-EN16931-R007',
    'process',
    '<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>',
    '',
  ],
  ['PEPPOL-EN16931-R002', 'notes', '<cbc:TaxPointDate>', '<cbc:Note>Another</cbc:Note><cbc:TaxPointDate>'],
  ['PEPPOL-EN16931-R004', 'specification', '#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0<', '<'],
  ['PEPPOL-EN16931-R007', 'process', 'billing:01:1.0', 'billing:1:1.0'],
  ['PEPPOL-EN16931-R008', 'document', '<cbc:SalesOrderID>SO-12<', '<cbc:SalesOrderID><'],
  ['PEPPOL-EN16931-R010', 'buyer.electronicAddress', '<cbc:EndpointID schemeID="0007">5560360793</cbc:EndpointID>', ''],
  [
    'PEPPOL-EN16931-R040',
    'adjustments[1].amount',
    '<cbc:MultiplierFactorNumeric>5<',
    '<cbc:MultiplierFactorNumeric>6<',
  ],
  ['PEPPOL-EN16931-R041', 'adjustments[1].base', '<cbc:BaseAmount currencyID="EUR">100.00</cbc:BaseAmount>', ''],
  ['PEPPOL-EN16931-R042', 'adjustments[1].percent', '<cbc:MultiplierFactorNumeric>5</cbc:MultiplierFactorNumeric>', ''],
  ['PEPPOL-EN16931-R046', 'lines[1].price', '>21.005<', '>21.006<'],
  [
    'PEPPOL-EN16931-R051',
    'lines[0].price',
    '<cbc:PriceAmount currencyID="EUR">50.05',
    '<cbc:PriceAmount currencyID="SEK">50.05',
  ],
  ['PEPPOL-EN16931-R110', 'lines[0].period', '2026-02-02', '2026-01-31'],
  [
    'PEPPOL-EN16931-R120',
    'lines[0].net',
    '<cbc:InvoicedQuantity unitCode="HUR">2<',
    '<cbc:InvoicedQuantity unitCode="HUR">3<',
  ],
  [
    'PEPPOL-EN16931-R121',
    'lines[2].baseQuantity',
    '<cbc:BaseQuantity unitCode="C62">100<',
    '<cbc:BaseQuantity unitCode="C62">-100<',
  ],
  [
    'PEPPOL-EN16931-R130',
    'lines[2].baseQuantity',
    '<cbc:BaseQuantity unitCode="C62">',
    '<cbc:BaseQuantity unitCode="KGM">',
  ],
  [
    'PEPPOL-COMMON-R043',
    'seller.electronicAddress',
    '<cbc:EndpointID schemeID="0208">0123456749<',
    '<cbc:EndpointID schemeID="0208">0123456748<',
  ],
  ['PEPPOL-COMMON-R049', 'buyer.electronicAddress', '>5560360793<', '>5560360794<'],
  ['PEPPOL-EN16931-F001', 'issuedOn', '<cbc:IssueDate>2026-03-02<', '<cbc:IssueDate>2026-03-02Z<'],
]

describe('one thing changed in a Peppol invoice', () => {
  it('has no findings before', () => expect(broken(peppolUbl, 'peppol')).toEqual([]))

  it.each(peppol)('%s (%s)', (rules, field, from, to) => {
    const found = broken(swap(peppolUbl, from, to), 'peppol')
    const own = rules.includes('R121') ? ['PEPPOL-EN16931-R120'] : []
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual([...rules.split(' '), ...own].sort())
    expect(found.map((finding) => finding.field)).toContain(field)
  })
})
