import type Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { addDays, todayIn } from '../../shared/dates.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { addPerson, beside, enter, prove, withPassword } from '../support/people.ts'
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

test('whoever is limited to a branch is told of the mail of its documents alone', async () => {
  const own = await openWorkspace({ jobs: true })
  const owner = await withPassword(own)
  prove(own)
  const branchIn = async (code: string) =>
    (await own.call('branches.create', { code, name: code, timezone: 'Europe/London' })).id
  const [harbour, market] = [await branchIn('HB'), await branchIn('MT')]
  const account = { fromName: 'Linden', fromAddress: 'a@example.com', host: '127.0.0.1', port: 9 }
  await own.call('mail.saveAccount', { ...account, replyTo: null, security: 'tls', userName: null, version: null })
  const clientId = await makeClient(own)
  const send = async (branchId: string, subject: string) => {
    const { id } = await makeInvoice(own, clientId, { branchId })
    const message = { to: ['b@example.com'], subject, body: 'B', sendAt: '2027-01-01T00:00:00.000Z' }
    return (await own.call('mail.send', { entityId: id, ...message })).id
  }
  const hidden = await send(market, 'Of the market')
  const shown = await send(harbour, 'Of the harbour')
  const statement = await send(harbour, 'All that is owed')
  const refuse = (raw: Sqlite.Database) => {
    raw
      .prepare(`UPDATE outbox_messages SET kind = 'statement', entity = 'client', entity_id = ? WHERE id = ?`)
      .run(clientId, statement)
    raw.exec(`UPDATE activity SET entity = 'client', entity_id = client_id
      WHERE json_extract(data, '$.messageId') = '${statement}'`)
    raw.exec(
      `UPDATE outbox_messages SET state = iif(id = '${hidden}', 'bounced', 'failed'), updated_at = '${own.clock.now()}'`,
    )
  }
  beside(own, refuse)
  own.clock.advance(1000)
  await own.call('notifications.mute', { kinds: [] })
  await own.core.settle()
  const person = addPerson(own, { role: 'manager' })
  await own.call('branches.setMember', { id: person, version: 1, branchIds: [harbour] })
  const told = async () => (await own.call('notifications.list', {})).rows.map(({ data }) => data['subject']).sort()
  const lines = async () => {
    const { rows } = await own.call('activity.list', { clientId })
    return rows.flatMap(({ kind, data }) => (kind === 'mail.queued' ? [data['subject']] : [])).sort()
  }
  const all = ['All that is owed', 'Of the harbour', 'Of the market']
  expect([await told(), await lines()]).toEqual([all, all])
  const { rows } = await own.call('notifications.list', {})
  await enter(own, person)
  expect([await told(), await lines()]).toEqual([['Of the harbour'], ['Of the harbour']])
  for (const { id, version, entityId } of rows.filter((it) => it.entityId !== shown)) {
    expect([hidden, statement]).toContain(entityId)
    await expect(own.call('notifications.setRead', { id, version, read: true })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  }
  expect(await own.call('notifications.readAll', {})).toEqual({ changed: 1 })
  await enter(own, owner)
  expect((await own.call('notifications.list', { unread: true })).unreadCount).toBe(2)
  expect(own.errors).toEqual([])
  await own.close()
})
