import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { einvoiceProfiles } from '../../electron/einvoice/rules/finding.ts'
import { einvoiceRules, validateEInvoice } from '../../electron/einvoice/rules/validate.ts'
import { ciiInvoice } from '../importers/sample-cii.ts'
import { lineOf, swap, ublInvoice } from '../importers/samples.ts'
import { readSample, samplesAreHere, tellMissingSamples } from './rules-samples.ts'

const ids = [...einvoiceRules.keys()]

tellMissingSamples('that every official rule is known')

describe('the catalogue of rules', () => {
  it.skipIf(!samplesAreHere).each(['UBL', 'CII'])(
    'has every rule of the official %s rules, as severe as there',
    (syntax) => {
      const text = Buffer.from(readSample('spec', `EN16931-${syntax}-validation-preprocessed.sch`)).toString('utf8')
      const official = [...text.matchAll(/<assert id="([^"]+)" flag="(\w+)"/g)]
      expect(official.length).toBeGreaterThan(800)
      expect(official.filter(([, id = '']) => !einvoiceRules.has(id)).map(([, id]) => id)).toEqual([])
      // Lighter than there: rules that another official rule on the same element keeps from ever being asked.
      const lighter = official.flatMap(([, id = '', flag]) =>
        flag === 'fatal' && einvoiceRules.get(id)?.severity !== 'fatal' ? [id] : [],
      )
      expect(lighter).toEqual(syntax === 'CII' ? ['CII-DT-010', 'CII-DT-011', 'CII-DT-012'] : [])
    },
  )

  it('has a sentence of its own words for every rule', () => {
    expect(ids.length).toBeGreaterThanOrEqual(1650)
    const mute = ids.filter((id) => (einvoiceRules.get(id)?.say.length ?? 0) < 25)
    expect(mute).toEqual([])
    const shouting = ids.filter((id) => /\b(MUST|SHALL|shall)\b|\[BR-/.test(einvoiceRules.get(id)?.say ?? ''))
    expect(shouting).toEqual([])
  })

  it('knows the rules of Peppol and XRechnung', () => {
    expect(ids.filter((id) => id.startsWith('PEPPOL-')).length).toBeGreaterThanOrEqual(40)
    expect(ids.filter((id) => id.startsWith('BR-DE-')).length).toBeGreaterThanOrEqual(30)
  })
})

describe('a finding', () => {
  it('names the rule, the place in the file, the term and the part of the invoice', () => {
    const xml = swap(ublInvoice, '<cbc:InvoicedQuantity unitCode="HUR">', '<cbc:InvoicedQuantity>')
    expect(validateEInvoice(xml, 'en16931')).toEqual([
      {
        rule: 'BR-23',
        severity: 'fatal',
        message: 'Line 1: The quantity has no unit. Choose one, such as piece (C62) or hour (HUR).',
        location: {
          path: '/Invoice/cac:InvoiceLine[1]/cbc:InvoicedQuantity',
          line: lineOf(xml, '<cbc:InvoicedQuantity>'),
        },
        term: 'BT-130',
        field: 'lines[0].unit',
      },
    ])
  })

  it('points to where a missing element belongs', () => {
    const xml = swap(
      ciiInvoice,
      '<ram:BuyerTradeParty>\n        <ram:ID>K-1001</ram:ID><ram:Name>Northgate Clinic AB</ram:Name>',
      '<ram:BuyerTradeParty>',
    )
    const [finding] = validateEInvoice(xml, 'en16931')
    expect(finding).toMatchObject({ rule: 'BR-07', field: 'buyer.name', term: 'BT-44' })
    expect(finding?.location.path).toMatch(/ram:BuyerTradeParty\/ram:Name$/)
    expect(finding?.location.line).toBe(lineOf(xml, '<ram:BuyerTradeParty>'))
  })

  it('has no braces left in its sentence', () => {
    const broken = ublInvoice
      .replaceAll(/>(\d+\.\d\d)</g, '>$19<')
      .replaceAll('>25<', '>26<')
      .replaceAll('BE', 'QQ')
    const found = validateEInvoice(broken, 'xrechnung')
    expect(found.length).toBeGreaterThan(20)
    expect(found.filter(({ message }) => /[{}]/.test(message))).toEqual([])
  })
})

describe('a file that is no invoice', () => {
  it.each(einvoiceProfiles)('is one finding (%s)', (profile) => {
    expect(validateEInvoice('<a><b></a>', profile)).toMatchObject([
      { rule: 'CF-XML', severity: 'fatal', field: 'document' },
    ])
    expect(validateEInvoice('<a/>', profile)).toMatchObject([{ rule: 'CF-ROOT', location: { path: '/a', line: 1 } }])
    expect(validateEInvoice(new Uint8Array(), profile)).toMatchObject([{ rule: 'CF-XML' }])
  })
})

describe('a long invoice', () => {
  const [, line = ''] = /(<cac:InvoiceLine>\s*<cbc:ID>3<[\s\S]*?<\/cac:InvoiceLine>)/.exec(ublInvoice) ?? []
  const withLines = (count: number) => ublInvoice.replace(line, () => line.repeat(count))
  const timeOf = (xml: string): number => {
    const start = performance.now()
    validateEInvoice(xml, 'peppol')
    return performance.now() - start
  }

  it('takes time in proportion to its lines', () => {
    timeOf(withLines(100))
    const short = Math.min(timeOf(withLines(500)), timeOf(withLines(500)))
    const long = Math.min(timeOf(withLines(4000)), timeOf(withLines(4000)))
    // Eight times the lines: far from the sixty-four times of a quadratic check.
    expect(long).toBeLessThan(24 * short)
    expect(validateEInvoice(withLines(1000), 'en16931').some(({ rule }) => rule === 'BR-CO-10')).toBe(true)
  })

  it('tells the same fault of many lines fifty times at most', () => {
    const found = validateEInvoice(withLines(500).replaceAll('unitCode="C62"', 'unitCode="ZZZZ"'), 'en16931')
    expect(found.filter(({ rule }) => rule === 'BR-CL-23')).toHaveLength(50)
  })
})
