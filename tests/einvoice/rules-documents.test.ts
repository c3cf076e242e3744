import { describe, expect, it } from 'vitest'
import type { EInvoiceProfile } from '../../electron/einvoice/rules/finding.ts'
import { validateEInvoice } from '../../electron/einvoice/rules/validate.ts'
import { readSample, sampleNames, samplesAreHere, tellMissingSamples } from './rules-samples.ts'

/** All whole documents of the public suites: no fatal findings but these, which are faults of the documents. */
const folders = [
  'examples-ubl',
  'examples-ubl-bis-sweden',
  'examples-cii',
  'xrechnung-testsuite',
  'zugferd-corpus-cii-ubl-pairs',
]

type Faults = Readonly<Record<string, { readonly rules: readonly string[]; readonly why: string }>>

const faults: Faults = {
  '02.01a-cvd_INVOICE_ubl.xml': { rules: ['BR-CL-13'], why: 'classifies by CVD, a code of a German extension' },
  '02.01a-cvd_INVOICE_uncefact.xml': { rules: ['BR-CL-13'], why: 'classifies by CVD, a code of a German extension' },
  '05.01a-INVOICE_ubl.xml': { rules: ['BR-CO-16'], why: 'counts payments of third parties, a German extension' },
  'EN16931_ElektronischeAdresse.cii.xml': { rules: ['BR-CL-25'], why: 'has a scheme of address that is not listed' },
  'EN16931_ElektronischeAdresse.ubl.xml': { rules: ['BR-CL-25'], why: 'has a scheme of address that is not listed' },
}

const fatalRules = (folder: string, name: string, profile: EInvoiceProfile): string[] => {
  const fatal = validateEInvoice(readSample(folder, name), profile).filter(({ severity }) => severity === 'fatal')
  return [...new Set(fatal.map(({ rule }) => rule))].sort()
}

tellMissingSamples('the documents of the public suites')

describe.skipIf(!samplesAreHere)('whole documents of the public suites', () => {
  const documents = samplesAreHere ? folders.flatMap((folder) => sampleNames(folder).map((name) => [folder, name])) : []

  it('are all there', () => expect(documents.length).toBeGreaterThanOrEqual(83))

  it.each(documents)('%s/%s keeps the standard', (folder = '', name = '') => {
    expect(fatalRules(folder, name, 'en16931')).toEqual(faults[name]?.rules ?? [])
  })

  // What Peppol checks of the numbers of companies, which are made up in these samples.
  const madeUp = ['PEPPOL-COMMON-R040', 'PEPPOL-COMMON-R049']

  it.each(documents.filter(([folder]) => folder === 'examples-ubl-bis-sweden'))(
    '%s/%s keeps Peppol',
    (folder = '', name = '') => {
      // An older sample of the standard alone, which lies in the same folder.
      if (name === 'ubl-tc434-test-1.xml')
        return expect(fatalRules(folder, name, 'peppol')).toContain('PEPPOL-EN16931-R004')
      expect(fatalRules(folder, name, 'peppol').filter((rule) => !madeUp.includes(rule))).toEqual([])
    },
  )

  it.each(documents.filter(([folder, name]) => folder === 'xrechnung-testsuite' || name?.startsWith('XRECHNUNG')))(
    '%s/%s keeps XRechnung',
    (folder = '', name = '') => {
      expect(fatalRules(folder, name, 'xrechnung')).toEqual(faults[name]?.rules ?? [])
    },
  )
})
