import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { applicationId } from '../../db/inspect-file.ts'
import { lockDirectory } from '../../db/lock.ts'
import { openConnection, openDatabase } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import { freshDirectory } from '../support/database.ts'
import { mountSmallDisk } from '../support/mounts.ts'

const leftovers: (() => void)[] = []
afterEach(() => {
  for (const remove of leftovers.splice(0).reverse()) remove()
})

const folder = () => {
  const { directory, remove } = freshDirectory()
  leftovers.push(remove)
  return { directory, file: join(directory, 'counterfoil.db') }
}

/** A folder with a closed, valid database in it. */
const used = async () => {
  const made = folder()
  const database = await openDatabase(made.directory)
  await database.close()
  return made
}

/** Every file with its bytes: what must be the same after a refusal. */
const contentsOf = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, bytes: readFileSync(path).toString('base64') }))

/** Opens a folder that must be refused, with its files untouched; returns the sentence. */
const refusal = async (directory: string, open = () => openDatabase(directory)): Promise<string> => {
  const before = contentsOf(directory)
  const error = await open().then(
    async (database) => {
      await database.close()
      throw new Error('It was opened.')
    },
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw error
  expect(error.code).toBe('STORAGE_UNAVAILABLE')
  expect(contentsOf(directory)).toEqual(before)
  return error.message
}

describe('a file that is not a whole database of ours', () => {
  test('missing in a folder that was in use', async () => {
    for (const remains of ['files', 'backups', 'counterfoil.db-wal']) {
      const { directory, file } = folder()
      if (remains.includes('.')) writeFileSync(join(directory, remains), 'x')
      else mkdirSync(join(directory, remains))
      const message = await refusal(directory)
      expect(message).toContain(`${file} is missing, but its folder was in use.`)
      expect(message).toContain('Restore a backup')
    }
  })

  test('of 0 bytes', async () => {
    const { directory, file } = await used()
    truncateSync(file, 0)
    expect(await refusal(directory)).toContain('has only 0 bytes: it was cut off.')
  })

  test.each([50, 4096, 0.5])('truncated (to %d)', async (to) => {
    const { directory, file } = await used()
    const size = statSync(file).size
    truncateSync(file, to < 1 ? Math.floor(size * to) : to)
    expect(await refusal(directory)).toMatch(/was cut off/)
  })

  test('of another kind', async () => {
    const { directory, file } = folder()
    writeFileSync(file, Buffer.alloc(20_000, 'This is a letter. '))
    expect(await refusal(directory)).toContain('is not a Counterfoil database.')
  })

  test('of another program', async () => {
    const { directory, file } = folder()
    const other = new Sqlite(file)
    other.exec('CREATE TABLE songs (title TEXT)')
    other.close()
    expect(await refusal(directory)).toContain('is a database of another program.')
  })

  test('a folder of that name', async () => {
    const { directory, file } = folder()
    mkdirSync(file)
    expect(await refusal(directory)).toContain('is a folder, not a database.')
  })

  test('damaged inside', async () => {
    const { directory, file } = await used()
    const bytes = readFileSync(file)
    // The first page holds the schema; the header before it stays whole.
    bytes.fill(0xff, 100, 4096)
    writeFileSync(file, bytes)
    expect(await refusal(directory)).toMatch(/damaged|cannot be read|not a Counterfoil database/)
  })
})

describe('a folder that cannot be used', () => {
  test('a file in its place', async () => {
    const { directory } = folder()
    const path = join(directory, 'data')
    writeFileSync(path, 'x')
    expect(await refusal(directory, () => openDatabase(path))).toContain('The data folder is a file. Choose a folder.')
    expect(await refusal(directory, () => openDatabase(join(path, 'deeper')))).toContain('The data folder is a file.')
    expect(() => lockDirectory(path)).toThrow('The data folder is a file. Choose a folder.')
  })

  test('on a network drive', async () => {
    const { directory } = await used()
    const message = await refusal(directory, () => openDatabase(directory, { filesystemType: () => 'SMB' }))
    expect(message).toContain('is on a network drive (SMB), where a database can be damaged')
    expect(message).toContain('Choose a folder on a disk of this computer')
  })
})

const disk = mountSmallDisk('16m')
afterAll(() => disk?.remove())

describe.skipIf(disk === null)('a disk', () => {
  // Skipped above where there is none.
  const { directory, remount } = disk ?? { directory: '', remount: () => undefined }

  test('that is read-only is refused in words', async () => {
    const data = join(directory, 'read-only')
    const database = await openDatabase(data)
    await database.close()
    remount('ro')
    try {
      expect(await refusal(data)).toMatch(/read-only|cannot be (written to|opened)/)
      expect(await refusal(directory, () => openDatabase(join(directory, 'new')))).toContain('read-only disk')
      expect(() => lockDirectory(data)).toThrow(/read-only|cannot be (written to|opened)/)
    } finally {
      remount('rw')
    }
  })

  test('that is full is refused in words', async () => {
    const data = join(directory, 'full')
    const database = await openDatabase(data)
    await database.close()
    const ballast = join(directory, 'ballast')
    const fill = () => {
      for (let size = 4096; ; size += 4096) {
        try {
          writeFileSync(ballast, Buffer.alloc(4096), { flag: 'a' })
        } catch {
          return size
        }
      }
    }
    expect(fill()).toBeGreaterThan(4096)
    // There is no room for the write-ahead log's index, nor for a new database.
    await expect(openDatabase(join(directory, 'new'))).rejects.toMatchObject({
      code: 'STORAGE_FULL',
      message: expect.stringContaining('The disk is full. Nothing was changed.'),
    })
    truncateSync(ballast, 0)
    const again = await openDatabase(data)
    expect(await again.reader.selectFrom('organizations').select('id').execute()).toEqual([])
    await again.close()
  })
})

const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

const holdElsewhere = async (directory: string): Promise<ChildProcess> => {
  const script = fileURLToPath(new URL('hold-lock.ts', import.meta.url))
  const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve)
    child.once('exit', reject)
  })
  return child
}

describe('the lock on the data directory', () => {
  test('is held against another process, and is gone when that is killed', async () => {
    const { directory } = await used()
    const child = await holdElsewhere(directory)
    expect(() => lockDirectory(directory)).toThrow(
      `Counterfoil is already open with the data in ${directory}. Use that window, or close it first.`,
    )
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    const lock = lockDirectory(directory)
    lock.release()
  })

  test('is held within one process too, and can be taken again after release', () => {
    const { directory } = folder()
    const first = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow('already open')
    first.release()
    lockDirectory(directory).release()
  })
})

describe('an open database', () => {
  test('has the settings that durability rests on, on both connections', async () => {
    const { directory, file } = await used()
    const database = await openDatabase(directory)
    leftovers.push(() => void database.close())
    for (const readonly of [false, true]) {
      const connection = openConnection(file, { readonly })
      const get = (name: string) => connection.pragma(name, { simple: true })
      expect(get('journal_mode')).toBe('wal')
      expect(get('synchronous')).toBe(2)
      expect(get('checkpoint_fullfsync')).toBe(1)
      expect(get('foreign_keys')).toBe(1)
      expect(get('trusted_schema')).toBe(0)
      expect(get('busy_timeout')).toBe(5000)
      expect(get('application_id')).toBe(applicationId)
      connection.close()
    }
    // And on the very connections that the product uses.
    // The reader's type refuses raw SQL, which no feature needs.
    for (const kysely of [database.writer, database.reader as unknown as typeof database.writer]) {
      const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(kysely)
      expect(rows).toEqual([{ synchronous: 2 }])
    }
  })

  test('refuses a build of SQLite that can lose committed data', () => {
    const { file } = folder()
    const original = Sqlite.prototype.prepare
    // The version is SQLite's own; the one place to say another is where the text is asked for.
    Sqlite.prototype.prepare = function prepare(this: Sqlite.Database, sql: string) {
      return original.call(this, sql.replace('sqlite_version()', `'3.51.2'`))
    } as typeof original
    try {
      expect(() => openConnection(file, { readonly: false })).toThrow(
        'SQLite 3.51.2 can lose committed data; 3.51.3 or newer is needed.',
      )
    } finally {
      Sqlite.prototype.prepare = original
    }
    const version = openConnection(file, { readonly: false })
    expect(String(version.prepare('SELECT sqlite_version()').pluck().get())).toMatch(/^3\.5[1-9]\./)
    version.close()
  })

  test('closes both connections, used or not, so that the file is free and whole', async () => {
    const { directory, file } = await used()
    const database = await openDatabase(directory)
    await database.close()
    expect(readdirSync(directory)).toEqual(['counterfoil.db'])
    const alone = new Sqlite(file)
    expect(alone.pragma('locking_mode = EXCLUSIVE', { simple: true })).toBe('exclusive')
    alone.exec('BEGIN EXCLUSIVE; COMMIT')
    alone.close()
  })

  test('opens again after a crash, with what the write-ahead log holds', async () => {
    const { directory, file } = await used()
    const database = await openDatabase(directory)
    const crashed = folder()
    const raw = openConnection(file, { readonly: false })
    raw.exec(`INSERT INTO commands (id, device_id, procedure, at) VALUES ('c', 'd', 'test', 'now')`)
    // What is on the disk at this moment, the log not yet taken back into the file.
    for (const name of ['counterfoil.db', 'counterfoil.db-wal']) {
      copyFileSync(join(directory, name), join(crashed.directory, name))
    }
    raw.close()
    await database.close()
    const again = await openDatabase(crashed.directory)
    expect(await again.reader.selectFrom('commands').select('id').execute()).toEqual([{ id: 'c' }])
    await again.close()
  })
})
