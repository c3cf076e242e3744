import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, todayIn } from '../../shared/dates.ts'
import { amountOf, percentOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let server: Awaited<ReturnType<typeof startSmtpServer>>
let planId: string
const day = 86_400_000
const steps = [v7(), v7(), v7()]

beforeAll(async () => {
  workspace = await openWorkspace({ jobs: true })
  server = await startSmtpServer({})
})
afterAll(async () => {
  await workspace.close()
  await server.stop()
})
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => {
  expect(workspace.errors).toEqual([])
})

const today = () => todayIn('Europe/London', workspace.clock.now())
const passDays = async (days: number) => {
  workspace.clock.advance(days * day)
  await workspace.core.settle()
}
const plan = (isAutomatic: boolean) => ({
  name: 'Standard',
  isAutomatic,
  isDefault: true,
  leastOpenE4: amountOf('5'),
  steps: [
    { id: steps[0] ?? '', days: -3, tone: 'friendly' as const },
    { id: steps[1] ?? '', days: 7, tone: 'firm' as const, feePercentE6: percentOf('5') },
    { id: steps[2] ?? '', days: 14, tone: 'final' as const, feeAmountE4: amountOf('40') },
  ],
})
const stateOf = (invoiceId: string) => workspace.call('reminders.ofInvoice', { invoiceId })
const dueInvoice = async (days: number, name = 'Rosewood Bakery') => {
  const clientId = await makeClient(workspace, name)
  return await makeInvoice(workspace, clientId, {
    issuedOn: today(),
    dueOn: addDays(today(), days),
    paymentTermsDays: null,
  })
}
const subjects = async () => (await workspace.call('mail.outbox', {})).rows.map(({ subject }) => subject)

describe('reminders', () => {
  test('say why none goes, before there is a plan', async () => {
    const invoice = await dueInvoice(10)
    expect(await stateOf(invoice.id)).toMatchObject({ plan: null, next: { on: null, why: 'no-plan' } })
  })

  test('a plan is checked: no fee before the due date, no two steps on a day', async () => {
    const save = (values: unknown) => workspace.callRaw('reminders.savePlan', { id: v7(), version: null, values })
    const good = plan(false)
    await expect(save({ ...good, steps: [] })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(
      save({ ...good, steps: [{ id: v7(), days: -1, tone: 'firm', feeAmountE4: amountOf('1') }] }),
    ).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(
      save({ ...good, steps: [1, 2].map(() => ({ id: v7(), days: 3, tone: 'firm' })) }),
    ).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  test('show the next one with its date and fee, and what stands in its way', async () => {
    planId = v7()
    await workspace.call('reminders.savePlan', { id: planId, version: null, values: plan(false) })
    const invoice = await dueInvoice(10)
    expect(await stateOf(invoice.id)).toMatchObject({
      plan: { name: 'Standard', isAutomatic: false },
      next: { on: addDays(today(), 7), tone: 'friendly', why: 'no-mail-account' },
      history: [],
    })
    await workspace.call('mail.saveAccount', {
      version: null,
      fromName: 'Linden Ltd',
      fromAddress: 'ada@linden.example',
      replyTo: null,
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      userName: null,
    })
    expect((await stateOf(invoice.id)).next.why).toBeNull()
  })

  test('of a plan that asks wait in a list; sent once, with the fee as an invoice of its own', async () => {
    const invoice = await dueInvoice(0, 'Fee Payer')
    await passDays(8)
    const { rows } = await workspace.call('reminders.due', {})
    const row = rows.find(({ invoiceId }) => invoiceId === invoice.id)
    expect(row).toMatchObject({ tone: 'firm', feeE4: amountOf('6'), why: null, stepId: steps[1] })
    const preview = await workspace.call('reminders.preview', { invoiceId: invoice.id })
    expect(preview).toMatchObject({ to: ['accounts@example.com'], tone: 'firm', obstacle: null })
    expect(preview.body).toContain('£6.00')
    const sent = await workspace.call('reminders.send', { invoiceId: invoice.id, stepId: steps[1] ?? '' })
    await workspace.core.settle()
    expect(await subjects()).toContain(`Invoice ${invoice.number} is overdue`)
    const fee = await workspace.call('invoices.get', { id: sent.feeInvoiceId ?? '' })
    expect(fee).toMatchObject({ state: 'open', totals: { payableE4: amountOf('6'), taxE4: 0n } })
    expect(fee.content).toMatchObject({ reference: invoice.number, taxTreatment: 'outside-scope' })
    const { history, next } = await stateOf(invoice.id)
    // The friendly one was missed: the firm one stands in for it.
    expect(history).toMatchObject([
      { tone: 'friendly', outcome: 'skipped' },
      { tone: 'firm', outcome: 'sent', messageState: 'accepted', feeInvoiceNumber: sent.feeInvoiceNumber },
    ])
    expect(next).toMatchObject({ tone: 'final', feeE4: amountOf('40') })
    await expect(
      workspace.call('reminders.send', { invoiceId: invoice.id, stepId: steps[1] ?? '' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('never twice for one step, also sent from two places at once', async () => {
    const invoice = await dueInvoice(0, 'Twice Ltd')
    await passDays(15)
    const send = () => workspace.call('reminders.send', { invoiceId: invoice.id, stepId: steps[2] ?? '' })
    const outcomes = await Promise.allSettled([send(), send(), send()])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await workspace.core.settle()
    expect(
      (await subjects()).filter((subject) => subject === `Final reminder: invoice ${invoice.number}`),
    ).toHaveLength(1)
  })

  test('are told by hand, skipped, stopped with a reason and let go on', async () => {
    const invoice = await dueInvoice(2, 'By Hand Ltd')
    await workspace.call('reminders.send', { invoiceId: invoice.id, stepId: steps[0] ?? '', byHand: true })
    await workspace.call('reminders.skip', { invoiceId: invoice.id, stepId: steps[1] ?? '' })
    expect((await stateOf(invoice.id)).history.map(({ outcome }) => outcome)).toEqual(['by-hand', 'skipped'])
    const { version } = await workspace.call('invoices.get', { id: invoice.id })
    const stopped = await workspace.call('reminders.stop', { invoiceId: invoice.id, version, reason: 'In dispute' })
    expect(await stateOf(invoice.id)).toMatchObject({ stopReason: 'In dispute', next: { why: 'stopped' } })
    await workspace.call('reminders.stop', { invoiceId: invoice.id, version: stopped.version, reason: null })
    expect((await stateOf(invoice.id)).next).toMatchObject({ tone: 'final', why: null })
  })

  test('are counted at home and follow the plan of the client, also after that plan was removed and taken back', async () => {
    const waiting = async () =>
      (await workspace.call('home.summary', {})).attention.find(({ kind }) => kind === 'reminder')?.count ?? 0
    const before = await waiting()
    expect(before).toBe((await workspace.call('reminders.due', { limit: 100 })).rows.length)
    const clientId = await makeClient(workspace, 'Own Plan Ltd')
    const id = v7()
    const values = {
      ...plan(false),
      name: 'Patient',
      isDefault: false,
      steps: [{ id: v7(), days: 30, tone: 'firm' as const }],
    }
    await workspace.call('reminders.savePlan', { id, version: null, values })
    const { version } = await workspace.call('clients.get', { id: clientId })
    await expect(
      workspace.call('clients.update', { id: clientId, version, reminderPlanId: v7() }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await workspace.call('clients.update', { id: clientId, version, reminderPlanId: id })
    const invoice = await makeInvoice(workspace, clientId, {
      issuedOn: addDays(today(), -20),
      dueOn: addDays(today(), -10),
    })
    expect(await stateOf(invoice.id)).toMatchObject({ plan: { name: 'Patient' }, next: { on: addDays(today(), 20) } })
    expect(await waiting()).toBe(before)
    const gone = await workspace.call('reminders.deletePlan', { id, version: 1 })
    expect(gone.clientIds).toEqual([clientId])
    expect(await stateOf(invoice.id)).toMatchObject({ plan: { name: 'Standard' } })
    expect(await waiting()).toBe(before + 1)
    await workspace.call('reminders.restorePlan', { id, clientIds: gone.clientIds })
    expect(await stateOf(invoice.id)).toMatchObject({ plan: { name: 'Patient' } })
    const patient = (await workspace.call('reminders.plans', {})).find((it) => it.id === id)
    expect(patient).toMatchObject({ isDefault: false, clientCount: 1, steps: [{ days: 30 }] })
  })

  test('of an automatic plan go by themselves, one after an absence, none of what is paid', async () => {
    const invoice = await dueInvoice(5, 'Automatic Ltd')
    const current = (await workspace.call('reminders.plans', {})).find((it) => it.id === planId)
    await workspace.call('reminders.savePlan', { id: planId, version: current?.version ?? 1, values: plan(true) })
    await passDays(2)
    const mine = async () => (await subjects()).filter((subject) => subject.includes(invoice.number))
    expect(await mine()).toEqual([`Invoice ${invoice.number}: a friendly reminder`])
    await passDays(0)
    expect(await mine()).toHaveLength(1)
    await passDays(40)
    await workspace.reopen()
    await workspace.core.settle()
    expect(await mine()).toHaveLength(2)
    expect((await stateOf(invoice.id)).next.why).toBe('all-steps-done')
    expect((await stateOf(invoice.id)).history.map(({ outcome }) => outcome)).toEqual(['sent', 'skipped', 'sent'])
  })
})

describe('statements by mail', () => {
  test('bring the PDF that was seen, at once or at a later time', async () => {
    const clientId = await makeClient(workspace, 'Statement Ltd')
    await makeInvoice(workspace, clientId, { issuedOn: addDays(today(), -5) })
    const statement = { clientId, from: addDays(today(), -30), to: today(), currency: 'GBP' }
    const { pdf, fileName } = await workspace.call('statements.pdf', statement)
    expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-')
    expect(fileName).toBe(`Statement-Ltd-GBP-${today()}.pdf`)
    const composed = await workspace.call('statements.compose', statement)
    expect(composed).toMatchObject({ to: ['accounts@example.com'], obstacle: null })
    expect(composed.body).toContain('£120.00')
    const { to, subject, body } = composed
    const sendAt = new Date(Date.parse(workspace.clock.now()) + 3 * day).toISOString()
    const { id } = await workspace.call('statements.send', { statement, to, subject, body, sendAt })
    await workspace.core.settle()
    expect(await workspace.call('mail.message', { id })).toMatchObject({ state: 'queued', sendAt, kind: 'statement' })
    await passDays(3)
    const sent = await workspace.call('mail.message', { id })
    expect(sent).toMatchObject({ state: 'accepted' })
    expect(new TextDecoder().decode(server.messages.at(-1)?.raw)).toContain(fileName)
    await workspace.call('mail.markSeen', { id, version: sent.version, how: 'reply' })
    expect(await workspace.call('mail.message', { id })).toMatchObject({ seenHow: 'reply' })
    const { rows } = await workspace.call('mail.outbox', { kind: 'statement' })
    expect(rows.map((row) => row.id)).toEqual([id])
  })
})
