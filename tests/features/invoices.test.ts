import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { amountOf, exchangeRateOf, percentOf, quantityOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { contentFor, line, makeClient, makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
let clientId: string
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
  clientId = await makeClient(workspace)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => expect(workspace.errors).toEqual([]))

const get = (id: string) => workspace.call('invoices.get', { id })

describe('a draft', () => {
  test('begins as client and organization say', async () => {
    const special = await workspace.call('clients.create', {
      name: 'Far away',
      currency: 'JPY',
      language: 'ja-JP',
      paymentTermsDays: 0,
    })
    const { content, minorUnits } = await workspace.call('invoices.blank', { clientId: special.id })
    expect({ ...content, minorUnits }).toMatchObject({
      currency: 'JPY',
      language: 'ja-JP',
      paymentTermsDays: 0,
      issuedOn: '2026-11-21',
      minorUnits: 0,
      lines: [],
    })
    const nobody = await workspace.call('invoices.blank', {})
    expect(nobody.content).toMatchObject({ clientId: null, currency: 'GBP', paymentTermsDays: 30 })
  })

  test('needs nothing to be saved, and keeps what was written', async () => {
    const id = v7()
    const content = await contentFor(workspace, null, { lines: [], reference: 'PO 7', notes: 'One\ntwo' })
    await workspace.call('invoices.saveDraft', { id, version: null, content })
    expect(await get(id)).toMatchObject({
      number: null,
      state: 'draft',
      paymentState: 'draft',
      clientName: '',
      content: { reference: 'PO 7', notes: 'One\ntwo', lines: [] },
    })
  })

  test('has its totals from the kernel, not from the caller', async () => {
    const { id } = await makeDraft(workspace, clientId, {
      lines: [line({ quantity: '3', price: '33.335' }), line({ price: '10', rate: '5' })],
      prepaidE4: amountOf('20'),
    })
    const { totals } = await get(id)
    // 100.005 rounds to 100.01 (half up); 20 % of it is 20.00, 5 % of 10.00 is 0.50.
    expect(totals).toMatchObject({
      lineNetE4: amountOf('110.01'),
      taxE4: amountOf('20.50'),
      totalE4: amountOf('130.51'),
      payableE4: amountOf('110.51'),
      taxes: [
        { rateE6: percentOf('20'), taxableE4: amountOf('100.01'), taxE4: amountOf('20') },
        { rateE6: percentOf('5'), taxableE4: amountOf('10'), taxE4: amountOf('0.5') },
      ],
    })
    const { rows } = await workspace.call('invoices.list', { filter: 'draft' })
    expect(rows.find((row) => row.id === id)?.payableE4).toBe(amountOf('110.51'))
  })

  test('keeps its lines through every save: the same row for the same id, gone ones marked, returned ones back', async () => {
    const [one, two, three] = [line({ name: 'One' }), line({ name: 'Two' }), line({ name: 'Three' })]
    const { id } = await makeDraft(workspace, clientId, { lines: [one, two, three] })
    const rows = () =>
      store
        .rows(
          'SELECT id, name, position, version, deleted_at FROM invoice_lines WHERE invoice_id = ? ORDER BY rowid',
          id,
        )
        .map((row) => [row['name'], row['position'], row['version'], row['deleted_at'] !== null])
    const save = async (version: number, lines: (typeof one)[]) =>
      workspace.call('invoices.saveDraft', { id, version, content: await contentFor(workspace, clientId, { lines }) })
    const whenMade = () => store.rows('SELECT id, created_at FROM invoice_lines WHERE invoice_id = ? ORDER BY id', id)
    const created = whenMade()
    workspace.clock.advance(60_000)
    await save(1, [one, two, three])
    expect(rows()).toEqual([
      ['One', 0n, 1n, false],
      ['Two', 1n, 1n, false],
      ['Three', 2n, 1n, false],
    ])
    await save(2, [three, { ...one, name: 'Uno' }])
    expect(rows()).toEqual([
      ['Uno', 1n, 2n, false],
      ['Two', 1n, 2n, true],
      ['Three', 0n, 2n, false],
    ])
    expect((await get(id)).content.lines.map(({ name }) => name)).toEqual(['Three', 'Uno'])
    await save(3, [three, { ...one, name: 'Uno' }, two])
    expect(rows()).toEqual([
      ['Uno', 1n, 2n, false],
      ['Two', 2n, 3n, false],
      ['Three', 0n, 2n, false],
    ])
    expect(whenMade()).toEqual(created)
  })

  test('saved twice under one id is one draft, and lines of another invoice are not taken', async () => {
    const id = v7()
    const content = await contentFor(workspace, clientId)
    await workspace.call('invoices.saveDraft', { id, version: null, content })
    const again = workspace.call('invoices.saveDraft', { id, version: null, content })
    await expect(again).rejects.toMatchObject({ code: 'DUPLICATE' })
    const stolen = workspace.call('invoices.saveDraft', { id: v7(), version: null, content })
    await expect(stolen).rejects.toMatchObject({ code: 'DUPLICATE' })
    const other = await makeDraft(workspace, clientId)
    const moved = workspace.call('invoices.saveDraft', { ...other, content })
    await expect(moved).rejects.toMatchObject({ code: 'VALIDATION' })
    const twice = workspace.call('invoices.saveDraft', {
      ...other,
      content: { ...content, lines: [line(), line()].map((it) => ({ ...it, id: content.lines[0]?.id ?? '' })) },
    })
    await expect(twice).rejects.toMatchObject({ code: 'VALIDATION', fields: { lines: expect.any(String) } })
    expect((await get(id)).content.lines).toHaveLength(1)
  })

  test('names only items of its own organization', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const price = { priceE6: unitPriceOf('1') }
    const foreign = await workspace.call('items.create', { name: 'Theirs', ...price }, { organizationId: other.id })
    const saved = makeDraft(workspace, clientId, { lines: [{ ...line(), itemId: foreign.id }] })
    await expect(saved).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const own = await workspace.call('items.create', { name: 'Ours', ...price })
    const { id } = await makeDraft(workspace, clientId, { lines: [{ ...line(), itemId: own.id }] })
    expect((await get(id)).content.lines[0]?.itemId).toBe(own.id)
  })

  test('is deleted and restored with its lines', async () => {
    const { id, version } = await makeDraft(workspace, clientId)
    const before = await get(id)
    await workspace.call('invoices.deleteDraft', { id, version })
    await expect(get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const issue = workspace.call('invoices.issue', { id, version: version + 1 })
    await expect(issue).rejects.toMatchObject({ code: 'NOT_FOUND' })
    workspace.clock.advance(1000)
    const restored = await workspace.call('invoices.restoreDraft', { id })
    const after = await get(id)
    expect(after.content).toEqual(before.content)
    expect(after.version).toBe(restored.version)
    expect((await workspace.call('invoices.issue', restored)).number).toMatch(/^INV-/)
  })

  test('in a foreign currency has base amounts at its rate; in the own currency no rate applies', async () => {
    const euro = { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.8512345678') }
    const { id } = await makeDraft(workspace, clientId, euro)
    const base = () =>
      store.rows('SELECT base_total_e4, base_tax_e4, exchange_rate_e10 FROM invoices WHERE id = ?', id)[0]
    expect(base()).toEqual({
      base_total_e4: amountOf('102.15'),
      base_tax_e4: amountOf('17.02'),
      exchange_rate_e10: 8_512_345_678n,
    })
    const back = { ...(await get(id)).content, currency: 'GBP' }
    await workspace.call('invoices.saveDraft', { id, version: 1, content: back })
    expect(base()).toEqual({
      base_total_e4: amountOf('120'),
      base_tax_e4: amountOf('20'),
      exchange_rate_e10: 10n ** 10n,
    })
  })

  test('that is too large to count is refused with the field', async () => {
    const large = line({ quantity: '900000000000', price: '900000000000' })
    const saved = makeDraft(workspace, clientId, { lines: [large] })
    await expect(saved).rejects.toMatchObject({ code: 'VALIDATION', fields: { lines: expect.any(String) } })
    const rate = { currency: 'EUR', exchangeRateE10: exchangeRateOf('90000000') }
    const converted = makeDraft(workspace, clientId, {
      ...rate,
      lines: [line({ quantity: '1000000', price: '90000000' })],
    })
    await expect(converted).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})

describe('issuing', () => {
  test('says everything that is missing, by the paths of the editor', async () => {
    const { id, version } = await makeDraft(workspace, null, {
      lines: [line({ name: '' }), line()],
      dueOn: '2026-11-01',
      supplyFrom: '2026-11-10',
      supplyTo: '2026-11-09',
    })
    await expect(workspace.call('invoices.issue', { id, version })).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: {
        clientId: 'Choose who this invoice is for.',
        'lines.0.name': 'Say what this line is for.',
        dueOn: 'The due date is before the invoice date.',
        supplyTo: 'The end of the period is before its beginning.',
      },
    })
    const empty = await makeDraft(workspace, clientId, { lines: [] })
    await expect(workspace.call('invoices.issue', empty)).rejects.toMatchObject({
      fields: { lines: 'Add at least one line.' },
    })
  })

  test('takes numbers without gaps, also when some attempts fail in between', async () => {
    const own = await openWorkspace()
    const client = await makeClient(own)
    const numbers: string[] = []
    for (let index = 0; index < 6; index += 1) {
      numbers.push((await makeInvoice(own, client)).number)
      await expect(own.call('invoices.issue', await makeDraft(own, null))).rejects.toMatchObject({ code: 'VALIDATION' })
      const draft = await makeDraft(own, client)
      await expect(own.call('invoices.issue', { ...draft, version: 9 })).rejects.toMatchObject({ code: 'CONFLICT' })
    }
    const counters = numbers.map((number) => Number(/(\d+)$/.exec(number)?.[1]))
    expect(counters).toEqual([1, 2, 3, 4, 5, 6])
    expect(own.errors).toEqual([])
    await own.close()
  })

  test('begins anew in a new year of the pattern, and goes on in an old one', async () => {
    const own = await openWorkspace()
    const client = await makeClient(own)
    const series = (await own.call('numberSeries.list', {})).find((one) => one.documentKind === 'invoice')
    await own.call('numberSeries.update', { id: series?.id ?? '', version: 1, pattern: 'A-{YYYY}-{000}' })
    const issue = async (issuedOn: string) => (await makeInvoice(own, client, { issuedOn })).number
    expect(await issue('2026-12-30')).toBe('A-2026-001')
    expect(await issue('2026-12-31')).toBe('A-2026-002')
    expect(await issue('2027-01-01')).toBe('A-2027-001')
    expect(await issue('2026-12-31')).toBe('A-2026-003')
    await own.call('numberSeries.update', { id: series?.id ?? '', version: 2, startValue: 100 })
    expect(await issue('2027-01-02')).toBe('A-2027-100')
    await own.close()
  })

  test('freezes the names of the day: later changes of client and seller do not show', async () => {
    const client = await makeClient(workspace, 'Name of the day')
    const { id } = await makeInvoice(workspace, client)
    const kept = () => store.rows('SELECT client_name, buyer, seller FROM invoices WHERE id = ?', id)
    const before = kept()
    await workspace.call('clients.update', { id: client, version: 1, name: 'Name of tomorrow' })
    expect(kept()).toEqual(before)
    expect((await get(id)).clientName).toBe('Name of the day')
    expect(JSON.parse(String(before[0]?.['seller']))).toMatchObject({ legalName: 'Linden Ltd' })
    expect(JSON.parse(String(before[0]?.['buyer']))).toMatchObject({ name: 'Name of the day' })
  })

  test('writes the taxes by category and rate, and leaves the PDF to be made after', async () => {
    const lines = [line(), line({ rate: '5' }), line({ quantity: '2' })]
    const { id } = await makeInvoice(workspace, clientId, { lines })
    expect(
      store.rows('SELECT rate_e6, taxable_e4, tax_e4 FROM invoice_taxes WHERE invoice_id = ? ORDER BY position', id),
    ).toEqual([
      { rate_e6: percentOf('20'), taxable_e4: amountOf('300'), tax_e4: amountOf('60') },
      { rate_e6: percentOf('5'), taxable_e4: amountOf('100'), tax_e4: amountOf('5') },
    ])
    expect(store.rows('SELECT kind, state FROM jobs WHERE subject_id = ?', id)).toEqual([
      { kind: 'invoice.pdf', state: 'queued' },
    ])
  })

  test('happens once', async () => {
    const draft = await makeDraft(workspace, clientId)
    const issued = await workspace.call('invoices.issue', draft)
    await expect(workspace.call('invoices.issue', draft)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const content = await contentFor(workspace, clientId)
    const save = workspace.call('invoices.saveDraft', { id: draft.id, version: issued.version, content })
    await expect(save).rejects.toMatchObject({ code: 'IMMUTABLE' })
    const remove = workspace.call('invoices.deleteDraft', { id: draft.id, version: issued.version })
    await expect(remove).rejects.toMatchObject({ code: 'IMMUTABLE' })
    // Nothing was deleted, so there is nothing to take back.
    expect(await workspace.call('invoices.restoreDraft', { id: draft.id })).toEqual({
      id: draft.id,
      version: issued.version,
    })
  })
})

describe('after issue', () => {
  test('voiding needs a reason, keeps the number listed, and cannot be done to a paid one', async () => {
    const { id, version, number } = await makeInvoice(workspace, clientId)
    const short = workspace.call('invoices.void', { id, version, reason: ' x ' })
    await expect(short).rejects.toMatchObject({ code: 'VALIDATION', fields: { reason: expect.any(String) } })
    const voided = await workspace.call('invoices.void', { id, version, reason: 'Wrong client' })
    expect(await get(id)).toMatchObject({ number, state: 'void', voidReason: 'Wrong client', openE4: amountOf('0') })
    const twice = workspace.call('invoices.void', { ...voided, reason: 'Again' })
    await expect(twice).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const { rows } = await workspace.call('invoices.list', { filter: 'void' })
    expect(rows.map((row) => row.number)).toContain(number)

    const paid = await makeInvoice(workspace, clientId)
    await makePayment(workspace, clientId, '1', [{ invoiceId: paid.id, amount: '1' }])
    const { version: now } = await get(paid.id)
    const refused = workspace.call('invoices.void', { id: paid.id, version: now, reason: 'No more' })
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const draft = await makeDraft(workspace, clientId)
    const early = workspace.call('invoices.void', { ...draft, reason: 'A draft' })
    await expect(early).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('a duplicate is a draft of today with lines of its own', async () => {
    const allowance = {
      id: v7(),
      kind: 'allowance' as const,
      reason: 'Loyalty',
      amountE4: null,
      percentE6: percentOf('10'),
      baseE4: null,
      taxes: null,
    }
    const lines = [line({ quantity: '2.5' }), line({ rate: '0' })]
    const source = await makeInvoice(workspace, clientId, { issuedOn: '2026-01-15', lines, adjustments: [allowance] })
    const newId = v7()
    await workspace.call('invoices.duplicate', { id: source.id, newId })
    const [before, after] = [await get(source.id), await get(newId)]
    expect(after).toMatchObject({ state: 'draft', number: null, content: { issuedOn: '2026-11-21', clientId } })
    expect(after.totals.payableE4).toBe(before.totals.payableE4)
    expect(after.content.lines[0]?.quantityE6).toBe(quantityOf('2.5'))
    const ids = (it: typeof before) => [...it.content.lines, ...it.content.adjustments].map(({ id }) => id)
    expect(ids(after).filter((id) => ids(before).includes(id))).toEqual([])
    const twice = workspace.call('invoices.duplicate', { id: source.id, newId })
    await expect(twice).rejects.toMatchObject({ code: 'DUPLICATE' })
  })

  test('states follow from payments and the date', async () => {
    const own = await openWorkspace()
    const client = await makeClient(own)
    const { id } = await makeInvoice(own, client, { dueOn: '2026-11-30' })
    const state = async () => {
      const { paymentState, overdueDays, openE4 } = await own.call('invoices.get', { id })
      return [paymentState, overdueDays, openE4]
    }
    expect(await state()).toEqual(['unpaid', 0, amountOf('120')])
    await makePayment(own, client, '20', [{ invoiceId: id, amount: '20' }])
    expect(await state()).toEqual(['partly-paid', 0, amountOf('100')])
    own.clock.set('2026-12-02T12:00:00.000Z')
    expect(await state()).toEqual(['overdue', 2, amountOf('100')])
    const { counts, open } = await own.call('invoices.stats', {})
    expect(counts).toMatchObject({ all: 1, open: 1, overdue: 1, 'partly-paid': 1, paid: 0 })
    expect(open).toEqual([{ currency: 'GBP', openE4: amountOf('100'), overdueE4: amountOf('100') }])
    await makePayment(own, client, '100', [{ invoiceId: id, amount: '100' }])
    expect(await state()).toEqual(['paid', 0, amountOf('0')])
    await own.close()
  })
})

describe('the list', () => {
  test.each(['issuedOn', 'number', 'dueOn', 'client', 'payable'] as const)(
    'by %s gives every invoice once, page by page, both ways, also where the value is missing',
    async (sort) => {
      const own = await openWorkspace()
      const client = await makeClient(own)
      for (let index = 0; index < 9; index += 1) {
        const content = { issuedOn: `2026-11-0${1 + (index % 3)}`, paymentTermsDays: index % 2 === 0 ? null : 14 }
        if (index % 3 === 0) await makeDraft(own, index % 2 === 0 ? client : null, content)
        else await makeInvoice(own, client, content)
      }
      for (const direction of ['asc', 'desc'] as const) {
        const whole = await own.call('invoices.list', { sort, direction })
        const paged = []
        let cursor: string | null = null
        do {
          const part: typeof whole = await own.call('invoices.list', { sort, direction, limit: 2, cursor })
          paged.push(...part.rows)
          cursor = part.nextCursor
        } while (cursor !== null)
        expect(paged).toEqual(whole.rows)
        expect(whole.rows).toHaveLength(9)
      }
      await own.close()
    },
  )

  test('is filtered by state, client, dates and words', async () => {
    const own = await openWorkspace()
    const [one, two] = [await makeClient(own, 'Éclair Bakery'), await makeClient(own, 'Stone Masons')]
    const open = await makeInvoice(own, one, { issuedOn: '2026-10-05', reference: 'Order 77' })
    await makeDraft(own, two, { issuedOn: '2026-11-05' })
    const ids = async (input: object) =>
      (await own.call('invoices.list', input)).rows.map(({ clientName }) => clientName)
    expect(await ids({ filter: 'open' })).toEqual(['Éclair Bakery'])
    expect(await ids({ filter: 'draft' })).toEqual(['Stone Masons'])
    expect(await ids({ clientId: two })).toEqual(['Stone Masons'])
    expect(await ids({ from: '2026-11-01' })).toEqual(['Stone Masons'])
    expect(await ids({ to: '2026-10-31' })).toEqual(['Éclair Bakery'])
    for (const search of ['eclair', 'bak', open.number, 'consulting', '"*(']) {
      expect(`${search} ${await ids({ search })}`).toContain('Éclair Bakery')
    }
    expect(await ids({ search: 'marble' })).toEqual([])
    await own.close()
  })
})
