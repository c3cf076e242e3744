import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toJson } from '../../db/json.ts'
import { openConnection } from '../../db/open.ts'
import { procedures } from '../../shared/contract/index.ts'
import { openTestGate, type TestGate } from '../support/gate.ts'

const password = 'smtp-Canary-5512'
const account = {
  version: null,
  password,
  fromName: 'Linden',
  fromAddress: 'hello@linden.example',
  replyTo: null,
  host: 'smtp.linden.example',
  port: 465,
  security: 'tls',
  userName: 'hello@linden.example',
}

let it: TestGate
let organizationId = ''

beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  organizationId = query<{ id: string }>('SELECT id FROM organizations').id
})
afterEach(() => it.close())

const query = <T>(sql: string): T => {
  const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: true })
  try {
    // A test names the columns that it asks for.
    return database.prepare(sql).get() as T
  } finally {
    database.close()
  }
}

const save = (input: unknown, idempotencyKey = 'key-of-one-call') =>
  it.gate.call('mail.saveAccount', { organizationId, idempotencyKey, input })

const stored = () =>
  query<{ hash: string }>(`SELECT input_hash AS hash FROM commands WHERE procedure = 'mail.saveAccount'`).hash

test('what is kept of a call does not let anybody try passwords against it', async () => {
  await save(account)
  // As whoever has a copy of the database would: with everything known but the password.
  const text = toJson(procedures.get('mail.saveAccount')?.input.parse(account))
  const plain = createHash('sha256').update(organizationId).update(text).digest('hex')
  expect(stored()).toMatch(/^[0-9a-f]{64}$/)
  expect(stored()).not.toBe(plain)
  for (const name of readdirSync(it.directory).filter((file) => file.startsWith('counterfoil.db'))) {
    expect(readFileSync(join(it.directory, name)).includes(password)).toBe(false)
  }
})

test('the same call is answered as before, also after a restart; another one under its key is refused', async () => {
  const first = await save(account)
  await it.restart()
  expect(await save(account)).toEqual(first)
  await expect(save({ ...account, password: 'another' })).rejects.toMatchObject({ code: 'DUPLICATE' })
})

test('plain hashes of an earlier version are taken away with the first call', async () => {
  const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false })
  const plain = createHash('sha256').update(password).digest('hex')
  database.prepare('UPDATE commands SET idempotency_key = ?, input_hash = ? WHERE seq = 1').run('earlier', plain)
  database.close()
  await save(account)
  expect(query<{ count: number }>(`SELECT count(*) AS count FROM commands WHERE input_hash = '${plain}'`).count).toBe(0)
})
