import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
beforeEach(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
})
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  store.close()
  await workspace.close()
})

const baseTotal = (id: string) => store.value('SELECT base_total_e4 FROM invoices WHERE id = ?', id)

test('an invoice in another currency is not issued before somebody says its rate', async () => {
  const draft = await makeDraft(workspace, await makeClient(workspace), { currency: 'EUR' })
  const message = 'Enter the exchange rate of EUR to GBP.'
  await expect(workspace.call('invoices.issue', draft)).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { exchangeRateE10: message },
  })
})

test('a currency that by law is worth ours needs no rate', async () => {
  const { id } = await makeInvoice(workspace, await makeClient(workspace), { currency: 'GIP' })
  expect(baseTotal(id)).toBe(amountOf('120'))
})

test('a rate written before the business took the currency for its books does not reach them', async () => {
  const draft = await makeDraft(workspace, await makeClient(workspace), {
    currency: 'EUR',
    exchangeRateE10: exchangeRateOf('0.85'),
  })
  await workspace.call('organizations.update', { version: 1, currency: 'EUR' })
  const { id } = await workspace.call('invoices.issue', draft)
  expect(baseTotal(id)).toBe(amountOf('120'))
  expect((await workspace.call('invoices.get', { id })).content.exchangeRateE10).toBe(exchangeRateOf('1'))
})

test('a new invoice is offered the last rate that was said, never what a draft holds until then', async () => {
  const clientId = (await workspace.call('clients.create', { name: 'Rosewood', currency: 'EUR' })).id
  await makeDraft(workspace, clientId, { exchangeRateE10: exchangeRateOf('0.85'), issuedOn: '2026-11-01' })
  const gone = await makeDraft(workspace, clientId, {
    exchangeRateE10: exchangeRateOf('0.5'),
    issuedOn: '2026-11-20',
  })
  await workspace.call('invoices.deleteDraft', gone)
  await makeDraft(workspace, clientId, { exchangeRateE10: exchangeRateOf('1'), issuedOn: '2026-11-21' })
  const { content } = await workspace.call('invoices.blank', { clientId })
  expect(content.exchangeRateE10).toBe(exchangeRateOf('0.85'))
  const payment = { clientId, receivedOn: '2026-11-21', currency: 'EUR', amountE4: amountOf('10') }
  const { id } = await workspace.call('payments.create', payment)
  expect(store.value('SELECT base_amount_e4 FROM payments WHERE id = ?', id)).toBe(amountOf('8.5'))
})

test('the dated table: the newest rate on or before a day, one a day, offered to new invoices', async () => {
  const set = (rateOn: string, text: string) =>
    workspace.call('exchangeRates.set', { currency: 'USD', rateOn, rateE10: exchangeRateOf(text) })
  await set('2026-11-01', '0.78')
  const kept = await set('2026-11-10', '0.79')
  await set('2026-11-01', '0.77')
  const on = async (day: string) => (await workspace.call('exchangeRates.find', { currency: 'USD', on: day }))?.rateE10
  expect([await on('2026-10-31'), await on('2026-11-09'), await on('2026-12-01')]).toEqual([
    undefined,
    exchangeRateOf('0.77'),
    exchangeRateOf('0.79'),
  ])
  const clientId = (await workspace.call('clients.create', { name: 'Cedar', currency: 'USD' })).id
  expect((await workspace.call('invoices.blank', { clientId })).content.exchangeRateE10).toBe(exchangeRateOf('0.79'))
  const removed = await workspace.call('exchangeRates.delete', { id: kept.id, version: kept.version })
  expect((await workspace.call('exchangeRates.list', {})).rows.map((it) => it.rateOn)).toEqual(['2026-11-01'])
  await workspace.call('exchangeRates.restore', { id: removed.id })
  expect((await workspace.call('exchangeRates.list', {})).rows).toHaveLength(2)
  await expect(
    workspace.call('exchangeRates.set', { currency: 'GBP', rateOn: '2026-11-01', rateE10: exchangeRateOf('1') }),
  ).rejects.toMatchObject({ fields: { currency: expect.any(String) } })
})

test('rates of a CSV file: read once, each bad line named, a second reading changes nothing', async () => {
  const text =
    'Date;Currency;Rate\n2026-11-01;USD;0,7931\n2026-11-02;EUR;0,8655\n31.11.2026;USD;0,79\n2026-11-03;XXQ;1\n2026-11-03;JPY;zero\n'
  const dry = await workspace.call('exchangeRates.importCsv', { text, dryRun: true })
  expect([dry.added, dry.problems.map((it) => it.line)]).toEqual([2, [4, 5, 6]])
  expect((await workspace.call('exchangeRates.list', {})).rows).toEqual([])
  await workspace.call('exchangeRates.importCsv', { text })
  expect(await workspace.call('exchangeRates.importCsv', { text })).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 2,
  })
  expect(await workspace.call('exchangeRates.find', { currency: 'EUR', on: '2026-11-30' })).toMatchObject({
    rateE10: exchangeRateOf('0.8655'),
    source: 'csv',
  })
})

test('rates in units per base currency are turned round, as the European Central Bank gives them', async () => {
  const text = 'KEY,FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\nEXR,D,USD,GBP,2026-11-20,1.25\n'
  await workspace.call('exchangeRates.importCsv', { text, direction: 'units-per-base' })
  expect((await workspace.call('exchangeRates.find', { currency: 'USD', on: '2026-11-20' }))?.rateE10).toBe(
    exchangeRateOf('0.8'),
  )
})

describe('fetching', () => {
  let server: Server
  let address = ''
  let answer: { status: number; body: string } = { status: 200, body: '' }
  let asked: string[] = []
  beforeEach(async () => {
    asked = []
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(answer.status).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`
  })
  afterEach(() => void server.close())

  const source = (more: object = {}) =>
    workspace.call('exchangeRates.setSource', {
      name: 'Own bank',
      urlTemplate: `${address}/{date}?from={currency}&to={base}`,
      format: 'json',
      jsonPath: 'quotes.{currency}',
      direction: 'base-per-unit',
      isEnabled: true,
      ...more,
    })
  const fetching = () => workspace.call('exchangeRates.fetch', { currencies: ['USD'], on: '2026-11-20' })

  test('asks nobody before a source is set and turned on', async () => {
    await expect(fetching()).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await source({ isEnabled: false })
    await expect(fetching()).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect(asked).toEqual([])
  })

  test('asks for the day and the currency, and keeps where the rate came from', async () => {
    answer = { status: 200, body: '{"quotes":{"USD":0.7912}}' }
    await source()
    expect(await fetching()).toMatchObject({ added: 1, problems: [] })
    expect(asked).toEqual(['/2026-11-20?from=USD&to=GBP'])
    expect(await workspace.call('exchangeRates.find', { currency: 'USD', on: '2026-11-20' })).toMatchObject({
      rateE10: exchangeRateOf('0.7912'),
      source: 'fetched',
      sourceName: 'Own bank',
    })
  })

  test.each([
    [{ status: 500, body: '' }, 'answered 500'],
    [{ status: 200, body: '<html>' }, null],
    [{ status: 200, body: '{"quotes":{}}' }, null],
    [{ status: 200, body: '{"quotes":{"USD":"-1"}}' }, null],
  ])('what goes wrong is said, and nothing is entered: %j', async (wrong, refusal) => {
    answer = wrong
    await source()
    if (refusal === null)
      expect((await fetching()).problems).toEqual([{ line: 1, message: expect.stringContaining('USD') }])
    else
      await expect(fetching()).rejects.toMatchObject({
        code: 'IMPORT_FAILED',
        message: expect.stringContaining(refusal),
      })
    expect((await workspace.call('exchangeRates.list', {})).rows).toEqual([])
  })

  test('an address that is not safe is refused', async () => {
    for (const urlTemplate of ['http://rates.example.com/{date}', 'file:///etc/passwd', 'rates']) {
      await expect(source({ urlTemplate })).rejects.toMatchObject({ fields: { urlTemplate: expect.any(String) } })
    }
  })
})
