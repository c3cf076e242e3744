import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { amountOf, exchangeRateOf, percentOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => expect(workspace.errors).toEqual([]))

const get = (id: string) => workspace.call('clients.get', { id })
const names = async (input: Parameters<typeof workspace.call<'clients.list'>>[1]) =>
  (await workspace.call('clients.list', input)).rows.map(({ name }) => name)

describe('a client', () => {
  test('is made from a name alone, with a code of its own', async () => {
    const { id } = await workspace.call('clients.create', { name: '  Ångström & Søn  ' })
    expect(await get(id)).toMatchObject({
      name: 'Ångström & Søn',
      kind: 'company',
      status: 'active',
      code: expect.stringMatching(/^C\d{4}$/),
      taxIds: [],
      address: { line1: null, country: null },
      contacts: [],
      notes: [],
      balances: [],
    })
  })

  test('keeps everything that was said', async () => {
    const said = {
      kind: 'person' as const,
      name: 'Ana Pérez',
      code: 'ANA',
      email: 'ana@example.com',
      phone: '+34 600 000 000',
      website: 'example.com',
      address: { line1: 'Calle 1', line2: null, city: 'Sevilla', region: null, postalCode: '41001', country: 'ES' },
      deliveryAddress: {
        line1: 'Calle 2',
        line2: null,
        city: 'Cádiz',
        region: null,
        postalCode: '11001',
        country: 'ES',
      },
      taxIds: [{ label: 'NIF', value: '00000000T' }],
      language: 'es-ES',
      currency: 'EUR',
      paymentTermsDays: 0,
      summary: 'Two lines\nof text',
    }
    const { id } = await workspace.call('clients.create', said)
    expect(await get(id)).toMatchObject(said)
  })

  test('codes are never given twice, also beside ones typed by hand', async () => {
    const next = Number((await get(await makeClient(workspace, 'Probe'))).code.slice(1)) + 1
    await workspace.call('clients.create', { name: 'Typed', code: `C${String(next + 1).padStart(4, '0')}` })
    const codes = []
    for (let index = 0; index < 3; index += 1)
      codes.push((await get(await makeClient(workspace, `Coded ${index}`))).code)
    expect(new Set(codes).size).toBe(3)
    const taken = workspace.call('clients.create', { name: 'Twice', code: codes[0] ?? '' })
    await expect(taken).rejects.toMatchObject({ code: 'DUPLICATE' })
  })

  test('changes only what is named, and may be archived and brought back', async () => {
    const { id } = await workspace.call('clients.create', { name: 'Old', email: 'old@example.com', currency: 'USD' })
    await workspace.call('clients.update', { id, version: 1, name: 'New', currency: null })
    expect(await get(id)).toMatchObject({ name: 'New', email: 'old@example.com', currency: null, version: 2 })
    await workspace.call('clients.setStatus', { id, version: 2, status: 'archived' })
    expect(await names({ search: 'New' })).toEqual([])
    expect(await names({ search: 'New', status: 'archived' })).toEqual(['New'])
    await workspace.call('clients.setStatus', { id, version: 3, status: 'active' })
    expect(await names({ search: 'New' })).toEqual(['New'])
  })

  test('without documents can be deleted and restored; with them it stays', async () => {
    const { id } = await workspace.call('clients.create', { name: 'Passing' })
    await workspace.call('clients.delete', { id, version: 1 })
    await expect(get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await names({ search: 'Passing', status: 'all' })).toEqual([])
    await workspace.call('clients.restore', { id })
    expect(await get(id)).toMatchObject({ name: 'Passing' })

    const billed = await makeClient(workspace, 'Billed')
    await makeInvoice(workspace, billed)
    const refused = workspace.call('clients.delete', { id: billed, version: 1 })
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_STATE', message: expect.stringContaining('invoices') })
    const payer = await makeClient(workspace, 'Payer')
    await makePayment(workspace, payer, '10')
    const kept = workspace.call('clients.delete', { id: payer, version: 1 })
    await expect(kept).rejects.toMatchObject({ code: 'INVALID_STATE', message: expect.stringContaining('payments') })
  })

  test('of another organization is not there', async () => {
    const { id } = await workspace.call('clients.create', { name: 'Ours' })
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const there = { organizationId: other.id }
    for (const work of [
      workspace.call('clients.get', { id }, there),
      workspace.call('clients.update', { id, version: 1, name: 'Theirs' }, there),
      workspace.call('clients.delete', { id, version: 1 }, there),
      workspace.call('clients.restore', { id }, there),
      workspace.call('clientContacts.create', { clientId: id, name: 'x' }, there),
      workspace.call('clientNotes.create', { clientId: id, content: 'x' }, there),
      workspace.call('invoices.blank', { clientId: id }, there),
    ]) {
      await expect(work).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect((await workspace.call('clients.list', { status: 'all' }, there)).total).toBe(0)
    expect(await get(id)).toMatchObject({ name: 'Ours', version: 1 })
  })
})

describe('the list', () => {
  test('is found by parts of name, code, e-mail and city, wildcards taken literally', async () => {
    await workspace.call('clients.create', { name: '100% Wool_Works', code: 'WOOL', email: 'w@sheep.example.com' })
    for (const search of ['100%', 'wool_', 'WOOL', '@sheep'])
      expect(await names({ search })).toEqual(['100% Wool_Works'])
    for (const search of ['%', '_oo_', '\\']) expect(await names({ search: `${search}zz` })).toEqual([])
  })

  test.each(['name', 'created', 'open'] as const)(
    'by %s gives every client once, page by page, both ways',
    async (sort) => {
      const own = await openWorkspace()
      for (let index = 0; index < 11; index += 1) {
        const clientId = await makeClient(own, `Client ${['a', 'B', 'ä', 'a'][index % 4]}${index % 3}`)
        if (index % 4 === 0) await makeInvoice(own, clientId)
      }
      for (const direction of ['asc', 'desc'] as const) {
        const whole = await own.call('clients.list', { sort, direction })
        const paged = []
        let cursor: string | null = null
        do {
          const part: typeof whole = await own.call('clients.list', { sort, direction, limit: 3, cursor })
          paged.push(...part.rows)
          cursor = part.nextCursor
        } while (cursor !== null)
        expect(paged).toEqual(whole.rows)
        expect(whole.total).toBe(11)
        expect(new Set(paged.map(({ id }) => id)).size).toBe(11)
      }
      const owing = await own.call('clients.list', { owing: true })
      expect(owing.rows.map(({ openE4 }) => openE4)).toEqual([amountOf('120'), amountOf('120'), amountOf('120')])
      await own.close()
    },
  )

  test('refuses a cursor that is none of ours', async () => {
    for (const cursor of ['nonsense', 'x\u0001y', 'i12x\u0001id']) {
      await expect(workspace.call('clients.list', { cursor })).rejects.toMatchObject({ code: 'VALIDATION' })
    }
  })
})

describe('contacts', () => {
  test('the first is primary; making another one primary takes it over; deleting it passes it on', async () => {
    const clientId = await makeClient(workspace)
    const first = await workspace.call('clientContacts.create', { clientId, name: 'Ann' })
    const second = await workspace.call('clientContacts.create', { clientId, name: 'Beth', email: 'b@example.com' })
    const primary = async () => (await get(clientId)).contacts.filter((it) => it.isPrimary).map(({ name }) => name)
    expect(await primary()).toEqual(['Ann'])
    const changed = await workspace.call('clientContacts.update', { ...second, isPrimary: true })
    expect(await primary()).toEqual(['Beth'])
    expect((await get(clientId)).contacts.map(({ name }) => name)).toEqual(['Beth', 'Ann'])
    await workspace.call('clientContacts.delete', changed)
    expect(await primary()).toEqual(['Ann'])
    await workspace.call('clientContacts.create', { clientId, name: 'Cora', isPrimary: true })
    expect(await primary()).toEqual(['Cora'])
    const stale = workspace.call('clientContacts.update', { ...first, isPrimary: true })
    await expect(stale).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await primary()).toEqual(['Cora'])
  })
})

describe('notes', () => {
  test('a follow-up needs its date, may be done and opened again; the newest comes first', async () => {
    const clientId = await makeClient(workspace)
    const undated = workspace.call('clientNotes.create', { clientId, kind: 'follow-up', content: 'Call' })
    await expect(undated).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { followUpOn: 'A follow-up needs a date.' },
    })
    const note = await workspace.call('clientNotes.create', {
      clientId,
      kind: 'follow-up',
      content: 'Call back\nabout the roof',
      followUpOn: '2026-12-01',
    })
    workspace.clock.advance(1000)
    await workspace.call('clientNotes.create', { clientId, kind: 'compliment', content: 'Very kind' })
    const done = await workspace.call('clientNotes.setDone', { ...note, done: true })
    const { notes } = await get(clientId)
    expect(notes.map(({ kind }) => kind)).toEqual(['compliment', 'follow-up'])
    expect(notes[1]).toMatchObject({ doneAt: workspace.clock.now(), content: 'Call back\nabout the roof' })
    const open = await workspace.call('clientNotes.setDone', { ...done, done: false })
    expect((await get(clientId)).notes[1]?.doneAt).toBeNull()
    await workspace.call('clientNotes.delete', open)
    expect((await get(clientId)).notes).toHaveLength(1)
  })
})

describe('money figures', () => {
  test('are those of the documents, in each currency, with the mean days to pay', async () => {
    const clientId = await makeClient(workspace)
    const one = await makeInvoice(workspace, clientId, { issuedOn: '2026-11-01' })
    const two = await makeInvoice(workspace, clientId, {
      issuedOn: '2026-11-10',
      lines: [line({ price: '50', rate: '0' })],
    })
    await makeInvoice(workspace, clientId, { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.85') })
    await makePayment(workspace, clientId, '120', [{ invoiceId: one.id, amount: '120' }])
    await makePayment(workspace, clientId, '80', [{ invoiceId: two.id, amount: '20' }])
    const none = { creditedE4: amountOf('0'), writtenOffE4: amountOf('0'), refundedE4: amountOf('0') }
    const balance = { ...none, paidE4: amountOf('0'), creditE4: amountOf('0'), settledCount: 0, averageDaysToPay: null }
    expect((await get(clientId)).balances).toEqual([
      { ...balance, currency: 'EUR', billedE4: amountOf('120'), openE4: amountOf('120'), invoiceCount: 1 },
      {
        ...none,
        currency: 'GBP',
        billedE4: amountOf('170'),
        paidE4: amountOf('140'),
        openE4: amountOf('30'),
        creditE4: amountOf('60'),
        invoiceCount: 2,
        settledCount: 1,
        averageDaysToPay: 20,
      },
    ])
    const { rows } = await workspace.call('clients.list', { search: 'Rosewood', sort: 'created', direction: 'desc' })
    expect(rows[0]).toMatchObject({ openE4: amountOf('30'), billedE4: amountOf('170'), hasOtherCurrencies: true })
  })
})

describe('items', () => {
  const item = (id: string) => workspace.call('items.get', { id })

  test('keep their price digit for digit, and a tax rate of the same organization only', async () => {
    const rates = await workspace.call('taxRates.list', {})
    const { id } = await workspace.call('items.create', {
      name: 'Screw',
      kind: 'product',
      code: 'SCR-4',
      priceE6: unitPriceOf('0.012345'),
      taxRateId: rates[0]?.id ?? null,
    })
    expect(await item(id)).toMatchObject({ priceE6: unitPriceOf('0.012345'), unit: 'C62', taxRateId: rates[0]?.id })
    for (const taxRateId of [v7(), id]) {
      const wrong = workspace.call('items.update', { id, version: 1, taxRateId })
      await expect(wrong).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    const twice = workspace.call('items.create', { name: 'Other', code: 'SCR-4', priceE6: unitPriceOf('1') })
    await expect(twice).rejects.toMatchObject({ code: 'DUPLICATE' })
    await workspace.call('items.setStatus', { id, version: 1, status: 'archived' })
    expect((await workspace.call('items.list', { search: 'Screw' })).total).toBe(0)
    expect((await workspace.call('items.list', { search: 'scr-4', status: 'all' })).total).toBe(1)
  })
})

describe('tax rates', () => {
  test('have one default; it is not archived, nor made of an archived one', async () => {
    const defaults = async () =>
      (await workspace.call('taxRates.list', { status: 'all' }))
        .filter((rate) => rate.isDefault)
        .map(({ name }) => name)
    const made = await workspace.call('taxRates.create', { name: 'Reduced', rateE6: percentOf('5') })
    expect(await defaults()).toHaveLength(1)
    const now = await workspace.call('taxRates.update', { ...made, isDefault: true })
    expect(await defaults()).toEqual(['Reduced'])
    const archive = workspace.call('taxRates.setStatus', { ...now, status: 'archived' })
    await expect(archive).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const other = await workspace.call('taxRates.create', { name: 'Old', rateE6: percentOf('17.5') })
    const archived = await workspace.call('taxRates.setStatus', { ...other, status: 'archived' })
    const revive = workspace.call('taxRates.update', { ...archived, isDefault: true })
    await expect(revive).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect(await defaults()).toEqual(['Reduced'])
  })

  test('have a percentage only where their category has one, and dates in order', async () => {
    const exempt = workspace.call('taxRates.create', { name: 'Wrong', category: 'E', rateE6: percentOf('5') })
    await expect(exempt).rejects.toMatchObject({ code: 'VALIDATION', fields: { rateE6: expect.any(String) } })
    const rate = await workspace.call('taxRates.create', {
      name: 'Spring',
      rateE6: percentOf('7'),
      effectiveFrom: '2026-03-01',
      effectiveTo: '2026-05-31',
    })
    const turned = workspace.call('taxRates.update', { ...rate, category: 'Z' })
    await expect(turned).rejects.toMatchObject({ code: 'VALIDATION' })
    const backwards = workspace.call('taxRates.update', { ...rate, effectiveTo: '2026-02-01' })
    await expect(backwards).rejects.toMatchObject({ code: 'VALIDATION', fields: { effectiveTo: expect.any(String) } })
    const on = async (day: string) =>
      (await workspace.call('taxRates.list', { on: day })).some(({ name }) => name === 'Spring')
    expect([await on('2026-02-28'), await on('2026-03-01'), await on('2026-05-31'), await on('2026-06-01')]).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})
