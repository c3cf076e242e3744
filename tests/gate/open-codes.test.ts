import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

const password = 'orange kettle 41 morning'
let it: TestGate

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
})
afterEach(() => it.close())

type Handed = { readonly id: string; readonly token: string }
const invite = (name: string) => it.call<Handed>('users.invite', { name, email: null, role: 'staff', roleId: null })
const openCodes = () => it.call('access.openCodes')
const accept = (token: string) => it.call('access.acceptToken', { token, password })

test('those that are open are counted for whoever owns the workstation, until they are used or over', async () => {
  expect(await openCodes()).toEqual({ count: 0 })
  const { token } = await invite('Ben Birch')
  await invite('Cleo Cedar')
  expect(await openCodes()).toEqual({ count: 2 })
  await it.call('access.lock')
  await expect(openCodes()).rejects.toMatchObject({ code: 'LOCKED' })
  await accept(token)
  await expect(openCodes()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await it.call('access.lock')
  const owner = (await it.state()).people.find(({ name }) => name === 'Ada Linden')
  await it.call('access.signIn', { userId: owner?.id, password: goodPassword })
  expect(await openCodes()).toEqual({ count: 1 })
  it.clock.advance(25 * 3_600_000)
  await it.call('access.signIn', { userId: owner?.id, password: goodPassword })
  expect(await openCodes()).toEqual({ count: 0 })
})

test('one of before the encryption works while somebody has the data open, and is refused in words while it is locked', async () => {
  const first = await invite('Ben Birch')
  const second = await invite('Cleo Cedar')
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await it.call('access.switchPerson')
  expect(await accept(first.token)).toMatchObject({ next: 'open' })
  await it.call('access.lock')
  await expect(accept(second.token)).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
    message: expect.stringMatching(/made before the data was encrypted.*ask for a new one/),
  })
  expect(await it.state()).toMatchObject({ phase: 'locked', person: null })
  const owner = (await it.state()).people.find(({ name }) => name === 'Ada Linden')
  await it.call('access.signIn', { userId: owner?.id, password: goodPassword })
  const anew = await invite('Dora Dale')
  await it.call('access.lock')
  expect(await accept(anew.token)).toMatchObject({ next: 'open' })
})
