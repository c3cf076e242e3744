import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { validateEInvoice } from '../../electron/einvoice/rules/validate.ts'
import { readSample, sampleNames, samplesAreHere, tellMissingSamples } from './rules-samples.ts'

/** The public rule tests for UBL: fragments of documents, each with the rule that it must break or keep. */
const folder = 'rule-unit-tests-ubl'

type Case = { readonly from: string; readonly rule: string; readonly isBroken: boolean; readonly xml: string }

function casesOf(name: string): readonly Case[] {
  const text = Buffer.from(readSample(folder, name)).toString('utf8')
  return [...text.matchAll(/<test\b[^>]*>([\s\S]*?)<\/test>/g)].flatMap(([, body = ''], at) => {
    const xml = body.slice(body.indexOf('</assert>') + '</assert>'.length).trim()
    const verdicts = [...body.matchAll(/<(success|error|warning)>\s*([\w-]+)\s*<\/\1>/g)]
    return verdicts.map(([, kind, rule = '']) => ({
      from: `${name} ${at + 1}`,
      rule,
      isBroken: kind !== 'success',
      xml,
    }))
  })
}

tellMissingSamples('the public rule tests')

describe.skipIf(!samplesAreHere)('the public rule tests', () => {
  const cases = samplesAreHere ? sampleNames(folder).flatMap(casesOf) : []

  it('are all there', () => {
    expect(cases.length).toBeGreaterThanOrEqual(384)
    expect(new Set(cases.map(({ rule }) => rule)).size).toBeGreaterThanOrEqual(68)
  })

  it('give the expected verdict, every one', () => {
    const wrong = cases.flatMap(({ from, rule, isBroken, xml }) => {
      const found = validateEInvoice(xml, 'en16931').some((finding) => finding.rule === rule)
      return found === isBroken ? [] : [`${from}: ${rule} is ${isBroken ? 'broken' : 'kept'}, which was not seen`]
    })
    process.stdout.write(`rule tests: ${cases.length - wrong.length} of ${cases.length} verdicts as expected\n`)
    expect(wrong).toEqual([])
  })
})
