import { afterEach, describe, expect, test } from 'vitest'
import type { DocumentContent, LineTax } from '../../shared/contract/documents.ts'
import type { TaxRegistration } from '../../shared/contract/tax-settings.ts'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import { line, makeClient, makeDraft, makeInvoice, makeQuote, quoteLine } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

const registration: Omit<TaxRegistration, 'id' | 'version'> = {
  effectiveOn: '2026-04-01',
  regime: 'india-gst',
  scheme: 'standard',
  number: '27AAPFU0939F1ZV',
  numberKeptReason: null,
  defaultTaxRateId: null,
  pricesIncludeTax: false,
  basis: 'issue',
  filingFrequency: 'quarterly',
  periodEndMonth: 3,
  flatPercentE6: null,
  usesOss: false,
  lutNumber: null,
  isLarge: false,
}

const openIn = async (country: string, changes: Partial<typeof registration> | null) => {
  workspace = await openWorkspace({ country })
  if (changes !== null) {
    await workspace.call('taxSettings.saveRegistration', { id: null, version: null, ...registration, ...changes })
  }
  return await makeClient(workspace)
}

const textOf = async (procedure: 'invoices.pdf' | 'quotes.pdf', id: string) => {
  const { pdf } = await workspace.call(procedure, { id })
  return (await readPdf(pdf)).map((page) => page.text.replace(/\s+/g, ' ')).join(' ')
}

const untaxed = (category: LineTax['category'], exemptionReason: string | null): DocumentContent['lines'][number] => ({
  ...line(),
  taxes: line().taxes.map((tax) => ({ ...tax, category, rateE6: percentOf('0'), exemptionReason })),
})

const issued = async (clientId: string, content: Parameters<typeof makeInvoice>[2]) =>
  await textOf('invoices.pdf', (await makeInvoice(workspace, clientId, content)).id)

const times = (text: string, part: string) => text.split(part).length - 1

describe('India', () => {
  test('a registered business writes tax invoices, one of the composition scheme bills of supply', async () => {
    const clientId = await openIn('IN', {})
    const taxed = await issued(clientId, { taxTreatment: 'domestic', placeOfSupply: '27' })
    expect(taxed).toContain('Tax invoice')
    expect(taxed).toContain('Reverse charge No')
    const exempt = await issued(clientId, { taxTreatment: 'exempt', lines: [untaxed('E', 'Exempt from GST')] })
    expect(exempt).toContain('Bill of supply')
    expect(exempt).not.toContain('Tax invoice')
    const reason = 'Composition taxable person, not eligible to collect tax on supplies'
    const composed = await issued(clientId, { taxTreatment: 'composition', lines: [untaxed('E', reason)] })
    expect(composed).toContain('Bill of supply')
    expect(times(composed, reason)).toBe(1)
  })

  test('a business without a number writes invoices', async () => {
    const text = await issued(await openIn('IN', null), { taxTreatment: 'domestic' })
    expect(text).not.toContain('Tax invoice')
    expect(text).toContain('Invoice')
  })

  test.each([
    ['export', 'Supply meant for export under letter of undertaking'],
    ['sez', 'Supply to SEZ unit or SEZ developer for authorised operations under letter of undertaking'],
  ] as const)('an %s names the letter of undertaking that was in force', async (taxTreatment, sentence) => {
    const clientId = await openIn('IN', { lutNumber: 'AD270325000001X' })
    const whole = `${sentence} without payment of integrated tax`
    const content = { taxTreatment, placeOfSupply: '96', lines: [untaxed('Z', whole)] }
    const draft = await makeDraft(workspace, clientId, content)
    expect(await textOf('invoices.pdf', draft.id)).toContain('LUT AD270325000001X')
    const { id } = await workspace.call('invoices.issue', draft)
    const [current] = (await workspace.call('taxSettings.get', {})).registrations
    await workspace.call('taxSettings.saveRegistration', {
      ...registration,
      id: current?.id ?? null,
      version: current?.version ?? null,
      lutNumber: 'AD270425000002Y',
    })
    const text = await textOf('invoices.pdf', id)
    expect(text).toContain('Tax invoice')
    expect(times(text, sentence)).toBe(1)
    expect(text).toContain('LUT AD270325000001X')
    expect(text).not.toContain('AD270425000002Y')
  })
})

describe('reverse charge is said once', () => {
  const cases: readonly (readonly [country: string, regime: string, own: string | null, said: string])[] = [
    ['GB', 'uk-vat', null, 'Reverse charge: customer to pay the VAT to HMRC'],
    ['GB', 'uk-vat', 'Customer accounts for the VAT', 'Customer accounts for the VAT'],
    ['DE', 'eu-vat', 'Steuerschuldnerschaft des Leistungsempfängers', 'Steuerschuldnerschaft des Leistungsempfängers'],
    ['DE', 'eu-vat', 'Reverse charge', 'Reverse charge'],
  ]
  test.each(cases)('%s %s with the reason %s', async (country, regime, own, said) => {
    const clientId = await openIn(country, { regime, number: country === 'GB' ? 'GB 980 7806 84' : 'DE136695976' })
    const lines = [untaxed('AE', own)]
    const draft = await makeDraft(workspace, clientId, { taxTreatment: 'reverse-charge', lines, language: 'en-GB' })
    const text = await textOf('invoices.pdf', draft.id)
    expect(times(text, said)).toBe(1)
    if (own !== null && own !== 'Reverse charge') expect(text).not.toContain('Reverse charge')
    expect(text.includes('Tax invoice')).toBe(country === 'GB')
  })
})

test('a quote says of each line that may be chosen what it is and whether it counts', async () => {
  const clientId = await openIn('GB', null)
  const lines = [
    quoteLine({ name: 'Design' }),
    quoteLine({ name: 'Photographs', choice: 'optional', isChosen: false }),
    quoteLine({ name: 'Menu, small', choice: 'alternative', groupName: 'Menu' }),
    quoteLine({ name: 'Menu, large', choice: 'alternative', groupName: 'Menu', isChosen: false }),
  ]
  const text = await textOf('quotes.pdf', (await makeQuote(workspace, clientId, { lines })).id)
  expect(text).toMatch(/Photographs .*Optional · not in the total/)
  expect(text).toMatch(/Menu, small .*Alternative: Menu · in the total/)
  expect(text).toMatch(/Menu, large .*Alternative: Menu · not in the total/)
  expect(times(text, 'in the total')).toBe(3)
})
