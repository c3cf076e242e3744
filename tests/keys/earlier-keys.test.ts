import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import type { Keychain } from '../../electron/keys/keychain.ts'
import { idAfter } from '../../electron/keys/known-slots.ts'
import { asCommand } from '../support/database.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

const newPassword = 'orange kettle 41 morning'
const keychain: Keychain = {
  warning: null,
  seal: (text) => Promise.resolve(Buffer.from(text).toString('base64')),
  open: (sealed) => Promise.resolve({ text: Buffer.from(sealed, 'base64').toString('utf8'), isStale: false }),
}

let it: TestGate
let firstCode: string

beforeEach(async () => {
  it = await openTestGate({ keychain })
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  const made = await it.call<{ recoveryCode: string }>('access.turnOnEncryption', { password: goodPassword })
  firstCode = made.recoveryCode
})
afterEach(() => it.close())

const keysPath = () => join(it.directory, 'keys.json')
const keys = () => readFileSync(keysPath(), 'utf8')
const owner = async () => (await it.state()).people[0]?.id ?? ''
const signIn = async (password: string, more: object = {}) =>
  it.call('access.signIn', { userId: await owner(), password, ...more })
const recover = (recoveryCode: string) => it.call('access.recover', { recoveryCode, password: goodPassword })

/** Puts a key file in the place of the one that is there, as somebody does who has the folder of a closed app. */
const putKeys = async (content: string) => {
  await it.gate.close()
  writeFileSync(keysPath(), content, { mode: 0o600 })
  await it.restart()
}
const withoutBackups = () => rmSync(join(it.directory, 'backups'), { recursive: true, force: true })
const changedOn = /^This password was changed on \d{1,2} \w+ \d{4}/

type Event = { readonly kind: string; readonly userId: string | null; readonly data: object }
const events = async () => (await it.call<{ rows: Event[] }>('security.events', { limit: 50 })).rows

describe('a key file of an earlier day beside the data of now', () => {
  test('signs nobody in with the password of its day: told in words, counted, and on record', async () => {
    const earlier = keys()
    await it.call('users.setPassword', { password: newPassword })
    withoutBackups()
    const present = keys()
    await putKeys(earlier)
    for (let tries = 0; tries < 4; tries += 1) {
      await expect(signIn(goodPassword)).rejects.toMatchObject({
        code: 'SIGN_IN_FAILED',
        message: expect.stringMatching(changedOn),
        fields: { password: expect.stringContaining(keysPath()) },
      })
      expect(await it.state()).toMatchObject({ phase: 'locked', person: null, problem: null })
    }
    // The fifth waits, like any wrong password.
    await expect(signIn(goodPassword)).rejects.toMatchObject({ details: { seconds: 30 } })
    expect(keys()).toBe(earlier)
    await putKeys(present)
    it.clock.advance(31_000)
    expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
    const tried = (await events()).filter(({ data }) => Reflect.get(data, 'replaced') === true)
    expect(tried).toHaveLength(5)
    expect(tried[0]).toMatchObject({ kind: 'sign-in-failed', userId: expect.any(String), data: { factor: 'password' } })
    expect(await it.call('audit.verify')).toMatchObject({ ok: true })
  })

  test('is replaced by the copy of it that a backup has: then the password of now opens', async () => {
    const earlier = keys()
    await it.call('backups.create')
    await it.call('users.setPassword', { password: newPassword })
    await it.gate.settle()
    await putKeys(earlier)
    await expect(signIn(goodPassword)).rejects.toMatchObject({
      message: expect.stringMatching(/changed on .*\. Use the new one, or the recovery code\.$/),
    })
    expect(readFileSync(`${keysPath()}.older-1`, 'utf8')).toBe(earlier)
    await expect(signIn(goodPassword)).rejects.toMatchObject({ message: 'This password is not right.' })
    expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
  })

  test('lets the recovery code in that was not replaced, and nobody with one that was', async () => {
    const before = keys()
    await it.call('users.setPassword', { password: newPassword })
    withoutBackups()
    await putKeys(before)
    await expect(signIn(goodPassword)).rejects.toMatchObject({ message: expect.stringMatching(changedOn) })
    expect(await recover(firstCode)).toMatchObject({ next: 'open' })
    const made = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', { password: goodPassword })
    const present = keys()
    await putKeys(before)
    await expect(recover(firstCode)).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
      message: expect.stringMatching(/^This recovery code was replaced on /),
    })
    expect(await it.state()).toMatchObject({ phase: 'locked', person: null })
    await putKeys(present)
    expect(await recover(made.recoveryCode)).toMatchObject({ next: 'open' })
    const tried = (await events()).filter(({ data }) => Reflect.get(data, 'replaced') === true)
    expect(tried.map(({ data }) => Reflect.get(data, 'factor')).sort()).toEqual(['password', 'recovery'])
  })

  test('put together with the one of now, it opens for the password of now alone', async () => {
    // The test looks at the slots alone.
    const slotsOf = (text: string) => (JSON.parse(text) as { slots: object[] }).slots
    const earlier = keys()
    await it.call('users.setPassword', { password: newPassword })
    await putKeys(JSON.stringify({ ...JSON.parse(keys()), slots: [...slotsOf(earlier), ...slotsOf(keys())] }))
    await expect(signIn(goodPassword)).rejects.toMatchObject({
      message: expect.stringMatching(/changed on .*\. Use the new one, or the recovery code\.$/),
    })
    expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
  })

  test('opens for nobody by the keychain of its day', async () => {
    await it.call('access.lock')
    await signIn(goodPassword, { staySignedIn: true })
    const session = join(it.directory, 'session.json')
    const earlier = { keys: keys(), session: readFileSync(session, 'utf8') }
    await it.call('users.setPassword', { password: newPassword })
    withoutBackups()
    await it.restart()
    // The key of now has none of the keychain any more.
    expect(await it.state()).toMatchObject({ phase: 'locked', person: null })
    await it.gate.close()
    writeFileSync(session, earlier.session, { mode: 0o600 })
    await putKeys(earlier.keys)
    expect(await it.state()).toMatchObject({ phase: 'locked', person: null })
    await expect(signIn(goodPassword)).rejects.toMatchObject({ message: expect.stringMatching(changedOn) })
  })

  test('put there while the data is open, it says nothing of who is there', async () => {
    const earlier = keys()
    await it.call('users.setPassword', { password: newPassword })
    await it.call('access.switchPerson')
    writeFileSync(keysPath(), earlier, { mode: 0o600 })
    await expect(signIn(goodPassword)).rejects.toMatchObject({ message: 'This password is not right.' })
    await expect(recover(firstCode)).resolves.toMatchObject({ next: 'open' })
  })

  test('holds for somebody whose password is still that of its day', async () => {
    const { slots, ...content } = JSON.parse(keys()) as { slots: object[]; keyId: string }
    const earlier = JSON.stringify({ ...content, slots })
    // The same password once more: another slot, and the one of before is gone.
    await it.call('users.setPassword', { password: goodPassword })
    withoutBackups()
    await putKeys(earlier)
    expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
  })

  test('is told from one that is newer than the data, which opens as ever', async () => {
    const database = join(it.directory, 'counterfoil.db')
    await it.gate.close()
    copyFileSync(database, `${database}.before`)
    await it.restart()
    await signIn(goodPassword)
    await it.call('users.setPassword', { password: newPassword })
    const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
      password: newPassword,
    })
    await it.gate.close()
    copyFileSync(`${database}.before`, database)
    for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`, { force: true })
    await it.restart()
    expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
    await it.call('access.lock')
    expect(await recover(recoveryCode)).toMatchObject({ next: 'open' })
  })

  test('of data from before it was known is told from the next opening on', async () => {
    const earlier = keys()
    await it.call('users.setPassword', { password: newPassword })
    const file = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false, key: await keyOfFolder() })
    asCommand(file, () =>
      file.exec(`UPDATE settings SET deleted_at = created_at, version = version + 1 WHERE key = 'access.keys'`),
    )
    file.close()
    await it.restart()
    await signIn(newPassword)
    await it.gate.settle()
    withoutBackups()
    await putKeys(earlier)
    await expect(signIn(goodPassword)).rejects.toMatchObject({ message: expect.stringMatching(changedOn) })
  })
})

const keyOfFolder = async () => {
  const { readKeyFile } = await import('../../electron/keys/key-file.ts')
  const { openSlot } = await import('../../electron/keys/slots.ts')
  const file = await readKeyFile(it.directory)
  const slot = file?.slots.find(({ kind }) => kind === 'password')
  return file === null || slot === undefined ? null : await openSlot(file.keyId, slot, newPassword)
}

test('a new slot sorts after the ones that there are, also after a clock that was ahead', () => {
  const ahead = { id: '01ff0000-ffff-7abc-8000-000000000001' }
  const now = '019f0000-0000-7123-8000-000000000002'
  expect(idAfter(now, [])).toBe(now)
  expect(idAfter(now, [{ id: '019e0000-0000-7123-8000-000000000002' }])).toBe(now)
  expect(idAfter(now, [ahead])).toBe('01ff0001-0000-7123-8000-000000000002')
  expect(idAfter(now, [{ id: 'not a time' }])).toBe(now)
})

test('nothing is left beside the key file by all this', () => {
  expect(existsSync(`${keysPath()}.older-1`)).toBe(false)
  expect(readdirSync(it.directory).filter((name) => name.startsWith('keys'))).toEqual(['keys.json'])
})
