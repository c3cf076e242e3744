import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { acceptEarlierRecord, expectedHeads, readHeads } from '../../electron/record/head-file.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { recordSomeWork, tampered, verifyFile } from '../support/record.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let file = ''
beforeEach(async () => {
  workspace = await openWorkspace()
  file = join(workspace.directory, 'counterfoil.db')
})
afterEach(() => workspace.close())

test('the key of the device is made once, for this user alone, and its public half is with the device', async () => {
  const key = join(workspace.directory, 'device.key')
  expect(statSync(key).mode & 0o777).toBe(0o600)
  const before = readFileSync(key, 'utf8')
  const [head] = (await verifyFile(file)).heads
  await workspace.reopen()
  expect(readFileSync(key, 'utf8')).toBe(before)
  const database = openConnection(file, { readonly: true })
  expect(database.prepare('SELECT public_key FROM devices').pluck().all()).toEqual([head?.publicKey])
  database.close()
})

test.each([
  ['lost', (key: string) => rmSync(key)],
  ['no key any more', (key: string) => writeFileSync(key, 'scribble')],
])('a key that is %s makes way for a new one, on record; work goes on', async (_what, lose) => {
  const key = join(workspace.directory, 'device.key')
  await workspace.core.close()
  const [old] = (await verifyFile(file)).heads
  lose(key)
  workspace.clock.advance(1000)
  await workspace.reopen()
  await makeInvoice(workspace, await makeClient(workspace))
  const result = await verifyFile(file, [old?.hash ?? ''])
  // Nothing says that it was not somebody else's: that is for a person to say.
  expect(result).toMatchObject({
    ok: false,
    problems: [{ kind: 'takeover', text: expect.stringContaining('another key') }],
  })
  expect(result.heads[0]?.publicKey).not.toBe(old?.publicKey)
  const database = openConnection(file, { readonly: true })
  const body = database.prepare(`SELECT body FROM chain_entries WHERE kind = 'key'`).pluck().all()
  database.close()
  expect(body).toEqual([expect.stringContaining(old?.publicKey ?? 'none')])
  if (existsSync(`${key}.old-1`)) expect(readFileSync(`${key}.old-1`, 'utf8')).toBe('scribble')
})

test('a database that is older than the record gets a beginning that stands for all that was before', async () => {
  await recordSomeWork(workspace)
  await workspace.core.close()
  const database = openConnection(file, { readonly: false })
  for (const table of ['chain_entries', 'chain_documents']) {
    database.exec(`DROP TRIGGER ${table}_no_delete; DELETE FROM ${table};
      CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'immutable'); END`)
  }
  database.close()
  rmSync(join(workspace.directory, 'record-head.json'))
  workspace.clock.advance(1000)
  await workspace.reopen()
  await makeInvoice(workspace, await makeClient(workspace, 'Later Ltd'))
  const result = await verifyFile(file)
  expect(result).toMatchObject({ ok: true, documents: 1 })
  expect(result.notes.join()).toContain('kept as one hash')
  await workspace.core.close()
  const it = tampered(file, (copy) => {
    copy.exec(`UPDATE audit_log SET new_values = json_replace(new_values, '$.currency', 'EUR')
      WHERE seq = (SELECT min(seq) FROM audit_log WHERE table_name = 'invoices')`)
  })
  expect((await verifyFile(it.file)).first).toMatchObject({ kind: 'genesis', seq: 1 })
  it.remove()
  await workspace.reopen()
})

test('the head is kept outside the database: an earlier copy put in its place shows, until it is said to be a restore', async () => {
  await makeClient(workspace)
  await workspace.core.close()
  const earlier = tampered(file, () => undefined)
  workspace.clock.advance(1000)
  await workspace.reopen()
  await makeInvoice(workspace, await makeClient(workspace))
  await workspace.core.close()
  const { head } = readHeads(workspace.directory)
  expect(await verifyFile(file, expectedHeads(workspace.directory))).toMatchObject({ ok: true })
  writeFileSync(file, readFileSync(earlier.file))
  earlier.remove()
  await workspace.reopen()
  expect(workspace.errors.splice(0)).toEqual([
    expect.objectContaining({ message: 'the record is shorter than it was' }),
  ])
  await workspace.core.close()
  expect(readHeads(workspace.directory).lost).toEqual([head])
  const result = await verifyFile(file, expectedHeads(workspace.directory))
  expect(result.first).toMatchObject({ kind: 'head' })
  acceptEarlierRecord(workspace.directory)
  expect(await verifyFile(file, expectedHeads(workspace.directory))).toMatchObject({ ok: true })
  await workspace.reopen()
})
