import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { readHead } from '../../electron/backup/manifest.ts'
import { listBackups, manifestOf } from '../../electron/backup/place.ts'
import { createFileSecretStore } from '../../electron/mail/file-secrets.ts'
import type { BackupStatus, FoundBackup } from '../../shared/contract/backups.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

const newPassword = 'orange kettle 41 morning'
const canary = 'Quetzalcoatlus-Canary-7731'
let it: TestGate

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('clients.create', { kind: 'company', name: `${canary} Ltd` })
  await it.call('users.setPassword', { password: goodPassword })
})
afterEach(() => it.close())

const encrypt = () => it.call<{ recoveryCode: string }>('access.turnOnEncryption', { password: goodPassword })
const openers = (folder: string) =>
  listBackups(folder).map(({ file }) => {
    const keys = readHead(readFileSync(manifestOf(file), 'utf8'))?.keys as { slots: { id: string; kind: string }[] }
    return keys.slots.map(({ kind, id }) => `${kind} ${id}`)
  })
const presentOpeners = () => {
  const { slots } = JSON.parse(readFileSync(join(it.directory, 'keys.json'), 'utf8')) as {
    slots: { id: string; kind: string }[]
  }
  return slots.filter(({ kind }) => kind !== 'token').map(({ kind, id }) => `${kind} ${id}`)
}

/** Whether a secret opens a backup that was carried to a computer that knows nothing of it. */
const opensElsewhere = async (secret: string): Promise<boolean> => {
  const other = await openTestGate()
  try {
    await other.makeBusiness()
    const folder = join(other.directory, 'carried')
    cpSync(join(it.directory, 'backups'), folder, { recursive: true })
    const { rows } = await other.call<{ rows: FoundBackup[] }>('recovery.backups', { path: folder })
    return await other
      .call('recovery.preview', { file: rows.at(-1)?.file, secret })
      .then(() => true)
      .catch(() => false)
  } finally {
    await other.close()
  }
}

describe('who can open the backups', () => {
  test('is who can open the data: an earlier password and an earlier recovery code open none of them', async () => {
    const { recoveryCode } = await encrypt()
    await it.call('backups.create')
    const before = readFileSync(listBackups(join(it.directory, 'backups'))[0]?.file ?? '')
    await it.call('users.setPassword', { password: newPassword })
    const made = await it.call<{ recoveryCode: string }>('access.newRecoveryCode', { password: newPassword })
    await it.gate.settle()
    expect(await opensElsewhere(goodPassword)).toBe(false)
    expect(await opensElsewhere(recoveryCode)).toBe(false)
    expect(await opensElsewhere(newPassword)).toBe(true)
    expect(await opensElsewhere(made.recoveryCode)).toBe(true)
    const [backup] = listBackups(join(it.directory, 'backups'))
    expect(readFileSync(backup?.file ?? '').equals(before)).toBe(true)
    expect(await it.call('backups.verify', { file: backup?.file })).toMatchObject({ sound: true })
  })

  test('a place that is away is named until it is there at a backup', async () => {
    await encrypt()
    const second = `${it.directory}-second`
    mkdirSync(second)
    try {
      await it.call('access.reauthenticate', { password: goodPassword })
      await it.call('backups.setSettings', { automatic: false, secondPlace: second })
      const status = () => it.call<BackupStatus>('backups.status')
      expect((await status()).second?.keysPending).toBe(false)
      await it.call('backups.create')
      cpSync(second, `${second}-away`, { recursive: true })
      rmSync(second, { recursive: true })
      await it.call('users.setPassword', { password: newPassword })
      await it.gate.settle()
      expect(await status()).toMatchObject({ main: { keysPending: false }, second: { keysPending: true } })
      expect(openers(join(it.directory, 'backups'))).toEqual([presentOpeners()])
      await it.restart()
      await it.call('access.signIn', { userId: (await it.state()).people[0]?.id, password: newPassword })
      expect((await status()).second?.keysPending).toBe(true)
      cpSync(`${second}-away`, second, { recursive: true })
      expect(openers(second)).not.toEqual([presentOpeners()])
      it.clock.advance(60_000)
      await it.call('backups.create')
      expect((await status()).second?.keysPending).toBe(false)
      expect(openers(second)).toEqual([presentOpeners(), presentOpeners()])
    } finally {
      rmSync(second, { recursive: true, force: true })
      rmSync(`${second}-away`, { recursive: true, force: true })
    }
  })
})

/** Everything in a folder, with its bytes. */
const contentsOf = (folder: string): string[][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name)).toString('base64')])
    .sort()

describe('a second place that others use too', () => {
  const attach = async (of: TestGate, text: string) => {
    const { id } = await of.call<{ id: string }>('clients.create', { kind: 'company', name: text })
    const content = new TextEncoder().encode(text)
    await of.call('attachments.add', { entity: 'client', entityId: id, fileName: 'letter.txt', content })
  }

  test('keeps what is theirs as it is; what is ours in it is sealed', async () => {
    const second = `${it.directory}-second`
    mkdirSync(second)
    const other = await openTestGate()
    try {
      await other.makeBusiness()
      await attach(other, 'A letter of somebody else')
      await other.call('backups.setSettings', { automatic: false, secondPlace: second })
      await other.call('backups.create')
      writeFileSync(join(second, 'thesis.plain'), 'not ours')
      mkdirSync(join(second, 'files', 'ab'), { recursive: true })
      writeFileSync(join(second, 'files', 'ab', 'photo.jpg'), 'not ours')
      mkdirSync(join(second, 'files', 'my holiday'))
      writeFileSync(join(second, 'files', 'my holiday', 'photo.jpg'), 'not ours')
      const theirs = contentsOf(second)
      it.clock.advance(60_000)
      await attach(it, canary)
      await it.call('backups.setSettings', { automatic: false, secondPlace: second })
      await it.call('backups.create')
      expect(leaks(second).length).toBeGreaterThan(1)
      await encrypt()
      await it.gate.settle()
      expect(leaks(second)).toEqual([])
      expect(contentsOf(second)).toEqual(expect.arrayContaining(theirs))
      const found = await it.call<{ rows: FoundBackup[] }>('recovery.backups', { path: second })
      expect(found.rows.map(({ encrypted }) => encrypted)).toEqual([true, false])
      expect(await it.call('backups.verify', { file: found.rows[0]?.file })).toMatchObject({ sound: true })
    } finally {
      await other.close()
      rmSync(second, { recursive: true, force: true })
    }
  })

  test('one that cannot be converted does not keep the others in the clear, and is sealed as it is', async () => {
    await it.call('backups.create')
    it.clock.advance(60_000)
    await it.call('backups.create')
    const [damaged] = listBackups(join(it.directory, 'backups'))
    const bytes = readFileSync(damaged?.file ?? '')
    writeFileSync(damaged?.file ?? '', bytes.fill(7, 100, 60_000))
    await encrypt()
    await it.gate.settle()
    expect(leaks()).toEqual([])
    await it.call('access.turnOffEncryption', { password: goodPassword })
    expect(readFileSync(damaged?.file ?? '').equals(bytes)).toBe(true)
  })
})

describe('a second place, with a computer that restored a backup of ours', () => {
  let second: string
  let other: TestGate
  const attach = async (of: TestGate, text: string) => {
    const { rows } = await of.call<{ rows: { id: string }[] }>('clients.list')
    const content = new TextEncoder().encode(text)
    await of.call('attachments.add', { entity: 'client', entityId: rows[0]?.id, fileName: 'letter.txt', content })
  }
  const setPlace = (of: TestGate) => of.call('backups.setSettings', { automatic: false, secondPlace: second })
  const backUp = async (of: TestGate) => {
    of.clock.advance(60_000)
    await of.call('backups.create')
  }
  const newest = () => listBackups(second)[0]?.file ?? ''
  /** Lets the other one go on with what is in the second place, in it too. */
  const joinIn = async (secret: string | null, password: string) => {
    other.clock.advance(3_600_000)
    await other.makeBusiness()
    await other.call('recovery.restore', { file: newest(), secret })
    await other.call('access.signIn', { userId: (await other.state()).people[0]?.id, password })
    const { organizations } = await other.call<{ organizations: { id: string }[] }>('setup.state')
    other.use(organizations[0]?.id ?? '')
    await setPlace(other)
  }
  /** Manifests as earlier versions wrote them. */
  const withoutMark = () => {
    for (const { file } of listBackups(second)) {
      const { installation: _mark, ...head } = JSON.parse(readFileSync(manifestOf(file), 'utf8')) as object & {
        installation: unknown
      }
      writeFileSync(manifestOf(file), JSON.stringify(head))
    }
  }

  beforeEach(async () => {
    second = `${it.directory}-second`
    mkdirSync(second)
    other = await openTestGate()
    await attach(it, `${canary} letter`)
    await setPlace(it)
  })
  afterEach(async () => {
    await other.close()
    rmSync(second, { recursive: true, force: true })
  })

  test('leaves those in the clear as they are that the other made with an earlier version, says so, and seals its own', async () => {
    await backUp(it)
    withoutMark()
    const ours = contentsOf(second)
    await joinIn(null, goodPassword)
    await attach(other, `${canary} of the other`)
    await backUp(other)
    await other.call('access.turnOnEncryption', { password: goodPassword })
    await other.gate.settle()
    expect(contentsOf(second)).toEqual(expect.arrayContaining(ours))
    const found = await it.call<{ rows: FoundBackup[] }>('recovery.backups', { path: second })
    expect(found.rows.map(({ encrypted }) => encrypted)).toEqual([true, false])
    expect(found.rows.map(({ elsewhere }) => elsewhere)).toEqual([true, false])
    expect(await it.call('backups.verify', { file: found.rows[1]?.file })).toMatchObject({ sound: true, missing: 0 })
    expect(leaks(second).filter((file) => readFileSync(file).includes('of the other'))).toEqual([])
    // The one backup, and the letter that both have.
    expect((await other.call<BackupStatus>('backups.status')).second?.inClear).toEqual({
      backups: 1,
      unread: [],
      files: 1,
      failed: 0,
    })
    // Whoever made it seals it, also where its manifest does not say so yet.
    await encrypt()
    await it.gate.settle()
    expect(leaks(second)).toEqual([])
    expect((await it.call<BackupStatus>('backups.status')).second?.inClear).toBeNull()
    expect(await it.call('backups.verify', { file: found.rows[1]?.file })).toMatchObject({ sound: true, missing: 0 })
  })

  test('leaves the passwords of those that the other made, with an earlier version and under the same key', async () => {
    await backUp(it)
    // Too damaged to be converted: its bytes are sealed under the key that both will have.
    const damaged = newest()
    const bytes = readFileSync(damaged).fill(7, 100, 60_000)
    writeFileSync(damaged, bytes)
    const { recoveryCode } = await encrypt()
    await it.gate.settle()
    expect(existsSync(damaged)).toBe(false)
    await backUp(it)
    withoutMark()
    const ours = contentsOf(second)
    await joinIn(recoveryCode, goodPassword)
    await backUp(other)
    await other.call('users.setPassword', { password: newPassword })
    await other.gate.settle()
    await backUp(other)
    await other.call('access.turnOffEncryption', { password: newPassword })
    expect(contentsOf(second)).toEqual(expect.arrayContaining(ours))
    // And ours follow our own.
    await it.call('access.newRecoveryCode', { password: goodPassword })
    await it.gate.settle()
    const slots = openers(second).map((all) => all.join())
    expect(slots.filter((all) => all === presentOpeners().join())).toHaveLength(1)
    expect(slots).toHaveLength(3)
    await it.call('access.turnOffEncryption', { password: goodPassword })
    expect(readFileSync(damaged).equals(bytes)).toBe(true)
  })

  test('a copy in the clear of a kept file of ours that no backup names any more is sealed', async () => {
    await backUp(it)
    for (const { file } of listBackups(second)) {
      rmSync(file)
      rmSync(manifestOf(file))
    }
    writeFileSync(join(second, 'files', 'left.txt'), 'not ours')
    expect(leaks(second)).toHaveLength(1)
    await encrypt()
    await it.gate.settle()
    expect(leaks(second)).toEqual([])
    expect(readFileSync(join(second, 'files', 'left.txt'), 'utf8')).toBe('not ours')
    // Its sealed twin is there: it may have been the only copy.
    expect(readdirSync(join(second, 'sealed'))).toHaveLength(1)
  })
})

const leaks = (folder = it.directory): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(canary) || readFileSync(file).includes(canary.toLowerCase()))

describe('what was put aside in the clear', () => {
  const aside = (folder: string) => join(it.directory, folder, '2026-01-02T03-04-05Z')
  const putAside = (folder: string, change: (bytes: Buffer) => Buffer) => {
    mkdirSync(aside(folder), { recursive: true })
    const bytes = change(readFileSync(join(it.directory, 'counterfoil.db')))
    writeFileSync(join(aside(folder), 'counterfoil.db'), bytes)
    writeFileSync(join(aside(folder), 'counterfoil.db-wal'), `the log of ${canary}`)
    return bytes
  }

  test('is sealed with the data, also where it is too damaged to be a database, and comes back byte for byte', async () => {
    await it.gate.close()
    const damaged = putAside('damaged', (bytes) => bytes.fill(7, 0, 5000))
    putAside('replaced', (bytes) => bytes.fill(7, 100, 9000))
    mkdirSync(join(it.directory, 'salvage'))
    writeFileSync(join(it.directory, 'salvage', 'counterfoil.db'), canary)
    await it.restart()
    expect(leaks().some((file) => file.includes('damaged'))).toBe(true)
    await encrypt()
    await it.gate.settle()
    expect(leaks()).toEqual([])
    // A key that does not fit, or bytes that were changed, give nothing and take nothing away.
    const sealed = join(aside('damaged'), 'counterfoil.db.sealed')
    expect(existsSync(sealed)).toBe(true)
    await it.call('access.turnOffEncryption', { password: goodPassword })
    expect(readFileSync(join(aside('damaged'), 'counterfoil.db')).equals(damaged)).toBe(true)
    expect(readFileSync(join(aside('damaged'), 'counterfoil.db-wal'), 'utf8')).toBe(`the log of ${canary}`)
    expect(existsSync(sealed)).toBe(false)
  })
})

test('sealing that a lock cut off goes on after the next sign-in', async () => {
  for (let count = 0; count < 2; count += 1) {
    it.clock.advance(60_000)
    await it.call('backups.create')
  }
  await encrypt()
  // At once, while it is at the first of them.
  await it.call('access.lock', { reason: 'person' })
  expect((await it.state()).phase).toBe('locked')
  expect(leaks().length).toBeGreaterThan(0)
  await it.call('access.signIn', { userId: (await it.state()).people[0]?.id, password: goodPassword })
  await it.gate.settle()
  expect(leaks()).toEqual([])
  for (const { file } of listBackups(join(it.directory, 'backups')))
    expect(await it.call('backups.verify', { file })).toMatchObject({ sound: true, missing: 0 })
})

describe('secrets', () => {
  const clear = () => createFileSecretStore(join(it.directory, 'secrets'))
  const secrets = () => readdirSync(join(it.directory, 'secrets'))
  const saveAccount = () =>
    it.call('mail.saveAccount', {
      version: null,
      password: 'smtp-secret-1',
      fromName: 'Linden',
      fromAddress: 'hello@linden.example',
      replyTo: null,
      host: 'smtp.linden.example',
      port: 465,
      security: 'tls',
      userName: 'hello@linden.example',
    })
  const organizationId = (): string => {
    const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: true })
    try {
      return String(database.prepare('SELECT id FROM organizations').pluck().get())
    } finally {
      database.close()
    }
  }

  test('what another key sealed does not keep the data encrypted, and stays as it is', async () => {
    await encrypt()
    await it.gate.settle()
    const foreign = join(it.directory, 'replaced', 'earlier', 'counterfoil.db.sealed')
    mkdirSync(join(foreign, '..'), { recursive: true })
    writeFileSync(foreign, 'not what was sealed')
    await it.call('access.turnOffEncryption', { password: goodPassword })
    expect(await it.state()).toMatchObject({ phase: 'open', encrypted: false })
    expect(readFileSync(foreign, 'utf8')).toBe('not what was sealed')
  })

  test('an attempt to decrypt that fails leaves them in one store, and the key where it was', async () => {
    await saveAccount()
    const name = `smtp:${organizationId()}`
    await encrypt()
    await it.gate.settle()
    expect(await clear().get(name)).toBeNull()
    const keys = readFileSync(join(it.directory, 'keys.json'))
    mkdirSync(join(it.directory, 'damaged', 'broken'), { recursive: true })
    writeFileSync(join(it.directory, 'damaged', 'broken', 'counterfoil.db.sealed'), 'not what was sealed')
    // Nothing can be written there.
    mkdirSync(join(it.directory, 'damaged', 'broken', 'counterfoil.db.partial'))
    await expect(it.call('access.turnOffEncryption', { password: goodPassword })).rejects.toBeDefined()
    await it.gate.settle()
    expect((await it.state()).encrypted).toBe(true)
    expect(readFileSync(join(it.directory, 'keys.json')).equals(keys)).toBe(true)
    expect(await clear().get(name)).toBeNull()
    expect(existsSync(join(it.directory, 'device.key'))).toBe(false)
    expect(await it.call('mail.account')).toMatchObject({ account: { hasPassword: true } })
  })

  test('after a restore of a backup in the clear they stay under the key, as the data does', async () => {
    await saveAccount()
    await it.call('backups.create')
    const plain = join(`${it.directory}-plain`)
    cpSync(join(it.directory, 'backups'), plain, { recursive: true })
    try {
      await encrypt()
      await it.gate.settle()
      await it.call('recovery.restore', { file: listBackups(plain)[0]?.file })
      expect((await it.state()).encrypted).toBe(true)
      expect(secrets()).toContain('sealed.json')
      await it.call('access.signIn', { userId: (await it.state()).people[0]?.id, password: goodPassword })
      expect(await it.call('mail.account')).toMatchObject({ account: { hasPassword: true } })
    } finally {
      rmSync(plain, { recursive: true, force: true })
    }
  })

  test('after a restore that leaves all in the clear those of the key are released, and its file is kept under a date', async () => {
    const elsewhere = await openTestGate()
    try {
      // Nobody in it could open what is under the key of here.
      await elsewhere.makeBusiness()
      await elsewhere.call('backups.create')
      await saveAccount()
      await encrypt()
      await it.gate.settle()
      const [backup] = listBackups(join(elsewhere.directory, 'backups'))
      await it.call('recovery.restore', { file: backup?.file })
      expect((await it.state()).encrypted).toBe(false)
      expect(secrets()).not.toContain('sealed.json')
      expect(secrets().some((name) => /^sealed-retired-\d{4}-\d\d-\d\dT[\d-]+Z\.json$/.test(name))).toBe(true)
    } finally {
      await elsewhere.close()
    }
  })
})
