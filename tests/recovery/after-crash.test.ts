import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { sha256Of } from '../../electron/files.ts'
import { openTestGate } from '../support/gate.ts'

const nameOf = (folder: string) => join(folder, 'counterfoil.db')

/** Turns bits around, as a bad disk does. */
const flip = (file: string, at: number, count: number) => {
  const bytes = readFileSync(file)
  for (let index = at; index < at + count; index += 1) bytes.writeUInt8(bytes.readUInt8(index) ^ 0xff, index)
  writeFileSync(file, bytes)
}

const bytesOf = (folder: string) => ['', '-wal'].map((ending) => sha256Of(readFileSync(`${nameOf(folder)}${ending}`)))

describe('a database whose log was left beside it by a crash, on a disk that proves bad', () => {
  const parent = mkdtempSync(join(tmpdir(), 'counterfoil-crash-'))
  const crashed = join(parent, 'crashed')
  const rootPages = new Map<string, number>()
  let business = ''

  beforeAll(async () => {
    const it = await openTestGate()
    try {
      await it.makeBusiness()
      await it.call('clients.create', { kind: 'company', name: 'In the file Ltd' })
      const database = openConnection(nameOf(it.directory), { readonly: false })
      database.pragma('wal_checkpoint(TRUNCATE)')
      // The first page of the file is in the log as well, as after any growth.
      database.exec('CREATE TABLE passing (id)')
      database.exec('DROP TABLE passing')
      await it.call('clients.create', { kind: 'company', name: 'In the log Ltd' })
      const tables = database.prepare(`SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'`).raw(true).all()
      // In raw mode: a name and a number.
      for (const [name, page] of tables as [string, number][]) rootPages.set(name, page)
      business = String(database.prepare('SELECT id FROM organizations').pluck().get())
      cpSync(it.directory, crashed, { recursive: true, filter: (path) => !/lock|-shm$/.test(path) })
      database.close()
    } finally {
      await it.close()
    }
  })
  afterAll(() => rmSync(parent, { recursive: true, force: true }))

  /** What the product makes of it at its start. */
  const start = async (name: string, spoil: (file: string) => void) => {
    const directory = join(parent, name)
    cpSync(crashed, directory, { recursive: true })
    spoil(nameOf(directory))
    const before = bytesOf(directory)
    const it = await openTestGate({ directory })
    it.use(business)
    const { phase, problem } = await it.state()
    return { it, directory, phase, problem, before }
  }

  test.each(['devices', 'commands', 'chain_entries', 'sessions', 'users', 'security_events', 'settings'])(
    'that does not open for damage in "%s" keeps both byte for byte',
    async (table) => {
      const page = rootPages.get(table)
      if (page === undefined) throw new Error(`There is no table ${table}.`)
      const started = await start(table, (file) => flip(file, (page - 1) * 4096, 64))
      await started.it.close()
      if (started.phase === 'damaged') expect(bytesOf(started.directory)).toEqual(started.before)
      else expect(['open', 'locked']).toContain(started.phase)
    },
  )

  test('cut in half keeps both byte for byte', async () => {
    const started = await start('cut', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2)))
    await started.it.close()
    expect(started.phase).toBe('damaged')
    expect(bytesOf(started.directory)).toEqual(started.before)
  })

  test('whose beginning is only whole in the log opens with all that was saved', async () => {
    const started = await start('beginning', (file) => flip(file, 0, 16))
    try {
      expect(started).toMatchObject({ phase: 'open', problem: null })
      const { rows } = await started.it.call<{ rows: { name: string }[] }>('clients.list')
      expect(rows.map(({ name }) => name)).toEqual(['In the file Ltd', 'In the log Ltd'])
    } finally {
      await started.it.close()
    }
    // Closed, it is whole again.
    expect(readFileSync(nameOf(started.directory)).toString('latin1', 0, 15)).toBe('SQLite format 3')
  })
})
