import { expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { ciiInvoice } from '../importers/sample-cii.ts'
import { swap, ublCreditNote } from '../importers/samples.ts'
import { line, makeInvoice } from '../support/factories.ts'
import { openWorkspace } from '../support/workspace.ts'

// Zero-rated, so that its tax needs no word of the law.
const creditXml = ublCreditNote
  .replaceAll('<cbc:ID>K</cbc:ID>', '<cbc:ID>Z</cbc:ID>')
  .replace(/<cbc:TaxExemptionReason(Code)?>.*?<\/cbc:TaxExemptionReason(Code)?>/gs, '')

const zeroRated = (price: string) => {
  const made = line({ price, rate: '0' })
  return { ...made, taxes: made.taxes.map((tax) => ({ ...tax, category: 'Z' as const })) }
}

/** An issued invoice of the client of the sample, and the credit note of the sample that names it. */
const open = async (price: string, issuedOn = '2026-01-15') => {
  const workspace = await openWorkspace({ country: 'DE' })
  const { clientName } = await workspace.call('importers.einvoice', { xml: creditXml, dryRun: true })
  const { id: clientId } = await workspace.call('clients.create', { name: clientName })
  const invoice = await makeInvoice(workspace, clientId, { currency: 'EUR', issuedOn, lines: [zeroRated(price)] })
  return { workspace, invoice, xml: swap(creditXml, 'HJ-2026-0107', invoice.number) }
}

test('a credit note is linked to the invoice that it names, and lowers what is left of it once issued', async () => {
  const { workspace, invoice, xml } = await open('100')
  const dry = await workspace.call('importers.einvoice', { xml, dryRun: true })
  expect(dry).toMatchObject({ credits: { id: invoice.id, number: invoice.number }, warnings: [] })
  const made = await workspace.call('importers.einvoice', { xml })
  const note = await workspace.call('creditNotes.get', { id: made.creditNoteId ?? '' })
  expect(note).toMatchObject({ invoice: { id: invoice.id }, totals: { payableE4: amountOf('40') } })
  await workspace.call('creditNotes.issue', { id: note.id, version: note.version })
  expect(await workspace.call('creditNotes.left', { invoiceId: invoice.id })).toMatchObject({ totalE4: amountOf('60') })
  // The next one finds too little left, and says so.
  await workspace.call('importers.einvoice', { xml })
  const again = await workspace.call('importers.einvoice', {
    xml: xml.replaceAll('40.00', '80.00').replace('>20<', '>40<'),
  })
  expect(again).toMatchObject({
    credits: null,
    warnings: [`Only €60.00 is left to credit of invoice ${invoice.number}, so it is not linked.`],
  })
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

test('an invoice of a later day, of another client, or of nobody is not linked to, with the reason', async () => {
  const { workspace, invoice, xml } = await open('100', '2026-03-06')
  expect(await workspace.call('importers.einvoice', { xml, dryRun: true })).toMatchObject({
    credits: null,
    warnings: [`Invoice ${invoice.number} is of a later day, so it is not linked.`],
  })
  const other = xml.replace('Northgate Clinic AB', 'Southgate Clinic AB')
  expect(await workspace.call('importers.einvoice', { xml: other, dryRun: true })).toMatchObject({
    credits: null,
    warnings: [`It lowers invoice ${invoice.number}, which this client does not have here.`],
  })
  await workspace.close()
})

test('an invoice that came in from a file is found by the number that it had there', async () => {
  const workspace = await openWorkspace({ country: 'BE' })
  const { invoiceId } = await workspace.call('importers.einvoice', { xml: ciiInvoice })
  const draft = await workspace.call('invoices.get', { id: invoiceId ?? '' })
  const content = { ...draft.content, lines: [zeroRated('50')], adjustments: [], prepaidE4: amountOf('0') }
  const saved = await workspace.call('invoices.saveDraft', { id: draft.id, version: draft.version, content })
  await workspace.call('invoices.issue', { id: saved.id, version: saved.version })
  const { clientName } = await workspace.call('importers.einvoice', { xml: ciiInvoice, dryRun: true })
  const xml = creditXml.replace('Northgate Clinic AB', clientName)
  expect(await workspace.call('importers.einvoice', { xml, dryRun: true })).toMatchObject({
    credits: { id: invoiceId },
    warnings: [],
  })
  await workspace.close()
})

const withoutLines = (profile: string) =>
  ciiInvoice
    .replace(/<ram:IncludedSupplyChainTradeLineItem>.*<\/ram:IncludedSupplyChainTradeLineItem>/s, '')
    .replace('urn:cen.eu:en16931:2017', profile)

test('BASIC WL has one line for each rate instead of its own, and its totals come out', async () => {
  const workspace = await openWorkspace({ country: 'BE' })
  const whole = await workspace.call('importers.einvoice', { xml: ciiInvoice, dryRun: true })
  const made = await workspace.call('importers.einvoice', { xml: withoutLines('urn:factur-x.eu:1p0:basicwl') })
  expect(made.totals.filter((row) => row.differs)).toEqual([])
  const payable = (totals: typeof made.totals) => totals.find((row) => row.term === 'BT-115')?.oursE4
  expect(payable(made.totals)).toBe(payable(whole.totals))
  expect(made.warnings[0]).toContain('has no lines: its total stands as one line for each VAT rate')
  expect(await workspace.call('invoices.get', { id: made.invoiceId ?? '' })).toMatchObject({ state: 'draft' })
  await workspace.close()
})

test.each(['urn:factur-x.eu:1p0:minimum', 'urn:zugferd.de:2p0:minimum'])(
  '%s has one line of its total',
  async (profile) => {
    const workspace = await openWorkspace({ country: 'FR' })
    const settlement = `<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
    <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>624.90</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="EUR">46.25</ram:TaxTotalAmount><ram:GrandTotalAmount>671.15</ram:GrandTotalAmount>
    <ram:DuePayableAmount>470.15</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>`
    const xml = withoutLines(profile).replace(
      /<ram:ApplicableHeaderTradeSettlement>.*<\/ram:ApplicableHeaderTradeSettlement>/s,
      settlement,
    )
    const made = await workspace.call('importers.einvoice', { xml })
    const total = made.totals.find((row) => row.term === 'BT-112')
    expect(total).toMatchObject({ inFileE4: amountOf('671.15'), oursE4: amountOf('671.15') })
    expect(made.lines).toBe(1)
    await workspace.close()
  },
)

test('a file without lines of any other profile is refused', async () => {
  const workspace = await openWorkspace({ country: 'FR' })
  await expect(
    workspace.call('importers.einvoice', { xml: withoutLines('urn:cen.eu:en16931:2017') }),
  ).rejects.toMatchObject({ code: 'IMPORT_FAILED', message: expect.stringContaining('at least one line') })
  await workspace.close()
})
