import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('clients.create', { kind: 'company', name: 'Alder' })
})
afterEach(() => it.close())

const keysPath = () => join(it.directory, 'keys.json')
const beside = () => readdirSync(it.directory).filter((name) => name.startsWith('keys.json'))

test.each([
  ['a file that is no key file', () => writeFileSync(keysPath(), '{')],
  ['one that others may read', () => writeFileSync(keysPath(), '{', { mode: 0o666 })],
  ['a folder', () => mkdirSync(keysPath())],
])('data in the clear opens although %s lies beside it as keys.json, which is kept', async (_, put) => {
  await it.gate.close()
  put()
  await it.restart()
  expect(await it.state()).toMatchObject({ phase: 'open', problem: null })
  expect(beside()).toEqual(['keys.json.unreadable-1'])
  const { rows } = await it.call<{ rows: { name: string }[] }>('clients.list')
  expect(rows.map(({ name }) => name)).toEqual(['Alder'])
  // And it can be encrypted as before.
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('access.turnOnEncryption', { password: goodPassword })
  expect(await it.state()).toMatchObject({ phase: 'open', encrypted: true })
})
