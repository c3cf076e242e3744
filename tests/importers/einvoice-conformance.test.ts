import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { compareTotals, type TotalComparison } from '../../electron/importers/einvoice-compare.ts'
import { draftOf, toDocumentInput } from '../../electron/importers/einvoice-draft.ts'
import { EInvoiceError } from '../../electron/importers/einvoice-fields.ts'
import { calculateDocument } from '../../shared/documents/calculate.ts'

/**
 * All valid samples of the public test suites, where they lie beside the project (they are not part of it): each is
 * read, computed and compared; a pair of UBL and CII gives one draft. What differs is listed here by name and reason.
 */
const root = fileURLToPath(new URL('../../../shared/data/eu', import.meta.url))
const folders = [
  'examples-ubl',
  'examples-ubl-bis-sweden',
  'examples-cii',
  'xrechnung-testsuite',
  'zugferd-corpus-cii-ubl-pairs',
]

/** Faults in the samples themselves: the terms that each makes differ, the first being the cause. */
const faultySamples: Readonly<Record<string, { readonly cause: string; readonly why: string }>> = {
  'guide-example2.xml': { cause: 'BT-131', why: 'line 1 says 2 x 1273.00 = 1273.00' },
  'ubl-tc434-test-1.xml': { cause: 'BT-131', why: 'line 1 says 2 x 1273.00 = 1273.00' },
  'ubl-tc434-example10.xml': { cause: 'BT-131', why: 'line 20 says 6 x 18.33 = -109.98' },
  'CII_example1.xml': { cause: 'BT-131', why: 'line 20 says 6 x 18.33 = -109.98' },
  'ubl-tc434-example3.xml': { cause: 'BT-131', why: 'both lines say 2 x 800.00 = 800.00' },
  'CII_example9.xml': { cause: 'BT-131', why: 'the price 49 is given for 49 months, and 3 months cost 147' },
  'BIS_Billing_30-Rantefaktura_Enkel.xml': { cause: 'BT-131', why: '486 x 4.9715 is 2416.149; the file says 2416.16' },
  'huf_example_cii.xml': { cause: 'BT-131', why: 'lines and tax are rounded to whole forints' },
  'EN16931_1_Teilrechnung.cii.xml': { cause: 'BT-131', why: 'line 4 says 20 x 2.77 = 55.46' },
  'EN16931_1_Teilrechnung.ubl.xml': { cause: 'BT-131', why: 'line 4 says 20 x 2.77 = 55.46' },
  'EN16931_Kraftfahrversicherung_Bruttopreise.cii.xml': {
    cause: 'BT-131',
    why: 'lines hold the price with insurance tax',
  },
  'EN16931_Kraftfahrversicherung_Bruttopreise.ubl.xml': {
    cause: 'BT-131',
    why: 'lines hold the price with insurance tax',
  },
  '05.01a-INVOICE_ubl.xml': { cause: 'BT-115', why: 'the XRechnung extension adds payments for third parties' },
}

/** Pairs whose two files do not say the same: the fields of the draft, and what the files say. */
const unequalPairs: Readonly<Record<string, { readonly fields: readonly string[]; readonly why: string }>> = {
  ...Object.fromEntries(
    ['01.02a', '01.08a', '01.10a', '01.12a'].map((name) => [
      `${name}-INVOICE`,
      { fields: ['references.order'], why: 'the UBL file has the order number "Dummywert", the CII file has none' },
    ]),
  ),
  '01.20a-INVOICE': {
    fields: ['seller.address.line1', 'seller.address.city'],
    why: 'the placeholder texts are [Street] and [Seller street], [City] and [Seller city]',
  },
  '02.01a-cvd_INVOICE': {
    fields: ['payee.legalId', 'lines.0.description', ...attributeFields(6)],
    why: 'the UBL payee has no legal id, the CII description has a typing error, the attributes are in another order',
  },
  '03.06a-INVOICE': {
    fields: ['seller.address.city', 'seller.address.postcode', 'buyer.address.city', 'buyer.address.postcode'],
    why: 'the UBL file has city and postcode in each other’s place',
  },
}

function attributeFields(count: number): string[] {
  return Array.from({ length: count }, (_, i) => [
    `lines.0.attributes.${i}.name`,
    `lines.0.attributes.${i}.value`,
  ]).flat()
}

type Outcome = {
  readonly file: string
  readonly syntax: string
  readonly lines: number
  readonly rows: readonly TotalComparison[]
}

function outcomeOf(folder: string, file: string): Outcome {
  const invoice = parseEInvoice(readFileSync(path.join(root, folder, file)))
  const rows = compareTotals(invoice, calculateDocument(toDocumentInput(invoice)))
  return { file, syntax: invoice.syntax, lines: invoice.lines.length, rows }
}

const terms = ['131', '116', '117', '106', '107', '108', '109', '110', '112', '113', '114', '115']

function tableRow({ file, syntax, lines, rows }: Outcome): string {
  const marks = terms.map((term) => {
    const same = rows.filter((row) => row.term === `BT-${term}`)
    return (same.some((row) => row.differs) ? 'x' : same.length === 0 ? '-' : '=').padStart(3)
  })
  const why = faultySamples[file]?.why ?? ''
  return [file.padEnd(62), syntax.padEnd(14), String(lines).padStart(5), ...marks, ` ${why}`].join(' ').trimEnd()
}

function differences(a: unknown, b: unknown, at: string): string[] {
  if (!isRecord(a) || !isRecord(b)) return a === b ? [] : [at]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.flatMap((key) => differences(a[key], b[key], at === '' ? key : `${at}.${key}`))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

const present = existsSync(root)

describe.runIf(present)('samples of the public suites', () => {
  it('all are read, and their totals are ours to the penny, or differ for a named reason', () => {
    const outcomes = folders.flatMap((folder) =>
      readdirSync(path.join(root, folder))
        .filter((file) => /\.xml$/i.test(file))
        .map((file) => outcomeOf(folder, file)),
    )
    const head = ['file'.padEnd(62), 'syntax'.padEnd(14), 'lines', ...terms].join(' ')
    const equal = outcomes.filter((outcome) => outcome.rows.every((row) => !row.differs))
    const summary = `${outcomes.length} files read, ${equal.length} equal in all totals, ${outcomes.length - equal.length} named`
    // The runner shows what goes to the stream; = equal, x differs, - the document has none.
    process.stdout.write(`\n${[head, ...outcomes.map(tableRow), summary].join('\n')}\n`)

    expect(outcomes.length).toBeGreaterThanOrEqual(80)
    const differing = outcomes.filter((outcome) => !equal.includes(outcome))
    expect(differing.map((outcome) => outcome.file).sort()).toEqual(Object.keys(faultySamples).sort())
    for (const { file, rows } of differing) {
      const [first, ...others] = rows.filter((row) => row.differs && row.reason?.kind !== 'carried')
      expect({ file, cause: first?.term }).toEqual({ file, cause: faultySamples[file]?.cause })
      // Whatever else is not just carried over has the same cause: other lines, or the tax of rounded lines.
      expect(others.every((row) => row.term === first?.term || row.reason?.kind === 'rounding')).toBe(true)
    }
  })

  const pairs = [
    ...pairsIn('zugferd-corpus-cii-ubl-pairs', '.cii.xml', '.ubl.xml'),
    ...pairsIn('xrechnung-testsuite', '_uncefact.xml', '_ubl.xml'),
  ]

  it('has a draft for each pair', () => expect(pairs).toHaveLength(12 + 12))

  it.each(pairs)('one draft for both syntaxes: $name', ({ name, cii, ubl }) => {
    const [left, right] = [cii, ubl].map((file) => draftOf(parseEInvoice(readFileSync(file))))
    const exception = unequalPairs[name]
    if (exception === undefined) expect(left).toEqual(right)
    else expect(differences(left, right, '').sort()).toEqual([...exception.fields].sort())
  })

  it('cut anywhere, a sample is refused with an element and a line', () => {
    for (const { cii, ubl } of pairs.slice(0, 3)) {
      for (const whole of [readFileSync(cii), readFileSync(ubl)]) {
        for (let part = 1; part < 40; part += 1) {
          const cut = whole.subarray(0, Math.floor((whole.length * part) / 40))
          expect(() => parseEInvoice(cut)).toThrow(EInvoiceError)
        }
      }
    }
  })
})

function pairsIn(folder: string, ciiEnding: string, ublEnding: string) {
  const directory = path.join(root, folder)
  // A suite that is skipped still lists its tests.
  if (!present) return []
  return readdirSync(directory)
    .filter((file) => file.endsWith(ciiEnding))
    .map((file) => {
      const name = file.slice(0, -ciiEnding.length)
      return { name, cii: path.join(directory, file), ubl: path.join(directory, `${name}${ublEnding}`) }
    })
}
