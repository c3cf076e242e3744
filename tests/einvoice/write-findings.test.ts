import { expect, test } from 'vitest'
import { makeEInvoice } from '../../electron/einvoice/write/make.ts'
import type { EInvoiceSource } from '../../electron/einvoice/write/source.ts'
import type { DocumentContent } from '../../shared/contract/documents.ts'
import type { EInvoiceFormat } from '../../shared/documents/einvoice-formats.ts'
import { percentOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { documentAdjustment, documentOf, line, tax } from '../shared/document-cases.ts'
import { buyer, contentOf, emptyAddress, paidTo, seller, sourceOf } from './write-cases.ts'

const content = contentOf(documentOf([line('100', [tax('19')]), line('50', [tax('7')])]))

const found = (source: EInvoiceSource, format: EInvoiceFormat) =>
  makeEInvoice(source, format).findings.map(({ rule, field, severity }) => `${severity} ${rule} ${field}`)

const source = (more: Partial<EInvoiceSource> = {}): EInvoiceSource => sourceOf(content, undefined, more)
const written = (change: Partial<DocumentContent>): EInvoiceSource => sourceOf({ ...content, ...change })
const lineWith = (change: Partial<DocumentContent['lines'][number]>): EInvoiceSource =>
  written({ lines: content.lines.map((it, at) => (at === 1 ? { ...it, ...change } : it)) })
const zero = percentOf('0')
const exempt = { taxRateId: null, name: 'VAT', rateE6: zero, isCompound: false, exemptionReason: null } as const

const cases: readonly (readonly [what: string, EInvoiceFormat, EInvoiceSource, expected: readonly string[]])[] = [
  ['nothing is wrong', 'xrechnung-ubl', source(), []],
  ['nothing is wrong', 'peppol-ubl', source(), []],
  [
    'the seller has no number at all',
    'en16931-ubl',
    source({ seller: { ...seller, taxIds: [], legalId: null } }),
    ['fatal BR-CO-26 seller.ids', 'fatal BR-S-02 seller.vatId'],
  ],
  [
    'the VAT number of the seller has no country',
    'en16931-cii',
    source({
      seller: {
        ...seller,
        taxIds: [{ label: 'VAT', value: '136695976' }],
        address: { ...seller.address, country: 'US' },
      },
    }),
    ['fatal BR-CO-09 seller.vatId'],
  ],
  [
    'the VAT number of the buyer is mistyped',
    'en16931-ubl',
    source({ buyer: { ...buyer, taxIds: [{ label: 'Btw-nr', value: 'NL123456782B9' }] } }),
    ['warning CF-VAT-ID buyer.vatId'],
  ],
  [
    'the buyer has no address',
    'en16931-ubl',
    source({ buyer: { ...buyer, address: emptyAddress } }),
    ['fatal BR-10 buyer.address'],
  ],
  [
    'there is no buyer',
    'en16931-cii',
    source({ buyer: null }),
    ['fatal BR-07 buyer.name', 'fatal BR-10 buyer.address'],
  ],
  [
    'the address of the buyer lacks town and postcode',
    'xrechnung-cii',
    source({ buyer: { ...buyer, address: { ...emptyAddress, country: 'NL' } } }),
    ['fatal BR-DE-8 buyer.address.city', 'fatal BR-DE-9 buyer.address.postcode'],
  ],
  [
    'nobody can be asked',
    'xrechnung-ubl',
    source({ seller: { ...seller, phone: null, email: null, contact: { name: null, phone: null, email: null } } }),
    ['fatal BR-DE-2 seller.contact'],
  ],
  [
    'there is no Leitweg-ID',
    'xrechnung-ubl',
    source({ buyer: { ...buyer, buyerReference: null } }),
    ['fatal BR-DE-15 buyerReference'],
  ],
  [
    'neither reference nor order are given',
    'peppol-ubl',
    sourceOf({ ...content, reference: null }, undefined, { buyer: { ...buyer, buyerReference: null } }),
    ['fatal PEPPOL-EN16931-R003 buyerReference'],
  ],
  [
    'electronic addresses are missing, which mail does not stand in for',
    'peppol-ubl',
    source({ seller: { ...seller, electronicAddress: null }, buyer: { ...buyer, electronicAddress: null } }),
    ['fatal PEPPOL-EN16931-R010 buyer.electronicAddress', 'fatal PEPPOL-EN16931-R020 seller.electronicAddress'],
  ],
  [
    'the electronic address has no scheme',
    'en16931-ubl',
    source({ buyer: { ...buyer, electronicAddress: { id: '1', scheme: null } } }),
    ['fatal BR-63 buyer.electronicAddress'],
  ],
  ['it is not said how to pay', 'xrechnung-ubl', source({ paidTo: null }), ['fatal BR-DE-1 payment']],
  [
    'the IBAN is mistyped',
    'xrechnung-cii',
    source({ paidTo: { ...paidTo, iban: 'DE02120300000000202052' } }),
    ['warning BR-DE-19 payment.account'],
  ],
  ['a line has no tax', 'en16931-ubl', lineWith({ taxes: [] }), ['fatal CF-TAX-NONE lines[1].taxes']],
  [
    'a line has two taxes',
    'en16931-cii',
    lineWith({ taxes: [...(content.lines[0]?.taxes ?? []), ...(content.lines[1]?.taxes ?? [])] }),
    ['fatal CF-TAX-MANY lines[1].taxes'],
  ],
  [
    'an exempt line gives no reason',
    'en16931-ubl',
    lineWith({ taxes: [{ ...exempt, category: 'E' }] }),
    ['fatal BR-E-10 lines[1].taxes'],
  ],
  [
    'an intra-community supply is of no date',
    'en16931-ubl',
    written({
      supplyFrom: null,
      lines: content.lines.map((it) => ({ ...it, taxes: [{ ...exempt, category: 'K' as const }] })),
    }),
    ['fatal BR-IC-11 delivery.date'],
  ],
  ['a unit is of no list', 'en16931-cii', lineWith({ unit: 'ZZ9' }), ['fatal BR-CL-23 lines[1].unit']],
  ['a line has no name', 'en16931-ubl', lineWith({ name: '' }), ['fatal BR-25 lines[1].name']],
  [
    'a discount after tax has no place',
    'en16931-ubl',
    written({
      adjustments: [
        { ...documentAdjustment('allowance', { amount: '5' }, null), id: content.lines[0]?.id ?? '', taxes: [] },
      ],
    }),
    ['fatal CF-ADJUSTMENT-TAX adjustments[0].taxes'],
  ],
  [
    'terms of a Skonto are not in their form',
    'xrechnung-ubl',
    written({ terms: '#SKONTO#TAGE=14#PROZENT=2#' }),
    ['fatal BR-DE-18 terms'],
  ],
  ['a Skonto is in its form', 'xrechnung-ubl', written({ terms: '#SKONTO#TAGE=14#PROZENT=2.00#' }), []],
  [
    'the level Basic cannot round',
    'facturx-basic',
    written({ roundingAmountE4: unitPriceOf('0.0001') as unknown as DocumentContent['roundingAmountE4'] }),
    ['fatal CF-BASIC-ROUNDING totals.rounding'],
  ],
]

test.each(cases)('%s (%s): exactly what is wrong is found, with its field', (_what, format, from, expected) => {
  expect(found(from, format)).toEqual(expected)
})

test('what falls on several taxes is found on the one discount that was written', () => {
  const own = content.lines[1]?.taxes ?? []
  const spread = contentOf(
    documentOf([line('100', [tax('19')]), line('50', [tax('7')])], {
      adjustments: [
        documentAdjustment('charge', { amount: '3' }, null),
        documentAdjustment('allowance', { amount: '5.005' }, null),
      ],
    }),
    // A dinar has three decimals, of which e-invoices take two.
    { currency: 'KWD' },
  )
  const adjustments = spread.adjustments.map((it, at) => (at === 1 ? { ...it, taxes: own } : it))
  const { xml, findings } = makeEInvoice(sourceOf({ ...spread, adjustments }), 'en16931-ubl')
  expect(xml.split('<cac:AllowanceCharge>').length - 1).toBe(3)
  expect(findings.filter(({ rule }) => rule === 'BR-DEC-01').map(({ field }) => field)).toEqual([
    'adjustments[1].amount',
  ])
})
