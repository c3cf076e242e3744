import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { openConnection } from '../../db/open.ts'
import { rekeyFile } from '../../db/rekey.ts'
import { deriveKey, seal } from '../../electron/keys/derive.ts'
import type { KeyFile } from '../../electron/keys/key-file.ts'
import { noKeychain } from '../../electron/keys/keychain.ts'
import { openSlot } from '../../electron/keys/slots.ts'
import { createVault } from '../../electron/keys/vault.ts'
import type { SecretStore } from '../../electron/mail/secrets.ts'
import type { FoundBackup } from '../../shared/contract/backups.ts'
import { countedIds, fakeClock } from '../support/clock.ts'
import { goodPassword, openTestGate } from '../support/gate.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-emptied-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const emptied = new Uint8Array(32)
const locked = expect.objectContaining({ code: 'LOCKED' })

describe('a key that a lock has emptied', () => {
  test('encrypts nothing: no database, no bytes, and no key is made of it', () => {
    const file = join(folder, 'one.db')
    openConnection(file, { readonly: false }).exec('CREATE TABLE t (x TEXT) STRICT').close()
    expect(() => rekeyFile(file, null, emptied)).toThrow(locked)
    expect(isPlainDatabase(file)).toBe(true)
    expect(() => openConnection(join(folder, 'other.db'), { readonly: false, key: emptied })).toThrow(locked)
    expect(() => seal(emptied, 'label', Buffer.from('text'))).toThrow(locked)
    expect(() => deriveKey(emptied, 'files')).toThrow(locked)
  })
})

test('a password that is set while the data is being locked wraps the key, not what is left of it', async () => {
  const clock = fakeClock()
  const counted = countedIds(clock)
  let onId = (): void => undefined
  const ids = {
    next: () => {
      onId()
      return counted.next()
    },
  }
  const vault = createVault({ directory: folder, keychain: noKeychain, clock, ids })
  const key = randomBytes(32)
  const kept = Buffer.from(key)
  await vault.create(key, { userId: 'ada', name: 'Ada', password: goodPassword })
  // A slot gets its number right before its password is stretched, which takes longer than a turn.
  onId = () => void setImmediate(() => vault.lock())
  await vault.putPassword({ userId: 'ben', name: 'Ben', password: 'orange kettle 41 morning' })
  expect(vault.key()).toBeNull()
  expect(key.equals(emptied)).toBe(true)
  const file = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as KeyFile
  const slot = file.slots.find((one) => one.kind === 'password' && one.userId === 'ben')
  expect(slot === undefined ? null : await openSlot(file.keyId, slot, 'orange kettle 41 morning')).toEqual(kept)
})

test('a lock while the keychain is waited for leaves what is in the clear to the next sign-in, which seals it under the key', async () => {
  let answer = (): void => undefined
  const waits = new Promise<void>((resolve) => {
    answer = resolve
  })
  const asked: string[] = []
  const secrets: SecretStore = {
    kind: 'file',
    warning: null,
    get: async (name) => {
      asked.push(name)
      if (asked.length === 1) await waits
      return `kept as ${name}`
    },
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  }
  const it = await openTestGate({ gate: { secrets } })
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('backups.create')
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await expect.poll(() => asked.length).toBe(1)
  await it.call('access.lock')
  answer()
  await it.gate.settle()
  const userId = (await it.state()).people[0]?.id
  await it.call('access.signIn', { userId, password: goodPassword })
  await it.gate.settle()
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  expect(rows.length).toBeGreaterThan(0)
  for (const { file, encrypted } of rows) {
    expect(encrypted, file).toBe(true)
    expect(await it.call('backups.verify', { file })).toMatchObject({ sound: true })
  }
  await it.close()
})
