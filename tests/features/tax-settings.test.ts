import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

const registration = {
  id: null,
  version: null,
  effectiveOn: '2026-04-01',
  regime: 'uk-vat',
  scheme: 'standard' as const,
  number: 'GB 980 7806 84',
  numberKeptReason: null,
  defaultTaxRateId: null,
  pricesIncludeTax: false,
  basis: 'issue' as const,
  filingFrequency: 'quarterly' as const,
  periodEndMonth: 3,
  flatPercentE6: null,
  usesOss: false,
  lutNumber: null,
  isLarge: false,
}

describe('rates by date', () => {
  test('the rate of a day is the version that has begun; before the first it is what it was made as', async () => {
    const { id } = await workspace.call('taxRates.create', { name: 'VAT 17.5%', rateE6: percentOf('17.5') })
    await workspace.call('taxRates.addVersion', {
      taxRateId: id,
      effectiveFrom: '2011-01-04',
      name: 'VAT 20%',
      rateE6: percentOf('20'),
    })
    const { id: dip, version } = await workspace.call('taxRates.addVersion', {
      taxRateId: id,
      effectiveFrom: '2008-12-01',
      name: 'VAT 15%',
      rateE6: percentOf('15'),
    })
    const on = async (day: string | null) =>
      (await workspace.call('taxRates.list', { on: day })).find((it) => it.id === id)?.name
    expect(await on('2008-11-30')).toBe('VAT 17.5%')
    expect(await on('2008-12-01')).toBe('VAT 15%')
    expect(await on('2011-01-04')).toBe('VAT 20%')
    expect(await on(null)).toBe('VAT 20%')
    await workspace.call('taxRates.deleteVersion', { id: dip, version })
    expect(await on('2009-06-01')).toBe('VAT 17.5%')
  })

  test('two changes on one day are refused in words', async () => {
    const { id } = await workspace.call('taxRates.create', { name: 'Twice', rateE6: percentOf('1') })
    const change = { taxRateId: id, effectiveFrom: '2026-01-01', name: 'Twice', rateE6: percentOf('2') }
    await workspace.call('taxRates.addVersion', change)
    await expect(workspace.call('taxRates.addVersion', change)).rejects.toMatchObject({
      code: 'DUPLICATE',
      fields: { effectiveFrom: expect.stringContaining('already') },
    })
  })
})

describe('registrations', () => {
  test('before any was entered the country decides', async () => {
    const { current, registrations } = await workspace.call('taxSettings.get', {})
    expect([current.regime, current.basis, registrations.length]).toEqual(['uk-vat', 'issue', 0])
  })

  test('one in force today sets prices and default rate; a later one does not yet', async () => {
    const rates = await workspace.call('taxRates.list', {})
    const reduced = rates.find((it) => it.rateE6 === percentOf('5'))?.id ?? ''
    const made = await workspace.call('taxSettings.saveRegistration', {
      ...registration,
      defaultTaxRateId: reduced,
      pricesIncludeTax: true,
    })
    await workspace.call('taxSettings.saveRegistration', {
      ...registration,
      effectiveOn: '2027-01-01',
      scheme: 'flat-rate',
      flatPercentE6: percentOf('12'),
    })
    const { current, registrations } = await workspace.call('taxSettings.get', {})
    expect([current.effectiveOn, registrations.length]).toEqual(['2026-04-01', 2])
    expect((await workspace.call('organizations.get', {})).pricesIncludeTax).toBe(true)
    expect((await workspace.call('taxRates.list', {})).find((it) => it.isDefault)?.id).toBe(reduced)
    const { registrations: all } = await workspace.call('taxSettings.get', {})
    const version = all.find((it) => it.id === made.id)?.version ?? 0
    const removed = await workspace.call('taxSettings.deleteRegistration', { id: made.id, version })
    expect((await workspace.call('taxSettings.get', {})).registrations).toHaveLength(1)
    await workspace.call('taxSettings.restoreRegistration', { id: removed.id })
    expect((await workspace.call('taxSettings.get', {})).registrations).toHaveLength(2)
  })

  test.each([
    ['number', { number: 'GB 980 7806 85' }],
    ['regime', { regime: 'moon-tax' }],
    ['scheme', { scheme: 'composition' as const }],
    ['flatPercentE6', { scheme: 'flat-rate' as const }],
    ['effectiveOn', { effectiveOn: '2027-01-01' }],
  ])('a wrong %s is refused at its field', async (field, change) => {
    const input = { ...registration, effectiveOn: '2025-01-01', ...change }
    await expect(workspace.call('taxSettings.saveRegistration', input)).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { [field]: expect.stringMatching(/\w+/) },
    })
  })

  test('a number that fails is kept with a reason', async () => {
    const saved = await workspace.call('taxSettings.saveRegistration', {
      ...registration,
      effectiveOn: '2025-02-01',
      number: 'GB 980 7806 85',
      numberKeptReason: 'As on the certificate',
    })
    expect(saved.version).toBe(1)
  })
})

describe('tax numbers where they are typed', () => {
  const wrong = [{ label: 'VAT no.', value: 'GB980780685' }]
  test('of a client', async () => {
    const create = (taxIds: { label: string; value: string; keptReason?: string }[]) =>
      workspace.call('clients.create', { name: 'Numbers', taxIds })
    await expect(create(wrong)).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { 'taxIds.0.value': expect.stringContaining('check digit') },
    })
    const kept = [{ label: 'VAT no.', value: 'GB980780685', keptReason: 'Applied for' }]
    const made = await create(kept)
    expect((await workspace.call('clients.get', { id: made.id })).taxIds).toEqual(kept)
    // What is there already is no obstacle to changing something else.
    await workspace.call('clients.update', { ...made, taxIds: kept, name: 'Numbers Ltd' })
  })

  test('of the business', async () => {
    const { version } = await workspace.call('organizations.get', {})
    await expect(workspace.call('organizations.update', { version, taxIds: wrong })).rejects.toMatchObject({
      fields: { 'taxIds.0.value': expect.any(String) },
    })
  })

  test('on the first run', async () => {
    const input = { legalName: 'Neu GmbH', country: 'DE', taxId: 'DE123' }
    await expect(workspace.call('setup.createOrganization', input)).rejects.toMatchObject({
      fields: { taxId: expect.stringContaining('DE and 9 digits') },
    })
    await workspace.call('setup.createOrganization', { ...input, taxIdKeptReason: 'Applied for' })
  })
})

describe('locked periods', () => {
  test('no document of a locked period is issued or voided, until the lock is taken away', async () => {
    const client = await makeClient(workspace)
    const open = await makeInvoice(workspace, client, { issuedOn: '2026-03-31', dueOn: '2026-04-30' })
    const draft = await makeDraft(workspace, client, { issuedOn: '2026-03-31', dueOn: '2026-04-30' })
    const lock = await workspace.call('taxSettings.lockPeriod', { lockedUntil: '2026-03-31', reason: 'Filed' })
    await expect(workspace.call('invoices.issue', draft)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      fields: { issuedOn: expect.stringContaining('until 2026-03-31 are locked') },
    })
    const { version } = await workspace.call('invoices.get', { id: open.id })
    await expect(
      workspace.call('invoices.void', { id: open.id, version, reason: 'Wrong client' }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await makeInvoice(workspace, client, { issuedOn: '2026-04-01', dueOn: '2026-04-30' })
    await workspace.call('taxSettings.unlockPeriod', { ...lock, reason: 'Filed by mistake' })
    await workspace.call('invoices.issue', draft)
    expect((await workspace.call('taxSettings.get', {})).lockedUntil).toBeNull()
  })

  test('a period that is not over, or is locked already, is not locked', async () => {
    const locking = (lockedUntil: string) => workspace.call('taxSettings.lockPeriod', { lockedUntil })
    await expect(locking('2026-12-31')).rejects.toMatchObject({ fields: { lockedUntil: expect.any(String) } })
    await locking('2025-12-31')
    await expect(locking('2025-11-30')).rejects.toMatchObject({ fields: { lockedUntil: expect.any(String) } })
  })
})

test('a registration dated ahead changes new documents when its day comes', async () => {
  const { current } = await workspace.call('taxSettings.get', {})
  const input = { ...current, id: null, version: null, effectiveOn: '2026-12-01', pricesIncludeTax: false }
  await workspace.call('taxSettings.saveRegistration', input)
  expect((await workspace.call('invoices.blank', {})).content.pricesIncludeTax).toBe(true)
  workspace.clock.set('2026-12-01T10:00:00.000Z')
  expect((await workspace.call('invoices.blank', {})).content.pricesIncludeTax).toBe(false)
})

test('cash rounding is set by currency and method', async () => {
  const step = (text: string) => percentOf(text)
  const set = (stepE4: bigint | null) =>
    workspace.callRaw('taxSettings.setCashRounding', { currency: 'CHF', method: 'cash', stepE4 })
  await set(step('0.0005'))
  await set(step('0.001'))
  expect((await workspace.call('taxSettings.get', {})).cashRoundings).toEqual([
    { currency: 'CHF', method: 'cash', stepE4: 1000n },
  ])
  await set(null)
  expect((await workspace.call('taxSettings.get', {})).cashRoundings).toEqual([])
})
