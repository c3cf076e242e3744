import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inspect } from '../support/database.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
let userId: string
beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  userId = (await it.state()).people[0]?.id ?? ''
})
afterEach(() => it.close())

const minute = 60_000
const pin = '480617'
const signIn = () => it.call('access.signIn', { userId, password: goodPassword })
const mayUsePin = async () => (await it.state()).people[0]?.mayUsePin

describe('signing out', () => {
  test('leaves no session of the person here that a PIN could stand on', async () => {
    await it.call('users.setPin', { pin })
    // Locked and signed in again: two sessions, both good.
    await it.call('access.lock')
    await signIn()
    await it.call('access.signOut')
    expect(await mayUsePin()).toBe(false)
    await expect(it.call('access.signInWithPin', { userId, pin })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await signIn()
    expect(await it.call('sessions.list')).toHaveLength(1)
  })

  test('a lock leaves it: the PIN is enough, five wrong ones ask for the password', async () => {
    await it.call('users.setPin', { pin })
    await it.call('access.switchPerson')
    expect(await mayUsePin()).toBe(true)
    expect(await it.call('access.signInWithPin', { userId, pin })).toMatchObject({ next: 'open' })
    await it.call('access.switchPerson')
    const wrong = () => it.call('access.signInWithPin', { userId, pin: '999999' })
    for (let count = 0; count < 5; count += 1) await expect(wrong()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await expect(it.call('access.signInWithPin', { userId, pin })).rejects.toMatchObject({
      details: { usePassword: true },
    })
    await signIn()
    await it.call('access.switchPerson')
    expect(await it.call('access.signInWithPin', { userId, pin })).toMatchObject({ next: 'open' })
  })
})

describe('the last use of a session', () => {
  const lastUse = async () => {
    await it.gate.settle()
    return (await it.call<{ lastUsedAt: string; isCurrent: boolean }[]>('sessions.list')).find((one) => one.isCurrent)
      ?.lastUsedAt
  }

  test('is when somebody was at the screen or changed something, to the minute', async () => {
    const begun = it.clock.now()
    it.clock.advance(4 * minute)
    // A window that is left open reads by itself: nobody is there.
    await it.call('clients.list')
    expect(await lastUse()).toBe(begun)
    await it.call('access.touch')
    const touched = it.clock.now()
    expect(await lastUse()).toBe(touched)
    it.clock.advance(minute / 2)
    await it.call('access.touch')
    await it.call('clients.create', { kind: 'company', name: 'Client Ltd' })
    expect(await lastUse()).toBe(touched)
    it.clock.advance(minute / 2)
    await it.call('clients.create', { kind: 'company', name: 'Other Ltd' })
    expect(await lastUse()).toBe(it.clock.now())
    it.clock.advance(4 * minute)
    await it.restart()
    expect(await lastUse()).toBe(it.clock.now())
  })

  test('is no entry in the record', async () => {
    const commands = () => {
      const store = inspect(it.directory)
      const count = store.value('SELECT count(*) FROM commands')
      store.close()
      return count
    }
    const before = commands()
    it.clock.advance(4 * minute)
    await it.call('access.touch')
    expect(await lastUse()).toBe(it.clock.now())
    expect(commands()).toBe(before)
  })
})

test('tries with made-up names fill no file, and keep nobody else out', async () => {
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await it.call('access.lock')
  const file = join(it.directory, 'sign-in-attempts.json')
  const answers: string[] = []
  for (let count = 0; count < 300; count += 1) {
    const made = `00000000-0000-7000-8000-${String(count).padStart(12, '0')}`
    await it.call('access.signIn', { userId: made, password: 'not this one' }).catch((error: unknown) => {
      answers.push(String(error))
    })
  }
  expect(answers.filter((answer) => answer.includes('Too many wrong tries'))).toHaveLength(296)
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual(['nobody'])
  await expect(it.call('access.signIn', { userId, password: 'not this one' })).rejects.toMatchObject({
    message: 'This password is not right.',
  })
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8'))).sort()).toEqual([userId, 'nobody'].sort())
  expect(await signIn()).toMatchObject({ next: 'open' })
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual(['nobody'])
})

test('a clock that was years ahead once keeps nobody out', async () => {
  const wrong = () => it.call('access.signIn', { userId, password: 'not this one' })
  const failed = (words: string) => ({ code: 'SIGN_IN_FAILED', message: expect.stringContaining(words) })
  const waitsAnew = async () => {
    const now = it.clock.now()
    await it.call('access.lock')
    it.clock.set('2036-06-01T09:00:00.000Z')
    for (let count = 0; count < 4; count += 1) await expect(wrong()).rejects.toMatchObject(failed('not right'))
    await expect(wrong()).rejects.toMatchObject(failed('Wait 30 seconds'))
    // Back at the right time the whole wait begins, and no more than that.
    it.clock.set(now)
    await expect(signIn()).rejects.toMatchObject(failed('Wait 30 seconds'))
    it.clock.advance(31_000)
    expect(await signIn()).toMatchObject({ next: 'open' })
  }
  await waitsAnew()
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await waitsAnew()
})
