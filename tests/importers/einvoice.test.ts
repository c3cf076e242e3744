import { describe, expect, it } from 'vitest'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { compareTotals } from '../../electron/importers/einvoice-compare.ts'
import { draftOf, toDocumentInput } from '../../electron/importers/einvoice-draft.ts'
import { readEInvoice } from '../../electron/importers/einvoice-reading.ts'
import { calculateDocument } from '../../shared/documents/calculate.ts'
import { ciiInvoice } from './sample-cii.ts'
import { swap, ublCreditNote, ublInvoice } from './samples.ts'

describe('parseEInvoice', () => {
  it('reads every part of a UBL invoice', () => {
    const invoice = parseEInvoice(ublInvoice)
    expect(invoice).toMatchObject({
      syntax: 'ubl-invoice',
      type: 'invoice',
      specification: 'urn:cen.eu:en16931:2017',
      number: 'HJ-2026-0107',
      issueDate: '2026-03-02',
      dueDate: '2026-04-01',
      taxPointDate: '2026-02-27',
      typeCode: '380',
      currency: 'EUR',
      taxCurrency: 'SEK',
      notes: [
        { subject: 'REG', text: 'Registered in Ghent' },
        { subject: null, text: 'Thank you & see you soon' },
      ],
      references: {
        buyerReference: 'Ward 3',
        project: 'P-1',
        contract: 'C-2025-3',
        order: 'PO-77',
        salesOrder: 'SO-12',
        receivingAdvice: 'GR-6',
        despatchAdvice: 'DN-5',
        tender: 'TENDER-9',
        invoicedObject: { id: 'KA-12-34', scheme: 'ABZ' },
        buyerAccounting: '4711',
        precedingInvoices: [{ number: 'HJ-2026-0090', date: '2026-01-15' }],
      },
      period: { start: '2026-02-01', end: '2026-02-28' },
      remittance: 'RF18 5390',
      mandateId: 'M-5',
      creditorId: 'BE69ZZZ050D000000008',
      paymentTerms: '30 days net',
      thirdPartyPayments: [],
      warnings: [],
    })
    expect(invoice.supportingDocuments).toEqual([
      {
        id: 'timesheet',
        description: 'Hours of February',
        url: null,
        fileName: 'hours.csv',
        mimeType: 'text/csv',
        contentBase64: 'QSxC',
      },
    ])
  })

  it('reads the parties with their ids, addresses and contacts', () => {
    const invoice = parseEInvoice(ublInvoice)
    expect(invoice.seller).toEqual({
      name: 'Harbour Joinery BV',
      tradingName: 'Harbour Joinery',
      ids: [{ id: '5412345000013', scheme: '0088' }],
      legalId: { id: '0123456749', scheme: '0208' },
      legalInfo: 'RPR Gent',
      vatId: 'BE0123456749',
      taxIds: [{ id: '12/345/678', scheme: 'FC' }],
      electronicAddress: { id: '0123456749', scheme: '0208' },
      address: {
        line1: 'Dok Noord 7',
        line2: 'Unit 4',
        line3: 'Second floor',
        city: 'Gent',
        postcode: '9000',
        subdivision: 'Oost-Vlaanderen',
        country: 'BE',
      },
      contact: { name: 'Els Maes', phone: '+32 9 000 00 00', email: 'els@harbour.example' },
    })
    expect(invoice.buyer).toMatchObject({
      name: 'Northgate Clinic AB',
      ids: [{ id: 'K-1001', scheme: null }],
      contact: null,
    })
    expect(invoice.payee).toMatchObject({ name: 'Factor NV', address: null })
    expect(invoice.taxRepresentative).toBeNull()
    expect(invoice.delivery).toMatchObject({
      date: '2026-02-26',
      partyName: 'Clinic East',
      locationId: { id: '7300010000001', scheme: '0088' },
      address: { city: 'Lund', country: 'SE' },
    })
    expect(invoice.paymentMeans).toEqual([
      {
        code: '58',
        text: 'SEPA transfer',
        account: 'BE71 0961 2345 6769',
        accountName: 'Harbour Joinery BV',
        bic: 'GKCCBEBB',
        cardNumber: null,
        cardHolder: null,
        debitedAccount: 'SE00',
      },
    ])
  })

  it('reads lines, allowances, taxes and totals as exact integers', () => {
    const { lines, adjustments, taxes, totals } = parseEInvoice(ublInvoice)
    const plain = { exemptionReason: null, exemptionCode: null }
    expect(lines[0]).toEqual({
      id: '1',
      note: 'As agreed',
      name: 'Fitting',
      description: 'On site',
      sellerItemId: 'FIT',
      buyerItemId: 'B-9',
      standardId: { id: '5412345000020', scheme: '0160' },
      classifications: [{ id: '72154066', scheme: 'STI' }],
      originCountry: 'BE',
      attributes: [{ name: 'Wood', value: 'Oak' }],
      objectId: { id: 'OBJ-1', scheme: 'AAB' },
      orderLineReference: '4',
      buyerAccountingReference: '6100',
      quantityE6: 2_000_000n,
      unitCode: 'HUR',
      priceE6: 50_050_000n,
      grossPriceE6: null,
      priceDiscountE6: null,
      baseQuantityE6: null,
      adjustments: [],
      tax: { category: 'S', rateE6: 25_000_000n, ...plain },
      period: { start: '2026-02-02', end: '2026-02-03' },
      netE4: 1_001_000n,
    })
    expect(lines[1]).toMatchObject({ priceE6: 20_505_000n, grossPriceE6: 21_005_000n, priceDiscountE6: 500_000n })
    expect(lines[1]?.adjustments).toEqual([
      { kind: 'allowance', reason: 'Scratch', reasonCode: null, amountE4: 50_000n, baseE4: null, percentE6: null },
    ])
    expect(lines[2]).toMatchObject({ baseQuantityE6: 100_000_000n, netE4: 333_300n })
    expect(adjustments).toMatchObject([
      { kind: 'allowance', reason: 'Loyalty', reasonCode: '95', amountE4: 100_000n, tax: { rateE6: 25_000_000n } },
      { kind: 'charge', amountE4: 50_000n, baseE4: 1_000_000n, percentE6: 5_000_000n, tax: { rateE6: 12_000_000n } },
    ])
    expect(taxes.map((row) => [row.taxableE4, row.taxE4])).toEqual([
      [2_901_500n, 725_400n],
      [383_300n, 46_000n],
    ])
    expect(totals).toEqual({
      lineNetE4: 3_334_800n,
      allowanceE4: 100_000n,
      chargeE4: 50_000n,
      netE4: 3_284_800n,
      taxE4: 771_400n,
      taxInAccountingCurrencyE4: 8_485_400n,
      totalE4: 4_056_200n,
      prepaidE4: 1_000_000n,
      roundingE4: null,
      payableE4: 3_056_200n,
    })
  })

  it('reads a credit note: its own element names, due date, project, exemption', () => {
    const note = parseEInvoice(ublCreditNote)
    expect(note).toMatchObject({
      syntax: 'ubl-creditnote',
      type: 'credit-note',
      typeCode: '381',
      issueDate: '2026-03-05',
      dueDate: '2026-03-19',
      references: { project: 'P-2', precedingInvoices: [{ number: 'HJ-2026-0107', date: null }] },
      supportingDocuments: [],
      seller: { name: 'Harbour Joinery BV', tradingName: null },
    })
    expect(draftOf(note).lines[0]?.tax).toEqual({
      category: 'K',
      rateE6: 0n,
      exemptionReason: 'Intra-community supply',
      exemptionCode: 'VATEX-EU-IC',
    })
    expect(parseEInvoice(swap(ciiInvoice, '>380<', '>381<')).type).toBe('credit-note')
  })

  it('goes by namespaces, not by prefixes', () => {
    const renamed = ublInvoice
      .replaceAll('<cbc:', '<basic:')
      .replaceAll('</cbc:', '</basic:')
      .replace('xmlns:cbc=', 'xmlns:basic=')
    expect(parseEInvoice(renamed)).toEqual(parseEInvoice(ublInvoice))
    const foreign = swap(
      ublInvoice,
      '<cbc:ID>HJ-2026-0107</cbc:ID>',
      '<cbc:ID>HJ-2026-0107</cbc:ID><x:ID xmlns:x="urn:x">no</x:ID>',
    )
    expect(parseEInvoice(foreign).number).toBe('HJ-2026-0107')
  })

  it('warns of what it reads over', () => {
    const subLine = '<cac:SubInvoiceLine><cbc:ID>1.1</cbc:ID></cac:SubInvoiceLine></cac:InvoiceLine>\n</Invoice>'
    const withSub = parseEInvoice(swap(ublInvoice, '</cac:InvoiceLine>\n</Invoice>', subLine))
    expect(withSub.warnings).toMatchObject([{ path: '/Invoice/cac:InvoiceLine[3]/cac:SubInvoiceLine' }])

    const status = '<ram:LineID>3</ram:LineID><ram:LineStatusReasonCode>INFORMATION</ram:LineStatusReasonCode>'
    const withInformation = parseEInvoice(swap(ciiInvoice, '<ram:LineID>3</ram:LineID>', status))
    expect(withInformation.lines.map((line) => line.id)).toEqual(['1', '2'])
    expect(withInformation.warnings).toHaveLength(1)
  })
})

describe('draftOf', () => {
  it('gives one draft for the same invoice in UBL and in CII', () => {
    expect(draftOf(parseEInvoice(ciiInvoice))).toEqual(draftOf(parseEInvoice(ublInvoice)))
  })

  it('tells two different invoices apart', () => {
    const other = parseEInvoice(swap(ciiInvoice, '>Screws<', '>Nails<'))
    expect(draftOf(other)).not.toEqual(draftOf(parseEInvoice(ublInvoice)))
  })

  it('keeps a private id of a party only where it has no registered one', () => {
    expect(parseEInvoice(ciiInvoice).seller.ids).toHaveLength(2)
    expect(draftOf(parseEInvoice(ciiInvoice)).seller.ids).toEqual([{ id: '5412345000013', scheme: '0088' }])
    expect(draftOf(parseEInvoice(ciiInvoice)).buyer.ids).toEqual([{ id: 'K-1001', scheme: null }])
  })
})

describe('toDocumentInput and compareTotals', () => {
  const compared = (xml: string) => {
    const invoice = parseEInvoice(xml)
    return compareTotals(invoice, calculateDocument(toDocumentInput(invoice)))
  }
  const differing = (xml: string) => compared(xml).filter((row) => row.differs)

  it('finds every total of both syntaxes and of a credit note equal', () => {
    for (const xml of [ublInvoice, ciiInvoice, ublCreditNote]) expect(differing(xml)).toEqual([])
    expect(compared(ublInvoice).map((row) => row.term)).toEqual([
      ...['BT-131', 'BT-131', 'BT-131', 'BT-116', 'BT-117', 'BT-116', 'BT-117'],
      ...['BT-106', 'BT-107', 'BT-108', 'BT-109', 'BT-110', 'BT-112', 'BT-113', 'BT-114', 'BT-115'],
    ])
    expect(compared(ublInvoice).at(-1)).toMatchObject({ inFileE4: 3_056_200n, oursE4: 3_056_200n, reason: null })
  })

  it('says where the arithmetic of the file is off, and what only follows from it', () => {
    const wrongLine = swap(ublInvoice, '"EUR">100.10</cbc:LineExt', '"EUR">101.10</cbc:LineExt')
    const rows = differing(wrongLine)
    expect(rows.map((row) => [row.term, row.reason?.kind])).toEqual([['BT-131', 'arithmetic']])
    expect(rows[0]?.reason?.text).toContain('100.10')

    const wrongSum = differing(swap(ublInvoice, '>333.48<', '>343.48<'))
    expect(wrongSum).toMatchObject([{ term: 'BT-106', inFileE4: 3_434_800n, oursE4: 3_334_800n }])
    expect(wrongSum[0]?.reason).toEqual({ kind: 'arithmetic', text: 'its lines make 333.48' })

    const consistent = swap(
      swap(
        ublCreditNote,
        '"EUR">40.00</cbc:LineExtensionAmount>\n    <cac:Item>',
        '"EUR">41.00</cbc:LineExtensionAmount>\n    <cac:Item>',
      ),
      '>40.00</cbc:TaxableAmount>',
      '>41.00</cbc:TaxableAmount>',
    )
    expect(differing(consistent).map((row) => [row.term, row.reason?.kind])).toEqual([
      ['BT-131', 'arithmetic'],
      ['BT-116', 'carried'],
    ])
  })

  it('recognises rounding: a cent on a line, tax rounded on each line, whole amounts', () => {
    const cent = differing(swap(ublInvoice, '"EUR">100.10</cbc:LineExt', '"EUR">100.11</cbc:LineExt'))
    expect(cent.map((row) => [row.term, row.reason?.kind])).toEqual([['BT-131', 'rounding']])
    const tax = differing(swap(ublInvoice, '>72.54<', '>72.53<'))
    expect(tax.map((row) => [row.term, row.reason?.kind])).toEqual([['BT-117', 'rounding']])
  })

  it('tells a tax row that nothing stands behind, and an extension that enlarges the amount due', () => {
    const row = /<cac:TaxSubtotal>\s*<cbc:TaxableAmount currencyID="EUR">38[\s\S]*?<\/cac:TaxSubtotal>/
    const strange = ublInvoice.replace(row, (found) => found.replace('<cbc:Percent>12<', '<cbc:Percent>13<'))
    expect(strange).not.toBe(ublInvoice)
    expect(differing(strange).map((entry) => [entry.label, entry.reason?.kind])).toEqual([
      ['VAT S 13 %: taxable amount', 'arithmetic'],
      ['VAT S 13 %: tax', 'arithmetic'],
      ['VAT S 12 %: taxable amount', 'arithmetic'],
      ['VAT S 12 %: tax', 'arithmetic'],
    ])

    const payment = `<cac:PrepaidPayment><cbc:ID>Parking</cbc:ID><cbc:PaidAmount currencyID="EUR">3.50</cbc:PaidAmount>
      <cbc:InstructionID>Parking fee for the city</cbc:InstructionID></cac:PrepaidPayment>`
    const extended = swap(
      swap(ublInvoice, '>305.62<', '>309.12<'),
      '</cac:PaymentTerms>',
      `</cac:PaymentTerms>${payment}`,
    )
    expect(parseEInvoice(extended).thirdPartyPayments).toEqual([
      { type: 'Parking', amountE4: 35_000n, text: 'Parking fee for the city' },
    ])
    expect(differing(extended)).toMatchObject([{ term: 'BT-115', reason: { kind: 'extension' } }])
  })

  it('rounds to the decimals that the file uses, at least two unless its currency has none', () => {
    const places = (xml: string) => toDocumentInput(parseEInvoice(xml)).minorUnits
    expect(places(ublInvoice)).toBe(2)
    expect(places(ublCreditNote)).toBe(2)
    expect(places(ublCreditNote.replaceAll('EUR', 'JPY'))).toBe(0)
    expect(places(ublInvoice.replaceAll('"EUR"', '"KWD"').replace('>EUR<', '>KWD<').replace('>4.60<', '>4.601<'))).toBe(
      3,
    )
  })
})

describe('readEInvoice', () => {
  it('gives all that an import needs, fit to leave a worker', () => {
    const reading = structuredClone(readEInvoice(new TextEncoder().encode(ublInvoice)))
    if (!reading.ok) throw new Error(reading.fault.detail)
    expect(reading.draft).toEqual(draftOf(reading.invoice))
    expect(reading.totals.payableE4).toBe(3_056_200n)
    expect(reading.comparison.some((row) => row.differs)).toBe(false)
  })

  it('gives the fault of a broken file, also when its amounts are beyond what can be booked', () => {
    expect(structuredClone(readEInvoice(swap(ublInvoice, '>50.05<', '>x<')))).toMatchObject({
      ok: false,
      fault: { path: '/Invoice/cac:InvoiceLine[1]/cac:Price/cbc:PriceAmount', detail: expect.stringContaining('"x"') },
    })
    const huge = swap(swap(ublInvoice, '>50.05<', '>9000000000000<'), '"HUR">2<', '"HUR">9000000000000<')
    expect(readEInvoice(huge)).toMatchObject({ ok: false, fault: { path: '/' } })
  })
})
