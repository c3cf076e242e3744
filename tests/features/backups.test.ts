import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let clientId: string
const stick = mkdtempSync(join(tmpdir(), 'counterfoil-stick-'))
beforeAll(async () => {
  workspace = await openWorkspace()
  clientId = await makeClient(workspace, 'Rosewood Bakery')
  await makeInvoice(workspace, clientId)
})
afterAll(async () => {
  await workspace.close()
  rmSync(stick, { recursive: true, force: true })
  expect(workspace.errors).toEqual([])
})

test('before the first one, the card says so', async () => {
  expect(await workspace.call('backups.status', {})).toMatchObject({
    automatic: true,
    main: { folder: join(workspace.directory, 'backups'), last: null, problem: null },
    second: null,
    drill: null,
    running: null,
  })
  expect((await workspace.call('backups.list', {})).rows).toEqual([])
  await expect(workspace.call('backups.drill', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('"back up now" makes one in each place, and both can be listed, checked and drilled', async () => {
  await workspace.call('backups.setSettings', { automatic: true, secondPlace: stick })
  const status = await workspace.call('backups.create', {})
  expect(status.main.last).toMatchObject({ check: 'full', missing: 0 })
  expect(status.second?.last).not.toBeNull()
  const { rows } = await workspace.call('backups.list', {})
  expect(rows.map(({ place, reason }) => [place, reason])).toEqual([
    ['main', 'manual'],
    ['second', 'manual'],
  ])
  for (const { file } of rows) {
    expect(await workspace.call('backups.verify', { file })).toEqual({ sound: true, faults: [], missing: 0 })
  }
  // A folder that somebody names, such as that of another computer.
  expect((await workspace.call('backups.list', { path: stick })).rows).toMatchObject([{ place: 'named' }])
  const drilled = await workspace.call('backups.drill', {})
  expect(drilled.drill).toMatchObject({ problem: null, ageMilliseconds: 0 })
  // Asking for a backup is nothing to make another one for.
  expect(drilled.nextAt).toBeNull()
})

test('a preview says what the backup holds and what would be gone', async () => {
  const { main } = await workspace.call('backups.create', {})
  const file = main.last?.file ?? ''
  const same = await workspace.call('backups.preview', { file })
  expect(same.lost).toEqual({ documents: 0, payments: 0, clients: 0, other: 0, erasures: 0, issued: [], leftAt: null })
  workspace.clock.advance(60_000)
  await makeClient(workspace, 'Later Ltd')
  const invoice = await makeInvoice(workspace, clientId)
  await makePayment(workspace, clientId, '10')
  const preview = await workspace.call('backups.preview', { file })
  expect(preview.lost).toMatchObject({ documents: 1, payments: 1, clients: 1, issued: [invoice.number] })
  const [held] = preview.holds.organizations
  expect(held).toMatchObject({ name: 'Linden Ltd', clients: 1, documents: 1, payments: 0 })
  expect(held?.newest?.client).toBe('Rosewood Bakery')
  expect(held?.open).toMatchObject([{ currency: 'GBP', amountE4: expect.any(BigInt) }])
  expect(preview.present?.organizations[0]).toMatchObject({ clients: 2, documents: 2, payments: 1 })
})

test('a preview says that whoever was erased since would be back', async () => {
  const gone = await makeClient(workspace, 'Forgotten Ltd')
  const { main } = await workspace.call('backups.create', {})
  workspace.clock.advance(60_000)
  const { client } = await workspace.call('dataRights.previewErasure', { clientId: gone })
  const asked = { askedBy: 'person', reason: 'Asked by letter', confirmation: client.code } as const
  await workspace.call('dataRights.erase', { clientId: gone, version: client.version, ...asked })
  const { lost } = await workspace.call('backups.preview', { file: main.last?.file ?? '' })
  expect(lost).toMatchObject({ erasures: 1 })
})

describe('is refused in words', () => {
  test('a file that is no backup, and one that is not there', async () => {
    const letter = join(stick, 'letter.db')
    writeFileSync(letter, 'Dear Sir or Madam, '.repeat(400))
    await expect(workspace.call('backups.preview', { file: letter })).rejects.toThrow('is not a backup of Counterfoil')
    await expect(workspace.call('backups.preview', { file: join(stick, 'gone.db') })).rejects.toThrow('is not there')
    await expect(workspace.call('backups.list', { path: join(stick, 'gone') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await workspace.call('backups.verify', { file: letter })).toMatchObject({ sound: false })
  })

  test.each([
    ['relative', 'backups', 'Name the whole path'],
    ['gone', '/media/nobody/stick', 'Plug its disk in'],
  ])('a second place that is %s', async (_, secondPlace, message) => {
    await expect(workspace.call('backups.setSettings', { automatic: true, secondPlace })).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { secondPlace: expect.stringContaining(message) },
    })
  })

  test('a second place within the data folder, which would be lost with it', async () => {
    // Beside it is another matter, whatever its name begins with.
    await workspace.call('backups.setSettings', { automatic: true, secondPlace: `${workspace.directory}-copies` })
    const secondPlace = join(workspace.directory, 'copies')
    await expect(workspace.call('backups.setSettings', { automatic: true, secondPlace })).rejects.toMatchObject({
      fields: { secondPlace: expect.stringContaining('outside the data folder') },
    })
  })
})

test('a failure stays new in the inbox until one succeeds, whatever is muted or marked as read', async () => {
  const disk = join(stick, 'disk')
  mkdirSync(disk)
  await workspace.call('backups.setSettings', { automatic: true, secondPlace: join(disk, 'backups') })
  rmSync(disk, { recursive: true })
  await workspace.call('backups.create', {})
  await workspace.call('backups.create', {})
  const unread = async () => (await workspace.call('notifications.list', { unread: true })).rows
  expect(await unread()).toMatchObject([{ kind: 'backup-failed', data: { reason: expect.stringContaining('Plug') } }])
  expect((await workspace.call('backups.status', {})).second?.problem?.message).toContain('Plug its disk in')
  const [notice] = await unread()
  await expect(
    workspace.call('notifications.setRead', { id: notice?.id ?? '', version: notice?.version ?? 0, read: true }),
  ).rejects.toMatchObject({ code: 'INVALID_STATE', message: expect.stringContaining('This stays until it is over') })
  await workspace.call('notifications.readAll', {})
  expect(await unread()).toHaveLength(1)
  workspace.clock.advance(86_400_000)
  await workspace.call('backups.create', {})
  // Still the one: it lasts, and does not pile up.
  expect(await unread()).toHaveLength(1)
  await workspace.call('notifications.mute', { kinds: ['backup-failed', 'quote-expired'] })
  expect(await workspace.call('notifications.muted', {})).toEqual({ kinds: ['quote-expired'] })
  mkdirSync(disk)
  await workspace.call('backups.create', {})
  expect(await unread()).toEqual([])
  // Again on the same day, though somebody muted the kind.
  rmSync(disk, { recursive: true })
  await workspace.call('backups.create', {})
  expect(await unread()).toMatchObject([{ kind: 'backup-failed', readAt: null }])
})
