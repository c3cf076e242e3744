import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { readState, writeState } from '../../electron/backup/state.ts'
import { createPutAside } from '../../electron/gate/put-aside.ts'
import type { BackupPreview, FoundBackup, Replayed } from '../../shared/contract/backups.ts'
import { makeInvoice } from '../support/factories.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import type { Workspace } from '../support/workspace.ts'

let it: TestGate

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('clients.create', { kind: 'company', name: 'Before Ltd' })
  await it.call('backups.create')
  it.clock.advance(60_000)
  await it.call('clients.create', { kind: 'company', name: 'After Ltd' })
})
afterEach(() => it.close())

const file = () => join(it.directory, 'counterfoil.db')
/** The root page, from 0, of a table that the tests do not need. */
const pageOf = (table: string): number => {
  const database = openConnection(file(), { readonly: true })
  try {
    const root = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = ?`).pluck().get(table)
    return Number(root) - 1
  } finally {
    database.close()
  }
}
const names = async () =>
  (await it.call<{ rows: { name: string }[] }>('clients.list')).rows.map(({ name }) => name).sort()
const newest = async () => {
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  return rows.find(({ reason }) => reason === 'manual')?.file ?? ''
}

test('going back to a backup says what is lost, brings it back, and keeps what was there', async () => {
  const preview = await it.call<BackupPreview>('recovery.preview', { file: await newest() })
  expect(preview.lost).toMatchObject({ clients: 1 })
  const { aside, state } = await it.call<{ aside: string; state: { phase: string } }>('recovery.restore', {
    file: await newest(),
  })
  expect(state.phase).toBe('open')
  expect(await names()).toEqual(['Before Ltd'])
  expect(readFileSync(join(aside, 'counterfoil.db')).length).toBeGreaterThan(100_000)
})

test('forward again to a backup of the state that was left: what was done since going back would be gone, and no more', async () => {
  it.clock.advance(60_000)
  await it.call('backups.create')
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  const [later, earlier] = rows.filter(({ reason }) => reason === 'manual').map(({ file }) => file)
  it.clock.advance(60_000)
  const leftAt = it.clock.now()
  await it.call('recovery.restore', { file: earlier })
  expect(await names()).toEqual(['Before Ltd'])
  const look = () => it.call<BackupPreview>('recovery.preview', { file: later })
  const none = { documents: 0, payments: 0, clients: 0, other: 0, erasures: 0, issued: [], leftAt }
  const first = await look()
  expect(first.lost).toEqual(none)
  expect(Object.values(first.lostOf)).toEqual([none])
  it.clock.advance(60_000)
  const { id } = await it.call<{ id: string }>('clients.create', { kind: 'company', name: 'Meanwhile Ltd' })
  // The factories only call.
  const { number } = await makeInvoice(it as unknown as Workspace, id)
  expect((await look()).lost).toMatchObject({ clients: 1, documents: 1, issued: [number], leftAt })
  expect(readdirSync(it.directory).filter((name) => name.includes('preview'))).toEqual([])
  await it.call('recovery.restore', { file: later })
  expect(await names()).toEqual(['After Ltd', 'Before Ltd'])
})

test('a number that was given since is not given again', async () => {
  // The factories only call.
  const desk = it as unknown as Workspace
  const { rows } = await it.call<{ rows: { id: string }[] }>('clients.list')
  const before = rows[0]?.id ?? ''
  await makeInvoice(desk, before)
  it.clock.advance(60_000)
  await it.call('backups.create')
  const since = await makeInvoice(desk, before)
  await it.call('recovery.restore', { file: await newest() })
  const after = await makeInvoice(desk, before)
  expect([since.number, after.number].map((number) => Number(number?.slice(-2)))).toEqual([2, 3])
  expect(await it.call('audit.verify')).toMatchObject({ ok: true })
})

test('with a password it is asked for again, and everybody signs in anew', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  it.clock.advance(6 * 60_000)
  await expect(it.call('recovery.restore', { file: await newest() })).rejects.toMatchObject({ code: 'REAUTHENTICATE' })
  await it.call('access.reauthenticate', { password: goodPassword })
  await it.call('backups.create')
  await it.call('clients.create', { kind: 'company', name: 'Later Ltd' })
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  await it.call('recovery.restore', { file: rows[0]?.file })
  expect(await it.state()).toMatchObject({ phase: 'open', person: null })
  await it.call('access.signIn', { userId: (await it.state()).people[0]?.id, password: goodPassword })
  expect(await names()).toEqual(['After Ltd', 'Before Ltd'])
})

test('damaged data says so, is left as it is, and a backup brings it back', async () => {
  const backup = await newest()
  await it.gate.close()
  writeFileSync(file(), readFileSync(file()).fill(7, 4096, 200_000))
  const before = readFileSync(file())
  await it.restart()
  expect((await it.state()).phase).toBe('damaged')
  await expect(it.call('clients.list')).rejects.toMatchObject({ code: 'LOCKED' })
  expect(await it.call('recovery.diagnose')).toMatchObject({ what: expect.stringContaining('damaged') })
  expect(readFileSync(file()).equals(before)).toBe(true)
  await it.call('recovery.restore', { file: backup })
  expect(await names()).toEqual(['Before Ltd'])
})

test.each(['items', 'security_events'])(
  'what the log of the damaged data still tells is done again on top of the backup, and only what its record proves (%s)',
  async (table) => {
    // The factories only call.
    const desk = it as unknown as Workspace
    const { rows } = await it.call<{ rows: { id: string; name: string }[] }>('clients.list')
    const invoice = await makeInvoice(desk, rows[0]?.id ?? '')
    await it.call('attachments.add', {
      entity: 'client',
      entityId: rows[0]?.id,
      fileName: 'letter.txt',
      content: new TextEncoder().encode('Written after the backup.'),
    })
    const rules = { sessionDays: 7, idleMinutes: 20, adminIdleMinutes: 5, secondFactor: 'nobody' }
    await it.call('security.setSettings', rules)
    await it.call('security.setSettings', { ...rules, idleMinutes: 30 })
    const backup = await newest()
    await it.gate.close()
    const page = pageOf(table)
    const bytes = readFileSync(file())
    writeFileSync(file(), bytes.fill(7, page * 4096, (page + 1) * 4096))
    await it.restart()
    const preview = await it.call<BackupPreview>('recovery.preview', { file: backup })
    expect(preview.replayable?.commands).toBeGreaterThan(2)
    const { replayed } = await it.call<{ replayed: { commands: number } | null }>('recovery.restore', { file: backup })
    expect(replayed?.commands).toBeGreaterThan(2)
    expect(await names()).toEqual(['After Ltd', 'Before Ltd'])
    const listed = await it.call<{ rows: { number: string | null }[] }>('invoices.list')
    expect(listed.rows.map(({ number }) => number)).toEqual([invoice.number])
    const verified = await it.call<{ notes: string[] }>('audit.verify')
    expect(verified).toMatchObject({ ok: true, problems: [] })
    // Events that can be read come along; of others the restore says from where they go on.
    const lost = verified.notes.filter((note) => note.includes('could not be brought along'))
    expect(lost).toHaveLength(table === 'items' ? 0 : 1)
    expect(await it.call('integrity.check')).toMatchObject({ differences: [] })
    expect((await it.call<{ rows: unknown[] }>('clients.list', { search: 'After' })).rows).toHaveLength(1)
  },
)

test.each([
  ['of 0 bytes', () => truncateSync(file(), 0)],
  ['gone', () => rmSync(file())],
])('where the database is %s the restore says that what was done since could not be told', async (_, destroy) => {
  const backup = await newest()
  // Its log whole beside it, as a crash leaves it.
  const log = readFileSync(`${file()}-wal`)
  expect(log.length).toBeGreaterThan(0)
  await it.gate.close()
  destroy()
  writeFileSync(`${file()}-wal`, log)
  await it.restart()
  expect((await it.state()).phase).toBe('damaged')
  expect(await it.call('recovery.preview', { file: backup })).toMatchObject({ lost: null, replayable: null })
  const unknown = { commands: 0, stop: { why: 'unknown' } }
  expect(await it.call('recovery.restore', { file: backup })).toMatchObject({ replayed: unknown })
  expect(await it.call('backups.status')).toMatchObject({ restored: { replayed: unknown } })
  expect(await names()).toEqual(['Before Ltd'])
})

test('the log is followed up to an erasure, which would be half done, and the preview says so', async () => {
  const backup = await newest()
  const { rows } = await it.call<{ rows: { id: string; name: string }[] }>('clients.list')
  const clientId = rows.find(({ name }) => name === 'Before Ltd')?.id
  type Known = { client: { code: string; version: number } }
  const { client } = await it.call<Known>('dataRights.previewErasure', { clientId })
  const asked = { askedBy: 'person', reason: 'Asked by letter', confirmation: client.code }
  await it.call('dataRights.erase', { clientId, version: client.version, ...asked })
  const erasedAt = it.clock.now()
  it.clock.advance(60_000)
  await it.call('clients.create', { kind: 'company', name: 'Third Ltd' })
  await it.gate.close()
  const page = pageOf('items')
  writeFileSync(file(), readFileSync(file()).fill(7, page * 4096, (page + 1) * 4096))
  await it.restart()
  const { replayable } = await it.call<BackupPreview>('recovery.preview', { file: backup })
  const { replayed } = await it.call<{ replayed: Replayed | null }>('recovery.restore', { file: backup })
  expect(replayed?.commands).toBeGreaterThan(0)
  // Why it ends there, and how much of what came after has to be entered again.
  expect(replayed?.stop).toMatchObject({ why: 'erasure', at: erasedAt })
  expect(replayed?.stop?.left).toBeGreaterThan(1)
  expect(replayable).toEqual(replayed)
  // Kept for whoever opens the data later.
  await it.restart()
  expect(await it.call('backups.status')).toMatchObject({ restored: { at: it.clock.now(), replayed } })
  expect(await names()).toEqual(['After Ltd', 'Before Ltd'])
  expect(await it.call('audit.verify')).toMatchObject({ ok: true })
})

test('a log that was tampered with is followed up to the tampering', async () => {
  const backup = await newest()
  await it.call('clients.create', { kind: 'company', name: 'Third Ltd' })
  await it.gate.close()
  const database = openConnection(file(), { readonly: false })
  database.exec('DROP TRIGGER audit_log_no_update')
  database.exec(
    `UPDATE audit_log SET new_values = replace(new_values, 'Third Ltd', 'Other Ltd') WHERE table_name = 'clients'`,
  )
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  const page = pageOf('items')
  writeFileSync(file(), readFileSync(file()).fill(7, page * 4096, (page + 1) * 4096))
  await it.restart()
  const { replayed } = await it.call<{ replayed: Replayed | null }>('recovery.restore', { file: backup })
  expect(replayed?.commands).toBeGreaterThan(0)
  expect(replayed?.stop).toMatchObject({ why: 'unproved', at: it.clock.now() })
  expect(await names()).toEqual(['After Ltd', 'Before Ltd'])
})

test('a damaged database is read out table by table, and takes its place when somebody agrees', async () => {
  await it.gate.close()
  const size = readFileSync(file()).length
  truncateSync(file(), size - 3 * 4096)
  await it.restart()
  expect((await it.state()).phase).toBe('damaged')
  const { tables } = await it.call<{ tables: { table: string; read: number }[] }>('recovery.salvage')
  expect(tables.find(({ table }) => table === 'clients')?.read).toBeGreaterThan(0)
  await it.call('recovery.acceptSalvage')
  expect(await it.call('integrity.check')).toMatchObject({ differences: [] })
  expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ada Linden' } })
  expect(await names()).toContain('Before Ltd')
})

test('a backup of encrypted data is opened by the recovery code of its time', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.turnOnEncryption', {
    password: goodPassword,
  })
  await it.call('backups.create')
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  const sealed = rows.find(({ encrypted }) => encrypted)?.file
  await it.call('access.turnOffEncryption', { password: goodPassword })
  await it.call('clients.create', { kind: 'company', name: 'Later Ltd' })
  await expect(it.call('recovery.preview', { file: sealed })).rejects.toMatchObject({ code: 'LOCKED' })
  await expect(it.call('recovery.preview', { file: sealed, secret: 'nonsense' })).rejects.toMatchObject({
    code: 'LOCKED',
  })
  expect(await it.call('recovery.preview', { file: sealed, secret: recoveryCode })).toMatchObject({
    lost: { clients: 1 },
  })
  await it.call('recovery.restore', { file: sealed, secret: recoveryCode })
  expect(await it.state()).toMatchObject({ phase: 'locked', encrypted: true })
  const [person] = (await it.state()).people
  await it.call('access.signIn', { userId: person?.id, password: goodPassword })
  expect(await names()).toEqual(['After Ltd', 'Before Ltd'])
})

test('data that was found damaged while it was open is closed, copied aside, and not opened again before it is whole', async () => {
  const calls: string[] = []
  const said: string[] = []
  const putAside = createPutAside({
    directory: it.directory,
    clock: it.clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    isOpen: () => true,
    door: { fail: ({ message }) => said.push(message) },
    closeCore: async () => {
      calls.push('closed')
      await it.gate.close()
    },
  })
  await putAside('page 9')
  expect(calls).toEqual(['closed'])
  expect(said).toEqual([expect.stringContaining('The database is damaged inside: page 9. It was closed')])
  const [aside = ''] = readdirSync(join(it.directory, 'damaged'))
  expect(readFileSync(join(it.directory, 'damaged', aside, 'counterfoil.db')).equals(readFileSync(file()))).toBe(true)
  const page = pageOf('audit_log')
  const whole = readFileSync(file())
  writeFileSync(file(), Buffer.from(whole).fill(7, page * 4096, (page + 1) * 4096))
  writeState(it.directory, { ...readState(it.directory), damaged: true })
  await it.restart()
  expect(await it.state()).toMatchObject({ phase: 'damaged', problem: { message: expect.stringContaining('damaged') } })
  // Put right by somebody: looked at again, and opened.
  writeFileSync(file(), whole)
  expect(await it.call('access.retry')).toMatchObject({ phase: 'open' })
  expect(await names()).toEqual(['After Ltd', 'Before Ltd'])
})
