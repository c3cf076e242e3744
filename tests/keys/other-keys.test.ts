import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

const otherPassword = 'orange kettle 41 morning'
let it: TestGate
let recoveryCode: string
let otherKeys: string
let otherCode: string

const encrypted = async (of: TestGate, password: string) => {
  await of.makeBusiness()
  await of.call('users.setPassword', { password })
  const made = await of.call<{ recoveryCode: string }>('access.turnOnEncryption', { password })
  return made.recoveryCode
}

beforeEach(async () => {
  const other = await openTestGate()
  otherCode = await encrypted(other, otherPassword)
  otherKeys = readFileSync(join(other.directory, 'keys.json'), 'utf8')
  await other.close()
  it = await openTestGate()
  recoveryCode = await encrypted(it, goodPassword)
})
afterEach(() => it.close())

const keysPath = () => join(it.directory, 'keys.json')
const person = async () => (await it.state()).people[0]?.id ?? ''
const signIn = async (password: string) => it.call('access.signIn', { userId: await person(), password })
const putKeys = async (content: string) => {
  await it.gate.close()
  writeFileSync(keysPath(), content, { mode: 0o600 })
  await it.restart()
}
// The name of the installation is made when backups are looked for the first time; the rest is of the door.
const beside: ReadonlySet<string> = new Set(['installation.json', 'sign-in-attempts.json', 'session.json', 'logs'])
const contents = () =>
  readdirSync(it.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !beside.has(entry.name) && !/-(wal|shm)$|lock/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
    .sort()

test('keys of other data are named as such, and nothing is touched; the right ones back, all is as it was', async () => {
  rmSync(join(it.directory, 'backups'), { recursive: true, force: true })
  const keys = readFileSync(keysPath(), 'utf8')
  await putKeys(otherKeys)
  const before = contents()
  const said = { code: 'STORAGE_UNAVAILABLE', message: expect.stringContaining(`${keysPath()} belongs to other data`) }
  await expect(signIn(otherPassword)).rejects.toMatchObject(said)
  const { problem } = await it.state()
  expect(problem?.message).toMatch(/Put the right keys\.json back .* or go back to a backup\.$/)
  expect(problem?.message).not.toContain('damaged')
  expect(await it.call('recovery.diagnose')).toMatchObject({
    what: expect.stringContaining('belongs to other data'),
    todo: expect.stringMatching(/^Put the right keys\.json back/),
  })
  expect(contents()).toEqual(before)
  writeFileSync(keysPath(), keys, { mode: 0o600 })
  expect(await it.call('access.retry')).toMatchObject({ phase: 'locked', problem: null })
  expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
  expect(await it.call('setup.state')).toMatchObject({ organizations: [{ name: 'Linden Ltd' }] })
})

test.each(['the password', 'the recovery code'])(
  'with copies of the right ones in the backups %s of this data opens it, and puts them back',
  async (what) => {
    await it.call('backups.create')
    const [name] = (await it.state()).people.map(({ id }) => id)
    const userId = (await it.state()).person?.id ?? name
    await putKeys(otherKeys)
    await expect(it.call('access.recover', { recoveryCode: otherCode, password: goodPassword })).rejects.toMatchObject({
      message: expect.stringContaining('copies of its key file are kept with your backups'),
    })
    expect(await it.state()).toMatchObject({
      phase: 'locked',
      people: [{ id: userId }],
      problem: { message: expect.stringContaining('enter a password or the recovery code of this data') },
    })
    // Said again it opens no copy.
    await expect(signIn(otherPassword)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    if (what === 'the password') expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
    else
      expect(await it.call('access.recover', { recoveryCode, password: goodPassword })).toMatchObject({ next: 'open' })
    expect(await it.state()).toMatchObject({ phase: 'open', problem: null })
    expect(readFileSync(`${keysPath()}.other-1`, 'utf8')).toBe(otherKeys)
    await it.restart()
    expect(await signIn(goodPassword)).toMatchObject({ next: 'open' })
  },
)

test('the right key of a database whose beginning is destroyed is no key of other data', async () => {
  await it.gate.close()
  const file = join(it.directory, 'counterfoil.db')
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(7, 0, Math.min(8192, statSync(file).size)))
  await it.restart()
  await expect(signIn(goodPassword)).rejects.toMatchObject({ message: expect.not.stringContaining('other data') })
  expect((await it.state()).phase).toBe('damaged')
})

test('keys that were put there while the data is open let nobody in who is none of its people', async () => {
  const userId = (await it.state()).person?.id ?? ''
  // Of other data, with a slot under the name of somebody who is here.
  const content = JSON.parse(otherKeys) as { slots: { kind: string }[] }
  const slots = content.slots.map((slot) => (slot.kind === 'password' ? { ...slot, userId } : slot))
  await it.call('access.switchPerson')
  const keys = readFileSync(keysPath())
  writeFileSync(keysPath(), JSON.stringify({ ...content, slots }), { mode: 0o600 })
  await expect(it.call('access.signIn', { userId, password: otherPassword })).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
  })
  await expect(it.call('access.recover', { recoveryCode: otherCode, password: otherPassword })).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
  })
  writeFileSync(keysPath(), keys, { mode: 0o600 })
  expect(await it.call('access.signIn', { userId, password: goodPassword })).toMatchObject({ next: 'open' })
})
