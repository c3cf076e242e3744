import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { isMigrationDue } from '../../electron/backup/migrate-data.ts'
import { sha256Of } from '../../electron/files.ts'
import { diagnose, type Finding } from '../../electron/recovery/diagnose.ts'
import { salvageDatabase } from '../../electron/recovery/salvage.ts'
import { AppError } from '../../shared/errors.ts'
import { madeFolder, otherKey, testKey } from '../backup/folder.ts'
import { times } from '../support/scale.ts'
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
const originals = (folder: string, names = readdirSync(folder)) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && names.includes(entry.name))
    .map(({ name }) => [name, sha256Of(readFileSync(join(folder, name)))])

const refusals = new Set(['STORAGE_UNAVAILABLE', 'LOCKED'])

/**
 * An attempt to open what is broken as the product does: it never crashes, never ends in a database with less in it
 * without a word, and what does not open is as it was. How many invoices it showed; null where it did not open.
 */
const opens = async (it: Broken, folder: string, key: Uint8Array | null): Promise<number | null> => {
  const names = readdirSync(folder)
  const before = originals(folder)
  isMigrationDue(folder, key)
  try {
    const database = await openDatabase(folder, { key })
    try {
      return (await database.reader.selectFrom('invoices').select('id').execute()).length
    } catch (error) {
      // Damage that shows only where it lies is an error there, and is found by the check.
      expect([it.name, error instanceof Error && 'code' in error ? error.code : error]).toEqual([
        it.name,
        expect.stringMatching(/^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR)/),
      ])
      return Number.NaN
    } finally {
      await database.close()
    }
  } catch (error) {
    if (!(error instanceof AppError) || !refusals.has(error.code)) throw error
    expect([it.name, originals(folder, names)]).toEqual([it.name, before])
    return null
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

  // Of the large families every eighth; all of them in the long run.
  const isOpened = ({ name }: Broken, index: number) =>
    times(1) > 1 || index % 8 === 0 || !/^(one flipped|flipped|zero|cut)/.test(name)

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
      const held = finding.facts?.rows['invoices'] ?? 0
      if (isOpened(it, index)) expect([it.name, await opens(it, folder, key)]).toEqual([it.name, held])
      return
    }
    expect(finding.what).toMatch(/^[A-Z].*\.$/)
    if (finding.canSalvage && index % 5 === 0) {
      count(salvageIt(it, key, folder))
      expect([it.name, originals(folder)]).toEqual([it.name, before])
    }
    if (!isOpened(it, index)) return
    const shown = await opens(it, folder, key)
    // Where there is nothing at all, a new one is begun.
    if (it.name === 'gone') return expect(shown).toBe(0)
    count(shown === null ? 'refused' : 'opened')
    if (shown !== null && !Number.isNaN(shown)) expect([it.name, shown >= 60]).toEqual([it.name, true])
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
