import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { fakeClock } from '../support/clock.ts'
import { makeCreditDraft } from '../support/credit-inputs.ts'
import { asCommand } from '../support/database.ts'
import { makeClient, makeDraft, makeInvoice, makeQuote } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let clientId = ''
beforeAll(async () => {
  workspace = await openWorkspace()
  clientId = await makeClient(workspace)
  await workspace.call('mail.saveAccount', {
    fromName: 'Linden',
    fromAddress: 'office@example.com',
    replyTo: null,
    host: '127.0.0.1',
    port: 9,
    security: 'tls',
    userName: null,
    version: null,
  })
})
afterAll(() => workspace.close())
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => expect(workspace.errors).toEqual([]))

const today = '2026-11-21'
const invoice = (id: string) => workspace.call('invoices.get', { id })
const timeline = async (entityId: string) => (await workspace.call('activity.list', { entityId })).rows

/** What only a mail server does: it took the message, or sent it back. */
const asIf = (state: 'accepted' | 'bounced', id: string, at: string) => {
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  try {
    asCommand(raw, () =>
      raw.prepare('UPDATE outbox_messages SET state = ?, accepted_at = ? WHERE id = ?').run(state, at, id),
    )
  } finally {
    raw.close()
  }
}

describe('a document that went out in another way', () => {
  test.each(['invoices', 'quotes', 'creditNotes'] as const)(
    'is marked with the day and how, and taken back: %s',
    async (feature) => {
      const make = {
        invoices: () => makeInvoice(workspace, clientId),
        quotes: () => makeQuote(workspace, clientId),
        creditNotes: async () => workspace.call('creditNotes.issue', await makeCreditDraft(workspace, clientId)),
      }
      const { id, version } = await make[feature]()
      const marked = await workspace.call(`${feature}.markSent`, {
        id,
        version,
        on: '2026-11-19',
        how: 'post',
        note: 'RM 1234 5678',
      })
      const get = () => workspace.call(`${feature}.get`, { id })
      expect(await get()).toMatchObject({
        deliveryState: 'sent',
        sentAt: '2026-11-19T12:00:00.000Z',
        sentByHand: { on: '2026-11-19', how: 'post', note: 'RM 1234 5678' },
      })
      const sent = { match: 'all' as const, conditions: [{ field: 'sent', operator: 'is' as const, value: 'yes' }] }
      const { rows } = await workspace.call(`${feature}.list`, { where: { match: 'all', groups: [sent] } })
      expect(rows.map((row) => row.id)).toEqual([id])
      expect((await timeline(id))[0]).toMatchObject({
        kind: expect.stringMatching(/sent-by-hand$/),
        data: { on: '2026-11-19', how: 'post' },
      })
      await workspace.call(`${feature}.takeBackSent`, marked)
      expect(await get()).toMatchObject({ deliveryState: 'not-sent', sentAt: null, sentByHand: null })
      expect((await timeline(id))[0]?.kind).toMatch(/sent-taken-back$/)
    },
  )

  test('is no draft, not void, and did not go tomorrow', async () => {
    const draft = await makeDraft(workspace, clientId)
    const at = { on: today, how: 'post' } as const
    await expect(workspace.call('invoices.markSent', { ...draft, ...at })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringMatching(/draft/),
    })
    const { id, version } = await makeInvoice(workspace, clientId)
    await expect(
      workspace.call('invoices.markSent', { id, version, on: '2026-11-22', how: 'post' }),
    ).rejects.toMatchObject({ code: 'VALIDATION', fields: { on: expect.any(String) } })
    await expect(workspace.call('invoices.takeBackSent', { id, version })).rejects.toMatchObject({
      message: expect.stringMatching(/not marked/),
    })
    const gone = await workspace.call('invoices.void', { id, version, reason: 'Wrong client' })
    await expect(workspace.call('invoices.markSent', { ...gone, ...at })).rejects.toMatchObject({
      message: expect.stringMatching(/void/),
    })
  })

  test('twice: the first day counts, and undo takes back one after the other', async () => {
    const { id, version } = await makeInvoice(workspace, clientId)
    const one = await workspace.call('invoices.markSent', { id, version, on: '2026-11-18', how: 'post' })
    const two = await workspace.call('invoices.markSent', { ...one, on: '2026-11-20', how: 'handed-over' })
    expect(await invoice(id)).toMatchObject({
      sentAt: '2026-11-18T12:00:00.000Z',
      sentByHand: { on: '2026-11-20', how: 'handed-over' },
    })
    const back = await workspace.call('invoices.takeBackSent', two)
    expect(await invoice(id)).toMatchObject({ sentAt: '2026-11-18T12:00:00.000Z', sentByHand: { how: 'post' } })
    await workspace.call('invoices.takeBackSent', back)
    expect((await invoice(id)).deliveryState).toBe('not-sent')
  })

  test('after its mail came back: it is sent, and without the mark it is bounced again', async () => {
    const { id } = await makeInvoice(workspace, clientId)
    const mail = await workspace.call('mail.send', { entityId: id, to: ['a@example.com'], subject: 'S', body: 'B' })
    asIf('bounced', mail.id, workspace.clock.now())
    workspace.clock.advance(60_000)
    expect((await invoice(id)).deliveryState).toBe('bounced')
    const { version } = await invoice(id)
    const marked = await workspace.call('invoices.markSent', { id, version, on: today, how: 'post' })
    expect(await invoice(id)).toMatchObject({ deliveryState: 'sent', sentByHand: { on: today, how: 'post' } })
    await workspace.call('invoices.takeBackSent', marked)
    expect((await invoice(id)).deliveryState).toBe('bounced')
  })

  test('and by mail later: taking the mark back leaves the mail', async () => {
    const { id, version } = await makeInvoice(workspace, clientId)
    await workspace.call('invoices.markSent', { id, version, on: '2026-11-18', how: 'post' })
    const mail = await workspace.call('mail.send', { entityId: id, to: ['a@example.com'], subject: 'S', body: 'B' })
    const acceptedAt = workspace.clock.now()
    asIf('accepted', mail.id, acceptedAt)
    await workspace.call('invoices.takeBackSent', { id, version: (await invoice(id)).version })
    expect(await invoice(id)).toMatchObject({ deliveryState: 'sent', sentAt: acceptedAt, sentByHand: null })
  })

  test('keeps the day and the way when its client is erased; the note is gone', async () => {
    const person = await makeClient(workspace, 'Ann Field')
    const { id, version } = await makeInvoice(workspace, person)
    await workspace.call('invoices.markSent', { id, version, on: '2026-11-18', how: 'portal', note: 'To Ann' })
    const { client } = await workspace.call('dataRights.previewErasure', { clientId: person })
    const asked = { askedBy: 'person', reason: 'Asked by letter', confirmation: client.code } as const
    await workspace.call('dataRights.erase', { clientId: person, version: client.version, ...asked })
    const { sentByHand, sentAt } = await invoice(id)
    expect(sentAt).toBe('2026-11-18T12:00:00.000Z')
    expect(sentByHand).toMatchObject({ on: '2026-11-18', how: 'portal', note: '[erased]' })
  })
})

test('the day that it went out is one of where the document belongs, or of where one works', async () => {
  // 23:30 in London is 08:30 of the 22nd in Tokyo.
  const now = '2026-11-21T23:30:00.000Z'
  const far = await openWorkspace({ clock: fakeClock(now) })
  const { id: tokyo } = await far.call('branches.create', { code: 'TK', name: 'Tokyo', timezone: 'Asia/Tokyo' })
  const client = await makeClient(far)
  const mark = (row: { id: string; version: number }, on: string, at: { branchId?: string } = {}) =>
    far.call('invoices.markSent', { id: row.id, version: row.version, on, how: 'post' }, at)
  const sentAt = async ({ id }: { id: string }) => (await far.call('invoices.get', { id })).sentAt
  const there = await makeInvoice(far, client, { issuedOn: '2026-11-20', branchId: tokyo })
  await expect(mark(there, '2026-11-23')).rejects.toMatchObject({ code: 'VALIDATION' })
  const marked = await mark(there, '2026-11-22')
  expect(await sentAt(there)).toBe(now)
  const back = await far.call('invoices.takeBackSent', marked)
  await mark(back, '2026-11-21')
  // Noon in Tokyo.
  expect(await sentAt(there)).toBe('2026-11-21T03:00:00.000Z')
  // Marked at Tokyo, where it is the 22nd already, and found again from London, where it is not.
  const here = await makeInvoice(far, client, { issuedOn: '2026-11-20' })
  await expect(mark(here, '2026-11-22')).rejects.toMatchObject({ code: 'VALIDATION' })
  const first = await mark(here, '2026-11-22', { branchId: tokyo })
  far.clock.advance(60_000)
  const second = await mark(first, '2026-11-21')
  await far.call('invoices.takeBackSent', second)
  expect(await sentAt(here)).toBe(now)
  await far.close()
})
