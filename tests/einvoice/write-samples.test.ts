import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { validateEInvoice } from '../../electron/einvoice/rules/validate.ts'
import { writeCii } from '../../electron/einvoice/write/cii.ts'
import { writeUbl } from '../../electron/einvoice/write/ubl.ts'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { draftOf } from '../../electron/importers/einvoice-draft.ts'
import type { EInvoice } from '../../shared/documents/einvoice.ts'
import { ublCreditNote, ublInvoice } from '../importers/samples.ts'
import { readSample, sampleNames, sampleRoot, samplesAreHere, tellMissingSamples } from './rules-samples.ts'
import { disorderIn } from './write-schema.ts'

tellMissingSamples('e-invoices written as they were read')

const writers = { ubl: writeUbl, cii: writeCii }
const folders = ['examples-cii', 'examples-ubl', 'examples-ubl-bis-sweden', 'xrechnung-testsuite']

/** What another syntax cannot say, by file: with its reason. */
const known: Readonly<Record<string, (invoice: EInvoice) => EInvoice>> = {
  // CII has no place for BG-DEX-09.
  '05.01a-INVOICE_ubl.xml cii': (invoice) => ({ ...invoice, thirdPartyPayments: [] }),
  // UBL asks for a VAT total where CII had none: nothing is written as 0.
  'CII_example7.xml ubl': (invoice) => ({
    ...invoice,
    totals: { ...invoice.totals, taxE4: invoice.totals.taxE4 ?? invoice.taxes[0]?.taxE4 ?? null },
  }),
}

// UBL has the seller's order number only beside the buyer's, which Peppol writes as NA where there is none.
const withOrder = (invoice: EInvoice, to: string): EInvoice =>
  to === 'ubl' && invoice.references.salesOrder !== null && invoice.references.order === null
    ? { ...invoice, references: { ...invoice.references, order: 'NA' } }
    : invoice

const nestedXml = (folder: string): string[] =>
  readdirSync(join(sampleRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.xml$/i.test(name))
    .sort()

const fatalRules = (xml: string | Uint8Array): string[] =>
  validateEInvoice(xml, 'en16931')
    .filter(({ severity }) => severity === 'fatal')
    .map(({ rule }) => rule)

const roundTrip = (invoice: EInvoice, to: keyof typeof writers, name: string): void => {
  const xml = writers[to](invoice)
  const back = parseEInvoice(xml)
  const expected = withOrder(known[`${name} ${to}`]?.(invoice) ?? invoice, to)
  expect(draftOf(back)).toEqual(draftOf(expected))
  expect(back.totals).toEqual(expected.totals)
  expect(back.taxes).toEqual(expected.taxes)
  if (samplesAreHere) expect(disorderIn(xml)).toEqual([])
}

describe.each(['ubl', 'cii'] as const)('written as %s and read again', (to) => {
  test.each([
    ['invoice', ublInvoice],
    ['credit note', ublCreditNote],
  ])('our own sample of an %s is the same', (name, xml) => roundTrip(parseEInvoice(xml), to, name))

  describe.skipIf(!samplesAreHere).each(folders)('%s', (folder) => {
    test.each(samplesAreHere ? sampleNames(folder) : [])(
      '%s is the same, and breaks no rule that it did not',
      (name) => {
        const source = readSample(folder, name)
        const invoice = parseEInvoice(source)
        roundTrip(invoice, to, name)
        const before = new Set(fatalRules(source))
        expect(fatalRules(writers[to](invoice)).filter((rule) => !before.has(rule))).toEqual([])
      },
    )
  })

  test.skipIf(!samplesAreHere)('every pair of CII and UBL of one invoice is the same', () => {
    const folder = 'zugferd-corpus-cii-ubl-pairs'
    const names = nestedXml(folder)
    expect(names.length).toBeGreaterThan(3)
    for (const name of names) roundTrip(parseEInvoice(readSample(folder, name)), to, name)
  })
})
