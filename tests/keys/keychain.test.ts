import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createKeychain } from '../../electron/shell/keychain.ts'
import type { SystemKeychain } from '../../electron/shell/keychain-secrets.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

/** What stands behind safeStorage: the system keeps one key for each app, under its name. */
const fakeSystem = (backend: string | null = 'gnome_libsecret') => {
  const ring = { app: 'Counterfoil', generation: 1, isLost: false, seals: 0 }
  const encryptString = (text: string) => {
    ring.seals += 1
    return Buffer.from(JSON.stringify({ app: ring.app, text: [...text].reverse().join('') }))
  }
  const decryptString = (sealed: Buffer) => {
    const { app, text } = JSON.parse(sealed.toString('utf8')) as { app: string; text: string }
    if (ring.isLost || app !== ring.app) throw new Error('Error while decrypting the ciphertext provided.')
    return [...text].reverse().join('')
  }
  const system: SystemKeychain = {
    isEncryptionAvailable: () => backend !== null,
    encryptString,
    decryptString,
    // Electron names a few; one that it cannot tell is `unknown`.
    getSelectedStorageBackend: () => backend as ReturnType<NonNullable<SystemKeychain['getSelectedStorageBackend']>>,
  }
  return { ring, system }
}

/** The calls of newer versions of Electron, which say when the key was changed. */
const withNewerCalls = ({ ring, system }: ReturnType<typeof fakeSystem>): SystemKeychain => {
  let sealedAt = 0
  return {
    ...system,
    encryptString: () => {
      throw new Error('Deprecated.')
    },
    decryptString: () => {
      throw new Error('Deprecated.')
    },
    encryptStringAsync: (text) => {
      sealedAt = ring.generation
      return Promise.resolve(system.encryptString(text))
    },
    decryptStringAsync: (sealed) =>
      Promise.resolve({ result: system.decryptString(sealed), shouldReEncrypt: sealedAt !== ring.generation }),
  }
}

let it: TestGate
afterEach(() => it.close())

const keys = () =>
  JSON.parse(readFileSync(join(it.directory, 'keys.json'), 'utf8')) as {
    slots: { kind: string; userId?: string; wrapped: string }[]
  }
const inKeychain = () => keys().slots.filter(({ kind }) => kind === 'keychain')
const owner = async () => (await it.state()).people[0]?.id ?? ''
const signIn = async (staySignedIn: boolean, password = goodPassword) =>
  await it.call('access.signIn', { userId: await owner(), password, staySignedIn })

/** Encrypted data, locked. */
const openEncrypted = async (system: SystemKeychain) => {
  it = await openTestGate({ keychain: createKeychain(system, 'linux') })
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await it.call('access.lock')
}

describe('staying signed in', () => {
  test('is for whoever asks, until they sign out', async () => {
    await openEncrypted(fakeSystem().system)
    await signIn(false)
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked', keychain: { warning: null, staysSignedIn: false } })
    await signIn(true)
    expect(inKeychain()).toHaveLength(1)
    it.clock.advance(8 * 3_600_000)
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'open', encrypted: true, person: { name: 'Ada Linden' } })
    await it.call('access.signOut')
    expect(inKeychain()).toEqual([])
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked' })
  })

  test('ends with a lock: the keychain opens the data for a session, not for whoever comes after it', async () => {
    await openEncrypted(fakeSystem().system)
    await signIn(true)
    await it.call('access.lock')
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked', person: null })
  })

  test('with a keyring that is lost asks for the password, and nothing is lost', async () => {
    const { ring, system } = fakeSystem()
    await openEncrypted(system)
    await signIn(true)
    await it.call('clients.list')
    const before = keys()
    ring.isLost = true
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked', problem: null, people: [{ name: 'Ada Linden' }] })
    expect(keys()).toEqual(before)
    expect(await signIn(false)).toMatchObject({ next: 'open' })
    expect(await it.call('setup.state')).toMatchObject({ organizations: [{ name: 'Linden Ltd' }] })
    ring.isLost = false
    await signIn(true)
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ada Linden' } })
  })

  test('in an app that got another name asks once, and holds again from there on', async () => {
    const { ring, system } = fakeSystem()
    await openEncrypted(system)
    await signIn(true)
    ring.app = 'Counterfoil Books'
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked' })
    await signIn(true)
    expect(inKeychain()).toHaveLength(1)
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ada Linden' } })
  })

  test('goes with a new password', async () => {
    await openEncrypted(fakeSystem().system)
    await signIn(true)
    const password = 'orange kettle 41 morning'
    await it.call('users.setPassword', { password })
    expect(inKeychain()).toEqual([])
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked' })
    expect(await signIn(true, password)).toMatchObject({ next: 'open' })
  })

  test('goes with the person', async () => {
    await openEncrypted(fakeSystem().system)
    await signIn(false)
    const { id, token } = await it.call<{ id: string; token: string }>('users.invite', { name: 'Ben', role: 'staff' })
    await it.call('access.lock')
    const password = 'vellum orchid tramway'
    await it.call('access.acceptToken', { token, password })
    await it.call('access.lock')
    await it.call('access.signIn', { userId: id, password, staySignedIn: true })
    expect(inKeychain()).toMatchObject([{ userId: id }])
    await it.call('access.switchPerson')
    const userId = (await it.state()).people.find(({ name }) => name === 'Ada Linden')?.id
    await it.call('access.signIn', { userId, password: goodPassword })
    await it.call('users.deactivate', { id })
    expect(keys().slots.filter((slot) => slot.userId === id)).toEqual([])
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked', people: [{ name: 'Ada Linden' }] })
  })
})

test('what the system wants sealed anew is, once', async () => {
  const fake = fakeSystem()
  await openEncrypted(withNewerCalls(fake))
  await signIn(true)
  const first = fake.ring.seals
  await it.restart()
  expect(fake.ring.seals).toBe(first)
  fake.ring.generation = 2
  await it.restart()
  expect(fake.ring.seals).toBe(first + 1)
  await it.restart()
  expect(fake.ring.seals).toBe(first + 1)
  expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ada Linden' } })
})

test('a keychain that keeps no secret is none, and the security screen says so', async () => {
  const words = /no keychain that keeps a secret .* asked for at each start/
  for (const backend of ['basic_text', 'unknown', null]) {
    expect(createKeychain(fakeSystem(backend).system, 'linux').warning, String(backend)).toMatch(words)
  }
  expect(createKeychain(fakeSystem('basic_text').system, 'darwin').warning).toBeNull()
  const { ring, system } = fakeSystem('basic_text')
  await openEncrypted(system)
  expect((await it.state()).keychain.warning).toMatch(words)
  await signIn(true)
  expect(inKeychain()).toEqual([])
  expect(ring.seals).toBe(0)
  await it.restart()
  expect(await it.state()).toMatchObject({ phase: 'locked' })
})
