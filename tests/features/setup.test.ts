import { afterEach, expect, test } from 'vitest'
import { countries, taxRatesOf } from '../../electron/features/setup/countries.ts'
import { fiscalYearOf } from '../../shared/dates.ts'
import { validatePattern } from '../../shared/documents/numbering.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
afterEach(() => workspace?.close())

const euCodes = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ')

test('every country gives a business that can issue its first invoice', () => {
  const all = [...countries().values()]
  expect(all.length).toBeGreaterThanOrEqual(60)
  expect(euCodes.filter((code) => !countries().has(code))).toEqual([])
  for (const country of all) {
    const problems = validatePattern(country.numberPattern, { country: country.code, series: 'INV', branch: 'MAIN' })
    expect(problems, country.code).toEqual([])
    expect(() => fiscalYearOf('2026-06-30', country.fiscalYearStart), country.code).not.toThrow()
    const rates = taxRatesOf(country, '2026-11-21')
    expect(rates.filter((rate) => rate.isDefault).length, country.code).toBe(country.rates.length === 0 ? 0 : 1)
    expect(new Set(rates.map((rate) => rate.name)).size, country.code).toBe(rates.length)
    expect(Intl.getCanonicalLocales(country.language), country.code).toEqual([country.language])
  }
})

test.each([
  ['EE', '2025-06-30', '22 13 9'],
  ['EE', '2025-07-01', '24 13 9'],
  ['FI', '2024-08-31', '24 14 10'],
  ['FI', '2025-12-31', '25.5 14 10'],
  ['FI', '2026-01-01', '25.5 13.5 10'],
  ['SK', '2024-12-31', '20 10 5'],
  ['SK', '2025-01-01', '23 19 5'],
  ['RO', '2025-07-31', '19 9 5'],
  ['RO', '2025-08-01', '21 11'],
  ['LT', '2025-12-31', '21 9 5'],
  ['LT', '2026-01-01', '21 12 5'],
  ['AT', '2026-06-30', '20 13 10'],
  ['AT', '2026-07-01', '20 13 10 4.9'],
])('%s on %s charges %s %%', (code, on, expected) => {
  const country = countries().get(code)
  const charged = country === undefined ? [] : taxRatesOf(country, on).filter((rate) => rate.category === 'S')
  expect(charged.map((rate) => Number(rate.rateE6) / 1e6).join(' ')).toBe(expected)
  expect(charged[0]?.isDefault).toBe(true)
})

test.each([
  ['DE', 'USt. 19%', 'Steuerschuldnerschaft des Leistungsempfängers'],
  ['EE', 'KM 24%', 'Pöördmaksustamine'],
  ['FI', 'ALV 25.5%', 'Käännetty verovelvollisuus'],
  ['RO', 'TVA 21%', 'Taxare inversă'],
])('%s begins with %s and its own wording for reverse charge', async (country, standard, reverseCharge) => {
  workspace = await openWorkspace({ country })
  const rates = await workspace.call('taxRates.list', {})
  expect(rates.find((rate) => rate.isDefault)?.name).toBe(standard)
  expect(rates.find((rate) => rate.category === 'AE')?.exemptionReason).toBe(reverseCharge)
})

test('an organization has its owner, branch, rates and series, all of its own', async () => {
  workspace = await openWorkspace({ empty: true })
  expect(await workspace.call('setup.state', {})).toMatchObject({ organizations: [], userName: null })
  const { id } = await workspace.call('setup.createOrganization', {
    legalName: 'Lakshmi Textiles',
    country: 'IN',
    ownerName: 'Lakshmi',
    taxId: '27AAPFU0939F1ZV',
    address: { line1: '12 MG Road', city: 'Pune' },
  })
  workspace.use(id)
  const organization = await workspace.call('organizations.get', {})
  expect(organization).toMatchObject({
    currency: 'INR',
    timezone: 'Asia/Kolkata',
    fiscalYearStart: '04-01',
    taxIds: [{ label: 'GSTIN', value: '27AAPFU0939F1ZV' }],
    isDemo: false,
  })
  const series = await workspace.call('numberSeries.list', {})
  expect(series.map((one) => one.documentKind)).toEqual(['credit-note', 'invoice', 'payment', 'quote', 'refund'])
  const next = new Map(series.map((one) => [one.documentKind, one.nextNumber]))
  expect(next.get('invoice')).toMatch(/^INV\/\d{4}-\d{2}\/0001$/)
  expect(next.get('quote')).toMatch(/^QUO\/\d{4}-\d{2}\/0001$/)
  expect(next.get('credit-note')).toMatch(/^CN\/\d{4}-\d{2}\/0001$/)
  const state = await workspace.call('setup.state', {})
  expect(state).toMatchObject({ userName: 'Lakshmi', organizations: [{ id, name: 'Lakshmi Textiles' }] })
  const timeline = await workspace.call('activity.list', { entityId: id })
  expect(timeline.rows.map((row) => row.kind)).toEqual(['organization.created'])
})

test('a business that charges no tax gets one rate with the wording of its country', async () => {
  workspace = await openWorkspace({ empty: true })
  const made = await workspace.call('setup.createOrganization', {
    legalName: 'Klein',
    country: 'DE',
    chargesTax: false,
  })
  workspace.use(made.id)
  expect(await workspace.call('taxRates.list', {})).toMatchObject([
    {
      category: 'E',
      rateE6: 0n,
      isDefault: true,
      exemptionReason: 'Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.',
    },
  ])
  expect((await workspace.call('organizations.get', {})).legalText).toContain('§ 19 UStG')
})

test('a second organization has the same owner, and neither sees the other', async () => {
  workspace = await openWorkspace()
  const first = workspace.organizationId
  await workspace.call('clients.create', { name: 'Only here' })
  const second = await workspace.call('setup.createOrganization', { legalName: 'Second', country: 'FR' })
  workspace.use(second.id)
  expect((await workspace.call('clients.list', {})).rows).toEqual([])
  expect(await workspace.call('search.find', { text: 'Only' })).toEqual([])
  workspace.use(first)
  expect((await workspace.call('clients.list', {})).total).toBe(1)
})

test.each([
  [{ legalName: 'X', country: 'XX' }, 'country'],
  [{ legalName: '', country: 'GB' }, 'legalName'],
  [{ legalName: 'X', country: 'GB', fiscalYearStart: '02-30' }, 'fiscalYearStart'],
  [{ legalName: 'X', country: 'GB', timezone: 'Mars/Olympus' }, 'timezone'],
])('%o is refused by name of the field and leaves nothing behind', async (input, field) => {
  workspace = await openWorkspace({ empty: true })
  await expect(workspace.callRaw('setup.createOrganization', input)).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { [field]: expect.any(String) },
  })
  expect((await workspace.call('setup.state', {})).organizations).toEqual([])
})
