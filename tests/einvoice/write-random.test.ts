import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeEInvoice } from '../../electron/einvoice/write/make.ts'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import type { EInvoiceFormat } from '../../shared/documents/einvoice-formats.ts'
import type { DocumentInput, TaxCategory, TaxInput } from '../../shared/documents/model.ts'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { casesOf, documents } from '../shared/document-cases.ts'
import { samplesAreHere } from './rules-samples.ts'
import { contentOf, sourceOf } from './write-cases.ts'
import { disorderIn } from './write-schema.ts'

const tax = (category: TaxCategory, rate: string): TaxInput => ({
  name: 'VAT',
  category,
  rateE6: percentOf(rate),
  compound: false,
})

/** Taxes that lines take in turn: what an e-invoice knows, from one rate to reverse charge and exempt. */
const taxSets: readonly (readonly TaxInput[])[] = [
  [tax('S', '19')],
  [tax('S', '19'), tax('S', '7')],
  [tax('S', '25'), tax('Z', '0'), tax('S', '6')],
  [tax('E', '0'), tax('S', '19')],
  [tax('AE', '0')],
  [tax('S', '19'), tax('AE', '0')],
  [tax('K', '0')],
  [tax('G', '0')],
  [tax('O', '0')],
  [tax('S', '9.975')],
]

const withTaxes = (input: DocumentInput, set: readonly TaxInput[]): DocumentInput => {
  const taxOf = (at: number): TaxInput[] => set.slice(at % set.length, (at % set.length) + 1)
  return {
    ...input,
    currency: 'EUR',
    // Amounts of e-invoices have two decimals (BR-DEC).
    minorUnits: 2,
    lines: input.lines.map((line, at) => ({ ...line, taxes: taxOf(at) })),
    adjustments: input.adjustments.map((it, at) => ({ ...it, taxes: it.taxes === null ? null : taxOf(at) })),
  }
}

const formats: readonly EInvoiceFormat[] = ['xrechnung-ubl', 'xrechnung-cii', 'peppol-ubl', 'en16931-cii', 'facturx']

const sums = ['lineNetE4', 'netE4', 'taxE4', 'totalE4', 'payableE4'] as const
const sumsOrNone = ['allowanceE4', 'chargeE4', 'prepaidE4', 'roundingE4'] as const

type Figures = { readonly taxableE4: bigint; readonly taxE4: bigint }

/** The rows that come to something: one for an allowance of nothing may not be stated, one for a line of nothing must be. */
const figuresOf = (rows: readonly Figures[]) =>
  rows.flatMap(({ taxableE4, taxE4 }) => (taxableE4 === 0n && taxE4 === 0n ? [] : [[taxableE4, taxE4]]))

test('any document leaves in any form without a broken rule, with its own totals, and is in the order of its schema', () => {
  let made = 0
  fc.assert(
    fc.property(
      documents.filter(({ lines }) => lines.length > 0),
      fc.nat(taxSets.length - 1),
      fc.boolean(),
      fc.nat(formats.length - 1),
      (input, set, isCredit, at) => {
        const content = contentOf(withTaxes(input, taxSets[set] ?? []))
        const source = sourceOf(content, input.rounding, {
          kind: isCredit ? 'credit-note' : 'invoice',
          preceding: isCredit ? { number: 'RE-2026-0001', date: '2026-01-31' } : null,
          prepaidE4: input.prepaidE4,
        })
        const format = formats[at] ?? 'facturx'
        const { xml, findings } = makeEInvoice(source, format)
        expect(findings.filter(({ severity }) => severity === 'fatal')).toEqual([])
        const { totals, lines, taxes, type } = parseEInvoice(xml)
        expect(type).toBe(isCredit ? 'credit-note' : 'invoice')
        for (const name of sums) expect(totals[name]).toBe(source.totals[name])
        for (const name of sumsOrNone) expect(totals[name] ?? 0n).toBe(source.totals[name])
        expect(lines.map(({ netE4 }) => netE4)).toEqual(source.totals.lines.map(({ netE4 }) => netE4))
        expect(figuresOf(taxes)).toEqual(figuresOf(source.totals.taxes))
        if (samplesAreHere) expect(disorderIn(xml)).toEqual([])
        made += 1
      },
    ),
    { numRuns: casesOf(0.4) },
  )
  expect(made).toBe(casesOf(0.4))
})
