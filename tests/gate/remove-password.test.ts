import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
})
afterEach(() => it.close())

const remove = (password = goodPassword) => it.call('access.removePassword', { password })

test('somebody alone gets the app out of the way again, for good', async () => {
  await it.call('users.setPin', { pin: '480617' })
  await expect(remove('not this one')).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(await it.state()).toMatchObject({ guarded: true })
  expect(await remove()).toMatchObject({
    guarded: false,
    person: { name: 'Ada Linden' },
    people: [],
    idleMinutes: null,
  })
  expect(await it.call('users.me')).toMatchObject({ isAlone: true, hasPassword: false, hasPin: false })
  expect(await it.call('sessions.list')).toEqual([])
  await it.call('access.lock')
  await it.restart()
  expect(await it.state()).toMatchObject({ guarded: false, person: { name: 'Ada Linden' } })
  const { rows } = await it.call<{ rows: { kind: string }[] }>('security.events')
  expect(rows[0]).toMatchObject({ kind: 'password-removed' })
  // Set anew it guards as before.
  await it.call('users.setPassword', { password: 'vellum orchid tramway' })
  await it.call('access.lock')
  expect(await it.state()).toMatchObject({ guarded: true, person: null })
})

test('not where the data is encrypted: its words say what comes first', async () => {
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await expect(remove()).rejects.toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringContaining('Turn encryption off first'),
  })
  await it.call('access.turnOffEncryption', { password: goodPassword })
  expect(await remove()).toMatchObject({ guarded: false })
})

test('not while others work here, invited or come; once they are out it is', async () => {
  const { id } = await it.call<{ id: string }>('users.invite', { name: 'Ben Reed', role: 'staff' })
  await expect(remove()).rejects.toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringMatching(/Ben Reed.*Deactivate/),
  })
  await it.call('users.deactivate', { id })
  expect(await remove()).toMatchObject({ guarded: false })
})

test('behind a lock nobody can', async () => {
  await it.call('access.lock')
  await expect(remove()).rejects.toMatchObject({ code: 'LOCKED' })
})
