import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DocumentContent } from '../../renderer/documents/document-content.ts'
import {
  kindOfLine,
  retax,
  type TaxSources,
  treatClient,
  warningsOf,
} from '../../renderer/documents/editor/tax-proposal.ts'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'
import { draftOf } from './draft-content.ts'

let workspace: Workspace
let sources: TaxSources
beforeAll(async () => {
  workspace = await openWorkspace({ country: 'DE' })
  sources = {
    organization: await workspace.call('organizations.get', {}),
    settings: await workspace.call('taxSettings.get', {}),
    rates: await workspace.call('taxRates.list', {}),
    client: null,
  }
})
afterAll(() => workspace.close())

const client = async (country: string, ...ids: string[]) => {
  const { id } = await workspace.call('clients.create', {
    name: `Client ${country} ${ids.length}`,
    address: { country },
    taxIds: ids.map((value) => ({ label: 'VAT no.', value })),
  })
  return await workspace.call('clients.get', { id })
}

// A draft whose lines carry the default rate.
const draft = (...names: string[]): DocumentContent => {
  const content = draftOf(...names)
  const standard = sources.rates.find((rate) => rate.isDefault)
  if (standard === undefined) throw new Error('no default rate')
  const tax = {
    taxRateId: standard.id,
    name: standard.name,
    category: standard.category,
    rateE6: standard.rateE6,
    isCompound: false,
    exemptionReason: null,
  }
  return { ...content, lines: content.lines.map((line) => ({ ...line, taxes: [tax] })) }
}
const categories = (content: DocumentContent) =>
  content.lines.map((line) => line.taxes.map((tax) => tax.category).join())

describe('a client decides how a document is taxed', () => {
  test('and the way back is the rate that the lines had', async () => {
    const there = { ...sources, client: await client('AT', 'ATU13585627') }
    const begun = draft('Table', 'Chair')
    const treated = treatClient(there)(begun)
    // A service business: its lines are services.
    expect([treated.taxTreatment, categories(treated)]).toEqual(['reverse-charge', ['AE', 'AE']])
    const home = retax(there)({ ...treated, taxTreatment: 'domestic' })
    expect(home.lines).toEqual(begun.lines)
  })

  test('lines without tax, and with several chosen by hand, stay as they are', async () => {
    const begun = draft('Table', 'Chair')
    const [first, second] = begun.lines
    if (first === undefined || second === undefined) throw new Error('no lines')
    const other = sources.rates.find((rate) => rate.rateE6 === percentOf('7'))
    const byHand = [...second.taxes, ...second.taxes.map((tax) => ({ ...tax, taxRateId: other?.id ?? null }))]
    const content = {
      ...begun,
      lines: [
        { ...first, taxes: [] },
        { ...second, taxes: byHand },
      ],
    }
    const treated = treatClient({ ...sources, client: await client('CH') })(content)
    expect(treated.lines).toEqual(content.lines)
  })

  test('a credit note keeps the taxes of its invoice', async () => {
    const credit = { ...draft('Table'), invoiceId: 'of-an-invoice' }
    expect(treatClient({ ...sources, client: await client('US') })(credit)).toBe(credit)
  })

  test('what is missing is said once, however many lines', async () => {
    const without = { ...sources, client: await client('FR') }
    const content = retax(without)({ ...draft('One', 'Two', 'Three'), taxTreatment: 'intra-community' })
    expect(warningsOf(without, content)).toEqual([expect.stringContaining('VAT number of the client')])
  })
})

test('what a line is counted in tells goods from services', () => {
  const [line] = draft('Work').lines
  if (line === undefined) throw new Error('no line')
  const shop = { ...sources.organization, kind: 'retail' as const }
  expect(kindOfLine({ ...line, unit: 'HUR' }, shop)).toBe('services')
  expect(kindOfLine({ ...line, unit: 'C62' }, shop)).toBe('goods')
  expect(kindOfLine({ ...line, unit: 'C62', classification: '998314' }, shop)).toBe('services')
  expect(kindOfLine({ ...line, unit: 'C62' }, sources.organization)).toBe('services')
})
