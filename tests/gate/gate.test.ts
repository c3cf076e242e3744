import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { newRecoveryCode } from '../../electron/keys/recovery-code.ts'
import { costNow } from '../../electron/people/passwords.ts'
import { newToken } from '../../electron/people/tokens.ts'
import { ensureDemo } from '../../electron/start-core.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
})
afterEach(() => it.close())

const ownerId = async () => (await it.state()).people[0]?.id ?? ''

describe('alone and without a password', () => {
  test('nobody is asked for anything, and nothing can be locked', async () => {
    expect(await it.state()).toMatchObject({
      phase: 'open',
      guarded: false,
      encrypted: false,
      people: [],
      idleMinutes: null,
    })
    expect((await it.state()).person).toMatchObject({ name: 'Ada Linden' })
    await it.call('access.lock')
    await it.restart()
    expect((await it.state()).person).toMatchObject({ name: 'Ada Linden' })
  })
})

describe('with a password', () => {
  beforeEach(() => it.call('users.setPassword', { password: goodPassword }))

  test('whoever set it goes on without being asked, also after a restart', async () => {
    expect(await it.state()).toMatchObject({ guarded: true, person: { name: 'Ada Linden' }, idleMinutes: 5 })
    await it.restart()
    expect(await it.state()).toMatchObject({ guarded: true, person: { name: 'Ada Linden' } })
  })

  test('locked, nothing is answered until the password is right', async () => {
    await it.call('access.lock')
    expect(await it.state()).toMatchObject({
      phase: 'open',
      person: null,
      reason: 'person',
      people: [{ name: 'Ada Linden' }],
    })
    for (const name of ['setup.state', 'clients.list', 'users.me', 'access.windowKey', 'access.touch']) {
      if (name === 'access.touch') expect(await it.call(name)).toEqual({ idleMinutes: 15 })
      else await expect(it.call(name), name).rejects.toMatchObject({ code: 'LOCKED' })
    }
    const userId = await ownerId()
    await expect(it.call('access.signIn', { userId, password: 'not this one' })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    expect(await it.call('access.signIn', { userId, password: goodPassword })).toEqual({ next: 'open', methods: [] })
    expect(await it.call('setup.state')).toMatchObject({ organizations: [{ name: 'Linden Ltd' }] })
  })

  test('locked stays locked over a restart', async () => {
    await it.call('access.lock')
    await it.restart()
    expect(await it.state()).toMatchObject({ person: null, guarded: true })
  })

  test('after five wrong passwords it waits, also over a restart, whoever asks', async () => {
    await it.call('access.lock')
    const userId = await ownerId()
    const wrong = () => it.call('access.signIn', { userId, password: 'not this one' })
    for (let count = 0; count < 5; count += 1) await expect(wrong()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await it.restart()
    await expect(it.call('access.signIn', { userId, password: goodPassword })).rejects.toMatchObject({
      message: expect.stringContaining('Wait 30 seconds'),
    })
    it.clock.advance(31_000)
    expect(await it.call('access.signIn', { userId, password: goodPassword })).toMatchObject({ next: 'open' })
  })

  test('a session is over after seven days', async () => {
    it.clock.advance(6.9 * 86_400_000)
    expect(await it.call('setup.state')).toMatchObject({ organizations: [{}] })
    it.clock.advance(0.2 * 86_400_000)
    await expect(it.call('setup.state')).rejects.toMatchObject({ code: 'LOCKED' })
    await it.restart()
    expect((await it.state()).person).toBeNull()
  })

  test('signing out ends the session: its token is worth nothing', async () => {
    await it.call('access.signOut')
    await it.restart()
    expect((await it.state()).person).toBeNull()
  })

  test('streams end when the screen is locked', async () => {
    const events = (await it.call('changes.watch')) as AsyncIterable<unknown>
    const over = (async () => {
      for await (const _ of events) void _
      return 'over'
    })()
    await it.call('access.lock')
    expect(await over).toBe('over')
  })

  test.each(['in the clear', 'encrypted and open behind the chooser'])(
    'after five wrong recovery codes it waits before any code is looked at, with data %s',
    async (how) => {
      if (how !== 'in the clear') await it.call('access.turnOnEncryption', { password: goodPassword })
      const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
        password: goodPassword,
      })
      await it.call(how === 'in the clear' ? 'access.lock' : 'access.switchPerson')
      expect((await it.state()).phase).toBe('open')
      const password = 'orange kettle 41 morning'
      const recover = (code: string) => it.call('access.recover', { recoveryCode: code, password })
      const wrong = newRecoveryCode()
      for (let count = 0; count < 5; count += 1) {
        await expect(recover(wrong)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
      }
      const waits = { code: 'SIGN_IN_FAILED', message: expect.stringContaining('Wait 30 seconds') }
      await expect(recover(recoveryCode)).rejects.toMatchObject(waits)
      // A try in the wait is not looked at: it does not make it longer.
      await expect(recover(wrong)).rejects.toMatchObject(waits)
      it.clock.advance(31_000)
      expect(await recover(recoveryCode)).toEqual({ next: 'open', owners: [] })
    },
  )

  test('the recovery code gives an owner a new password; an old code gives nothing', async () => {
    const { recoveryCode: first } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
      password: goodPassword,
    })
    const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
      password: goodPassword,
    })
    await it.call('access.lock')
    const password = 'orange kettle 41 morning'
    await expect(it.call('access.recover', { recoveryCode: first, password })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    const typed = recoveryCode.toLowerCase().replaceAll('-', ' ')
    expect(await it.call('access.recover', { recoveryCode: typed, password })).toEqual({ next: 'open', owners: [] })
    await it.call('access.lock')
    expect(await it.call('access.signIn', { userId: await ownerId(), password })).toMatchObject({ next: 'open' })
  })
})

test('two that sign in at once meet nobody half way, and neither finds data half open', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await it.restart()
  const userId = await ownerId()
  const answers = await Promise.all([
    it.call('access.signIn', { userId, password: goodPassword }),
    it.call('access.lock'),
    it.call('access.signIn', { userId, password: goodPassword }),
    it.call('access.signIn', { userId, password: goodPassword }),
  ])
  expect(answers[3]).toEqual({ next: 'open', methods: [] })
  expect(await it.call('setup.state')).toMatchObject({ organizations: [{ name: 'Linden Ltd' }] })
})

test('a hash that cost less than today’s is made anew at the next sign-in', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('access.lock')
  const userId = await ownerId()
  await it.gate.close()
  const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false })
  const weak = await hash(goodPassword, { memoryCost: 4096, timeCost: 1, parallelism: 1 })
  database.exec(
    "INSERT INTO commands (id, device_id, procedure, at) VALUES ('weaken', 'test', 'test', '2026-11-21T00:00:00.000Z')",
  )
  database.exec('UPDATE change_context SET command_seq = (SELECT max(seq) FROM commands)')
  database.prepare('UPDATE users SET password_hash = ? WHERE id = ?').run(weak, userId)
  database.exec('UPDATE change_context SET command_seq = NULL')
  database.close()
  await it.restart()
  await it.call('access.signIn', { userId, password: goodPassword })
  const read = openConnection(join(it.directory, 'counterfoil.db'), { readonly: true })
  const now = String(read.prepare('SELECT password_hash FROM users WHERE id = ?').pluck().get(userId))
  read.close()
  const { memoryKib, passes } = await costNow()
  expect(now).toMatch(`$argon2id$v=19$m=${memoryKib},t=${passes},p=1$`)
  await it.call('access.lock')
  expect(await it.call('access.signIn', { userId, password: goodPassword })).toMatchObject({ next: 'open' })
})

test('the demo is made for whoever is inside and may; at the door it is nobody’s', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  const { token } = await it.call<{ token: string }>('users.invite', { name: 'Ben', role: 'staff' })
  const demos = async () =>
    (await it.call<{ organizations: { isDemo: boolean }[] }>('setup.state')).organizations.filter((one) => one.isDemo)
  await it.call('access.lock')
  await ensureDemo(it.gate)
  await it.call('access.acceptToken', { token, password: 'vellum orchid tramway' })
  await ensureDemo(it.gate)
  expect(await demos()).toEqual([])
})

test('a password that is refused does not use the code up', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  const { id, token } = await it.call<{ id: string; token: string }>('users.invite', {
    name: 'Benedikta',
    role: 'staff',
  })
  await expect(it.call('users.activate', { id })).rejects.toMatchObject({ code: 'INVALID_STATE' })
  await it.call('access.lock')
  await expect(
    it.call('access.acceptToken', { token: token.slice(0, 8), password: goodPassword }),
  ).rejects.toMatchObject({ message: 'This code is not complete. Check it.' })
  const named = it.call('access.acceptToken', { token, password: 'Benedikta 2026' })
  await expect(named).rejects.toMatchObject({ code: 'VALIDATION' })
  expect(await it.call('access.acceptToken', { token, password: 'vellum orchid tramway' })).toMatchObject({
    next: 'open',
  })
})

test('a password that could not be written does not use the code up', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  const { token } = await it.call<{ token: string }>('users.invite', { name: 'Ben', role: 'staff' })
  await it.call('access.lock')
  const change = (sql: string) => {
    const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false })
    database.exec(sql)
    database.close()
  }
  change(`CREATE TRIGGER full BEFORE UPDATE OF password_hash ON users BEGIN SELECT RAISE(ABORT, 'full'); END`)
  const accept = () => it.call('access.acceptToken', { token, password: 'vellum orchid tramway' })
  await expect(accept()).rejects.toMatchObject({ code: expect.not.stringMatching('SIGN_IN_FAILED') })
  change('DROP TRIGGER full')
  expect(await accept()).toMatchObject({ next: 'open' })
  await it.call('access.lock')
  await expect(accept()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
})

test('after five wrong codes of invitations further ones wait, over a restart too, and nobody else does', async () => {
  await it.call('users.setPassword', { password: goodPassword })
  const { token } = await it.call<{ token: string }>('users.invite', { name: 'Ben', role: 'staff' })
  await it.call('access.lock')
  const userId = (await it.state()).people[0]?.id
  const accept = (code: string) => it.call('access.acceptToken', { token: code, password: 'vellum orchid tramway' })
  const wrong = newToken()
  const notValid = { code: 'SIGN_IN_FAILED', message: expect.stringContaining('not valid any more') }
  for (let count = 0; count < 4; count += 1) await expect(accept(wrong)).rejects.toMatchObject(notValid)
  const waits = { code: 'SIGN_IN_FAILED', message: expect.stringContaining('Wait 30 seconds') }
  await expect(accept(wrong)).rejects.toMatchObject(waits)
  await it.restart()
  // A try in the wait is not counted: it does not make it longer.
  await expect(accept(wrong)).rejects.toMatchObject(waits)
  // Neither a password nor the code that somebody was given waits for what another one typed.
  expect(await it.call('access.signIn', { userId, password: goodPassword })).toMatchObject({ next: 'open' })
  const { rows } = await it.call<{ rows: { kind: string }[] }>('security.events')
  expect(rows.map(({ kind }) => kind).filter((kind) => /failed|blocked/.test(kind))).toEqual([
    'blocked',
    ...Array.from({ length: 5 }, () => 'sign-in-failed'),
  ])
  await it.call('access.lock')
  it.clock.advance(31_000)
  await expect(accept(wrong)).rejects.toMatchObject({ message: expect.stringContaining('Wait 60 seconds') })
  expect(await accept(token)).toMatchObject({ next: 'open' })
  await it.call('access.lock')
  await expect(accept(wrong)).rejects.toMatchObject(notValid)
  // Used up it is as wrong as any.
  await expect(accept(token)).rejects.toMatchObject(notValid)
})

test('before the first run nobody is there, and the window opens all the same', async () => {
  const empty = await openTestGate()
  expect(await empty.state()).toMatchObject({ phase: 'open', person: null, guarded: false })
  expect(await empty.call('access.windowKey')).toEqual({ key: null })
  await empty.close()
})
