import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BackupPreview, BackupStatus } from '../../shared/contract/backups.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
let stick: string

beforeEach(async () => {
  stick = mkdtempSync(join(tmpdir(), 'counterfoil-stick-'))
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('clients.create', { kind: 'company', name: 'Before Ltd' })
})
afterEach(async () => {
  await it.close()
  rmSync(stick, { recursive: true, force: true })
})

/** Makes a backup and copies it to a stick, where nobody seals it. */
const toStick = async (of: TestGate): Promise<string> => {
  const { main } = await of.call<BackupStatus>('backups.create')
  cpSync(join(of.directory, 'backups'), stick, { recursive: true })
  return join(stick, basename(main.last?.file ?? ''))
}
const restoreOf = (file: string) => it.call<{ entry: BackupPreview['entry'] }>('recovery.restore', { file })
const previewOf = (file: string) => it.call<BackupPreview>('recovery.preview', { file })
const encrypt = async () => {
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('access.turnOnEncryption', { password: goodPassword })
}
const signIn = async () =>
  it.call('access.signIn', { userId: (await it.state()).people[0]?.id, password: goodPassword })
const inClear = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text))
const names = async () =>
  (await it.call<{ rows: { name: string }[] }>('clients.list')).rows.map(({ name }) => name).sort()

test('a backup in the clear of this data comes back sealed with the key of now, and the passwords of now hold', async () => {
  const { rows } = await it.call<{ rows: { id: string }[] }>('clients.list')
  const content = new TextEncoder().encode('A letter in the clear.')
  await it.call('attachments.add', { entity: 'client', entityId: rows[0]?.id, fileName: 'letter.txt', content })
  const file = await toStick(it)
  await encrypt()
  await it.call('clients.create', { kind: 'company', name: 'After Ltd' })
  const entry = { encryption: 'sealed', unguarded: false, ofThen: false }
  expect((await previewOf(file)).entry).toEqual(entry)
  expect((await restoreOf(file)).entry).toEqual(entry)
  expect(await it.state()).toMatchObject({ encrypted: true, guarded: true, person: null })
  expect(await signIn()).toMatchObject({ next: 'open' })
  expect(await names()).toEqual(['Before Ltd'])
  await it.gate.settle()
  expect(inClear(it.directory, 'Before Ltd')).toEqual([])
  expect(inClear(it.directory, 'A letter in the clear.')).toEqual([])
  expect(await it.call('audit.verify')).toMatchObject({ ok: true })
  expect(await it.call('attachments.list', { entity: 'client', entityId: rows[0]?.id })).toBeDefined()
})

test('one in the clear that nobody of now is in leaves everything in the clear, and that is said before and afterwards', async () => {
  const other = await openTestGate()
  try {
    await other.makeBusiness()
    const file = await toStick(other)
    await encrypt()
    const entry = { encryption: 'in-clear', unguarded: true, ofThen: false }
    expect((await previewOf(file)).entry).toEqual(entry)
    expect((await restoreOf(file)).entry).toEqual(entry)
    expect(await it.state()).toMatchObject({ phase: 'open', encrypted: false, guarded: false })
    const [business] = (await it.call<{ organizations: { id: string }[] }>('setup.state')).organizations
    it.use(business?.id ?? '')
    expect(await it.call('backups.status')).toMatchObject({ restored: { entry } })
  } finally {
    await other.close()
  }
})

test('without the key of damaged data a backup in the clear says that it leaves all in the clear', async () => {
  const file = await toStick(it)
  await encrypt()
  await it.gate.close()
  const database = join(it.directory, 'counterfoil.db')
  writeFileSync(database, readFileSync(database).fill(0x5a, 0, 200))
  rmSync(join(it.directory, 'keys.json'))
  rmSync(join(it.directory, 'backups'), { recursive: true })
  await it.restart()
  expect(existsSync(database)).toBe(true)
  const entry = { encryption: 'in-clear', unguarded: true, ofThen: false }
  expect((await previewOf(file)).entry).toEqual(entry)
  expect((await restoreOf(file)).entry).toEqual(entry)
  expect(await it.state()).toMatchObject({ phase: 'open', encrypted: false })
})
