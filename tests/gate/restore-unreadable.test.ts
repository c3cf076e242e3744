import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import type { BackupPreview, BackupStatus } from '../../shared/contract/backups.ts'
import { makeInvoice } from '../support/factories.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import type { Workspace } from '../support/workspace.ts'

const otherPassword = 'orange kettle 41 morning'
let it: TestGate

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
})
afterEach(() => it.close())

// The factories only call.
const desk = () => it as unknown as Workspace
const file = () => join(it.directory, 'counterfoil.db')
const backUp = async () => (await it.call<BackupStatus>('backups.create')).main.last?.file ?? ''
const owner = async () => (await it.state()).people.find(({ name }) => name === 'Ada Linden')?.id ?? ''
const signIn = async (userId: string, password: string) => it.call('access.signIn', { userId, password })
const destroy = async () => {
  await it.gate.close()
  for (const end of ['-wal', '-shm']) rmSync(`${file()}${end}`, { force: true })
  writeFileSync(file(), readFileSync(file()).fill(0x5a, 0, 200))
  await it.restart()
  expect((await it.state()).phase).toBe('damaged')
}
type Told = { rows: { id: string; version: number; kind: string; readAt: string | null; data: { on?: string } }[] }
const told = async () => (await it.call<Told>('notifications.list')).rows.find(({ kind }) => kind === 'people-of-then')
const clientOf = async () => (await it.call<{ rows: { id: string }[] }>('clients.list')).rows[0]?.id ?? ''

test('over data that cannot be read, who may sign in is said to be of that day, and stays to be checked', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  const { id, token } = await it.call<{ id: string; token: string }>('users.invite', {
    name: 'Ben Birch',
    email: null,
    role: 'admin',
    roleId: null,
  })
  await it.call('access.lock', { reason: 'person' })
  await it.call('access.acceptToken', { token, password: otherPassword })
  await it.call('access.lock', { reason: 'person' })
  await signIn(await owner(), goodPassword)
  const backup = await backUp()
  const { createdAt } = (await it.call<BackupPreview>('recovery.preview', { file: backup })).backup
  expect((await it.call<BackupPreview>('recovery.preview', { file: backup })).entry.ofThen).toBe(false)
  await it.call('users.deactivate', { id })
  const head: unknown = JSON.parse(readFileSync(join(it.directory, 'record-head.json'), 'utf8'))
  expect(head).toBeDefined()
  await destroy()
  const entry = { encryption: 'same', unguarded: false, ofThen: true }
  expect(await it.call('recovery.preview', { file: backup })).toMatchObject({ present: null, entry })
  expect(await it.call('recovery.restore', { file: backup })).toMatchObject({ entry })
  expect(await it.state()).toMatchObject({ phase: 'open', person: null })
  const database = openConnection(file(), { readonly: true })
  const [event] = database.prepare(`SELECT data FROM security_events WHERE kind = 'restored'`).pluck().all()
  database.close()
  // What lies beside the data says how far its events had come.
  expect(JSON.parse(String(event))).toMatchObject({ leftAt: expect.any(Number), leftHash: expect.any(String) })
  await signIn(await owner(), goodPassword)
  const notice = await told()
  expect(notice).toMatchObject({ readAt: null, data: { on: createdAt } })
  // Neither muted nor read along with all the rest.
  await it.call('notifications.mute', { kinds: ['people-of-then'] })
  expect(await it.call('notifications.muted')).toEqual({ kinds: [] })
  await it.call('notifications.readAll')
  expect((await told())?.readAt).toBeNull()
  await it.call('notifications.setRead', { id: notice?.id, version: notice?.version, read: true })
  expect((await told())?.readAt).not.toBeNull()
  expect(await it.call('audit.verify')).toMatchObject({ ok: true })
})

test.each(['INV-2026-0004', '4'])(
  'numbers go on after the last one on paper, which is asked for (%s)',
  async (last) => {
    await it.call('clients.create', { kind: 'company', name: 'Birch Ltd' })
    const first = await makeInvoice(desk(), await clientOf())
    const backup = await backUp()
    const { series: known } = await it.call<BackupPreview>('recovery.preview', { file: backup })
    expect(known).toEqual([])
    await destroy()
    const { series } = await it.call<BackupPreview>('recovery.preview', { file: backup })
    const invoices = series.find(({ kind }) => kind === 'invoice')
    expect(invoices).toMatchObject({ business: 'Linden Ltd', last: first.number })
    const paper = last.length > 1 ? (first.number ?? '').replace('0001', '0004') : last
    const wrong = { file: backup, numbers: [{ seriesId: invoices?.id, last: 'RE 77/b' }] }
    await expect(it.call('recovery.restore', wrong)).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('RE 77/b is no number of the series'),
    })
    expect((await it.state()).phase).toBe('damaged')
    await it.call('recovery.restore', { file: backup, numbers: [{ seriesId: invoices?.id, last: paper }] })
    const next = await makeInvoice(desk(), await clientOf())
    expect(Number(next.number?.slice(-4))).toBe(5)
    expect(await it.call('audit.verify')).toMatchObject({ ok: true })
  },
)
