import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FoundBackup } from '../../shared/contract/backups.ts'
import { addDays, todayIn } from '../../shared/dates.ts'
import { contentFor, line, makeClient, makeInvoice } from '../support/factories.ts'
import { openTestGate, type TestGate } from '../support/gate.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import type { Workspace } from '../support/workspace.ts'

let it: TestGate
// The factories only call.
const desk = () => it as unknown as Workspace

beforeEach(async () => {
  it = await openTestGate({ gate: { jobs: true } })
  await it.makeBusiness()
})
afterEach(() => it.close())

const day = 86_400_000
const today = () => todayIn('Europe/London', it.clock.now())
const passDays = async (days: number) => {
  it.clock.advance(days * day)
  // Whatever the app does at its start, it does now.
  await it.restart()
  await it.gate.settle()
}
const newest = async () => (await it.call<{ rows: FoundBackup[] }>('recovery.backups')).rows[0]?.file ?? ''
const invoices = async () => (await it.call<{ rows: { issuedOn: string }[] }>('invoices.list')).rows.length
const business = async () => (await it.call<{ id: string }>('organizations.get')).id

type Waiting = { id: string; version: number; restoredOn: string | null; periods: { on: string }[] }

test.each(['whole', 'one business'])('after going back (%s) no period is made twice by itself', async (what) => {
  const clientId = await makeClient(desk())
  const content = await contentFor(desk(), clientId, { lines: [line({ name: 'Rent' })] })
  const of = { anchor: 'same-day', endsOn: null, count: null, action: 'issue', prices: 'fixed', catchUp: 'all' }
  const values = { name: 'Rent', unit: 'day', every: 5, startsOn: addDays(today(), 1), content, ...of }
  await it.call('recurringInvoices.create', { id: v7(), values })
  await it.call('backups.create')
  await passDays(2)
  expect(await invoices()).toBe(1)
  const organizationId = what === 'whole' ? null : await business()
  await (organizationId === null
    ? it.call('recovery.restore', { file: await newest() })
    : it.call('recovery.restore', { file: await newest(), organizationId }))
  await it.gate.settle()
  expect(await invoices()).toBe(0)
  const [waiting] = await it.call<Waiting[]>('recurringInvoices.waiting')
  expect(waiting).toMatchObject({ restoredOn: today(), periods: [{ on: addDays(today(), -1) }] })
  await it.call('recurringInvoices.catchUp', { id: waiting?.id, version: waiting?.version, choice: 'skip' })
  // What comes due from then on nobody can have made.
  await passDays(5)
  expect(await invoices()).toBe(1)
})

test('after going back no client is reminded twice by itself', async () => {
  const server = await startSmtpServer({})
  try {
    await it.call('mail.saveAccount', {
      version: null,
      fromName: 'Linden Ltd',
      fromAddress: 'ada@linden.example',
      replyTo: null,
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      userName: null,
    })
    const clientId = await makeClient(desk(), 'Rosewood Bakery')
    const steps = [3, 20].map((days) => ({ id: v7(), days, tone: 'firm' }))
    const plan = { name: 'Standard', isAutomatic: true, isDefault: true, leastOpenE4: 0n, steps }
    await it.call('reminders.savePlan', { id: v7(), version: null, values: plan })
    await makeInvoice(desk(), clientId, { issuedOn: today(), dueOn: today(), paymentTermsDays: null })
    await it.call('backups.create')
    await passDays(4)
    expect(server.messages).toHaveLength(1)
    await it.call('recovery.restore', { file: await newest() })
    await passDays(1)
    expect(server.messages).toHaveLength(1)
    await passDays(16)
    expect(server.messages).toHaveLength(2)
  } finally {
    await server.stop()
  }
})
