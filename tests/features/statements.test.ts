import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReader } from '../../db/open.ts'
import { agedReceivables } from '../../electron/features/statements/aged.ts'
import { addDays, todayIn } from '../../shared/dates.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { randomFrom } from '../support/random.ts'
import { doSomething } from '../support/random-work.ts'
import { times } from '../support/scale.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)
const day = 86_400_000

let workspace: Workspace
let store: Inspection
let reader: ReturnType<typeof openReader>
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
  reader = openReader(join(workspace.directory, 'counterfoil.db'))
})
afterAll(async () => {
  await reader.close()
  store.close()
  await workspace.close()
})

const today = () => todayIn('Europe/London', workspace.clock.now())
const aged = (on: string, clientId: string | null = null) =>
  agedReceivables(reader.db, {
    organizationId: workspace.organizationId,
    baseCurrency: 'GBP',
    roundingMode: 'half-up',
    on,
    basis: 'due',
    currency: null,
    clientId,
  })

describe('a statement', () => {
  test('opens with what was owed, lists each entry on its day, and closes with the balance', async () => {
    const clientId = await makeClient(workspace, 'Rosewood Bakery')
    const first = today()
    const one = await makeInvoice(workspace, clientId, { issuedOn: addDays(first, -50), paymentTermsDays: 14 })
    const two = await makeInvoice(workspace, clientId, { issuedOn: addDays(first, -10) })
    await makePayment(workspace, clientId, '150', [{ invoiceId: one.id, amount: '120' }])
    const { statements } = await workspace.call('statements.get', { clientId, from: addDays(first, -20), to: first })
    expect(statements).toMatchObject([
      {
        currency: 'GBP',
        openingE4: amountOf('120'),
        rows: [
          { kind: 'invoice', number: two.number, amountE4: amountOf('120'), balanceE4: amountOf('240') },
          { kind: 'payment', amountE4: amountOf('-150'), balanceE4: amountOf('90') },
        ],
        closingE4: amountOf('90'),
        ageing: {
          openE4: amountOf('120'),
          creditE4: amountOf('30'),
          balanceE4: amountOf('90'),
          notDueE4: amountOf('120'),
        },
      },
    ])
    // The day before the payment, the first invoice was 35 days overdue.
    const before = await workspace.call('statements.get', {
      clientId,
      from: addDays(first, -60),
      to: addDays(first, -1),
    })
    expect(before.statements[0]).toMatchObject({
      openingE4: 0n,
      closingE4: amountOf('240'),
      ageing: { to60E4: amountOf('120'), notDueE4: amountOf('120'), over90E4: 0n },
    })
  })

  test('takes a bounced cheque back on the day it bounced', async () => {
    const clientId = await makeClient(workspace, 'Cheque Ltd')
    const invoice = await makeInvoice(workspace, clientId, { issuedOn: addDays(today(), -5) })
    const paidOn = today()
    const payment = await makePayment(workspace, clientId, '120', [{ invoiceId: invoice.id, amount: '120' }])
    workspace.clock.advance(10 * day)
    await workspace.call('payments.setStatus', {
      id: payment.id,
      version: payment.version,
      status: 'bounced',
      on: today(),
      reason: 'No funds',
    })
    const closing = async (on: string) =>
      (await workspace.call('statements.get', { clientId, from: on, to: on })).statements[0]?.closingE4
    expect(await closing(addDays(paidOn, -1))).toBe(amountOf('120'))
    expect(await closing(paidOn)).toBe(0n)
    expect(await closing(today())).toBe(amountOf('120'))
    expect((await aged(paidOn, clientId)).totals).toEqual([])
    expect((await aged(today(), clientId)).totals).toMatchObject([{ openE4: amountOf('120'), creditE4: 0n }])
  })

  test('is refused for a period that ends before it begins', async () => {
    const clientId = await makeClient(workspace)
    await expect(
      workspace.call('statements.get', { clientId, from: '2026-02-01', to: '2026-01-01' }),
    ).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})

// Row by row, without SQL's arithmetic.
const big = (value: unknown) => (typeof value === 'bigint' ? value : 0n)
const owed = (clientId: unknown, currency: unknown, until: string): bigint => {
  const own = (table: string) =>
    store
      .rows(`SELECT * FROM ${table}`)
      .filter((row) => row['client_id'] === clientId && row['currency'] === currency && row['deleted_at'] === null)
  const by = (on: unknown) => on !== null && on !== undefined && String(on) <= until
  let sum = 0n
  for (const row of own('invoices')) {
    if (row['issued_at'] !== null && by(row['issued_on'])) sum += big(row['payable_e4'])
    if (by(row['voided_on'])) sum -= big(row['payable_e4'])
  }
  for (const row of own('credit_notes')) {
    if (row['issued_at'] !== null && by(row['issued_on'])) sum -= big(row['payable_e4'])
    if (by(row['voided_on'])) sum += big(row['payable_e4'])
  }
  for (const row of own('payments')) {
    if (by(row['received_on'])) sum -= big(row['amount_e4'])
    const returned = ['bounced', 'cancelled'].includes(String(row['status']))
    if (returned && by(row['status_on']) && by(row['received_on'])) sum += big(row['amount_e4'])
  }
  for (const row of own('refunds')) {
    if (by(row['refunded_on'])) sum += big(row['amount_e4'])
    if (by(row['cancelled_on'])) sum -= big(row['amount_e4'])
  }
  const invoices = new Set(own('invoices').map((row) => row['id']))
  for (const row of store.rows('SELECT * FROM write_offs')) {
    if (invoices.has(row['invoice_id']) && by(row['written_off_on'])) sum -= big(row['amount_e4'])
  }
  return sum
}

describe(`after many things done by chance (COUNTERFOIL_SEED=${seed})`, () => {
  test('the statement of any date is the sum of its documents, and the ageing says the same', async () => {
    const random = randomFrom(seed)
    const clients = [await makeClient(workspace, 'One'), await makeClient(workspace, 'Two')]
    for (let index = 0; index < Math.max(200, times(200)); index += 1) {
      workspace.clock.advance(random.between(1, 30) * 3_600_000)
      await doSomething(workspace, random, clients)
    }
    for (let index = 0; index < 25; index += 1) {
      const to = addDays(today(), random.between(-130, 5))
      const from = addDays(to, -random.between(0, 60))
      const ageing = await aged(to)
      for (const clientId of clients) {
        const { statements } = await workspace.call('statements.get', { clientId, from, to })
        for (const statement of statements) {
          const { currency, closingE4, openingE4, rows } = statement
          expect(closingE4, `${currency} on ${to}`).toBe(owed(clientId, currency, to))
          expect(openingE4).toBe(owed(clientId, currency, addDays(from, -1)))
          expect(rows.reduce((sum, row) => sum + row.amountE4, openingE4 as bigint)).toBe(closingE4)
          expect(statement.ageing.balanceE4, `${currency} on ${to}`).toBe(closingE4)
          const row = ageing.rows.find((it) => it.clientId === clientId && it.currency === currency)
          expect(row?.balanceE4 ?? 0n).toBe(closingE4)
          const { notDueE4, to30E4, to60E4, to90E4, over90E4, openE4 } = statement.ageing
          expect(notDueE4 + to30E4 + to60E4 + to90E4 + over90E4).toBe(openE4)
          const open = await workspace.call('statements.openInvoices', { on: to, clientId, currency, limit: 200 })
          expect(open.rows.reduce((sum, invoice) => sum + invoice.openE4, 0n)).toBe(openE4)
        }
      }
      for (const total of ageing.totals) {
        const parts = ageing.rows.filter((row) => row.currency === total.currency)
        expect(parts.reduce((sum, row) => sum + row.balanceE4, 0n)).toBe(total.balanceE4)
      }
      expect(ageing.rows.reduce((sum, row) => sum + row.baseBalanceE4, 0n)).toBe(ageing.base.balanceE4)
    }
  })
})
