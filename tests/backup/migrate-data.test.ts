import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { dropCapture } from '../../db/capture/triggers.ts'
import { applicationId } from '../../db/inspect-file.ts'
import { migrate } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { openConnection, openDatabase } from '../../db/open.ts'
import { isMigrationDue, migrateData } from '../../electron/backup/migrate-data.ts'
import { asCommand, freshDirectory, insertIssuedInvoice, seedBasics } from '../support/database.ts'
import { testKey } from './folder.ts'

const removes: (() => void)[] = []
afterEach(() => {
  for (const remove of removes.splice(0)) remove()
})

const newest = migrations.at(-1)?.version ?? 0
const before = newest - 4

/** A closed data folder of four versions ago. */
const oldFolder = (key: Uint8Array | null) => {
  const { directory, remove } = freshDirectory()
  removes.push(remove)
  const file = join(directory, 'counterfoil.db')
  const database = openConnection(file, { readonly: false, key })
  database.pragma(`application_id = ${applicationId}`)
  migrate(database, file, migrations.slice(0, before))
  // The triggers of today do not fit tables of that time; nothing was recorded by them then.
  dropCapture(database)
  asCommand(database, () => {
    seedBasics(database)
    for (const counter of [1, 2, 3]) insertIssuedInvoice(database, `i${counter}`, counter)
  })
  database.close()
  return directory
}

const versionIn = (directory: string, key: Uint8Array | null) => {
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: true, key })
  const version = Number(database.pragma('user_version', { simple: true }))
  database.close()
  return version
}

const numbersIn = async (directory: string, key: Uint8Array | null) => {
  const database = await openDatabase(directory, { key })
  const rows = await database.reader.selectFrom('invoices').select('number').orderBy('number').execute()
  await database.close()
  return rows.map(({ number }) => number)
}

const all = ['INV-0001', 'INV-0002', 'INV-0003']

describe.each([
  ['in the clear', null],
  ['encrypted', testKey],
])('a database %s of an older version', (_, key) => {
  test('tells each step, after a copy of everything that opens by itself', async () => {
    const directory = oldFolder(key)
    expect(isMigrationDue(directory, key)).toBe(true)
    const steps: (readonly [string, number, number])[] = []
    migrateData({ directory, key, left: new Int32Array(1) }, (...step) => steps.push(step))
    const names = migrations.slice(before).map(({ name }, index) => [name, index, 4] as const)
    expect(steps).toEqual([['copy', 0, 4], ...names])
    expect(isMigrationDue(directory, key)).toBe(false)
    const [name = '', ...others] = readdirSync(join(directory, 'backups'))
    expect([name, others]).toEqual([expect.stringContaining(`before-migration-from-${before}-`), []])
    const copy = openConnection(join(directory, 'backups', name), { readonly: true, key })
    expect(copy.pragma('user_version', { simple: true })).toBe(before)
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(copy.prepare('SELECT count(*) FROM invoices').pluck().get()).toBe(3)
    copy.close()
    expect(await numbersIn(directory, key)).toEqual(all)
  })

  test.each([0, 1, 2, 3, 4])('killed before its step %d, it opens and goes on', async (killAt) => {
    const directory = oldFolder(key)
    const script = fileURLToPath(new URL('migrate-until-killed.ts', import.meta.url))
    const hex = key === null ? '' : Buffer.from(key).toString('hex')
    const child = spawnSync(process.execPath, [script, directory, hex, String(killAt)], { encoding: 'utf8' })
    expect([child.signal, child.stderr]).toEqual(['SIGKILL', ''])
    // Step 0 is the copy, step 1 the first change of the tables.
    expect(versionIn(directory, key)).toBe(before + Math.max(0, killAt - 1))
    expect(await numbersIn(directory, key)).toEqual(all)
    expect(versionIn(directory, key)).toBe(newest)
  })
})

test('left between two steps, it is resumed at the next opening', async () => {
  const directory = oldFolder(null)
  const left = new Int32Array(new SharedArrayBuffer(4))
  const leave = () =>
    migrateData({ directory, key: null, left }, (_name, done) => {
      if (done === 1) Atomics.store(left, 0, 1)
    })
  expect(leave).toThrow('It goes on when Counterfoil is opened again.')
  expect(versionIn(directory, null)).toBe(before + 2)
  expect(isMigrationDue(directory, null)).toBe(true)
  expect(await numbersIn(directory, null)).toEqual(all)
})

test('a new folder and one that cannot be opened need none: opening says what is wrong', () => {
  const { directory, remove } = freshDirectory()
  removes.push(remove)
  expect(isMigrationDue(directory, null)).toBe(false)
  expect(existsSync(join(directory, 'counterfoil.db'))).toBe(false)
  expect(isMigrationDue(oldFolder(testKey), null)).toBe(false)
})
