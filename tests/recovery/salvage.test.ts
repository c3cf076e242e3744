import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { sha256Of } from '../../electron/files.ts'
import { diagnose } from '../../electron/recovery/diagnose.ts'
import { acceptSalvage, salvageDatabase } from '../../electron/recovery/salvage.ts'
import { type Made, madeFolder } from '../backup/folder.ts'

const at = '2026-11-21T13:00:00.000Z'
const made: Made[] = []
afterEach(() => {
  for (const it of made.splice(0)) it.remove()
})

/** A closed folder whose `table` has lost one page in the middle of its rows. */
const broken = (table: string) => {
  const it = madeFolder(null)
  made.push(it)
  for (let counter = 4; counter <= 200; counter += 1) it.addInvoice(counter)
  it.close()
  const look = new Sqlite(it.file, { readonly: true })
  const pages = look
    .prepare(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path`)
    .pluck()
    .all(table)
    .map(Number)
  look.close()
  const bytes = readFileSync(it.file)
  const page = pages[Math.floor(pages.length / 2)] ?? 0
  bytes.fill(0, (page - 1) * 4096, page * 4096)
  writeFileSync(it.file, bytes)
  return { it, pages: pages.length }
}

test('everything but the lost page comes out, counted table by table, and takes its place when agreed', async () => {
  const { it, pages } = broken('invoices')
  expect(pages).toBeGreaterThan(5)
  const hash = sha256Of(readFileSync(it.file))
  expect(diagnose(it.directory, null)).toMatchObject({ problem: 'damaged', canSalvage: true })
  const { tables, facts, aside } = salvageDatabase({ directory: it.directory, key: null, at })
  const invoices = tables.find(({ table }) => table === 'invoices')
  expect(invoices?.read).toBeGreaterThan(150)
  expect(invoices?.read).toBeLessThan(200)
  expect(invoices?.lost).toBe(200 - (invoices?.read ?? 0))
  // A line of an invoice that is gone cannot be shown anywhere.
  expect(tables.find(({ table }) => table === 'invoice_lines')?.read).toBe(invoices?.read)
  expect(tables.find(({ table }) => table === 'audit_log')).toMatchObject({ lost: 0 })
  expect(facts.organizations[0]).toMatchObject({ name: 'Linden Ltd', clients: 1 })
  // Nothing has happened to the data yet.
  expect([it.file, join(aside, 'counterfoil.db')].map((file) => sha256Of(readFileSync(file)))).toEqual([hash, hash])
  const kept = acceptSalvage(it.directory, at)
  expect(sha256Of(readFileSync(join(kept, 'counterfoil.db')))).toBe(hash)
  expect(readdirSync(it.directory).sort()).toEqual(['counterfoil.db', 'damaged', 'replaced'])
  const database = await openDatabase(it.directory)
  expect(await database.reader.selectFrom('invoices').select('id').execute()).toHaveLength(invoices?.read ?? 0)
  await database.close()
})

test('what is not agreed to leaves nothing but the copy that was set aside', () => {
  const { it } = broken('clients')
  // The one client is gone, and with it everything that is written to somebody.
  const { tables } = salvageDatabase({ directory: it.directory, key: null, at })
  expect(tables.find(({ table }) => table === 'clients')).toMatchObject({ read: 0 })
  expect(tables.find(({ table }) => table === 'invoices')).toMatchObject({ read: 0 })
  expect(existsSync(join(it.directory, 'salvage', 'counterfoil.db'))).toBe(true)
  expect(diagnose(it.directory, null).problem).toBe('damaged')
})

test('the log of another database is left out: what is read is what was here', () => {
  const [it, other] = [madeFolder(null), madeFolder(null)]
  made.push(it, other)
  for (let counter = 4; counter <= 40; counter += 1) it.addInvoice(counter)
  it.close()
  other.addInvoice(4)
  copyFileSync(`${other.file}-wal`, `${it.file}-wal`)
  expect(diagnose(it.directory, null).what).toContain('is that of another database')
  const { tables } = salvageDatabase({ directory: it.directory, key: null, at })
  expect(tables.find(({ table }) => table === 'invoices')).toMatchObject({ read: 40, lost: 0 })
})

test('the log of an earlier day is not taken for one that goes on', async () => {
  const it = madeFolder(null)
  made.push(it)
  it.database.pragma('wal_checkpoint(TRUNCATE)')
  it.addInvoice(4)
  const earlier = readFileSync(`${it.file}-wal`)
  it.addInvoice(5)
  it.close()
  writeFileSync(`${it.file}-wal`, earlier)
  const hash = sha256Of(readFileSync(it.file))
  await expect(openDatabase(it.directory)).rejects.toThrow('of another day, beside it. It was left as it is.')
  expect(sha256Of(readFileSync(it.file))).toBe(hash)
})
