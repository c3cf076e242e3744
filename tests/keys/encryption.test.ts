import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { readState, writeState } from '../../electron/backup/state.ts'
import { newRecoveryCode } from '../../electron/keys/recovery-code.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import { leaks as filesWith } from '../support/leaks.ts'

const canary = 'Quetzalcoatlus-Canary-7731'

let it: TestGate

const leaks = (directory: string, words: readonly string[] = [canary, canary.toLowerCase()]) =>
  filesWith(directory, words)

const fill = async () => {
  await it.call('clients.create', {
    kind: 'company',
    name: `${canary} Ltd`,
    email: `${canary.toLowerCase()}@example.com`,
  })
  const list = await it.call<{ rows: { id: string }[] }>('clients.list')
  const entityId = list.rows[0]?.id ?? ''
  await it.call('attachments.add', {
    entity: 'client',
    entityId,
    fileName: `${canary}.txt`,
    content: new TextEncoder().encode(`A letter about ${canary}.`),
  })
}

const encrypt = () => it.call<{ recoveryCode: string }>('access.turnOnEncryption', { password: goodPassword })
// Copies of everything that were under way when the program was killed.
const leaveScratch = () => {
  const [backup = ''] = readdirSync(join(it.directory, 'backups')).filter((name) => name.endsWith('.db'))
  for (const folder of ['drill', 'diagnosis', 'salvage', 'counterfoil.db.inspection', '']) {
    mkdirSync(join(it.directory, folder), { recursive: true })
    const name = folder === '' ? 'counterfoil.db.preview' : 'counterfoil.db'
    copyFileSync(join(it.directory, 'backups', backup), join(it.directory, folder, name))
  }
}
const owner = async () => (await it.state()).people[0]?.id ?? ''
const file = () => join(it.directory, 'counterfoil.db')
const namesOfClients = async () =>
  (await it.call<{ rows: { name: string }[] }>('clients.list')).rows.map(({ name }) => name)

beforeEach(async () => {
  it = await openTestGate({ realLog: true })
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  await fill()
})
afterEach(() => it.close())

describe('turning encryption on', () => {
  test('leaves no word of the data in any file of the folder, while it is open and after it is closed', async () => {
    await it.call('backups.create')
    const refused = it.call('clients.create', { kind: 'company', name: canary, email: `${canary} is no address` })
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION' })
    leaveScratch()
    expect(leaks(it.directory).length).toBeGreaterThan(6)
    await encrypt()
    await it.gate.settle()
    expect(await it.state()).toMatchObject({ phase: 'open', encrypted: true, person: { name: 'Ada Linden' } })
    expect(await namesOfClients()).toEqual([`${canary} Ltd`])
    expect(leaks(it.directory)).toEqual([])
    const { rows } = await it.call<{ rows: { file: string; encrypted: boolean }[] }>('recovery.backups')
    expect(rows.map(({ encrypted }) => encrypted)).toContain(true)
    for (const { file } of rows)
      expect(await it.call('backups.verify', { file })).toMatchObject({ sound: true, missing: 0 })
    await it.call('clients.list', { search: canary })
    expect(existsSync(join(it.directory, 'logs', 'counterfoil.log'))).toBe(true)
    await it.gate.close()
    expect(leaks(it.directory, [canary, canary.toLowerCase(), goodPassword])).toEqual([])
    expect(isPlainDatabase(file())).toBe(false)
    expect(leaks(it.directory, ['PRIVATE KEY'])).toEqual([])
    await it.restart()
  })

  test('opens with the password, and with nothing that is not right', async () => {
    await encrypt()
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'locked', reason: 'start', people: [{ name: 'Ada Linden' }] })
    const userId = await owner()
    await expect(it.call('clients.list')).rejects.toMatchObject({ code: 'LOCKED' })
    await expect(it.call('access.signIn', { userId, password: 'not this one' })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    expect(await it.call('access.signIn', { userId, password: goodPassword })).toMatchObject({ next: 'open' })
    expect(await namesOfClients()).toEqual([`${canary} Ltd`])
  })

  test('without a keychain whoever asks to stay signed in is let in all the same', async () => {
    await encrypt()
    await it.restart()
    const asked = { userId: await owner(), password: goodPassword, staySignedIn: true }
    expect(await it.call('access.signIn', asked)).toMatchObject({ next: 'open' })
    await it.restart()
    expect((await it.state()).phase).toBe('locked')
  })

  test('a lock forgets the key and closes the database', async () => {
    await encrypt()
    await it.call('access.lock')
    expect(await it.state()).toMatchObject({ phase: 'locked', person: null })
    expect(existsSync(`${file()}-wal`)).toBe(false)
    expect(await it.call('access.signIn', { userId: await owner(), password: goodPassword })).toMatchObject({
      next: 'open',
    })
  })

  test('the recovery code opens it after the key file was all that was left, with a new password', async () => {
    const { recoveryCode } = await encrypt()
    await it.restart()
    const password = 'orange kettle 41 morning'
    const wrong = recoveryCode.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))
    await expect(it.call('access.recover', { recoveryCode: wrong, password })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    expect(await it.call('access.recover', { recoveryCode, password })).toEqual({ next: 'open', owners: [] })
    await it.restart()
    expect(await it.call('access.signIn', { userId: await owner(), password })).toMatchObject({ next: 'open' })
    expect(await namesOfClients()).toEqual([`${canary} Ltd`])
  })

  test('a new password opens it, the old one does not', async () => {
    await encrypt()
    const password = 'orange kettle 41 morning'
    await it.call('users.setPassword', { password })
    await it.restart()
    const userId = await owner()
    await expect(it.call('access.signIn', { userId, password: goodPassword })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    expect(await it.call('access.signIn', { userId, password })).toMatchObject({ next: 'open' })
  })

  test('wrong tries before it is open are counted over restarts', async () => {
    await encrypt()
    await it.restart()
    const userId = await owner()
    const wrong = () => it.call('access.signIn', { userId, password: 'not this one' })
    for (let count = 0; count < 5; count += 1) await expect(wrong()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await it.restart()
    await expect(it.call('access.signIn', { userId, password: goodPassword })).rejects.toMatchObject({
      message: expect.stringContaining('Wait'),
    })
    it.clock.advance(31_000)
    expect(await it.call('access.signIn', { userId, password: goodPassword })).toMatchObject({ next: 'open' })
  })

  test('turned off again everything is there, in the clear', async () => {
    const deviceKey = readFileSync(join(it.directory, 'device.key'), 'utf8')
    await encrypt()
    await it.call('access.turnOffEncryption', { password: goodPassword })
    expect(await it.state()).toMatchObject({ phase: 'open', encrypted: false, person: { name: 'Ada Linden' } })
    expect(isPlainDatabase(file())).toBe(true)
    expect(await namesOfClients()).toEqual([`${canary} Ltd`])
    const [client] = (await it.call<{ rows: { id: string }[] }>('clients.list')).rows
    const kept = await it.call<{ id: string }[]>('attachments.list', { entity: 'client', entityId: client?.id })
    const content = await it.call<{ content: Uint8Array }>('attachments.content', { id: kept[0]?.id })
    expect(new TextDecoder().decode(content.content)).toContain(canary)
    expect(existsSync(join(it.directory, 'sealed'))).toBe(false)
    expect(readFileSync(join(it.directory, 'device.key'), 'utf8')).toBe(deviceKey)
  })

  test('a key file that others may read, as copies and other disks make it, opens all the same, and is tightened', async () => {
    await encrypt()
    const warnings: unknown[] = []
    await it.gate.close()
    const keys = join(it.directory, 'keys.json')
    chmodSync(keys, 0o644)
    const copied = await openTestGate({
      directory: it.directory,
      gate: { log: { info: () => undefined, error: () => undefined, warn: (data) => warnings.push(data) } },
    })
    const { phase, people } = await copied.state()
    expect(phase).toBe('locked')
    const asked = { userId: people[0]?.id, password: goodPassword }
    expect(await copied.call('access.signIn', asked)).toMatchObject({ next: 'open' })
    expect(statSync(keys).mode & 0o777).toBe(0o600)
    expect(warnings).toMatchObject([{ problem: expect.stringContaining('keys.json may be read by other users') }])
    await copied.close()
    await it.restart()
  })

  describe('whose key file is lost, with backups that have copies of it,', () => {
    const later = 'Since the backup Ltd'
    const keys = () => join(it.directory, 'keys.json')
    let recoveryCode: string
    let kept: { keyId: string; slots: { kind: string }[] }
    beforeEach(async () => {
      recoveryCode = (await encrypt()).recoveryCode
      await it.call('backups.create')
      await it.call('clients.create', { kind: 'company', name: later })
      await it.gate.close()
      kept = JSON.parse(readFileSync(keys(), 'utf8'))
    })
    const lose = async () => {
      rmSync(keys())
      await it.restart()
    }
    const everything = [`${canary} Ltd`, later]
    const names = async () => (await namesOfClients()).sort()

    test('says so at the door, and a password puts it back: nothing is lost', async () => {
      await lose()
      expect(await it.state()).toMatchObject({
        phase: 'locked',
        encrypted: true,
        guarded: true,
        people: [{ name: 'Ada Linden' }],
        problem: { message: expect.stringContaining('keys.json is missing') },
      })
      await expect(it.call('clients.list')).rejects.toMatchObject({ message: expect.stringContaining('is missing') })
      const userId = await owner()
      await expect(it.call('access.signIn', { userId, password: 'not this one' })).rejects.toMatchObject({
        code: 'SIGN_IN_FAILED',
      })
      expect(existsSync(keys())).toBe(false)
      expect(await it.call('access.signIn', { userId, password: goodPassword })).toMatchObject({ next: 'open' })
      expect((await it.state()).problem).toBeNull()
      expect(await names()).toEqual(everything)
      expect(JSON.parse(readFileSync(keys(), 'utf8'))).toEqual(kept)
      expect(statSync(keys()).mode & 0o777).toBe(0o600)
      await it.restart()
      expect(await it.state()).toMatchObject({ phase: 'locked', problem: null })
    })

    test('opens with the recovery code, and five wrong ones wait', async () => {
      await lose()
      const password = 'orange kettle 41 morning'
      const wrong = newRecoveryCode()
      for (let count = 0; count < 5; count += 1) {
        await expect(it.call('access.recover', { recoveryCode: wrong, password })).rejects.toMatchObject({
          code: 'SIGN_IN_FAILED',
        })
      }
      const recover = () => it.call('access.recover', { recoveryCode, password })
      await expect(recover()).rejects.toMatchObject({ message: expect.stringContaining('Wait 30 seconds') })
      it.clock.advance(31_000)
      expect(await recover()).toEqual({ next: 'open', owners: [] })
      expect(await names()).toEqual(everything)
    })

    test('one that cannot be read is kept beside it', async () => {
      writeFileSync(keys(), '{"version":1', { mode: 0o600 })
      await it.restart()
      expect((await it.state()).problem?.message).toContain('keys.json cannot be read')
      await it.call('access.signIn', { userId: await owner(), password: goodPassword })
      expect(await names()).toEqual(everything)
      expect(readFileSync(`${keys()}.unreadable-1`, 'utf8')).toBe('{"version":1')
    })

    test('a restore that what is said would make needless is refused, and puts it back', async () => {
      await lose()
      const { rows } = await it.call<{ rows: { file: string; encrypted: boolean }[] }>('recovery.backups')
      const backup = rows.find(({ encrypted }) => encrypted)?.file
      const secret = recoveryCode
      expect(await it.call('recovery.preview', { file: backup, secret })).toMatchObject({ lost: { clients: 1 } })
      await expect(it.call('recovery.restore', { file: backup, secret, replay: true })).rejects.toMatchObject({
        code: 'INVALID_STATE',
        message: expect.stringContaining('Nothing has to be restored'),
      })
      expect(await it.state()).toMatchObject({ phase: 'locked', problem: null })
      await it.call('access.signIn', { userId: await owner(), password: goodPassword })
      expect(await names()).toEqual(everything)
    })

    test('put back by hand, it opens with the next try', async () => {
      await lose()
      writeFileSync(keys(), JSON.stringify(kept), { mode: 0o600 })
      expect(await it.call('access.retry')).toMatchObject({ phase: 'locked', problem: null })
    })

    test.each(['a link', 'a folder'])(
      'one that is there and only cannot be read now is left as it is: %s',
      async (kind) => {
        const away = `${keys()}.away`
        renameSync(keys(), away)
        if (kind === 'a link') symlinkSync(away, keys())
        else mkdirSync(keys())
        await it.restart()
        const { phase, problem } = await it.state()
        expect(phase).toBe('damaged')
        expect(problem?.message).toMatch(/keys\.json (is a link to another file|cannot be read)/)
        expect(await it.call('recovery.diagnose')).toMatchObject({ what: problem?.message })
        const { rows } = await it.call<{ rows: { file: string; encrypted: boolean }[] }>('recovery.backups')
        const backup = rows.find(({ encrypted }) => encrypted)?.file
        await expect(it.call('recovery.restore', { file: backup, secret: recoveryCode })).rejects.toMatchObject({
          message: problem?.message,
        })
        expect(readdirSync(it.directory).filter((name) => name.includes('unreadable'))).toEqual([])
        rmSync(keys(), { recursive: true })
        renameSync(away, keys())
        expect(await it.call('access.retry')).toMatchObject({ phase: 'locked', problem: null })
        await it.call('access.signIn', { userId: await owner(), password: goodPassword })
        expect(await names()).toEqual(everything)
      },
    )

    test('the copies are read once, and anew where something came to their place', async () => {
      await lose()
      const folder = join(it.directory, 'backups')
      const manifests = readdirSync(folder).filter((name) => name.endsWith('.json'))
      // Written over in their place: what is in the folder stays the same.
      for (const name of manifests) writeFileSync(join(folder, name), '{}')
      expect((await it.state()).people).toMatchObject([{ name: 'Ada Linden' }])
      writeFileSync(join(folder, 'another.txt'), '')
      await expect(it.state()).rejects.toMatchObject({ message: expect.stringContaining('is missing') })
    })

    test('copies of others in a place that both use are neither offered nor tried', async () => {
      const place = mkdtempSync(join(tmpdir(), 'counterfoil-shared-'))
      const other = await openTestGate()
      try {
        await other.makeBusiness()
        const me = await other.call<{ id: string; version: number }>('users.me')
        await other.call('users.updateMe', { version: me.version, name: 'Olga Other', email: null, color: null })
        await other.call('users.setPassword', { password: goodPassword })
        await other.call('access.turnOnEncryption', { password: goodPassword })
        await other.call('backups.setSettings', { automatic: false, secondPlace: place })
        await other.call('backups.create')
        const [stranger] = (await other.state()).people
        writeState(it.directory, { ...readState(it.directory), settings: { automatic: false, secondPlace: place } })
        await lose()
        expect((await it.state()).people).toMatchObject([{ name: 'Ada Linden' }])
        const asked = { userId: stranger?.id, password: goodPassword }
        await expect(it.call('access.signIn', asked)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
      } finally {
        await other.close()
        rmSync(place, { recursive: true, force: true })
      }
    })

    test('data that none of the copies opens is not called whole, and no key file is made up for it', async () => {
      const size = statSync(file()).size
      writeFileSync(file(), Buffer.alloc(size, 0x5a))
      await lose()
      const asked = { userId: await owner(), password: goodPassword }
      await expect(it.call('access.signIn', asked)).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        message: expect.stringMatching(/belongs to other data.+Go back to a backup/),
      })
      expect(existsSync(keys())).toBe(false)
      const { rows } = await it.call<{ rows: { file: string; encrypted: boolean }[] }>('recovery.backups')
      const backup = rows.find(({ encrypted }) => encrypted)?.file
      await it.call('recovery.restore', { file: backup, secret: goodPassword })
      await it.call('access.signIn', { userId: await owner(), password: goodPassword })
      expect(await names()).toEqual([`${canary} Ltd`])
    })
  })

  test('a key file that is gone or damaged is named, and nothing is touched', async () => {
    await encrypt()
    await it.gate.close()
    const keys = join(it.directory, 'keys.json')
    const before = statSync(file()).mtimeMs
    renameSync(keys, `${keys}.away`)
    await it.restart()
    const missing = await it.state()
    expect(missing.phase).toBe('damaged')
    expect(missing.problem?.message).toContain('keys.json is missing')
    expect(await it.call('recovery.diagnose')).toMatchObject({
      what: 'The key file of the data, keys.json, is missing or cannot be read, and no backup has a copy of it.',
      canSalvage: false,
    })
    await it.gate.close()
    writeFileSync(keys, '{"version":1', { mode: 0o600 })
    await it.restart()
    expect((await it.state()).problem?.message).toContain('is damaged. It was left as it is')
    await it.gate.close()
    renameSync(`${keys}.away`, keys)
    await it.restart()
    expect(await it.call('access.signIn', { userId: await owner(), password: goodPassword })).toMatchObject({
      next: 'open',
    })
    expect(statSync(file()).mtimeMs).toBeGreaterThanOrEqual(before)
  })
})
