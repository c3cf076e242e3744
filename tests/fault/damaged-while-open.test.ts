import { closeSync, openSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
  for (const name of ['Alder', 'Birch', 'Cedar']) await it.call('clients.create', { kind: 'company', name })
  // Otherwise what is read comes from the log.
  const database = openConnection(file(), { readonly: false })
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
})
afterEach(() => it.close())

const file = () => join(it.directory, 'counterfoil.db')

/** Noise in the place of pages: of one table, or of every other one. */
const overwrite = (pages: readonly number[]) => {
  const handle = openSync(file(), 'r+')
  for (const page of pages) writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
  closeSync(handle)
}
const everyOther = () => Array.from({ length: statSync(file()).size / 8192 - 1 }, (_, index) => 2 * index + 1)
const rootOf = (table: string): number => {
  const database = openConnection(file(), { readonly: true })
  try {
    return Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table)) - 1
  } finally {
    database.close()
  }
}

const problemOf = async (name: string) => {
  try {
    await it.call(name)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

// Until it is closed, who stands at the door cannot be read either.
const phase = async () => (await it.state().catch(() => null))?.phase

test('data that a backup finds damaged takes no more saves: it is closed, and a copy of it laid aside', async () => {
  // Nothing that is called here reads it.
  overwrite([rootOf('exchange_rates')])
  expect(await problemOf('backups.create')).toMatch(/did not pass its checks|The data in use is damaged/)
  await expect.poll(phase, { timeout: 30_000 }).toBe('damaged')
  expect((await it.state()).problem?.message).toContain('A copy of it as it is lies in')
})

test('data that a reading finds damaged is closed too, and the reading says what is wrong', async () => {
  overwrite(everyOther())
  expect(await problemOf('audit.verify')).toContain('The database is damaged.')
  await expect.poll(phase, { timeout: 30_000 }).toBe('damaged')
})

test.each([0, 0.5])(
  'a file that is cut to %d of its size under the open app ends a call, not the app',
  async (part) => {
    truncateSync(file(), Math.floor((statSync(file()).size * part) / 4096) * 4096)
    expect(await problemOf('audit.verify')).not.toBeNull()
    expect(await problemOf('backups.create')).not.toBeNull()
    await expect.poll(phase, { timeout: 30_000 }).toBe('damaged')
  },
)
