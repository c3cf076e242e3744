import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dropCapture } from '../../db/capture/triggers.ts'
import { applicationId } from '../../db/inspect-file.ts'
import { migrate } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { openConnection, openDatabase } from '../../db/open.ts'
import { replayLog } from '../../db/replay.ts'
import { createBackup } from '../../electron/backup/create.ts'
import { migrateData } from '../../electron/backup/migrate-data.ts'
import { listBackups } from '../../electron/backup/place.ts'
import { replayDamaged } from '../../electron/backup/replay.ts'
import { restoreBackup } from '../../electron/backup/restore.ts'
import { verifyBackup } from '../../electron/backup/verify.ts'
import { acceptSalvage, salvageDatabase } from '../../electron/recovery/salvage.ts'
import { AppError } from '../../shared/errors.ts'
import { keepFile, madeFolder } from '../backup/folder.ts'
import { asCommand, insertIssuedInvoice, seedBasics } from '../support/database.ts'
import { mountSmallDisk } from '../support/mounts.ts'
import { times } from '../support/scale.ts'

/**
 * The room on a disk ends at a place of its own each time, so that in the end every write was the one that did not fit.
 * What asks for room first is told that there is enough: otherwise it would never begin.
 */
const disk = mountSmallDisk('40m')
afterAll(() => disk?.remove())

const root = disk?.directory ?? ''
const data = join(root, 'data')
const place = join(root, 'stick')
const ballast = join(root, 'ballast')

/** Leaves so many bytes free. */
const leave = (bytes: number) => {
  const { bavail, bsize } = statfsSync(root)
  const fill = bavail * bsize - bytes
  if (fill > 0) writeFileSync(ballast, Buffer.alloc(fill))
}

const takeRest = () => {
  try {
    for (;;) appendFileSync(ballast, Buffer.alloc(4096))
  } catch {
    // Full.
  }
}

type Prepared = { readonly database: Buffer; readonly old: Buffer; readonly files: string }
let prepared: Prepared

const newest = migrations.at(-1)?.version ?? 0

beforeAll(async () => {
  if (disk === null) return
  const it = madeFolder(null)
  keepFile(it.directory, 'A contract, signed.'.repeat(20_000))
  it.close()
  const old = join(it.directory, 'old.db')
  const database = openConnection(old, { readonly: false, key: null })
  database.pragma(`application_id = ${applicationId}`)
  migrate(database, old, migrations.slice(0, newest - 3))
  dropCapture(database)
  asCommand(database, () => {
    seedBasics(database)
    insertIssuedInvoice(database, 'i1', 1)
  })
  database.close()
  mkdirSync(data)
  mkdirSync(place)
  prepared = { database: readFileSync(it.file), old: readFileSync(old), files: it.directory }
  await Promise.resolve()
})

const lay = (database: Buffer) => {
  rmSync(ballast, { force: true })
  for (const folder of [data, place]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
  }
  writeFileSync(join(data, 'counterfoil.db'), database)
  const files = join(prepared.files, 'files')
  for (const part of readdirSync(files)) {
    mkdirSync(join(data, 'files', part), { recursive: true })
    for (const name of readdirSync(join(files, part)))
      copyFileSync(join(files, part, name), join(data, 'files', part, name))
  }
}

const invoices = async (): Promise<number> => {
  rmSync(ballast, { force: true })
  const database = await openDatabase(data, { key: null })
  const rows = await database.reader.selectFrom('invoices').select('id').execute()
  await database.close()
  return rows.length
}

const backUp = (createdAt: string, onStep?: (step: string) => void) =>
  createBackup(
    { directory: data, key: null, destination: place, reason: 'auto', createdAt, appVersion: '1', full: false },
    onStep,
  )

/** Whatever was thrown is a sentence about the disk. */
const refused = (error: unknown): boolean => {
  if (!(error instanceof AppError)) throw error
  expect(['STORAGE_FULL', 'STORAGE_UNAVAILABLE']).toContain(error.code)
  return true
}

// In the long run at ten times as many places.
const kilobytes = (from: number, to: number, step: number) => {
  const fine = step / times(1)
  return Array.from({ length: Math.ceil((to - from) / fine) }, (_, index) => Math.round((from + index * fine) * 1024))
}

const outcomes = { done: 0, refused: 0 }
describe.skipIf(disk === null)('wherever the room on the disk ends,', () => {
  afterEach(() => {
    // A test in which nothing was ever refused, or nothing ever went through, has not looked at the edge.
    expect(outcomes.done * outcomes.refused).toBeGreaterThan(0)
    Object.assign(outcomes, { done: 0, refused: 0 })
  })

  test('a backup is whole or not there, and the earlier one stays', async () => {
    for (const room of kilobytes(0, 4000, 500)) {
      lay(prepared.database)
      await backUp('2026-11-21T12:00:00.000Z')
      rmSync(join(place, 'files'), { recursive: true })
      const attempt = backUp('2026-11-21T13:00:00.000Z', (step) => step === 'copying' && leave(room))
      const isRefused = await attempt.then(() => false, refused)
      outcomes[isRefused ? 'refused' : 'done'] += 1
      const found = listBackups(place)
      expect([room, found.length]).toEqual([room, isRefused ? 1 : 2])
      for (const { file } of found) expect(verifyBackup(file, null).sound).toBe(true)
      expect(readdirSync(place).filter((name) => name.endsWith('.partial'))).toEqual([])
      expect(await invoices()).toBe(3)
    }
  })

  test('a restore is done or not begun', async () => {
    for (const room of kilobytes(0, 4000, 500)) {
      lay(prepared.database)
      const { file } = await backUp('2026-11-21T12:00:00.000Z')
      const changed = openConnection(join(data, 'counterfoil.db'), { readonly: false, key: null })
      asCommand(changed, () => insertIssuedInvoice(changed, 'later', 4))
      changed.close()
      rmSync(join(data, 'files'), { recursive: true })
      let isRefused = false
      try {
        await restoreBackup(
          { directory: data, source: file, key: null, keys: { kind: 'keep' }, at: '2026-11-21T14:00:00.000Z' },
          (step) => step === 'copying' && leave(room),
        )
      } catch (error) {
        isRefused = refused(error)
      }
      outcomes[isRefused ? 'refused' : 'done'] += 1
      expect([room, await invoices()]).toEqual([room, isRefused ? 4 : 3])
    }
  })

  test('what a damaged log tells is done again as with room, or refused in words, and never left out unsaid', async () => {
    const folder = join(data, 'incoming')
    const file = join(folder, 'counterfoil.db')
    const damaged = join(data, 'counterfoil.db')
    const attempt = async (room: number) => {
      lay(prepared.database)
      mkdirSync(folder)
      copyFileSync(damaged, file)
      const later = openConnection(damaged, { readonly: false, key: null })
      asCommand(later, () => insertIssuedInvoice(later, 'later', 4))
      later.close()
      leave(room)
      return await replayDamaged(folder, damaged, null)
    }
    const withRoom = await attempt(Number.MAX_SAFE_INTEGER)
    for (const room of kilobytes(0, 24_000, 4000)) {
      const answer = await attempt(room).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'STORAGE_FULL' })
        return null
      })
      outcomes[answer === null ? 'refused' : 'done'] += 1
      if (answer !== null) expect([room, answer]).toEqual([room, withRoom])
      expect([room, readdirSync(folder)]).toEqual([room, ['counterfoil.db']])
      expect(readFileSync(file).equals(prepared.database)).toBe(true)
    }
  })

  test('a log that is followed until the disk is full says so, and does not end there as if it were over', () => {
    lay(prepared.database)
    const file = join(data, 'counterfoil.db')
    const source = openConnection(file, { readonly: false, key: null })
    const copy = join(data, 'copy.db')
    copyFileSync(file, copy)
    asCommand(source, () => {
      for (let counter = 4; counter < 400; counter += 1) insertIssuedInvoice(source, `more-${counter}`, counter)
    })
    const target = openConnection(copy, { readonly: false, key: null })
    target.pragma('cache_size = 5')
    // Enough to end a transaction, not for what is done again in it.
    leave(600_000)
    expect(() => replayLog(source, target, Number.MAX_SAFE_INTEGER)).toThrow(
      expect.objectContaining({ code: 'SQLITE_FULL' }),
    )
    target.close()
    source.close()
    outcomes.refused += 1
    outcomes.done += 1
  })

  test('a migration goes through or leaves the data as it was', async () => {
    for (const room of kilobytes(0, 8000, 1000)) {
      lay(prepared.old)
      let isRefused = false
      try {
        migrateData({ directory: data, key: null, left: new Int32Array(1) }, (_step, done) => done === 0 && leave(room))
      } catch (error) {
        isRefused = refused(error)
      }
      outcomes[isRefused ? 'refused' : 'done'] += 1
      // Opening goes on with what is left, with room.
      expect([room, await invoices()]).toEqual([room, 1])
    }
  })

  test('a salvage leaves the damaged database as it was', async () => {
    const broken = Buffer.from(prepared.database)
    broken.fill(0, broken.length - 40_960, broken.length - 36_864)
    for (const room of kilobytes(0, 6400, 1600)) {
      lay(broken)
      let isRefused = false
      try {
        leave(room + 6_000_000)
        salvageDatabase({ directory: data, key: null, at: '2026-11-21T14:00:00.000Z' }, () => takeRest())
        acceptSalvage(data, '2026-11-21T14:00:00.000Z')
      } catch (error) {
        isRefused = refused(error)
        expect(readFileSync(join(data, 'counterfoil.db')).equals(broken)).toBe(true)
      }
      outcomes[isRefused ? 'refused' : 'done'] += 1
    }
    lay(broken)
    salvageDatabase({ directory: data, key: null, at: '2026-11-21T14:00:00.000Z' })
    outcomes.done += 1
  })
})

test.skipIf(disk === null)('on a disk that is read-only each is refused in words, and every byte stays', async () => {
  const broken = Buffer.from(prepared.database)
  broken.fill(0, broken.length - 40_960, broken.length - 36_864)
  const attempts: readonly (readonly [string, Buffer, () => unknown])[] = [
    ['backup', prepared.database, () => backUp('2026-11-21T13:00:00.000Z')],
    [
      'restore',
      prepared.database,
      () =>
        restoreBackup({
          directory: data,
          source: listBackups(place)[0]?.file ?? '',
          key: null,
          keys: { kind: 'keep' },
          at: '2026-11-21T14:00:00.000Z',
        }),
    ],
    ['migration', prepared.old, () => migrateData({ directory: data, key: null, left: new Int32Array(1) })],
    ['salvage', broken, () => salvageDatabase({ directory: data, key: null, at: '2026-11-21T14:00:00.000Z' })],
  ]
  for (const [name, database, work] of attempts) {
    lay(prepared.database)
    await backUp('2026-11-21T12:00:00.000Z')
    writeFileSync(join(data, 'counterfoil.db'), database)
    for (const end of ['-wal', '-shm']) rmSync(join(data, `counterfoil.db${end}`), { force: true })
    const bytes = () => [data, place].flatMap((folder) => readdirSync(folder, { recursive: true }).map(String).sort())
    const before = bytes()
    disk?.remount('ro')
    try {
      await expect(Promise.resolve().then(work), name).rejects.toBeInstanceOf(AppError)
      expect([name, bytes()]).toEqual([name, before])
      expect(readFileSync(join(data, 'counterfoil.db')).equals(database), name).toBe(true)
    } finally {
      disk?.remount('rw')
    }
  }
})
