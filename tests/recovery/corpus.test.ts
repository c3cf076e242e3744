import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { sha256Of } from '../../electron/files.ts'
import { diagnose, type Finding } from '../../electron/recovery/diagnose.ts'
import { salvageDatabase } from '../../electron/recovery/salvage.ts'
import { AppError } from '../../shared/errors.ts'
import { madeFolder, otherKey, testKey } from '../backup/folder.ts'
import { type Base, type Broken, clear, corpus, readBase } from './broken.ts'

const at = '2026-11-21T13:00:00.000Z'
const directory = mkdtempSync(join(tmpdir(), 'counterfoil-broken-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const makeBase = (key: Uint8Array | null): Base => {
  const [it, other] = [madeFolder(key), madeFolder(key)]
  try {
    for (let counter = 4; counter <= 60; counter += 1) it.addInvoice(counter)
    it.database.pragma('wal_checkpoint(TRUNCATE)')
    const file = join(directory, 'whole.db')
    copyFileSync(it.file, file)
    it.addInvoice(61)
    other.addInvoice(4)
    return readBase(file, readFileSync(`${it.file}-wal`), readFileSync(`${other.file}-wal`))
  } finally {
    it.remove()
    other.remove()
  }
}

let bases: { readonly plain: Base; readonly encrypted: Base }
beforeAll(() => {
  bases = { plain: makeBase(null), encrypted: makeBase(testKey) }
})

const keyOf = ({ encrypted, wrongKey }: Broken) =>
  encrypted !== wrongKey ? (wrongKey ? otherKey : testKey) : wrongKey ? otherKey : null

/** The database and its log, byte for byte. */
const originals = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^counterfoil\.db(-wal|-shm)?$/.test(entry.name))
    .map(({ name }) => [name, sha256Of(readFileSync(join(folder, name)))])

const refusals = new Set(['STORAGE_UNAVAILABLE', 'LOCKED'])

/** An attempt to open what is broken must never end in a new, empty database. */
const opens = async (folder: string, key: Uint8Array | null): Promise<boolean> => {
  try {
    const database = await openDatabase(folder, { key })
    await database.close()
    return true
  } catch (error) {
    if (!(error instanceof AppError) || !refusals.has(error.code)) throw error
    return false
  }
}

const salvageIt = (it: Broken, key: Uint8Array | null, folder: string) => {
  try {
    const { tables, facts } = salvageDatabase({ directory: folder, key, at })
    const read = Object.fromEntries(tables.map((table) => [table.table, table.read]))
    for (const [table, count] of Object.entries(facts.rows)) {
      if (table !== 'change_context') expect([it.name, table, count]).toEqual([it.name, table, read[table]])
    }
    return 'salvaged'
  } catch (error) {
    expect([it.name, error instanceof AppError ? error.code : error]).toEqual([it.name, 'STORAGE_UNAVAILABLE'])
    return 'nothing left'
  }
}

test('has 300 files and more', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(300)
})

describe('each broken file', () => {
  const outcomes = new Map<string, number>()
  const count = (what: string) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1)

  const look = async (it: Broken, index: number) => {
    const folder = join(directory, 'data')
    clear(folder)
    it.make(folder, it.encrypted ? bases.encrypted : bases.plain)
    const key = keyOf(it)
    const before = originals(folder)
    const finding: Finding = diagnose(folder, key)
    expect([it.name, originals(folder)]).toEqual([it.name, before])
    count(finding.problem ?? 'sound')
    if (finding.problem === null) {
      // Never a silent empty one: what is called sound has everything.
      expect([it.name, it.mayBeSound]).toEqual([it.name, true])
      expect([it.name, (finding.facts?.rows['invoices'] ?? 0) >= 60]).toEqual([it.name, true])
      return
    }
    expect(finding.what).toMatch(/^[A-Z].*\.$/)
    if (finding.canSalvage && index % 5 === 0) {
      count(salvageIt(it, key, folder))
      expect([it.name, originals(folder)]).toEqual([it.name, before])
    }
    if (finding.problem !== 'damaged' && finding.problem !== 'missing')
      expect([it.name, await opens(folder, key)]).toEqual([it.name, false])
  }

  test.each(['plain', 'encrypted'])(
    'that was %s is told for what it is, with its bytes untouched',
    async (kind) => {
      for (const [index, it] of corpus.entries()) {
        if (it.encrypted === (kind === 'encrypted')) await look(it, index)
      }
      process.stdout.write(`${kind}: ${[...outcomes].map(([what, times]) => `${times} ${what}`).join(', ')}\n`)
      expect(outcomes.get('damaged')).toBeGreaterThan(20)
      expect(outcomes.get('cut')).toBeGreaterThan(5)
    },
    300_000,
  )
})
