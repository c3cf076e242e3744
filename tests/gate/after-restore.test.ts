import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import type { FoundBackup } from '../../shared/contract/backups.ts'
import { asCommand } from '../support/database.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

const newPassword = 'orange kettle 41 morning'
let it: TestGate

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
})
afterEach(() => it.close())

const owner = async () => (await it.state()).people.find(({ name }) => name === 'Ada Linden')?.id ?? ''
const signIn = async (password: string) => it.call('access.signIn', { userId: await owner(), password })
const restore = async (reason = 'manual') => {
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  await it.call('recovery.restore', { file: rows.filter((row) => row.reason === reason).at(-1)?.file })
}
const query = <T>(sql: string): T[] => {
  const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: true })
  try {
    // A test names the columns that it asks for.
    return database.prepare(sql).all() as T[]
  } finally {
    database.close()
  }
}
/** What the product would have written, without its record. */
const change = (sql: string) => {
  const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false })
  try {
    asCommand(database, () => database.exec(sql))
  } finally {
    database.close()
  }
}
type Handed = { readonly id: string; readonly token: string }
const invite = (name: string) => it.call<Handed>('users.invite', { name, email: null, role: 'admin', roleId: null })

describe('data in the clear, set back to a backup', () => {
  test('lets nobody in by a session, an invitation or a trusted device of its day, and says so', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    const invited = await invite('Ben Birch')
    await it.call('access.signIn', { userId: await owner(), password: goodPassword, trustDevice: true })
    await it.call('backups.create')
    await restore()
    expect(await it.state()).toMatchObject({ phase: 'open', person: null })
    await it.restart()
    expect(await it.state()).toMatchObject({ person: null })
    await expect(it.call('access.acceptToken', { token: invited.token, password: newPassword })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    const live = query(`SELECT id FROM sessions WHERE revoked_at IS NULL AND ended_at IS NULL
      UNION ALL SELECT id FROM access_tokens WHERE used_at IS NULL AND cancelled_at IS NULL
      UNION ALL SELECT id FROM trusted_devices WHERE revoked_at IS NULL`)
    expect(live).toEqual([])
    const [event] = query<{ data: string }>(`SELECT data FROM security_events WHERE kind = 'restored'`)
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ sessionsEnded: 2, codesEnded: 1 })
    await signIn(goodPassword)
    expect(await it.call('audit.verify')).toMatchObject({ ok: true })
  })

  test('opens with the password of now, not with that of its day, and with the recovery code of now', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('access.newRecoveryCode', { password: goodPassword })
    await it.call('backups.create')
    await it.call('users.setPassword', { password: newPassword })
    const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
      password: newPassword,
    })
    const left = query<{ seq: number; hash: string }>('SELECT seq, hash FROM security_events ORDER BY seq DESC')[0]
    await restore()
    // The chain went back with the rest, and says from which event it goes on, and which it had come to.
    const [event] = query<{ seq: number; data: string; prevHash: string }>(
      `SELECT seq, data, prev_hash AS prevHash FROM security_events WHERE kind = 'restored'`,
    )
    const said = { goesOnFrom: (event?.seq ?? 0) - 1, goesOnHash: event?.prevHash }
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ ...said, leftAt: left?.seq, leftHash: left?.hash })
    expect(left?.seq).toBeGreaterThan(said.goesOnFrom)
    await expect(signIn(goodPassword)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
    expect(await it.call('audit.verify')).toMatchObject({ ok: true })
    await it.call('access.lock', { reason: 'person' })
    expect(await it.call('access.recover', { recoveryCode, password: goodPassword })).toMatchObject({ next: 'open' })
  })

  test('a password that was set since guards it; who was taken out since stays out', async () => {
    await it.call('backups.create')
    await it.call('users.setPassword', { password: goodPassword })
    await restore()
    expect(await it.state()).toMatchObject({ guarded: true, person: null })
    await signIn(goodPassword)
    const { id, token } = await invite('Ben Birch')
    await it.call('access.lock', { reason: 'person' })
    await it.call('access.acceptToken', { token, password: newPassword })
    await it.call('access.lock', { reason: 'person' })
    await signIn(goodPassword)
    it.clock.advance(60_000)
    await it.call('backups.create')
    await it.call('users.deactivate', { id })
    const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
    await it.call('recovery.restore', { file: rows.filter(({ reason }) => reason === 'manual')[0]?.file })
    await expect(it.call('access.signIn', { userId: id, password: newPassword })).rejects.toBeDefined()
    await signIn(goodPassword)
    expect(await it.call('audit.verify')).toMatchObject({ ok: true })
  })

  test('opens with a recovery code that was printed since, asks for a new password still, and sends no mail twice', async () => {
    const { id: clientId } = await it.call<{ id: string }>('clients.create', { kind: 'company', name: 'Before Ltd' })
    change(`INSERT INTO outbox_messages (id, organization_id, created_at, updated_at, kind, entity, entity_id, client_id,
      message_id, to_addresses, subject, body, state) SELECT 'message-1', organization_id, created_at, created_at,
      'statement', 'client', id, id, 'm', '["a@example.com"]', 's', 'b', 'queued' FROM clients WHERE id = '${clientId}'`)
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('backups.create')
    const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
      password: goodPassword,
    })
    change('UPDATE users SET must_change_password = 1, version = version + 1')
    await restore()
    expect(query('SELECT state FROM outbox_messages')).toEqual([{ state: 'cancelled' }])
    expect(query('SELECT must_change_password AS must FROM users')).toEqual([{ must: 1 }])
    expect(await it.call('access.recover', { recoveryCode, password: newPassword })).toMatchObject({ next: 'open' })
  })

  test('leaves everybody the rights of now', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    const { id, token } = await invite('Ben Birch')
    await it.call('access.lock', { reason: 'person' })
    await it.call('access.acceptToken', { token, password: newPassword })
    await it.call('access.lock', { reason: 'person' })
    await signIn(goodPassword)
    it.clock.advance(60_000)
    await it.call('backups.create')
    const { version } = query<{ version: number }>(`SELECT version FROM memberships WHERE user_id = '${id}'`)[0] ?? {}
    await it.call('users.setRole', { id, version, role: 'staff', roleId: null })
    await restore()
    expect(query(`SELECT role FROM memberships WHERE user_id = '${id}' AND deleted_at IS NULL`)).toEqual([
      { role: 'staff' },
    ])
  })
})

describe('encrypted data, set back to a backup', () => {
  test('opens with the password of now and the recovery code of now', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('access.turnOnEncryption', { password: goodPassword })
    await it.call('backups.create')
    await it.call('users.setPassword', { password: newPassword })
    const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
      password: newPassword,
    })
    await restore()
    expect(await it.state()).toMatchObject({ phase: 'locked', people: [{ name: 'Ada Linden' }] })
    await expect(signIn(goodPassword)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
    expect(await it.call('audit.verify')).toMatchObject({ ok: true })
    await it.call('access.lock', { reason: 'person' })
    expect(await it.call('access.recover', { recoveryCode, password: goodPassword })).toMatchObject({ next: 'open' })
  })

  const opening = () => {
    const { slots } = JSON.parse(readFileSync(join(it.directory, 'keys.json'), 'utf8')) as {
      slots: { kind: string; name?: string }[]
    }
    return slots.filter(({ kind }) => kind === 'password').map(({ name }) => name)
  }

  test('opens for nobody who came after it, while somebody of then is left to open it', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('access.turnOnEncryption', { password: goodPassword })
    await it.call('backups.create')
    const { id, token } = await invite('Ben Birch')
    await it.call('access.lock', { reason: 'person' })
    await it.call('access.acceptToken', { token, password: newPassword })
    await it.call('access.lock', { reason: 'person' })
    await signIn(goodPassword)
    expect(opening()).toEqual(['Ada Linden', 'Ben Birch'])
    await restore()
    expect(opening()).toEqual(['Ada Linden'])
    await expect(it.call('access.signIn', { userId: id, password: newPassword })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
  })

  test('keeps every key where it takes the place of damaged data and nobody of now is in it', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.turnOnEncryption', {
      password: goodPassword,
    })
    await it.call('backups.create')
    const founder = await owner()
    const { id, token } = await invite('Ben Birch')
    await it.call('users.setRole', { id, version: 1, role: 'owner', roleId: null })
    await it.call('access.lock', { reason: 'person' })
    await it.call('access.acceptToken', { token, password: newPassword })
    await it.call('users.deactivate', { id: founder })
    expect(opening()).toEqual(['Ben Birch'])
    await it.gate.close()
    const file = join(it.directory, 'counterfoil.db')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(7, 8192, Math.floor(bytes.length / 2)))
    await it.restart()
    await it.call('access.signIn', { userId: id, password: newPassword }).catch(() => undefined)
    expect((await it.state()).phase).toBe('damaged')
    await restore()
    // Without his key a lost recovery code would take the data along.
    expect(opening()).toEqual(['Ben Birch'])
    expect(await it.call('access.recover', { recoveryCode, password: goodPassword })).toMatchObject({ next: 'open' })
    expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ada Linden' } })
  })

  test('is refused where nobody who can open the data would be in it', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('access.turnOnEncryption', { password: goodPassword })
    await it.call('backups.create')
    const founder = await owner()
    const { id, token } = await invite('Ben Birch')
    await it.call('users.setRole', { id, version: 1, role: 'owner', roleId: null })
    await it.call('access.lock', { reason: 'person' })
    await it.call('access.acceptToken', { token, password: newPassword })
    await it.call('users.deactivate', { id: founder })
    await expect(restore()).rejects.toMatchObject({ message: expect.stringContaining('Nothing was changed') })
    expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ben Birch' } })
  })
})
