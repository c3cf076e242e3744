import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listBackups } from '../../electron/backup/place.ts'
import type { BackupPreview } from '../../shared/contract/backups.ts'
import { makeInvoice } from '../support/factories.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import type { Workspace } from '../support/workspace.ts'

let it: TestGate
let ada = ''
let ben = ''
let linden = ''
let maple = ''
const bensPassword = 'orange kettle 41 morning'

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  ada = (await it.state()).people[0]?.id ?? ''
  const { organizations } = await it.call<{ organizations: { id: string }[] }>('setup.state')
  linden = organizations[0]?.id ?? ''
})
afterEach(() => it.close())

const as = async (userId: string) => {
  if ((await it.state()).person !== null) await it.call('access.lock')
  await it.call('access.signIn', { userId, password: userId === ada ? goodPassword : bensPassword })
}
const encrypt = () => it.call('access.turnOnEncryption', { password: goodPassword })
const forbidden = { code: 'FORBIDDEN' }
const openers = async () => {
  if ((await it.state()).phase === 'open') await it.call('access.lock')
  return (await it.state()).people.map(({ id }) => id)
}
const invite = (role: string) =>
  it.call<{ id: string; token: string | null }>('users.invite', { name: 'Ben Birch', email: 'ben@birch.example', role })
const letBenIn = async () => {
  const { id, token } = await invite('admin')
  ben = id
  await it.call('access.lock')
  await it.call('access.acceptToken', { token, password: bensPassword })
}
/** Maple is Ben's alone; he is an admin of Linden, which is older and Ada's. */
const giveBenMaple = async () => {
  await letBenIn()
  await as(ada)
  maple = (await it.call<{ id: string }>('setup.createOrganization', { legalName: 'Maple Ltd', country: 'GB' })).id
  it.use(maple)
  await invite('owner')
  await as(ben)
  await it.call('users.remove', { id: ada })
  await it.call('clients.create', { kind: 'company', name: 'Maple client' })
  it.use(linden)
  const client = await it.call<{ id: string }>('clients.create', { kind: 'company', name: 'Secret client' })
  // The factories only call.
  await makeInvoice(it as unknown as Workspace, client.id)
  await it.call('backups.create')
}
const backup = () => listBackups(join(it.directory, 'backups'))[0]?.file ?? ''
const namesIn = ({ holds, present }: BackupPreview) =>
  [holds, present].map((held) => held?.organizations.map(({ name }) => name))

describe('an admin of the first business', () => {
  beforeEach(letBenIn)

  test('makes no business of their own, by any way', async () => {
    expect(await it.call('setup.state')).toMatchObject({ ownsWorkstation: false })
    const made = it.call('setup.createOrganization', { legalName: 'Maple Ltd', country: 'GB' })
    await expect(made).rejects.toMatchObject(forbidden)
    await expect(it.call('setup.loadDemo')).rejects.toMatchObject(forbidden)
    const content = new Uint8Array([80, 75, 3, 4])
    await expect(it.call('dataExports.importEverything', { content })).rejects.toMatchObject(forbidden)
  })

  test('backs up, and brings the business back; all of a backup and where it goes is for its owner', async () => {
    await it.call('backups.create')
    const preview = await it.call<BackupPreview>('recovery.preview', { file: backup() })
    expect(preview).toMatchObject({ everything: false, holds: { organizations: [{ name: 'Linden Ltd' }] } })
    await expect(it.call('recovery.restore', { file: backup() })).rejects.toMatchObject(forbidden)
    const settings = { automatic: true, secondPlace: join(it.directory, '..') }
    await expect(it.call('backups.setSettings', settings)).rejects.toMatchObject(forbidden)
    await it.call('recovery.restore', { file: backup(), organizationId: linden })
  })
})

describe('the owner of the first business', () => {
  test('keeps the backups and the keys, whoever owns another business', async () => {
    await giveBenMaple()
    await as(ada)
    await it.call('recovery.backups')
    const preview = await it.call<BackupPreview>('recovery.preview', { file: backup() })
    expect(preview.everything).toBe(true)
    expect(namesIn(preview)).toEqual([
      ['Linden Ltd', 'Maple Ltd'],
      ['Linden Ltd', 'Maple Ltd'],
    ])
    await it.call('access.newRecoveryCode', { password: goodPassword })
    await encrypt()
    expect(await it.state()).toMatchObject({ encrypted: true })
  })

  test('shuts somebody out who owns another business, and has that from then on', async () => {
    await giveBenMaple()
    await as(ada)
    expect(await it.call('sessions.revokeOfPerson', { id: ben })).toMatchObject({ revoked: expect.any(Number) })
    await it.call('users.deactivate', { id: ben })
    it.use(maple)
    const people = await it.call<{ id: string; role: string; status: string }[]>('users.list')
    expect(people.map(({ id, role, status }) => [id, role, status])).toEqual([
      [ada, 'owner', 'active'],
      [ben, 'owner', 'inactive'],
    ])
    expect((await it.call<{ id: string }[]>('users.elsewhere')).length).toBe(0)
    expect(await openers()).toEqual([ada])
  })

  test('reaches whoever works in another business alone', async () => {
    await encrypt()
    await giveBenMaple()
    await as(ada)
    await it.call('users.remove', { id: ben })
    // He still signs in, to his own business.
    expect((await openers()).sort()).toEqual([ada, ben].sort())
    await as(ada)
    expect(await it.call('users.elsewhere')).toEqual([expect.objectContaining({ id: ben, name: 'Ben Birch' })])
    await it.call('users.deactivate', { id: ben })
    expect(await it.call('users.elsewhere')).toEqual([])
    expect(await openers()).toEqual([ada])
  })
})

describe('the owner of another business alone', () => {
  beforeEach(async () => {
    await giveBenMaple()
    await as(ada)
    await it.call('users.remove', { id: ben })
    await as(ben)
    it.use(maple)
  })

  test('sees and brings back that one, and nothing of the others', async () => {
    for (const name of ['backups.preview', 'recovery.preview']) {
      const preview = await it.call<BackupPreview>(name, { file: backup() })
      expect(preview.everything).toBe(false)
      expect(namesIn(preview), name).toEqual([['Maple Ltd'], ['Maple Ltd']])
      expect(Object.keys(preview.lostOf)).toEqual([maple])
      expect(JSON.stringify(preview, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toMatch(
        /Linden|Secret/,
      )
    }
    await expect(it.call('recovery.restore', { file: backup() })).rejects.toMatchObject(forbidden)
    const other = it.call('recovery.restore', { file: backup(), organizationId: linden })
    await expect(other).rejects.toMatchObject(forbidden)
    await it.call('clients.create', { kind: 'company', name: 'Later client' })
    await it.call('recovery.restore', { file: backup(), organizationId: maple })
    const { rows } = await it.call<{ rows: { name: string }[] }>('clients.list')
    expect(rows.map(({ name }) => name)).toEqual(['Maple client'])
  })

  test('has no say in what concerns the workstation', async () => {
    const settings = { automatic: false, secondPlace: null }
    await expect(it.call('backups.setSettings', settings)).rejects.toMatchObject(forbidden)
    for (const name of ['access.newRecoveryCode', 'access.turnOnEncryption']) {
      await expect(it.call(name, { password: bensPassword }), name).rejects.toMatchObject(forbidden)
    }
    await expect(it.call('users.deactivate', { id: ada })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await it.call('users.elsewhere')).toEqual([])
    const made = it.call('setup.createOrganization', { legalName: 'Third Ltd', country: 'GB' })
    await expect(made).rejects.toMatchObject(forbidden)
  })
})

test('a demo is no business that keeps somebody in, nor one that keeps its owner from anything', async () => {
  await encrypt()
  await letBenIn()
  await as(ada)
  // One that Ben had made himself, when an admin might.
  const demo = { legalName: 'Demo Ltd', country: 'GB', isDemo: true }
  const { id } = await it.call<{ id: string }>('setup.createOrganization', demo)
  it.use(id)
  await invite('owner')
  await as(ben)
  await it.call('users.remove', { id: ada })
  await as(ada)
  it.use(linden)
  await it.call('users.update', { id: ben, version: 2, name: 'Ben Beech', email: null })
  await it.call('users.remove', { id: ben })
  expect(await openers()).toEqual([ada])
})

describe('encrypted, a guest of the demo', () => {
  beforeEach(async () => {
    await encrypt()
    const demo = { legalName: 'Demo Ltd', country: 'GB', isDemo: true }
    it.use((await it.call<{ id: string }>('setup.createOrganization', demo)).id)
    await letBenIn()
    await as(ada)
  })
  const keysOf = () =>
    // What the app itself wrote.
    (JSON.parse(readFileSync(keyFile(), 'utf8')) as { slots: { userId?: string }[] }).slots.map(({ userId }) => userId)
  const keyFile = () => join(it.directory, 'keys.json')

  test('loses the key with it, at once', async () => {
    expect(keysOf()).toContain(ben)
    await it.call('setup.removeDemo')
    expect(keysOf()).toContain(ada)
    expect(keysOf()).not.toContain(ben)
  })

  test('who kept a key all the same opens nothing: the data is closed again, and the key taken', async () => {
    const before = readFileSync(keyFile())
    await it.call('setup.removeDemo')
    await it.call('access.lock')
    // As if it could not have been written then.
    writeFileSync(keyFile(), before)
    const wrong = { code: 'SIGN_IN_FAILED', message: 'This password is not right.' }
    await expect(it.call('access.signIn', { userId: ben, password: bensPassword })).rejects.toMatchObject(wrong)
    expect(await it.state()).toMatchObject({ phase: 'locked', person: null, people: [{ id: ada }] })
    expect(it.gate.isOpen()).toBe(false)
    expect(keysOf()).not.toContain(ben)
    await as(ada)
    expect(await it.state()).toMatchObject({ phase: 'open', person: { id: ada } })
  })

  test('who kept a key and comes to data that is open behind the chooser is told that the password is wrong', async () => {
    const before = readFileSync(keyFile())
    await it.call('setup.removeDemo')
    await it.call('access.switchPerson')
    writeFileSync(keyFile(), before)
    const wrong = { code: 'SIGN_IN_FAILED' }
    await expect(it.call('access.signIn', { userId: ben, password: bensPassword })).rejects.toMatchObject(wrong)
    expect((await it.state()).person).toBeNull()
  })
})
