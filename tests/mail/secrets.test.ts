import { chmod, chown, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileSecretStore } from '../../electron/mail/file-secrets.ts'
import { SecretError } from '../../electron/mail/secrets.ts'

let base: string
let dir: string
const keyFile = () => join(dir, 'secrets.key')
const storeFile = () => join(dir, 'secrets.json')
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'counterfoil-secrets-'))
  dir = join(base, 'data')
})
afterEach(() => rm(base, { recursive: true, force: true }))

async function problemOf(work: Promise<unknown>): Promise<SecretError> {
  try {
    await work
  } catch (error) {
    if (error instanceof SecretError) return error
    throw error
  }
  throw new Error('expected a SecretError')
}

/** Each access fails with `code`, and both files are byte for byte what they were. */
async function expectRefused(code: string): Promise<SecretError> {
  const store = createFileSecretStore(dir)
  const before = await Promise.all([keyFile(), storeFile()].map((path) => readFile(path).catch(() => null)))
  const error = await problemOf(store.get('smtp'))
  expect(error.code).toBe(code)
  expect((await problemOf(store.set('other', 'x'))).code).toBe(code)
  const after = await Promise.all([keyFile(), storeFile()].map((path) => readFile(path).catch(() => null)))
  expect(after).toEqual(before)
  expect(error.message).not.toContain('secret-pässword')
  return error
}

const filled = () => createFileSecretStore(dir).set('smtp', 'secret-pässword')

describe('the file store', () => {
  it('keeps, replaces and forgets secrets, over restarts', async () => {
    const store = createFileSecretStore(dir)
    expect(await store.get('smtp')).toBeNull()
    await store.set('smtp', 'one')
    await store.set('__proto__', 'two')
    await store.set('smtp', 'secret-pässword')
    expect(await createFileSecretStore(dir).get('smtp')).toBe('secret-pässword')
    expect(await store.get('__proto__')).toBe('two')
    await store.delete('smtp')
    await store.delete('never there')
    expect(await createFileSecretStore(dir).get('smtp')).toBeNull()
    expect(await store.get('__proto__')).toBe('two')
  })

  it('leaves nothing behind when nothing was kept', async () => {
    await createFileSecretStore(dir).delete('smtp')
    await expect(stat(dir)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is for this user alone, whatever the mask', async () => {
    const mask = process.umask(0)
    try {
      await filled()
    } finally {
      process.umask(mask)
    }
    expect((await readdir(dir)).sort()).toEqual(['secrets.json', 'secrets.key'])
    for (const path of [keyFile(), storeFile()]) expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
  })

  it('has nothing readable in it and uses a fresh nonce each time', async () => {
    const texts: string[] = []
    for (let round = 0; round < 3; round++) {
      await filled()
      texts.push(await readFile(storeFile(), 'utf8'))
    }
    expect(new Set(texts).size).toBe(3)
    for (const text of texts) {
      expect(text).not.toContain('secret-p')
      expect(text).not.toContain(Buffer.from('secret-pässword').toString('base64'))
    }
  })

  it('loses nothing when many are kept at once', async () => {
    const store = createFileSecretStore(dir)
    const keys = Array.from({ length: 20 }, (_, index) => `smtp:${index}`)
    await Promise.all(keys.map((key) => store.set(key, key)))
    expect(await Promise.all(keys.map((key) => createFileSecretStore(dir).get(key)))).toEqual(keys)
  })

  it('goes on after a write that was cut off', async () => {
    await filled()
    await writeFile(`${storeFile()}.tmp`, '{"versi')
    const store = createFileSecretStore(dir)
    expect(await store.get('smtp')).toBe('secret-pässword')
    await store.set('smtp', 'next')
    expect(await store.get('smtp')).toBe('next')
  })

  it('warns in plain words', () => {
    const { kind, warning } = createFileSecretStore(dir)
    expect(kind).toBe('file')
    expect(warning).toContain('Anybody who can read this user’s files')
  })
})

describe('a fault of the file store', () => {
  it('a missing key file is named with the way out', async () => {
    await filled()
    await rename(keyFile(), join(dir, 'elsewhere'))
    const error = await expectRefused('key-missing')
    expect(error.message).toContain(keyFile())
    await rename(join(dir, 'elsewhere'), keyFile())
    expect(await createFileSecretStore(dir).get('smtp')).toBe('secret-pässword')
  })

  it.each(['', 'short', `${'A'.repeat(42)}*=`, 'A'.repeat(100)])(
    'a damaged key file (%j) is refused',
    async (content) => {
      await filled()
      await writeFile(keyFile(), content)
      await expectRefused('key-broken')
    },
  )

  it.each([0o644, 0o640, 0o604, 0o660])('a key file that others may read (%o) is refused', async (mode) => {
    await filled()
    await chmod(keyFile(), mode)
    const error = await expectRefused('key-permissions')
    expect(error.message).toContain('chmod 600')
  })

  it('a password file that others may read is refused', async () => {
    await filled()
    await chmod(storeFile(), 0o644)
    await expectRefused('store-permissions')
  })

  it.runIf(process.getuid?.() === 0)('a key file of another user is refused', async () => {
    await filled()
    await chown(keyFile(), 12_345, 12_345)
    const error = await expectRefused('key-permissions')
    expect(error.message).toContain('belongs to another user')
  })

  it('a key file that is a link is refused', async () => {
    await filled()
    await rename(keyFile(), join(dir, 'elsewhere'))
    await symlink(join(dir, 'elsewhere'), keyFile())
    await expectRefused('key-permissions')
  })

  it.each([
    '',
    '{',
    '[]',
    '{"version":2,"secrets":[]}',
    '{"version":1,"secrets":[["smtp",{"nonce":"%","tag":"","data":""}]]}',
  ])('a damaged password file (%j) is refused', async (content) => {
    await filled()
    await writeFile(storeFile(), content)
    await expectRefused('store-broken')
  })

  type Stored = { version: 1; secrets: [string, { nonce: string; tag: string; data: string }][] }
  async function tamper(change: (stored: Stored) => void): Promise<SecretError> {
    const stored: Stored = JSON.parse(await readFile(storeFile(), 'utf8'))
    change(stored)
    await writeFile(storeFile(), JSON.stringify(stored))
    return problemOf(createFileSecretStore(dir).get('smtp'))
  }
  const flip = (text: string) => {
    const bytes = Buffer.from(text, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    return bytes.toString('base64')
  }

  it.each(['nonce', 'tag', 'data'] as const)('a changed %s is noticed, and only that secret is lost', async (part) => {
    await filled()
    const store = createFileSecretStore(dir)
    await store.set('other', 'fine')
    const error = await tamper((stored) => {
      for (const [name, entry] of stored.secrets) if (name === 'smtp') entry[part] = flip(entry[part])
    })
    expect(error.code).toBe('value-broken')
    expect(await store.get('other')).toBe('fine')
    await store.set('smtp', 'again')
    expect(await store.get('smtp')).toBe('again')
  })

  it('a shortened tag, an exchanged value and another key are noticed', async () => {
    await filled()
    const store = createFileSecretStore(dir)
    const intact = await readFile(storeFile())
    const short = await tamper((stored) => {
      for (const [, entry] of stored.secrets)
        entry.tag = Buffer.from(entry.tag, 'base64').subarray(0, 4).toString('base64')
    })
    expect(short.code).toBe('value-broken')
    await writeFile(storeFile(), intact)
    await store.set('other', 'not yours')
    const exchanged = await tamper((stored) => {
      stored.secrets = stored.secrets.map(([name, entry]) => [name === 'smtp' ? 'other' : 'smtp', entry])
    })
    expect(exchanged.code).toBe('value-broken')
    await writeFile(storeFile(), intact)
    await writeFile(keyFile(), Buffer.alloc(32, 7).toString('base64'))
    expect((await problemOf(store.get('smtp'))).code).toBe('value-broken')
  })

  it('a folder that is a file is named', async () => {
    await writeFile(dir, '')
    const error = await problemOf(createFileSecretStore(dir).set('smtp', 'x'))
    expect(error.code).toBe('unreachable')
    expect(error.message).toContain(dir)
  })
})
