import { describe, expect, it } from 'vitest'
import {
  isBelgian,
  isGln,
  isIban,
  isItalianVat,
  isNorwegian,
  isSwedish,
} from '../../electron/einvoice/rules/check-digits.ts'
import { parseDecimal, roundAway, roundUp, showDecimal } from '../../electron/einvoice/rules/decimal.ts'
import { validateEInvoice } from '../../electron/einvoice/rules/validate.ts'
import { swap, ublInvoice } from '../importers/samples.ts'

const mandate =
  '<cac:PaymentMandate><cbc:ID>M-5</cbc:ID><cac:PayerFinancialAccount><cbc:ID>SE00</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate>'

/** The sample as XRechnung asks for it. */
const invoice = [
  [
    '<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>',
    '<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID><cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>',
  ],
  [
    '<cac:PartyIdentification><cbc:ID>K-1001</cbc:ID>',
    '<cbc:EndpointID schemeID="EM">bills@northgate.example</cbc:EndpointID><cac:PartyIdentification><cbc:ID>K-1001</cbc:ID>',
  ],
  ['<cbc:CityName>Malmö</cbc:CityName>', '<cbc:CityName>Malmö</cbc:CityName><cbc:PostalZone>211 19</cbc:PostalZone>'],
  ['<cbc:CityName>Lund</cbc:CityName>', '<cbc:CityName>Lund</cbc:CityName><cbc:PostalZone>222 22</cbc:PostalZone>'],
  [mandate, ''],
].reduce((xml, [from = '', to = '']) => swap(xml, from, to), ublInvoice)

const direct = '<cbc:PaymentMeansCode name="SEPA transfer">59</cbc:PaymentMeansCode>'
const account = /<cac:PayeeFinancialAccount>[\s\S]*?<\/cac:PayeeFinancialAccount>/.exec(ublInvoice)?.[0] ?? ''

const changes: readonly (readonly [rules: string, field: string, ...pairs: (readonly [string, string])[]])[] = [
  [
    'BR-DE-2',
    'seller.contact',
    [
      '<cac:Contact><cbc:Name>Els Maes</cbc:Name><cbc:Telephone>+32 9 000 00 00</cbc:Telephone><cbc:ElectronicMail>els@harbour.example</cbc:ElectronicMail></cac:Contact>',
      '',
    ],
  ],
  ['BR-DE-3', 'seller.address.city', ['<cbc:CityName>Gent</cbc:CityName>', '']],
  ['BR-DE-4', 'seller.address.postcode', ['<cbc:PostalZone>9000</cbc:PostalZone>', '']],
  ['BR-DE-5', 'seller.contact.name', ['<cbc:Name>Els Maes</cbc:Name>', '']],
  ['BR-DE-6 BR-DE-27', 'seller.contact.phone', ['<cbc:Telephone>+32 9 000 00 00</cbc:Telephone>', '']],
  ['BR-DE-27', 'seller.contact.phone', ['+32 9 000 00 00', '12']],
  ['BR-DE-28', 'seller.contact.email', ['els@harbour.example', 'els.harbour.example']],
  ['BR-DE-9', 'buyer.address.postcode', ['<cbc:PostalZone>211 19</cbc:PostalZone>', '']],
  ['BR-DE-11', 'delivery.address.postcode', ['<cbc:PostalZone>222 22</cbc:PostalZone>', '']],
  ['BR-DE-15', 'buyerReference', ['<cbc:BuyerReference>Ward 3</cbc:BuyerReference>', '']],
  ['BR-DE-17', 'type', ['>380<', '>386<']],
  ['BR-DE-18', 'terms', ['30 days net', '#SKONTO#TAGE=14#PROZENT=2.00#']],
  ['', '', ['30 days net', '30 days net\n#SKONTO#TAGE=14#PROZENT=2.00#\n']],
  ['BR-DE-18', 'terms', ['30 days net', '#SKONTO#TAGE=14#PROZENT=2#\n']],
  ['BR-DE-19', 'payment.account', ['BE71 0961 2345 6769', 'BE71 0961 2345 6768']],
  ['BR-DE-21', 'specification', ['xrechnung_3.0', 'xrechnung_2.0']],
  ['BR-DE-23-b', 'payment', [account, `${account}${mandate}`]],
  [
    'BR-DE-25-a BR-DE-25-b BR-DE-20 PEPPOL-EN16931-R061',
    'payment',
    ['<cbc:PaymentMeansCode name="SEPA transfer">58</cbc:PaymentMeansCode>', direct],
  ],
  [
    '',
    '',
    ['<cbc:PaymentMeansCode name="SEPA transfer">58</cbc:PaymentMeansCode>', direct],
    [account, mandate.replace('SE00', 'DE89370400440532013000')],
  ],
  [
    'PEPPOL-EN16931-R010',
    'buyer.electronicAddress',
    ['<cbc:EndpointID schemeID="EM">bills@northgate.example</cbc:EndpointID>', ''],
  ],
]

describe('one thing changed in an XRechnung', () => {
  it('has no findings before', () => expect(validateEInvoice(invoice, 'xrechnung')).toEqual([]))

  it.each(changes.map(([rules, field, ...pairs]) => ({ rules, field, pairs })))(
    '$rules ($field)',
    ({ rules, field, pairs }) => {
      const found = validateEInvoice(
        pairs.reduce((xml, [from, to]) => swap(xml, from, to), invoice),
        'xrechnung',
      )
      expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(rules.split(' ').filter(Boolean).sort())
      if (field !== '') expect(found.map((finding) => finding.field)).toContain(field)
    },
  )
})

describe('numbers with check digits', () => {
  it.each([
    ['GLN', isGln, '5412345000013', '5412345000014'],
    ['Norwegian organisation', isNorwegian, '974760673', '974760674'],
    ['Belgian enterprise', isBelgian, '0123456749', '0123456748'],
    ['Swedish organisation', isSwedish, '5560360793', '5560360794'],
    ['Italian VAT', isItalianVat, 'IT00743110157', 'IT00743110158'],
    ['IBAN', isIban, 'DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 01'],
  ] as const)('%s', (_, isRight, good, bad) => {
    expect([isRight(good), isRight(bad)]).toEqual([true, false])
  })
})

describe('decimals', () => {
  const shown = (text: string, round: typeof roundUp) =>
    showDecimal(round(parseDecimal(text) ?? { units: 0n, scale: 0 }, 2))

  it('are rounded up by the official rules and away from zero by tax offices', () => {
    expect(['0.125', '-0.125', '1.005', '-1.0051'].map((text) => shown(text, roundUp))).toEqual([
      '0.13',
      '-0.12',
      '1.01',
      '-1.01',
    ])
    expect(['0.125', '-0.125', '-0.124'].map((text) => shown(text, roundAway))).toEqual(['0.13', '-0.13', '-0.12'])
  })

  it('are nothing else than digits with a point', () => {
    expect(['', '.', '1,5', '1e3', 'NaN', '0x1', '--1', '9'.repeat(61)].map(parseDecimal)).toEqual(Array(8).fill(null))
    expect(
      [' +1. ', '.5', '-007.10'].map((text) => showDecimal(parseDecimal(text) ?? { units: -1n, scale: 0 })),
    ).toEqual(['1.00', '0.50', '-7.10'])
  })
})
