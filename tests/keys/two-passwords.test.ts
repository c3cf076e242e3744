import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { costNow } from '../../electron/people/passwords.ts'
import { asCommand } from '../support/database.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

const newPassword = 'orange kettle 41 morning'
let it: TestGate

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('access.turnOnEncryption', { password: goodPassword })
})
afterEach(() => it.close())

const keysPath = () => join(it.directory, 'keys.json')
const slotsOf = (text: string) => (JSON.parse(text) as { slots: { id: string; kind: string }[] }).slots
const passwordSlots = () => slotsOf(readFileSync(keysPath(), 'utf8')).filter(({ kind }) => kind === 'password')
const owner = async () => (await it.state()).people[0]?.id ?? ''
const signIn = async (password: string) => it.call('access.signIn', { userId: await owner(), password })

/** The key file as it is when the process ends between the slot of a new password and the end of its transaction. */
const bothSlots = async () => {
  const before = readFileSync(keysPath(), 'utf8')
  await it.call('users.setPassword', { password: newPassword })
  const after = readFileSync(keysPath(), 'utf8')
  const [old] = slotsOf(before).filter(({ kind }) => kind === 'password')
  const content = JSON.parse(after) as { slots: unknown[] }
  return JSON.stringify({ ...content, slots: [old, ...content.slots] })
}

test('a change that fails leaves the password of before, and only that', async () => {
  const before = passwordSlots()
  const file = openConnection(join(it.directory, 'counterfoil.db'), {
    readonly: false,
    key: await keyOfFolder(),
  })
  file.exec(`CREATE TRIGGER fail BEFORE UPDATE OF password_hash ON users BEGIN SELECT RAISE(ABORT, 'no'); END`)
  file.close()
  await expect(it.call('users.setPassword', { password: newPassword })).rejects.toBeDefined()
  expect(passwordSlots()).toEqual(before)
  await it.restart()
  await expect(signIn(newPassword)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
})

test('somebody whose shutting out failed still opens the data; shut out, or left in the key file by then, they do not', async () => {
  const password = 'vellum orchid tramway'
  const { id, token } = await it.call<{ id: string; token: string }>('users.invite', { name: 'Ben', role: 'staff' })
  await it.call('access.lock')
  await it.call('access.acceptToken', { token, password })
  await it.call('access.lock')
  const userId = (await it.state()).people.find(({ name }) => name === 'Ada Linden')?.id
  await it.call('access.signIn', { userId, password: goodPassword })
  const file = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false, key: await keyOfFolder() })
  file.exec(`CREATE TRIGGER fail BEFORE INSERT ON security_events WHEN NEW.kind = 'person-deactivated'
    BEGIN SELECT RAISE(ABORT, 'no'); END`)
  const before = readFileSync(keysPath(), 'utf8')
  await expect(it.call('users.deactivate', { id })).rejects.toBeDefined()
  expect(readFileSync(keysPath(), 'utf8')).toBe(before)
  file.exec('DROP TRIGGER fail')
  file.close()
  await it.call('users.deactivate', { id })
  expect(passwordSlots()).toHaveLength(1)
  // As where the key file could not be written then, or was put back from a copy.
  await it.gate.close()
  writeFileSync(keysPath(), before, { mode: 0o600 })
  await it.restart()
  await it.call('access.signIn', { userId, password: goodPassword })
  await it.gate.settle()
  expect(passwordSlots()).toHaveLength(1)
})

test('a password that was kept more cheaply than today’s is kept anew at the next sign-in, and opens as before', async () => {
  const { passwordSlot } = await import('../../electron/keys/slots.ts')
  const key = (await keyOfFolder()) ?? Buffer.alloc(0)
  const userId = await owner()
  await it.gate.close()
  const content = JSON.parse(readFileSync(keysPath(), 'utf8')) as { keyId: string; slots: { kind: string }[] }
  const { keyId } = content
  const person = { keyId, id: 'cheap', createdAt: it.clock.now(), userId, name: 'Ada Linden', password: goodPassword }
  const cheap = await passwordSlot(key, person, { memoryKib: 4096, passes: 1 })
  const others = content.slots.filter(({ kind }) => kind !== 'password')
  writeFileSync(keysPath(), JSON.stringify({ ...content, slots: [cheap, ...others] }), { mode: 0o600 })
  await it.restart()
  await expect(signIn('not this one')).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  await signIn(goodPassword)
  await it.gate.settle()
  expect(passwordSlots()).toMatchObject([{ userId, stretch: await costNow() }])
  const kept = passwordSlots()
  await it.restart()
  expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
  await it.gate.settle()
  expect(passwordSlots()).toEqual(kept)
})

/** Which of two passwords lets the owner in, once everything was closed and opened again. */
const lettingIn = async (...passwords: readonly string[]) => {
  const right: string[] = []
  for (const password of passwords) {
    await it.restart()
    if (
      await signIn(password).then(
        () => true,
        () => false,
      )
    )
      right.push(password)
  }
  return right
}

test('of two changes at once the second waits for the first, and one that fails takes nothing away from the other', async () => {
  const third = 'copper ladder 58 evening'
  const file = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false, key: await keyOfFolder() })
  const before = file.prepare('SELECT password_hash FROM users').pluck().get()
  // The one that comes second fails where it is written.
  file.exec(`CREATE TRIGGER once BEFORE UPDATE OF password_hash ON users WHEN OLD.password_hash <> '${before}'
    BEGIN SELECT RAISE(ABORT, 'no'); END`)
  file.close()
  const set = (password: string) => it.call('users.setPassword', { password }).then(() => password)
  const outcomes = await Promise.allSettled([set(newPassword), set(third)])
  const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  expect(done).toHaveLength(1)
  expect(passwordSlots()).toHaveLength(1)
  expect(await lettingIn(goodPassword, newPassword, third)).toEqual(done)
})

test.each(['before', 'after'])(
  'a change that is asked for just %s encryption is turned on leaves the one password that was said to hold',
  async (order) => {
    await it.call('access.turnOffEncryption', { password: goodPassword })
    const change = () => it.call('users.setPassword', { password: newPassword })
    const encrypt = () => it.call('access.turnOnEncryption', { password: goodPassword })
    const [changed, encrypted] = await Promise.allSettled(
      order === 'before' ? [change(), encrypt()] : [encrypt(), change()].reverse(),
    )
    expect(changed?.status).toBe('fulfilled')
    // Asked for with a password that was another one by then.
    expect(encrypted?.status).toBe(order === 'before' ? 'rejected' : 'fulfilled')
    expect(await lettingIn(goodPassword, newPassword)).toEqual([newPassword])
  },
)

const keyOfFolder = async () => {
  const { readKeyFile } = await import('../../electron/keys/key-file.ts')
  const { openSlot } = await import('../../electron/keys/slots.ts')
  const keys = await readKeyFile(it.directory)
  const slot = keys?.slots.find(({ kind }) => kind === 'password')
  return keys === null || slot === undefined ? null : await openSlot(keys.keyId, slot, goodPassword)
}

const onDatabase = async <T>(work: (file: ReturnType<typeof openConnection>) => T): Promise<T> => {
  const file = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false, key: await keyOfFolder() })
  try {
    return work(file)
  } finally {
    file.close()
  }
}

test('cut off in between, either password opens the data; once the one that holds is said, only that', async () => {
  const noted = () =>
    onDatabase((file) => file.prepare(`SELECT value FROM settings WHERE key = 'access.keys'`).pluck().get())
  const before = await noted()
  const both = await bothSlots()
  await it.gate.close()
  writeFileSync(keysPath(), both, { mode: 0o600 })
  // Nor has the data seen a key file since.
  await onDatabase((file) =>
    asCommand(file, () => file.prepare(`UPDATE settings SET value = ? WHERE key = 'access.keys'`).run(before)),
  )
  await it.restart()
  expect((await it.state()).people).toHaveLength(1)
  expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
  expect(passwordSlots()).toHaveLength(2)
  await it.restart()
  expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
  expect(passwordSlots()).toHaveLength(1)
  await it.restart()
  await expect(signIn(goodPassword)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
})

test('cut off before it was written, the password of before takes the new one away again', async () => {
  const database = join(it.directory, 'counterfoil.db')
  await it.gate.close()
  copyFileSync(database, `${database}.before`)
  await it.restart()
  await signIn(goodPassword)
  const both = await bothSlots()
  await it.gate.close()
  writeFileSync(keysPath(), both, { mode: 0o600 })
  copyFileSync(`${database}.before`, database)
  await it.restart()
  expect(await signIn(newPassword)).toMatchObject({ next: 'open' })
  await it.restart()
  expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
  expect(passwordSlots()).toHaveLength(1)
})
