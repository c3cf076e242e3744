import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient } from '../support/factories.ts'
import { addPerson, enter, password, prove } from '../support/people.ts'
import { dot } from '../support/pictures.ts'
import { exportFile, tampered, verifyAlone, verifyFile } from '../support/record.ts'
import { filesThatSay, runErasureJobs, whereSaid } from '../support/said.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
let file = ''
let owner = ''
const hash = createHash('sha256').update(dot).digest('hex')
const words = ['canarymaple', 'canaryelm']

// As the triggers were before what is said of people stood in the record as a commitment.
const captureInClear = (isInClear: boolean) => {
  const raw = openConnection(file, { readonly: false })
  const triggers = raw
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'capture_users_*'`)
    .all() as { name: string; sql: string }[]
  for (const { name, sql } of triggers) {
    raw.exec(`DROP TRIGGER ${name}`)
    raw.exec(
      isInClear
        ? sql.replace('randomblob(16)', 'NULL')
        : sql.replace(/NULL(\);\s+INSERT INTO sync_log)/, 'randomblob(16)$1'),
    )
  }
  raw.close()
}

const invite = (name: string, email: string) => workspace.call('users.invite', { name, email, role: 'manager' })
const erase = (id: string, confirmation: string) => workspace.call('users.erase', { id, confirmation })

/** Somebody who worked here: a picture, a client, a password, and a place as account manager. */
const worked = async (name: string, email: string) => {
  const { id } = await invite(name, email)
  await workspace.core.identity.adopt(id)
  await workspace.call('users.setPassword', { password })
  const { version } = await workspace.call('users.me', {})
  await workspace.call('users.setPicture', { version, picture: dot })
  await makeClient(workspace, 'Rosewood Bakery')
  await enter(workspace, owner)
  await workspace.call('accountManagers.create', { name, email, userId: id })
  return id
}

beforeAll(async () => {
  workspace = await openWorkspace()
  file = join(workspace.directory, 'counterfoil.db')
  owner = (await workspace.call('setup.state', {})).userId ?? ''
  await workspace.call('users.setPassword', { password })
  await enter(workspace, owner)
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

describe('somebody who worked here', () => {
  let maple = ''
  let elm = ''
  beforeAll(async () => {
    captureInClear(true)
    maple = await worked('Canarymaple Reed', 'canarymaple@example.com')
    captureInClear(false)
    elm = await worked('Canaryelm Ash', 'canaryelm@example.com')
  })

  test('is erased only once kept out, by an owner of the workstation who proves it, and by the name', async () => {
    await expect(erase(maple, 'Canarymaple Reed')).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(erase(owner, 'x')).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect(await workspace.call('users.left', {})).toEqual([])
    await workspace.call('users.deactivate', { id: maple })
    await workspace.call('users.remove', { id: elm })
    expect((await workspace.call('users.left', {})).map(({ name }) => name)).toEqual([
      'Canaryelm Ash',
      'Canarymaple Reed',
    ])
    await expect(erase(maple, 'Canarymaple')).rejects.toMatchObject({ fields: { confirmation: expect.any(String) } })
    await expect(erase('018f3d9a-0000-7000-8000-000000000001', 'Nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const admin = await invite('Ben Oak', 'ben@example.com')
    const { membershipVersion } = (await workspace.call('users.list', {})).find(({ id }) => id === admin.id) ?? {}
    await workspace.call('users.setRole', {
      id: admin.id,
      version: membershipVersion ?? 0,
      role: 'admin',
      roleId: null,
    })
    await workspace.core.identity.adopt(admin.id)
    await expect(erase(maple, 'Canarymaple Reed')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await workspace.call('users.left', {})).toEqual([])
    await enter(workspace, owner)
    workspace.clock.advance(6 * 60_000)
    await expect(erase(maple, 'Canarymaple Reed')).rejects.toMatchObject({ code: 'REAUTHENTICATE' })
    prove(workspace)
  })

  test('is said nowhere any more: in no row, no index, no file, no answer; what they did is somebody’s who left', async () => {
    const picture = join(workspace.directory, 'files', hash.slice(0, 2), hash)
    expect([whereSaid(store, 'canarymaple').length > 4, existsSync(picture)]).toEqual([true, true])
    expect(await erase(maple, 'Canarymaple Reed')).toEqual({ id: maple, standIn: 'Somebody who left 1' })
    expect(await erase(elm, ' Canaryelm Ash ')).toEqual({ id: elm, standIn: 'Somebody who left 2' })
    await runErasureJobs(workspace.directory)
    for (const word of words) {
      expect(whereSaid(store, word)).toEqual([])
      expect(filesThatSay(workspace.directory, word)).toEqual([])
    }
    expect(existsSync(picture)).toBe(false)
    const answers = await Promise.all([
      workspace.call('users.faces', {}),
      workspace.call('users.list', {}),
      workspace.call('accountManagers.list', {}),
      workspace.call('audit.list', {}),
      workspace.call('security.events', {}),
      workspace.call('search.find', { text: 'canarymaple' }),
      workspace.call('notifications.list', {}),
    ])
    const said = JSON.stringify(answers, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    expect(said.toLowerCase()).not.toMatch(/canarymaple|canaryelm/)
    const [faces, people] = answers
    expect(faces.find(({ id }) => id === maple)?.name).toBe('Somebody who left 1')
    expect(people.map(({ id }) => id)).not.toContain(maple)
    const mine = await workspace.call('audit.list', { userId: maple })
    expect(mine.rows.length).toBeGreaterThan(1)
    expect(mine.rows.every(({ userName }) => userName === 'Somebody who left 1')).toBe(true)
  })

  test('leaves nothing to come in with, and is not erased twice', async () => {
    for (const table of [
      'sessions',
      'trusted_devices',
      'mfa_methods',
      'recovery_codes',
      'access_tokens',
      'sign_in_attempts',
    ]) {
      expect(store.value(`SELECT count(*) FROM ${table} WHERE user_id IN ('${maple}', '${elm}')`), table).toBe(0n)
    }
    await expect(enter(workspace, maple)).rejects.toThrow()
    await expect(workspace.call('users.activate', { id: maple })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(erase(maple, 'Somebody who left 1')).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect(await workspace.call('users.left', {})).toEqual([])
    // The address is free again, for somebody who is somebody else.
    expect((await invite('Cora Birch', 'canarymaple@example.com')).id).not.toBe(maple)
  })

  test('and both chains hold, with what was recorded of them in clear as with what was committed to', async () => {
    const { rows } = await workspace.call('security.events', {})
    expect(rows.filter(({ kind }) => kind === 'erased').map(({ data }) => data['person'])).toEqual([elm, maple])
    expect(await workspace.call('security.verify', {})).toMatchObject({ firstBad: null })
    expect(
      Object.keys(JSON.parse(String(store.value('SELECT resealed FROM person_erasures ORDER BY id LIMIT 1')))).length,
    ).toBeGreaterThan(0)
    expect(store.value('SELECT resealed FROM person_erasures ORDER BY id DESC LIMIT 1')).toBe('{}')
    expect(await verifyFile(file)).toMatchObject({ ok: true, problems: [] })
    const { bytes } = await exportFile(file, workspace.organizationId)
    expect(await verifyAlone(Buffer.from(bytes).toString('utf8'))).toMatchObject({ ok: true })
  })

  const reached = (sql: string) => (database: Parameters<Parameters<typeof tampered>[1]>[0]) => void database.exec(sql)
  test.each([
    [
      'what of their row stands in clear',
      `UPDATE audit_log SET new_values = json_set(new_values, '$.status', 'x') WHERE table_name = 'users'`,
      'effect',
    ],
    [
      'a name put where theirs was',
      `UPDATE audit_log SET new_values = json_replace(new_values, '$.name', 'Eve') WHERE commitment IS NOT NULL AND table_name = 'users'`,
      'erasure',
    ],
    [
      'a name put where theirs stood in clear',
      `UPDATE audit_log SET new_values = json_replace(new_values, '$.name', 'Eve') WHERE salt IS NULL AND table_name = 'users'`,
      'effect',
    ],
    [
      'an effect vouched for by nobody',
      `UPDATE person_erasures SET resealed = json_set(resealed, '$."1"', 'ab')`,
      'row',
    ],
    ['whom an erasure found', `UPDATE person_erasures SET found = '[]'`, 'erasure'],
  ])('tampering after it is found: %s', async (_what, sql, kind) => {
    const it = tampered(file, reached(sql))
    try {
      expect((await verifyFile(it.file)).problems.map((problem) => problem.kind)).toContain(kind)
    } finally {
      it.remove()
    }
  })
})

test('an owner who was kept out goes like any other; whoever owns the business then stays', async () => {
  const other = addPerson(workspace, { role: 'owner', name: 'Dora Fir' })
  // A name may be a client’s, too.
  const clientId = await makeClient(workspace, 'Dora Fir')
  const told = `SELECT data FROM activity WHERE entity_id = '${clientId}'`
  const before = store.rows(told)
  await workspace.call('users.deactivate', { id: other })
  prove(workspace)
  expect(await erase(other, 'Dora Fir')).toMatchObject({ standIn: 'Somebody who left 3' })
  expect(await workspace.call('users.list', {})).toContainEqual(expect.objectContaining({ id: owner, role: 'owner' }))
  expect(JSON.stringify(before)).toContain('Dora Fir')
  expect(store.rows(told)).toEqual(before)
  expect(await workspace.call('clients.get', { id: clientId })).toMatchObject({ name: 'Dora Fir' })
  await expect(erase(owner, 'Owner')).rejects.toMatchObject({ code: 'INVALID_STATE' })
})
