import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { openConnection, openDatabase } from '../../db/open.ts'
import { replayable, replayLog } from '../../db/replay.ts'
import { finishSwap, swapDatabase } from '../../db/swap.ts'
import { createBackup } from '../../electron/backup/create.ts'
import { manifestOf } from '../../electron/backup/place.ts'
import { type RestorePlan, restoreBackup } from '../../electron/backup/restore.ts'
import { sealDatabase } from '../../electron/keys/seal-database.ts'
import { sealAside } from '../../electron/keys/sealed-copies.ts'
import { readHeads } from '../../electron/record/head-file.ts'
import { asCommand, freshDirectory } from '../support/database.ts'
import { mountSmallDisk } from '../support/mounts.ts'
import { keepFile, type Made, madeFolder, otherKey, testKey } from './folder.ts'

const at = '2026-11-21T13:00:00.000Z'
const made: Made[] = []
const directories: { readonly remove: () => void }[] = []
afterEach(() => {
  for (const it of [...made.splice(0), ...directories.splice(0)]) it.remove()
})

const folder = (key: Uint8Array | null) => {
  const it = madeFolder(key)
  made.push(it)
  if (key !== null) writeFileSync(join(it.directory, 'keys.json'), '{}')
  return it
}

/** The newest head of a record, as it is kept beside the database. */
const knownHead = { deviceId: 'd', seq: 9, hash: 'ab'.repeat(32), at: 'then', publicKey: 'k', signature: 's' }

const backUp = async (it: Made, destination = join(it.directory, 'backups')) =>
  (
    await createBackup({
      directory: it.directory,
      key: it.key,
      destination,
      reason: 'manual',
      createdAt: '2026-11-21T12:05:00.000Z',
      appVersion: '1.0.0',
      full: true,
    })
  ).file

const planOf = (it: Made, source: string, more: Partial<RestorePlan> = {}): RestorePlan => ({
  directory: it.directory,
  source,
  key: it.key,
  keys: { kind: 'keep' },
  at,
  ...more,
})

/** Opens a data folder as the product does and says how many invoices it has. */
const invoicesIn = async (directory: string, key: Uint8Array | null): Promise<number> => {
  const database = await openDatabase(directory, { key })
  const rows = await database.reader.selectFrom('invoices').select('id').execute()
  await database.close()
  return rows.length
}

/** Every file of a data folder but the backups, with its bytes. */
const contentsOf = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('backups'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path).toString('base64')])

describe.each([
  ['in the clear', null],
  ['encrypted', testKey],
])('a restore of a database %s', (_, key) => {
  test('brings back the state of the backup with its files, and keeps what was there', async () => {
    const it = folder(key)
    const hash = keepFile(it.directory, 'A contract, signed.')
    const source = await backUp(it)
    it.addInvoice(4)
    it.close()
    rmSync(join(it.directory, 'files'), { recursive: true })
    const steps: string[] = []
    writeFileSync(join(it.directory, 'record-head.json'), JSON.stringify({ head: knownHead, lost: [], restored: [] }))
    const result = await restoreBackup(planOf(it, source), (step) => steps.push(step))
    // A record that is shorter because of a restore is no tampering.
    expect(readHeads(it.directory)).toEqual({ head: null, lost: [], restored: [knownHead] })
    expect(steps).toEqual(['copying', 'files', 'swapping', 'done'])
    expect(result).toMatchObject({ missing: [], aside: join(it.directory, 'replaced', '2026-11-21T13-00-00Z') })
    expect(readdirSync(it.directory).filter((name) => name.startsWith('counterfoil.db'))).toEqual(['counterfoil.db'])
    expect(await invoicesIn(it.directory, key)).toBe(3)
    expect(readFileSync(join(it.directory, 'files', hash.slice(0, 2), hash), 'utf8')).toBe('A contract, signed.')
    // What was there opens too.
    const old = openConnection(join(result.aside, 'counterfoil.db'), { readonly: true, key })
    expect(old.prepare('SELECT count(*) FROM invoices').pluck().get()).toBe(4)
    old.close()
  })

  test.each(['copying', 'swapping', 'noted', 'folder', 'aside', 'keys', 'placed', 'done'])(
    'killed at "%s" leaves a folder that opens, old or new',
    async (step) => {
      const it = folder(key)
      const source = await backUp(it)
      it.addInvoice(4)
      it.close()
      writeFileSync(join(it.directory, 'record-head.json'), JSON.stringify({ head: knownHead, lost: [], restored: [] }))
      const script = fileURLToPath(new URL('restore-until-killed.ts', import.meta.url))
      const hex = key === null ? '' : Buffer.from(key).toString('hex')
      const child = spawnSync(process.execPath, [script, it.directory, source, hex, step], { encoding: 'utf8' })
      expect([child.signal, child.stderr]).toEqual(['SIGKILL', ''])
      const isOld = step === 'copying' || step === 'swapping'
      expect(await invoicesIn(it.directory, key)).toBe(isOld ? 4 : 3)
      expect(existsSync(join(it.directory, 'swap.json'))).toBe(false)
      if (!isOld) {
        expect(readHeads(it.directory)).toEqual({ head: null, lost: [], restored: [knownHead] })
        const old = openConnection(join(it.directory, 'replaced', '2026-11-21T13-00-00Z', 'counterfoil.db'), {
          readonly: true,
          key,
        })
        expect(old.prepare('SELECT count(*) FROM invoices').pluck().get()).toBe(4)
        old.close()
      }
      // And it can be restored again.
      await restoreBackup(planOf(it, source, { at: '2026-11-21T14:00:00.000Z' }))
      expect(await invoicesIn(it.directory, key)).toBe(3)
    },
  )
})

test('after a crash, the log that was left is kept with the database it belongs to', async () => {
  const it = folder(null)
  const source = await backUp(it)
  it.addInvoice(4)
  const crashed = folder(null)
  crashed.close()
  for (const name of ['counterfoil.db', 'counterfoil.db-wal']) {
    copyFileSync(join(it.directory, name), join(crashed.directory, name))
  }
  const { aside } = await restoreBackup(planOf(crashed, source))
  expect(readdirSync(aside).sort()).toEqual(['counterfoil.db', 'counterfoil.db-wal'])
  expect(await invoicesIn(crashed.directory, null)).toBe(3)
})

/** Makes folders whose last invoice, the fourth, is in the log alone, as a crash leaves it: each the same. */
const crashedFolders = (key: Uint8Array | null) => {
  const it = folder(key)
  it.database.pragma('wal_checkpoint(TRUNCATE)')
  it.addInvoice(4)
  const parts = ['counterfoil.db', 'counterfoil.db-wal', 'counterfoil.db-shm'].map(
    (name) => [name, readFileSync(join(it.directory, name))] as const,
  )
  return () => {
    const crashed = freshDirectory()
    directories.push(crashed)
    for (const [name, bytes] of parts) writeFileSync(join(crashed.directory, name), bytes)
    if (key !== null) writeFileSync(join(crashed.directory, 'keys.json'), '{}')
    return crashed
  }
}

const countIn = (file: string, key: Uint8Array | null) => {
  const database = openConnection(file, { readonly: true, key })
  try {
    return database.prepare('SELECT count(*) FROM invoices').pluck().get()
  } finally {
    database.close()
  }
}

class Killed extends Error {}
/** Ends the work at its step of this number; tells whether it came to its end before. */
const until = (step: number) => {
  let left = step
  return () => {
    if (left === 0) throw new Killed()
    left -= 1
  }
}
const isEnded = async (work: () => unknown): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof Killed) return false
    throw error
  }
}

describe.each([
  ['in the clear, by an encrypted one', null, testKey],
  ['that is encrypted, by one in the clear', testKey, null],
])('a database %s, with a log that a crash left', (_, key, other) => {
  test('is replaced with all that belongs to it, wherever the swap is cut off', async () => {
    const source = await backUp(folder(other))
    const crashed = crashedFolders(key)
    const text = '{"of":"the backup"}'
    const keys = other === null ? ({ kind: 'none' } as const) : ({ kind: 'replace', text } as const)
    for (let step = 0; ; step += 1) {
      const it = crashed()
      copyFileSync(source, join(it.directory, 'counterfoil.db.incoming'))
      const swap = { incoming: 'counterfoil.db.incoming', aside: 'replaced/then', keys }
      const ended = await isEnded(() => swapDatabase(it.directory, swap, until(step)))
      // Killed again while it is ended, and then once more.
      await isEnded(() => finishSwap(it.directory, until(1)))
      finishSwap(it.directory)
      expect([step, readdirSync(it.directory).filter((name) => name.startsWith('counterfoil.db'))]).toEqual([
        step,
        ['counterfoil.db'],
      ])
      expect(await invoicesIn(it.directory, other)).toBe(3)
      expect(countIn(join(it.directory, 'replaced', 'then', 'counterfoil.db'), key)).toBe(4)
      if (ended) break
    }
  })
})

test('what was put aside in the same second stays beside what is put aside now', async () => {
  const it = crashedFolders(null)()
  const source = await backUp(folder(null))
  const asides: string[] = []
  for (let time = 0; time < 2; time += 1) {
    copyFileSync(source, join(it.directory, 'incoming.db'))
    asides.push(swapDatabase(it.directory, { incoming: 'incoming.db', aside: 'replaced/then', keys: { kind: 'keep' } }))
  }
  expect(asides).toEqual(['replaced/then', 'replaced/then-2'])
  expect(asides.map((aside) => countIn(join(it.directory, aside, 'counterfoil.db'), null))).toEqual([4, 3])
})

test('a database that was put aside is sealed with its log, wherever that is cut off, and no log is left beside it', async () => {
  const crashed = crashedFolders(null)
  for (let step = 0; ; step += 1) {
    const it = crashed()
    const aside = join(it.directory, 'replaced', 'then')
    mkdirSync(aside, { recursive: true })
    for (const name of ['counterfoil.db', 'counterfoil.db-wal']) {
      copyFileSync(join(it.directory, name), join(aside, name))
    }
    const file = join(aside, 'counterfoil.db')
    const ended = await isEnded(() => sealDatabase(file, testKey, until(step)))
    // Never a sealed database with the log of one in the clear beside it, or the other way round.
    if (existsSync(file) && !isPlainDatabase(file)) expect([step, existsSync(`${file}-wal`)]).toEqual([step, false])
    await sealAside(aside, testKey)
    expect([step, readdirSync(aside)]).toEqual([step, ['counterfoil.db']])
    expect(countIn(file, testKey)).toBe(4)
    if (ended) break
  }
})

test('the log that an earlier version left in the clear beside a sealed database is taken from it and sealed', async () => {
  const it = crashedFolders(null)()
  const aside = join(it.directory, 'replaced', 'then')
  mkdirSync(aside, { recursive: true })
  const file = join(aside, 'counterfoil.db')
  const log = readFileSync(join(it.directory, 'counterfoil.db-wal'))
  for (const name of ['counterfoil.db', 'counterfoil.db-wal']) copyFileSync(join(it.directory, name), join(aside, name))
  await sealDatabase(file, testKey)
  writeFileSync(`${file}-wal`, log)
  await sealAside(aside, testKey)
  expect(readdirSync(aside).sort()).toEqual(['counterfoil.db', 'left-over.db-wal.sealed'])
  expect(countIn(file, testKey)).toBe(4)
})

test('another data folder, encrypted with another key, takes the keys of the backup', async () => {
  const it = folder(testKey)
  writeFileSync(join(it.directory, 'keys.json'), '{"of":"the backup"}')
  const source = await backUp(it)
  const other = folder(otherKey)
  writeFileSync(join(other.directory, 'keys.json'), '{"of":"the other folder"}')
  other.close()
  const keys = { kind: 'replace', text: '{"of":"the backup"}' } as const
  const { aside } = await restoreBackup(planOf(other, source, { key: testKey, keys }))
  expect(readFileSync(join(other.directory, 'keys.json'), 'utf8')).toContain('the backup')
  expect(readFileSync(join(aside, 'keys.json'), 'utf8')).toContain('the other folder')
  expect(await invoicesIn(other.directory, testKey)).toBe(3)
})

test('one command of many changes is done again with all of them, a part at a time', async () => {
  const it = folder(null)
  const backup = join(it.directory, 'then.db')
  await it.database.backup(backup)
  const many = 1001
  asCommand(it.database, () => {
    const columns = `organization_id, created_at, updated_at, code, kind, name, sort_name, currency, country`
    for (let count = 1; count <= many; count += 1) {
      it.database.exec(`INSERT INTO clients (id, ${columns})
        SELECT 'more-${count}', ${columns.replace('code', `'M-${count}'`)} FROM clients WHERE id = 'client'`)
    }
    it.database.exec(`UPDATE clients SET name = 'Changed' WHERE id = 'more-${many}'`)
  })
  const target = openConnection(backup, { readonly: false, key: null })
  // Of every statement what is held at once is bounded.
  const largest: number[] = []
  const prepare = target.prepare.bind(target)
  // Only the rows are counted; the statements are real.
  target.prepare = ((sql: string) => {
    const statement = prepare(sql)
    const all = statement.all.bind(statement)
    statement.all = (...values: unknown[]) => {
      const rows = all(...values)
      if (sql.includes('FROM audit_log')) largest.push(rows.length)
      return rows
    }
    return statement
  }) as typeof target.prepare
  expect(replayLog(it.database, target, Number.MAX_SAFE_INTEGER).commands).toBe(1)
  expect(target.prepare(`SELECT count(*) FROM clients WHERE id LIKE 'more-%'`).pluck().get()).toBe(many)
  expect(target.prepare(`SELECT name FROM clients WHERE id = 'more-${many}'`).pluck().get()).toBe('Changed')
  expect(Math.max(...largest)).toBeLessThan(many / 2)
  target.close()
})

describe('the log of a later state is followed', () => {
  const entry = (database: Made['database'], seq: number, kind: string, command: number | null, body: string | null) =>
    database
      .prepare(
        `INSERT INTO chain_entries (device_id, seq, format, kind, command_seq, at, body, effect_hash, previous_hash, hash, signature)
          VALUES ('d', ?, 1, ?, ?, '2026-11-21T09:00:00.000Z', ?, zeroblob(32), ?, randomblob(32), zeroblob(64))`,
      )
      .run(seq, kind, command, body, seq === 1 ? null : Buffer.alloc(32))
  const lastCommand = (it: Made) => Number(it.database.prepare('SELECT max(seq) FROM commands').pluck().get())

  const followed = async (since: (it: Made) => void) => {
    const it = folder(null)
    entry(it.database, 1, 'genesis', null, '{}')
    const backup = join(it.directory, 'then.db')
    await it.database.backup(backup)
    since(it)
    const target = openConnection(backup, { readonly: false, key: null })
    const head = target.prepare('SELECT seq, id FROM commands ORDER BY seq DESC LIMIT 1').get() as {
      seq: number
      id: string
    }
    const told = replayable(it.database, Number(target.pragma('user_version', { simple: true })), head)
    const done = replayLog(it.database, target, Number.MAX_SAFE_INTEGER)
    expect(told).toEqual(done)
    target.close()
    return done
  }

  test('to its end where nothing is in the way', async () => {
    expect(await followed((it) => it.addInvoice(4))).toMatchObject({ commands: 1, stop: null })
  })

  test('up to the command that removed what was past its time', async () => {
    const done = await followed((it) => {
      it.addInvoice(4)
      it.addInvoice(5)
      entry(it.database, 2, 'checkpoint', null, '{"cut":{"command":1}}')
      entry(it.database, 3, 'command', lastCommand(it), null)
      it.addInvoice(6)
    })
    expect(done).toMatchObject({ commands: 1, stop: { why: 'removal', at: '2026-11-21T09:00:00.000Z', left: 2 } })
  })

  test('not at all where commands are gone that came right after the backup', async () => {
    const done = await followed((it) => {
      it.addInvoice(4)
      entry(it.database, 2, 'checkpoint', null, `{"cut":{"command":${lastCommand(it)}}}`)
    })
    expect(done).toMatchObject({ commands: 0, stop: { why: 'removal' } })
  })
})

describe('is refused in words, with the present data untouched,', () => {
  const refused = async (
    change: (file: string) => void,
    more: Partial<RestorePlan> = {},
    key: Uint8Array | null = null,
  ) => {
    const it = folder(key)
    const source = await backUp(it)
    it.addInvoice(4)
    it.close()
    change(source)
    const before = contentsOf(it.directory)
    let message = ''
    try {
      await restoreBackup(planOf(it, source, more))
    } catch (error) {
      message = error instanceof Error ? error.message : String(error)
    }
    expect(contentsOf(it.directory)).toEqual(before)
    expect(await invoicesIn(it.directory, key)).toBe(4)
    return message
  }
  const rewrite = (change: (bytes: Buffer) => Buffer) => (file: string) =>
    writeFileSync(file, change(readFileSync(file)))

  test('a file that is not there, is empty, is cut off', async () => {
    expect(await refused((file) => rmSync(file))).toContain('is not there')
    expect(await refused((file) => truncateSync(file, 0))).toContain('is empty')
    expect(await refused((file) => truncateSync(file, 100_000))).toContain('was cut off')
  })

  test('a folder in its place', async () => {
    expect(
      await refused((file) => {
        rmSync(file)
        mkdirSync(file)
      }),
    ).toContain('is a folder')
  })

  test('one with a flipped bit, with its manifest and without it', async () => {
    const flip = rewrite((bytes) => {
      bytes[40_000] = (bytes[40_000] ?? 0) ^ 255
      return bytes
    })
    expect(await refused(flip)).toContain('is damaged')
    const smash = rewrite((bytes) => bytes.fill(0xff, 4096, 60_000))
    expect(
      await refused((file) => {
        smash(file)
        rmSync(manifestOf(file))
      }),
    ).toContain('is damaged')
  })

  test('a file of another kind, and of another program', async () => {
    const bare = (content: Buffer) => (file: string) => {
      rmSync(manifestOf(file))
      writeFileSync(file, content)
    }
    expect(await refused(bare(Buffer.alloc(9000, 'A letter. ')))).toContain('is not a backup of Counterfoil')
  })

  test.each([null, otherKey])('an encrypted one without its description, which is to be put beside it', async (key) => {
    const said = await refused((file) => rmSync(manifestOf(file)), { key }, testKey)
    expect(said).toContain('manual.cfbackup.json, its description, is missing: it holds the key')
  })

  test('one of a newer version', async () => {
    expect(
      await refused((file) => {
        rmSync(manifestOf(file))
        const newer = openConnection(file, { readonly: false, key: null })
        newer.pragma('user_version = 9999')
        newer.pragma('journal_mode = DELETE')
        newer.close()
      }),
    ).toContain('newer version')
  })

  test('one of another key', async () => {
    expect(await refused(() => undefined, { key: otherKey }, testKey)).toContain('another key')
    expect(await refused((file) => rmSync(manifestOf(file)), { key: otherKey }, testKey)).toContain('another key')
  })
})

const disk = mountSmallDisk('8m')
afterAll(() => disk?.remove())

test.skipIf(disk === null)(
  'on a full disk is refused with the present data untouched, and goes with room',
  async () => {
    const it = folder(null)
    const source = await backUp(it)
    it.addInvoice(4)
    it.close()
    // Skipped where there is none.
    const directory = join(disk?.directory ?? '', 'data')
    mkdirSync(directory)
    copyFileSync(it.file, join(directory, 'counterfoil.db'))
    const ballast = join(disk?.directory ?? '', 'ballast')
    const fill = () => {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(65_536))
      } catch {
        // Full.
      }
    }
    const before = contentsOf(directory)
    fill()
    await expect(restoreBackup(planOf({ ...it, directory }, source))).rejects.toThrow(/There is no room/)
    expect(contentsOf(directory)).toEqual(before)
    truncateSync(ballast, 0)
    // As if the room went while the copy was being written.
    await expect(
      restoreBackup(planOf({ ...it, directory }, source), (step) => step === 'copying' && fill()),
    ).rejects.toThrow(/no room|full/i)
    expect(contentsOf(directory)).toEqual(before)
    truncateSync(ballast, 0)
    await restoreBackup(planOf({ ...it, directory }, source))
    expect(await invoicesIn(directory, null)).toBe(3)
  },
)
