import { pbkdf2 } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { copyDatabase } from '../../db/copy.ts'
import { compareFacts, readMarks } from '../../db/facts.ts'
import { openConnection } from '../../db/open.ts'
import { type BackupInput, createBackup } from '../../electron/backup/create.ts'
import { installationOf } from '../../electron/backup/installation.ts'
import { readHead } from '../../electron/backup/manifest.ts'
import { listBackups, manifestOf } from '../../electron/backup/place.ts'
import { checkInThread } from '../../electron/backup/second-checks.ts'
import { verifyBackup } from '../../electron/backup/verify.ts'
import { sha256Of } from '../../electron/files.ts'
import { AppError } from '../../shared/errors.ts'
import { mountSmallDisk } from '../support/mounts.ts'
import { keepFile, type Made, madeFolder, otherKey, testKey } from './folder.ts'

const createdAt = '2026-11-21T12:05:00.000Z'

const made: Made[] = []
afterEach(() => {
  for (const it of made.splice(0)) it.remove()
})

// As the backup thread has it.
const checkBeside = () => checkInThread(new URL('../../out/main/check-worker.js', import.meta.url))

const folder = (key: Uint8Array | null) => {
  const it = madeFolder(key)
  made.push(it)
  return it
}

const inputOf = (it: Made, more: Partial<BackupInput> = {}): BackupInput => ({
  directory: it.directory,
  key: it.key,
  destination: join(it.directory, 'backups'),
  reason: 'auto',
  createdAt,
  appVersion: '1.0.0',
  full: true,
  ...more,
})

describe.each([
  ['in the clear', null],
  ['encrypted', testKey],
])('a backup of a database %s', (_, key) => {
  let it: Made
  beforeEach(() => {
    it = folder(key)
  })

  test('is one file that opens by itself, with its manifest and its files beside it', async () => {
    const hash = keepFile(it.directory, 'A contract, signed.')
    const { file, manifest } = await createBackup(inputOf(it))
    expect(file).toBe(join(it.directory, 'backups', '2026-11-21T12-05-00Z-auto.cfbackup.db'))
    expect(readdirSync(join(it.directory, 'backups')).sort()).toEqual([
      '2026-11-21T12-05-00Z-auto.cfbackup.db',
      '2026-11-21T12-05-00Z-auto.cfbackup.json',
      'files',
    ])
    expect(manifest).toMatchObject({ reason: 'auto', appVersion: '1.0.0', check: 'full', encrypted: key !== null })
    expect(manifest.facts.rows).toMatchObject({ organizations: 1, invoices: 3 })
    expect(manifest.facts.totals).toMatchObject({ invoiced: '3600000' })
    expect(manifest.facts.organizations[0]).toMatchObject({
      name: 'Linden Ltd',
      documents: 3,
      newest: { number: 'INV-0003' },
    })
    expect(manifest.sha256).toBe(sha256Of(readFileSync(file)))
    expect(manifest.kept).toEqual([`files/${hash.slice(0, 2)}/${hash}`])
    expect(verifyBackup(file, key)).toMatchObject({ sound: true, missing: [] })
    // Bytes of its own.
    const [copied, source] = [join(it.directory, 'backups'), it.directory].map((at) =>
      statSync(join(at, manifest.kept[0] ?? '')),
    )
    expect(copied?.ino).not.toBe(source?.ino)
  })

  test('holds what was committed, not what is open, while others write', async () => {
    it.addInvoice(4)
    it.database.exec('BEGIN IMMEDIATE')
    it.database.prepare(`UPDATE clients SET name = 'Not yet'`)
    const { manifest } = await createBackup(inputOf(it))
    it.database.exec('COMMIT')
    expect(manifest.facts.totals['invoiced']).toBe('4800000')
  })

  test('is refused where the key is another one, with nothing left behind', async () => {
    const wrong = key === null ? testKey : otherKey
    await expect(createBackup(inputOf(it, { key: wrong }))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
    expect(readdirSync(join(it.directory, 'backups'))).toEqual([])
  })

  test('does not verify once a byte is another one, it is cut, or its key is not there', async () => {
    const { file } = await createBackup(inputOf(it))
    if (key !== null) expect(() => verifyBackup(file, otherKey)).toThrow('another key')
    const bytes = readFileSync(file)
    const changed = Buffer.from(bytes)
    changed[bytes.length - 3000] = (bytes[bytes.length - 3000] ?? 0) ^ 1
    writeFileSync(file, changed)
    expect(verifyBackup(file, key)).toMatchObject({ sound: false, problem: 'damaged' })
    writeFileSync(file, bytes.subarray(0, 40_000))
    expect(verifyBackup(file, key)).toMatchObject({ sound: false, problem: 'cut' })
    writeFileSync(file, '')
    expect(verifyBackup(file, key)).toMatchObject({ sound: false, problem: 'empty' })
  })
})

test('an encrypted backup gives nothing away, and its manifest brings the keys', async () => {
  const it = folder(testKey)
  writeFileSync(join(it.directory, 'keys.json'), '{"version":1,"slots":[]}')
  const { file } = await createBackup(inputOf(it))
  for (const path of [file, manifestOf(file)]) {
    const text = readFileSync(path, 'latin1')
    expect(text).not.toContain('Linden')
    expect(text).not.toContain('Rosewood')
    expect(text).not.toContain('organizations')
  }
  expect(readHead(readFileSync(manifestOf(file), 'utf8'))?.keys).toEqual({ version: 1, slots: [] })
})

test('a kept file is copied once, and one that is no longer what it was is not passed on', async () => {
  const it = folder(null)
  const hash = keepFile(it.directory, 'A contract, signed.')
  const path = join('files', hash.slice(0, 2), hash)
  await createBackup(inputOf(it))
  const before = statSync(join(it.directory, 'backups', path))
  writeFileSync(join(it.directory, path), 'Something else.')
  const { manifest } = await createBackup(inputOf(it, { createdAt: '2026-11-21T12:20:00.000Z' }))
  const after = statSync(join(it.directory, 'backups', path))
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  expect(manifest.kept).toEqual([path])
  const other = await createBackup(inputOf(it, { destination: join(it.directory, 'second') }))
  expect(other.manifest.kept).toEqual([])
})

test('two of one second do not take each other away', async () => {
  const it = folder(null)
  await createBackup(inputOf(it))
  await createBackup(inputOf(it))
  expect(listBackups(join(it.directory, 'backups')).map(({ name }) => name)).toEqual([
    '2026-11-21T12-05-00Z-auto.cfbackup.db',
    '2026-11-21T12-05-00Z-auto-2.cfbackup.db',
  ])
})

describe('a place in which another computer takes the same name meanwhile', () => {
  const name = '2026-11-21T12-05-00Z-auto'
  const others: Readonly<Record<string, string>> = {
    [`${name}.cfbackup.json`]: 'Theirs.',
    [`${name}.cfbackup.db`]: 'Their data.',
  }
  const meanwhile = (place: string, taken: readonly string[], fail: boolean) => (step: string) => {
    if (step !== 'finishing') return
    for (const [file, text] of Object.entries(others)) if (taken.includes(file)) writeFileSync(join(place, file), text)
    if (fail) throw new Error('The cable came off.')
  }

  test.each([[[`${name}.cfbackup.json`]], [Object.keys(others)]])(
    'loses nothing of it, whether this one fails or not: %j',
    async (taken) => {
      const it = folder(null)
      const place = join(it.directory, 'backups')
      await expect(createBackup(inputOf(it), meanwhile(place, taken, true))).rejects.toThrow('cable')
      expect(readdirSync(place).sort()).toEqual(
        [...taken, 'files'].filter((file) => existsSync(join(place, file))).sort(),
      )
      for (const file of taken) expect(readFileSync(join(place, file), 'utf8')).toBe(others[file])
      for (const file of taken) rmSync(join(place, file))
      const { file } = await createBackup(inputOf(it), meanwhile(place, taken, false))
      expect(file).toBe(join(place, `${name}-2.cfbackup.db`))
      expect(verifyBackup(file, null)).toMatchObject({ sound: true })
      for (const other of taken) expect(readFileSync(join(place, other), 'utf8')).toBe(others[other])
    },
  )
})

test('what an attempt that was killed left is cleared away by the next one', async () => {
  const it = folder(null)
  const place = join(it.directory, 'backups')
  mkdirSync(place)
  const mark = installationOf(it.directory)?.slice(0, 8)
  writeFileSync(join(place, `2026-11-21T11-05-00Z-auto.cfbackup.db.${mark}.partial`), 'half')
  // An earlier backup that is being sealed meanwhile, in another thread.
  const sealed = '2026-11-21T10-05-00Z-auto.cfbackup.db.partial'
  writeFileSync(join(place, sealed), 'half')
  utimesSync(join(place, sealed), new Date(createdAt), new Date(createdAt))
  await createBackup(inputOf(it))
  expect(readdirSync(place).filter((name) => name.endsWith('.partial'))).toEqual([sealed])
})

test('a folder that is not there is not made where its disk would be', async () => {
  const it = folder(null)
  const error = await createBackup(inputOf(it, { destination: '/media/nobody/usb-stick/backups' })).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE', message: expect.stringContaining('Plug its disk in') })
})

// A folder of the system in which nobody makes one.
test.skipIf(!existsSync('/proc/self'))('a folder that cannot be made is named, and not the data folder', async () => {
  await expect(createBackup(inputOf(folder(null), { destination: '/proc/nothing' }))).rejects.toMatchObject({
    code: 'STORAGE_UNAVAILABLE',
    message: '/proc/nothing cannot be made. Check that its disk is there and is not a read-only disk.',
  })
})

const disk = mountSmallDisk('12m')
afterAll(() => disk?.remove())

describe.skipIf(disk === null)('a second place', () => {
  // Skipped above where there is none.
  const {
    directory: place,
    remount,
    remove: _remove,
  } = disk ?? { directory: '', remount: () => undefined, remove: () => undefined }
  const ballast = join(place, 'ballast')
  const fill = () => {
    for (let size = 65_536; size >= 512; size /= 2) {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size))
      } catch {
        // The next smaller piece may still go in.
      }
    }
  }
  const contents = () =>
    readdirSync(place)
      .filter((name) => name !== 'ballast')
      .map((name) => [name, statSync(join(place, name)).size])

  test('that fills up refuses the next one and keeps the earlier one', async () => {
    const it = folder(null)
    const { file } = await createBackup(inputOf(it, { destination: place }))
    const before = contents()
    fill()
    await expect(createBackup(inputOf(it, { destination: place }))).rejects.toMatchObject({
      code: 'STORAGE_FULL',
      message: expect.stringContaining(place),
    })
    expect(contents()).toEqual(before)
    expect(verifyBackup(file, null)).toMatchObject({ sound: true })
    truncateSync(ballast, 0)
    await createBackup(inputOf(it, { destination: place }))
  })

  test('that is read-only says so', async () => {
    const it = folder(null)
    remount('ro')
    try {
      const before = contents()
      await expect(createBackup(inputOf(it, { destination: place }))).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        message: expect.stringContaining('cannot be written to'),
      })
      expect(contents()).toEqual(before)
      // And what lies there can be read.
      for (const { file } of listBackups(place)) expect(verifyBackup(file, null)).toMatchObject({ sound: true })
    } finally {
      remount('rw')
    }
  })

  test('that fills up in the middle leaves nothing half made', async () => {
    const it = folder(null)
    // As if another program took the room after it was asked for.
    let begun = false
    const attempt = createBackup(inputOf(it, { destination: place, createdAt: '2026-11-21T15:00:00.000Z' }), (step) => {
      if (step === 'copying' && !begun) {
        begun = true
        fill()
      }
    })
    await expect(attempt).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    expect(contents().filter(([name]) => String(name).includes('T15-'))).toEqual([])
    expect(existsSync(ballast)).toBe(true)
    truncateSync(ballast, 0)
  })
})

test('one that fails its checks is removed when nothing holds it any more', async () => {
  const it = folder(null)
  it.database.pragma('user_version = 9999')
  const threads: Worker[] = []
  const note = (worker: Worker) => void threads.push(worker)
  process.on('worker', note)
  try {
    await expect(createBackup(inputOf(it), undefined, checkBeside)).rejects.toThrow('did not pass its checks')
    // A thread that ended has no number.
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1])
  } finally {
    process.off('worker', note)
  }
  expect(readdirSync(join(it.directory, 'backups'))).toEqual([])
})

test.each([
  ['in this thread', null, undefined],
  ['beside', null, checkBeside],
  ['beside, encrypted', testKey, checkBeside],
])('rows that refer to nothing are found %s, and the backup is not kept', async (_, key, beside) => {
  const it = folder(key)
  const sound = await createBackup(inputOf(it), undefined, beside)
  expect(sound.manifest.sha256).toBe(sha256Of(readFileSync(sound.file)))
  it.database.pragma('foreign_keys = OFF')
  it.database.exec("UPDATE clients SET organization_id = 'nobody'")
  const attempt = createBackup(inputOf(it, { createdAt: '2026-11-21T13:05:00.000Z' }), undefined, beside)
  await expect(attempt).rejects.toThrow('references lead nowhere')
  expect(listBackups(join(it.directory, 'backups')).map(({ file }) => file)).toEqual([sound.file])
})

test.skipIf(process.platform !== 'linux')(
  'a hashed file is held by nothing afterwards, however busy the process is',
  async () => {
    const file = join(folder(null).directory, 'hashed')
    writeFileSync(file, Buffer.alloc(1_000_000))
    let isOver = false
    const keepBusy = () => void (isOver || pbkdf2('a', 'b', 20_000, 32, 'sha256', keepBusy))
    for (let count = 0; count < 8; count += 1) keepBusy()
    const checked = Array.from({ length: 10 }, async () => {
      const beside = checkBeside()
      return await beside.check({ file, key: null, mapped: false }).finally(beside.end)
    })
    // Hashed, and then refused: it is no database.
    await expect(Promise.any(checked)).rejects.toThrow()
    await Promise.allSettled(checked)
    isOver = true
    // A removed file that is still open tells its name, too.
    rmSync(file)
    const open = readdirSync('/proc/self/fd').map((handle) => {
      const path = join('/proc/self/fd', handle)
      // The one of this very listing is closed by now.
      return lstatSync(path, { throwIfNoEntry: false }) === undefined ? '' : readlinkSync(path)
    })
    expect(open.filter((path) => path.startsWith(file))).toEqual([])
  },
)

test('the source connection keeps its lock: another one still cannot take the database over', async () => {
  const it = folder(null)
  await createBackup(inputOf(it))
  const other = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false, key: null })
  it.database.exec('BEGIN IMMEDIATE')
  other.pragma('busy_timeout = 0')
  expect(() => other.exec('BEGIN IMMEDIATE')).toThrow('locked')
  it.database.exec('COMMIT')
  other.close()
})

test('a large database is copied in pieces, and is of one moment though others write between them', async () => {
  const it = folder(null)
  // More than three pieces of eight megabytes.
  it.database.exec('CREATE TABLE ballast (data BLOB)')
  const add = it.database.prepare('INSERT INTO ballast VALUES (randomblob(1000000))')
  for (let megabyte = 0; megabyte < 30; megabyte += 1) add.run()
  let counter = 3
  let isOver = false
  const write = () => {
    if (isOver) return
    counter += 1
    it.addInvoice(counter)
    setImmediate(write)
  }
  const before = it.database.prepare('SELECT count(*) FROM invoices').pluck().get()
  setImmediate(write)
  const target = join(it.directory, 'copy.db')
  const marks = await copyDatabase(it.file, null, target).finally(() => {
    isOver = true
  })
  expect(counter).toBeGreaterThan(5)
  const copy = openConnection(target, { readonly: true })
  expect(compareFacts(marks, readMarks(copy))).toEqual([])
  expect(copy.prepare('SELECT count(*) FROM invoices').pluck().get()).toBe(before)
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  copy.close()
})
