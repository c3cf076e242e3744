import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { hashSecret } from '../../electron/people/passwords.ts'
import { coreProcedures } from '../../shared/contract/index.ts'
import { asCommand } from '../support/database.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
let owner: string
beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  owner = (await it.state()).people[0]?.id ?? ''
})
afterEach(() => it.close())

const rules = { sessionDays: 7, idleMinutes: 15, adminIdleMinutes: 5 }
const askFor = (secondFactor: 'nobody' | 'admins' | 'everybody') =>
  it.call('security.setSettings', { ...rules, secondFactor })
const signIn = (userId: string, password = goodPassword, code: string | null = null) =>
  it.call('access.signIn', { userId, password, code })
const again = async () => {
  await it.call('access.lock')
  return await signIn(owner)
}
const owes = async () => (await it.state()).owes?.what ?? null
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(it.clock.now()) })

/** Every procedure of the core that answers somebody who owes something. */
const open = async (): Promise<string[]> => {
  const answered: string[] = []
  for (const name of coreProcedures.keys()) {
    // Null is refused by every schema, but only once somebody may call it.
    const error = await it.call(name, null).then(
      () => ({ code: 'none' }),
      (thrown: { code: string }) => thrown,
    )
    if (error.code !== 'LOCKED') answered.push(name)
  }
  return answered.sort()
}

const closedDoors = async () => {
  for (const name of ['access.turnOnEncryption', 'access.newRecoveryCode', 'access.removePassword']) {
    await expect(it.call(name, { password: goodPassword }), name).rejects.toMatchObject({ code: 'LOCKED' })
  }
  await expect(it.call('access.windowKey')).rejects.toMatchObject({ code: 'LOCKED' })
  await expect(it.call('recovery.backups')).rejects.toMatchObject({ code: 'LOCKED' })
}

describe('a person of whom one-time codes are asked, and who has none', () => {
  beforeEach(async () => {
    await askFor('admins')
    await again()
  })

  test('gets their setting up and nothing else, also over a restart', async () => {
    expect(await it.state()).toMatchObject({ person: { id: owner }, owes: { what: 'second-factor', byMail: false } })
    const setUp = ['mfa.beginEmail', 'mfa.beginTotp', 'mfa.confirmEmail', 'mfa.confirmTotp']
    expect(await open()).toEqual(setUp)
    await closedDoors()
    await it.restart()
    expect(await owes()).toBe('second-factor')
    await it.call('access.lock')
    expect(await owes()).toBeNull()
  })

  test('is inside once they are set up, and is asked for one the next time', async () => {
    const { secret } = await it.call<{ secret: string }>('mfa.beginTotp')
    await expect(it.call('mfa.confirmTotp', { code: '000000' })).rejects.toMatchObject({ code: 'VALIDATION' })
    expect(await owes()).toBe('second-factor')
    const watched = (await it.call('access.watch')) as AsyncIterable<{ owes: unknown }>
    const told = (async () => {
      for await (const state of watched) if (state.owes === null) return 'told'
      return 'not told'
    })()
    const { recoveryCodes } = await it.call<{ recoveryCodes: string[] }>('mfa.confirmTotp', { code: codeOf(secret) })
    expect(recoveryCodes).toHaveLength(10)
    expect(await told).toBe('told')
    expect(await it.call('setup.state')).toMatchObject({ organizations: [{ name: 'Linden Ltd' }] })
    expect(await again()).toEqual({ next: 'code', methods: ['totp', 'recovery-code'] })
    expect(await signIn(owner, goodPassword, recoveryCodes[0])).toMatchObject({ next: 'open' })
    expect(await owes()).toBeNull()
    // Who turns them off has to set them up anew, and follows nothing until then.
    const changes = (await it.call('changes.watch')) as AsyncIterable<unknown>
    const over = (async () => {
      for await (const _ of changes) void _
      return 'over'
    })()
    await it.call('mfa.turnOff')
    expect(await owes()).toBe('second-factor')
    expect(await over).toBe('over')
  })

  test('a PIN leads no further than the password', async () => {
    await askForNobody()
    await it.call('users.setPin', { pin: '480617' })
    await askFor('everybody')
    expect(await owes()).toBe('second-factor')
    await it.call('access.switchPerson')
    await it.call('access.signInWithPin', { userId: owner, pin: '480617' })
    expect(await owes()).toBe('second-factor')
    await expect(it.call('clients.list')).rejects.toMatchObject({ details: { owes: 'second-factor' } })
  })

  test('is not shut out for good: the recovery code of the data opens everything', async () => {
    const recoveryCode = await newRecoveryCode()
    await it.call('access.lock')
    const password = 'orange kettle 41 morning'
    await it.call('access.recover', { recoveryCode, password })
    expect(await owes()).toBeNull()
    expect(await it.call('users.me')).toMatchObject({ needsSecondFactor: true })
    await it.call('access.lock')
    await signIn(owner, password)
    expect(await owes()).toBe('second-factor')
  })

  const askForNobody = async () => {
    const recoveryCode = await newRecoveryCode()
    await it.call('access.lock')
    await it.call('access.recover', { recoveryCode, password: goodPassword })
    await it.call('access.reauthenticate', { password: goodPassword })
    await askFor('nobody')
    await again()
  }
  // Made before the rule was.
  const newRecoveryCode = async () => {
    await it.call('mfa.beginTotp').then(async (made) => {
      const { secret } = made as { secret: string }
      await it.call('mfa.confirmTotp', { code: codeOf(secret) })
    })
    const { recoveryCode } = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', {
      password: goodPassword,
    })
    await it.call('mfa.turnOff')
    return recoveryCode
  }
})

test('codes are asked of nobody whom the rule does not concern', async () => {
  await askFor('admins')
  const { token } = await it.call<{ token: string }>('users.invite', { name: 'Ben', role: 'staff' })
  await it.call('access.acceptToken', { token, password: 'orange kettle 41 morning' })
  expect(await it.state()).toMatchObject({ person: { name: 'Ben' }, owes: null })
})

describe('a person whose password has to be changed', () => {
  const ben = async () => {
    const { id, token } = await it.call<{ id: string; token: string }>('users.invite', { name: 'Ben', role: 'staff' })
    await it.call('access.acceptToken', { token, password: 'orange kettle 41 morning' })
    expect(await owes()).toBeNull()
    await it.call('access.lock')
    await signIn(owner)
    return id
  }

  test('gets that and nothing else after an admin made a reset', async () => {
    const id = await ben()
    await it.call('users.makeCode', { id })
    await it.call('access.lock')
    await signIn(id, 'orange kettle 41 morning')
    expect(await owes()).toBe('new-password')
    expect(await open()).toEqual(['users.setPassword'])
    await closedDoors()
    await expect(it.call('users.setPassword', { password: 'orange kettle 41 morning' })).rejects.toMatchObject({
      fields: { password: expect.stringContaining('Choose another') },
    })
    await it.call('users.setPassword', { password: 'vellum orchid tramway' })
    expect(await owes()).toBeNull()
    expect(await it.call('setup.state')).toMatchObject({ userName: 'Ben' })
  })

  test('the code that was handed over settles it', async () => {
    const id = await ben()
    const { token } = await it.call<{ token: string }>('users.makeCode', { id })
    await it.call('access.lock')
    await it.call('access.acceptToken', { token, password: 'vellum orchid tramway' })
    expect(await owes()).toBeNull()
  })

  test('that would not be taken today, found at the next sign-in; a good one is let be, also where it opens the data', async () => {
    const old = 'linden ltd 1'
    const hash = await hashSecret(old)
    await it.gate.close()
    const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false })
    asCommand(database, () => database.prepare('UPDATE users SET password_hash = ?').run(hash))
    database.close()
    await it.restart()
    await it.call('access.lock')
    await signIn(owner, old)
    expect(await owes()).toBe('new-password')
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('access.turnOnEncryption', { password: goodPassword })
    await it.call('access.lock')
    await signIn(owner)
    expect(await owes()).toBeNull()
  })
})
