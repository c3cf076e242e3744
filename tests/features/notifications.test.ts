import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { addDays, todayIn } from '../../shared/dates.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
const day = 86_400_000
beforeAll(async () => {
  workspace = await openWorkspace({ jobs: true })
  await workspace.core.settle()
})
afterAll(() => workspace.close())
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => {
  expect(workspace.errors).toEqual([])
})

const today = () => todayIn('Europe/London', workspace.clock.now())
const inbox = (unread = false) => workspace.call('notifications.list', { unread })
const nextDay = async () => {
  workspace.clock.advance(day)
  await workspace.core.settle()
}

test('what becomes overdue is told the next day, once, and can be marked as read', async () => {
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  const invoice = await makeInvoice(workspace, clientId, { issuedOn: addDays(today(), -14), paymentTermsDays: 14 })
  await workspace.call('clientNotes.create', {
    clientId,
    kind: 'follow-up',
    content: 'Call about the order',
    followUpOn: addDays(today(), 1),
  })
  expect((await inbox()).rows).toEqual([])
  await nextDay()
  await nextDay()
  const { rows, unreadCount } = await inbox()
  expect(rows.map(({ kind }) => kind).sort()).toEqual(['follow-up-due', 'invoice-overdue'])
  expect(unreadCount).toBe(2)
  const overdue = rows.find(({ kind }) => kind === 'invoice-overdue')
  expect(overdue).toMatchObject({
    entity: 'invoice',
    entityId: invoice.id,
    data: { number: invoice.number, client: 'Rosewood Bakery' },
  })
  await workspace.call('notifications.setRead', { id: overdue?.id ?? '', version: 1, read: true })
  expect(await inbox(true)).toMatchObject({ unreadCount: 1, rows: [{ kind: 'follow-up-due' }] })
  expect(await workspace.call('notifications.readAll', {})).toEqual({ changed: 1 })
  expect((await inbox(true)).rows).toEqual([])
})

test('muted kinds do not come in; the others do, also after a restart', async () => {
  await workspace.call('notifications.mute', { kinds: ['invoice-overdue'] })
  expect(await workspace.call('notifications.muted', {})).toEqual({ kinds: ['invoice-overdue'] })
  const clientId = await makeClient(workspace, 'Quiet Ltd')
  await makeInvoice(workspace, clientId, { issuedOn: addDays(today(), -14), paymentTermsDays: 14 })
  const before = (await inbox()).rows.length
  workspace.clock.advance(2 * day)
  await workspace.reopen()
  await workspace.core.settle()
  expect((await inbox()).rows).toHaveLength(before)
  await workspace.call('notifications.mute', { kinds: [] })
  await workspace.core.settle()
  expect((await inbox(true)).rows).toMatchObject([{ kind: 'invoice-overdue', data: { client: 'Quiet Ltd' } }])
})
