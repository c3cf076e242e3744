import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, todayIn } from '../../shared/dates.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

const today = () => todayIn('Europe/London', workspace.clock.now())

type Facts = { readonly isDefault?: boolean; readonly isAutomatic?: boolean; readonly least?: string }

const savePlan = async (id: string, ids: readonly string[], days: readonly number[], facts: Facts = {}) => {
  const { isDefault = false, isAutomatic = false, least = '0' } = facts
  const known = (await workspace.call('reminders.plans', {})).find((it) => it.id === id)
  const steps = days.map((after, index) => ({ id: ids[index] ?? v7(), days: after, tone: 'friendly' as const }))
  const values = { name: `Plan ${days.join(' ')}`, isDefault, isAutomatic, leastOpenE4: amountOf(least), steps }
  await workspace.call('reminders.savePlan', { id, version: known?.version ?? null, values })
}

const clientWith = async (name: string, reminderPlanId: string | null) => {
  const id = await makeClient(workspace, name)
  const { version } = await workspace.call('clients.get', { id })
  if (reminderPlanId !== null) await workspace.call('clients.update', { id, version, reminderPlanId })
  return id
}

/** Every page of the list, `limit` rows at a time. */
const listed = async (limit: number) => {
  const ids: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { rows: { invoiceId: string; stepId: string }[]; nextCursor: string | null } = await workspace.call(
      'reminders.due',
      { cursor, limit },
    )
    ids.push(...page.rows.map(({ invoiceId, stepId }) => `${invoiceId} ${stepId}`))
    if (page.nextCursor === null) return ids
    cursor = page.nextCursor
  }
}

/** The same by asking each invoice on its own. */
const asked = async (invoices: readonly { readonly id: string; readonly dueOn: string }[]) => {
  const found: { readonly key: string; readonly dueOn: string; readonly id: string }[] = []
  for (const { id, dueOn } of invoices) {
    const { plan, next } = await workspace.call('reminders.ofInvoice', { invoiceId: id })
    if (plan === null || next.stepId === null || next.on === null || next.on > today()) continue
    if (plan.isAutomatic && next.why === null) continue
    found.push({ key: `${id} ${next.stepId}`, dueOn, id })
  }
  return found.sort((a, b) => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1)).map(({ key }) => key)
}

test('the list of due reminders is what each invoice says of itself, for any plan, page by page', async () => {
  const [standard, own, waiting, step] = [v7(), v7(), v7(), [v7(), v7(), v7()]]
  await savePlan(standard, step, [-3, 7, 14], { isDefault: true, least: '5' })
  await savePlan(own, [v7(), v7()], [0, 30])
  await savePlan(waiting, [v7()], [2], { isAutomatic: true })
  const clients = [
    await clientWith('Default Ltd', null),
    await clientWith('Own Ltd', own),
    await clientWith('Same Ltd', standard),
    await clientWith('Automatic Ltd', waiting),
  ]
  const invoices: { readonly id: string; readonly dueOn: string }[] = []
  for (const [index, after] of [-40, -20, -8, -2, 1, 2, 9].entries()) {
    for (const clientId of clients) {
      const dueOn = addDays(today(), after)
      const { id } = await makeInvoice(workspace, clientId, { issuedOn: addDays(today(), -60), dueOn })
      invoices.push({ id, dueOn })
      const { next } = await workspace.call('reminders.ofInvoice', { invoiceId: id })
      // Every third has had its turn; a step may be left out before its day.
      if ((index + invoices.length) % 3 === 0 && next.stepId !== null) {
        await workspace.call('reminders.skip', { invoiceId: id, stepId: next.stepId })
      }
    }
  }
  const [stopped] = invoices
  const { version } = await workspace.call('invoices.get', { id: stopped?.id ?? '' })
  await workspace.call('reminders.stop', { invoiceId: stopped?.id ?? '', version, reason: 'In dispute' })
  const check = async (least: number) => {
    const expected = await asked(invoices)
    expect(expected.length).toBeGreaterThanOrEqual(least)
    expect(await listed(100)).toEqual(expected)
    expect(await listed(3)).toEqual(expected)
    const { attention } = await workspace.call('home.summary', {})
    expect(attention.find(({ kind }) => kind === 'reminder')?.count).toBe(expected.length)
  }
  await check(10)

  // Each step was left out ahead of its day; one that is put in between afterwards still has its turn.
  const ahead = await makeInvoice(workspace, clients[0] ?? '', {
    issuedOn: addDays(today(), -9),
    dueOn: addDays(today(), -5),
  })
  invoices.push({ id: ahead.id, dueOn: addDays(today(), -5) })
  for (const stepId of step) await workspace.call('reminders.skip', { invoiceId: ahead.id, stepId })
  expect((await listed(100)).some((key) => key.startsWith(ahead.id))).toBe(false)
  await savePlan(standard, [...step, v7()], [-3, 7, 14, 4], { isDefault: true, least: '5' })
  expect((await listed(100)).some((key) => key.startsWith(ahead.id))).toBe(true)
  await check(10)
})
