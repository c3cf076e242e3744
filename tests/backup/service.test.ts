import {
  appendFileSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { carryCopies } from '../../electron/backup/carry-copies.ts'
import { changeDurably } from '../../electron/backup/durable.ts'
import { beginVisits, installationOf } from '../../electron/backup/installation.ts'
import { listBackups, manifestOf } from '../../electron/backup/place.ts'
import { type BackupPool, createInlinePool } from '../../electron/backup/pool.ts'
import type { BackupService } from '../../electron/backup/service.ts'
import { readState, stateFile } from '../../electron/backup/state.ts'
import { type Desk, day, desk, deskOnCopy, hour, minute, removeDesks } from './desk.ts'
import { keepFile, testKey } from './folder.ts'

afterEach(removeDesks)

const names = (service: BackupService) => service.list().map(({ name }) => name.slice(0, 20))

test('on change, at most every 15 minutes, and not without one', async () => {
  const { clock, open, work } = desk()
  const service = open()
  await service.tick()
  expect(names(service)).toEqual(['2026-11-21T09-00-00Z'])
  clock.advance(20 * minute)
  await service.tick()
  expect(names(service)).toHaveLength(1)
  expect((await service.status()).nextAt).toBeNull()
  work()
  await service.tick()
  expect(names(service)).toHaveLength(2)
  clock.advance(5 * minute)
  work()
  await service.tick()
  expect(names(service)).toHaveLength(2)
  expect((await service.status()).nextAt).toBe('2026-11-21T09:35:00.000Z')
  clock.advance(10 * minute)
  await service.tick()
  expect(names(service)).toHaveLength(3)
})

test('goes on when the clock is set back', async () => {
  const { clock, open, work } = desk()
  const service = open()
  await service.tick()
  clock.set('2026-01-01T09:00:00.000Z')
  work()
  await service.tick()
  expect(names(service)).toHaveLength(2)
})

test('months of work keeps what the tiers say, in both places', async () => {
  const { it, clock, open, work } = desk()
  const service = open()
  const second = join(it.directory, 'usb')
  service.setSettings({ automatic: true, secondPlace: second })
  // Every fifth day: the arithmetic of each day has its own test.
  for (let turn = 0; turn < 24; turn += 1) {
    work()
    await service.tick()
    clock.advance(5 * day)
  }
  for (const folder of [join(it.directory, 'backups'), second]) {
    const kept = readdirSync(folder).filter((name) => name.endsWith('.db'))
    expect(kept.length).toBeLessThan(30)
    expect(kept.length).toBeGreaterThan(9)
    // Each with its manifest, and no manifest without one.
    expect(readdirSync(folder).filter((name) => name.endsWith('.cfbackup.json'))).toHaveLength(kept.length)
  }
})

test('a file that was erased goes with the last backup that needs it', async () => {
  const { it, clock, open, work } = desk()
  const service = open()
  const hash = keepFile(it.directory, 'Something personal.')
  const path = join('files', hash.slice(0, 2), hash)
  await service.tick()
  // A copy of the migration, which nothing was written about.
  it.database.exec(`VACUUM INTO '${join(it.directory, 'backups', 'before-migration-from-3.db')}'`)
  const inBackup = () => existsSync(join(it.directory, 'backups', path))
  expect(inBackup()).toBe(true)
  rmSync(join(it.directory, path))
  for (let turn = 0; turn < 3; turn += 1) {
    work()
    clock.advance(day)
    await service.tick()
  }
  expect(inBackup()).toBe(true)
  for (let turn = 0; turn < 14; turn += 1) {
    work()
    clock.advance(30 * day)
    await service.tick()
  }
  expect(inBackup()).toBe(false)
  const migration = service.list().find(({ reason }) => reason === 'before-migration')
  expect(migration?.head).toMatchObject({ reason: 'before-migration', encrypted: false })
  expect(await service.verify(migration?.file ?? '')).toMatchObject({ sound: true })
})

test('a second place that is unplugged is said until it works again, and does not hold up the first', async () => {
  const { it, clock, open, work, told } = desk()
  const service = open()
  const disk = join(it.directory, 'disk')
  mkdirSync(disk)
  const second = join(disk, 'backups')
  service.setSettings({ automatic: true, secondPlace: second })
  await service.tick()
  expect(service.list().map(({ place }) => place)).toEqual(['main', 'second'])
  renameSync(disk, `${disk}-away`)
  work()
  clock.advance(20 * minute)
  await service.tick()
  const { state } = await service.status()
  expect(state.places.main.problem).toBeNull()
  expect(state.places.second.problem?.message).toContain('Plug its disk in')
  expect(told.at(-1)).toEqual(['backup-failed', expect.stringContaining('Plug its disk in')])
  // Also after a restart, and without a change: it is tried again.
  renameSync(`${disk}-away`, disk)
  clock.advance(20 * minute)
  const again = open()
  expect((await again.status()).state.places.second.problem).not.toBeNull()
  await again.tick()
  expect((await again.status()).state.places.second.problem).toBeNull()
  expect(told.at(-1)).toEqual(['backup-failed', null])
})

test.each([null, testKey])(
  'the weekly drill measures what a restore takes, or says why it would not work',
  async (key) => {
    const { clock, open, work, told } = desk(key)
    const service = open()
    await service.tick()
    expect((await service.status()).state.drill).toBeNull()
    clock.advance(3 * minute)
    await service.tick()
    expect((await service.status()).state.drill).toMatchObject({
      problem: null,
      milliseconds: expect.any(Number),
      ageMilliseconds: 3 * minute,
    })
    clock.advance(3 * day)
    await service.tick()
    expect((await service.status()).state.drill?.at).toBe('2026-11-21T09:03:00.000Z')
    const [backup] = service.list()
    appendFileSync(backup?.file ?? '', 'one more byte')
    clock.advance(5 * day)
    await service.tick()
    expect((await service.status()).state.drill?.problem).toContain('is damaged')
    expect(told.at(-1)).toEqual(['drill-failed', expect.stringContaining('is damaged')])
    expect(service.list().map(({ sound }) => sound)).toEqual([false])
    // The next backup is drilled at once, because nobody knows yet that it can be restored.
    work()
    await service.tick()
    await service.drill()
    expect((await service.status()).state.drill?.problem).toBeNull()
    expect(told.at(-1)).toEqual(['drill-failed', null])
  },
)

test.each([null, testKey])('a copy from before an update of the tables is in the second place, too', async (key) => {
  const { it, open } = desk(key)
  const hash = key === null ? keepFile(it.directory, 'A contract, signed.') : null
  const [disk, folder] = [join(it.directory, 'disk'), join(it.directory, 'backups')]
  mkdirSync(disk)
  mkdirSync(folder)
  const name = 'before-migration-from-3-2026-11-20T09-00-00Z-4.db'
  it.database.exec(`VACUUM INTO '${join(folder, name)}'`)
  const service = open()
  service.setSettings({ automatic: true, secondPlace: disk })
  await service.tick()
  const carried = listBackups(disk).find((backup) => backup.name === name)
  expect(carried).toMatchObject({ reason: 'before-migration', head: { encrypted: key !== null } })
  expect(await service.verify(carried?.file ?? '')).toMatchObject({ sound: true, missing: [] })
  if (hash !== null) expect(existsSync(join(disk, 'files', hash.slice(0, 2), hash))).toBe(true)
  // Of a key that was changed since: left where it is, and nothing else is held up by it.
  const later = join(it.directory, 'later')
  mkdirSync(later)
  carryCopies({ directory: it.directory, place: later, key: key === null ? testKey : null })
  expect(listBackups(later)).toEqual([])
})

test('the newest backup of each place is tried, one week the one and one week the other', async () => {
  const { it, clock, open } = desk()
  const disk = join(it.directory, 'disk')
  mkdirSync(disk)
  const service = open()
  service.setSettings({ automatic: true, secondPlace: disk })
  await service.tick()
  const places: string[] = []
  for (let week = 0; week < 3; week += 1) {
    clock.advance(8 * day)
    await service.tick()
    places.push(dirname((await service.status()).state.drill?.file ?? ''))
  }
  expect(places).toEqual([join(it.directory, 'backups'), disk, join(it.directory, 'backups')])
})

test('a database that fails its weekly check is told until a check finds it whole, whatever a trial restore says', async () => {
  const { it, clock, open, told } = desk()
  const service = open()
  await service.tick()
  // As a fault of the disk would: a reference that leads nowhere.
  it.database.pragma('foreign_keys = OFF')
  it.database.exec(
    'DROP TRIGGER capture_clients_delete; DROP TRIGGER clients_search_insert; DROP TRIGGER capture_clients_insert',
  )
  it.database.exec(`CREATE TABLE kept AS SELECT * FROM clients`)
  it.database.exec('DELETE FROM clients')
  clock.advance(8 * day)
  await service.tick()
  expect((await service.status()).state.check?.problem).toContain('lead nowhere')
  expect(told.at(-1)).toEqual(['drill-failed', expect.stringContaining('did not pass its check')])
  it.database.exec('INSERT INTO clients SELECT * FROM kept')
  clock.advance(8 * day)
  await service.tick()
  expect(told.at(-1)).toEqual(['drill-failed', null])
})

test('pages that are damaged while the data is in use close it; what only seemed so the first time does not', async () => {
  const { it, open, damage } = desk()
  for (let counter = 10; counter < 60; counter += 1) it.addInvoice(counter)
  it.database.pragma('wal_checkpoint(TRUNCATE)')
  const pool = createInlinePool()
  let looks = 0
  const hesitating: BackupPool = {
    ...pool,
    run: (kind, input, onProgress) => {
      if (kind === 'examine') looks += 1
      if (kind !== 'examine' || looks > 1) return pool.run(kind, input, onProgress)
      // A disk that answers with other bytes once; what an examination gives, which the type of every task is not.
      return Promise.resolve({ sound: false, problem: 'damaged', faults: ['page 7'] } as never)
    },
  }
  const service = open(hesitating)
  await service.tick()
  expect([looks, damage]).toEqual([2, []])
  expect((await service.status()).state).toMatchObject({ damaged: false, check: { problem: null } })
  const root = Number(it.database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'audit_log'`).pluck().get())
  // Written as a disk would: not through SQLite. Nobody else opens this folder, so that its lock is not missed.
  const handle = openSync(it.file, 'r+')
  writeSync(handle, Buffer.alloc(4096, 7), 0, 4096, (root - 1) * 4096)
  closeSync(handle)
  const again = open()
  await again.tick()
  expect(damage).toEqual([expect.any(String)])
  expect((await again.status()).state.damaged).toBe(true)
})

test.each([null, testKey])('a beginning that is destroyed while the data is in use closes it, too', async (key) => {
  const { it, open, damage } = desk(key)
  it.database.pragma('wal_checkpoint(TRUNCATE)')
  const handle = openSync(it.file, 'r+')
  writeSync(handle, Buffer.alloc(4096, 9), 0, 4096, 0)
  closeSync(handle)
  const service = open()
  await service.tick()
  expect(damage).toEqual([expect.stringContaining('its beginning is destroyed')])
  expect((await service.status()).state.damaged).toBe(true)
})

test('a backup at the end where something changed, and the mark of a crash where there was no end', async () => {
  const { it, open, work, clock } = desk()
  const first = open()
  first.start()
  await first.tick()
  expect((await first.status()).state.check).toMatchObject({ full: false, problem: null })
  work()
  await first.close()
  expect(first.list()[0]?.reason).toBe('exit')
  expect(readState(it.directory).open).toBe(false)
  const second = open()
  second.start()
  // It ends without a word; the next one looks at everything.
  const third = open()
  clock.advance(minute)
  await third.tick()
  expect((await third.status()).state.check).toMatchObject({ full: true, problem: null })
  await second.close()
})

test('what is not a state is taken for none, and no backup is touched', async () => {
  const { it, open } = desk()
  const service = open()
  await service.tick()
  writeFileSync(join(it.directory, stateFile), '{"version":')
  const again = open()
  expect((await again.status()).state.places.main.last).toBeNull()
  expect(again.list()).toHaveLength(1)
  expect(readFileSync(join(it.directory, stateFile), 'utf8')).toBe('{"version":')
})

test('when none can be made, "back up now" says why', async () => {
  const { it, open } = desk()
  const service = open()
  writeFileSync(join(it.directory, 'backups'), 'a file in its place')
  await expect(service.backUp('manual')).rejects.toThrow('is a file')
  expect((await service.status()).state.places.main.problem?.message).toContain('is a file')
})

test('a place that another computer with the same data uses too: each keeps and removes its own', async () => {
  const one = desk()
  const other = desk()
  const place = `${one.it.directory}-both`
  mkdirSync(place)
  try {
    const services = [one, other].map(({ open }) => {
      const service = open()
      service.setSettings({ automatic: true, secondPlace: place })
      return service
    })
    const hash = keepFile(one.it.directory, 'A contract, signed.')
    for (let count = 0; count < 2; count += 1) {
      for (const [index, { clock, work }] of [one, other].entries()) {
        work()
        await services[index]?.tick()
        clock.advance(6 * hour + (index === 0 ? 0 : minute))
      }
    }
    rmSync(join(one.it.directory, 'files'), { recursive: true })
    // What one of them is writing, and what was left of an attempt long ago.
    const partials = ['2026-11-22T11-05-00Z-auto', '2026-10-21T11-05-00Z-auto'].map((name) =>
      join(place, `${name}.cfbackup.db.00000000.partial`),
    )
    for (const [index, file] of partials.entries()) {
      writeFileSync(file, 'half')
      const at = new Date(Date.parse(one.clock.now()) + (index === 0 ? 3 : -3) * day)
      utimesSync(file, at, at)
    }
    const madeIn = (directory: string) =>
      listBackups(place).filter(({ head }) => head?.installation === installationOf(directory))
    expect([one, other].map(({ it }) => madeIn(it.directory).length)).toEqual([2, 2])
    // Two more days of the one: its day of two becomes one, nothing of the other's goes, nor what it is writing.
    for (let count = 0; count < 2; count += 1) {
      one.clock.advance(day)
      one.work()
      await services[0]?.tick()
    }
    expect(madeIn(other.it.directory)).toHaveLength(2)
    expect(madeIn(one.it.directory)).toHaveLength(3)
    expect(partials.map((file) => existsSync(file))).toEqual([true, false])
    expect(existsSync(join(place, 'files', hash.slice(0, 2), hash))).toBe(true)
    for (const service of services) await service.close()
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

test('a data folder that was copied by hand takes a name of its own in the place of both, and says whose what was there is', async () => {
  const one = desk()
  const place = `${one.it.directory}-both`
  mkdirSync(place)
  try {
    const settings = { automatic: true, secondPlace: place }
    let service = one.open()
    service.setSettings(settings)
    const backUp = async ({ work, clock }: Desk, of: BackupService) => {
      work()
      clock.advance(hour)
      await of.backUp('manual')
    }
    await backUp(one, service)
    await backUp(one, service)
    await service.close()
    const before = listBackups(place)
    const name = installationOf(one.it.directory)
    const copied = deskOnCopy(one)
    const other = copied.open()
    await backUp(copied, other)
    expect([installationOf(copied.it.directory), (await other.status()).state.formerly]).toEqual([name, 0])
    // Whoever comes there second is the one that moves over.
    service = one.open()
    await backUp(one, service)
    const own = installationOf(one.it.directory)
    expect(own).not.toBe(name)
    const theirs = listBackups(place).filter(({ head }) => head?.installation === name)
    expect(theirs).toHaveLength(3)
    expect((await service.status()).state.formerly).toBe(2)
    // Months later: neither what was there nor what the other made was removed here.
    one.clock.advance(200 * day)
    await backUp(one, service)
    expect(theirs.every(({ file }) => existsSync(file))).toBe(true)
    expect(service.list().filter(({ head }) => head?.installation === own)).not.toEqual([])
    // Once somebody says that nobody uses the copy, what was there before is ours again, and no more than that.
    await service.takeOver()
    expect((await service.status()).state.formerly).toBe(0)
    const headOf = (file: string) => listBackups(place).find((it) => it.file === file)?.head?.installation
    expect(before.map(({ file }) => headOf(file))).toEqual([own, own])
    expect(theirs.filter(({ file }) => headOf(file) === name)).toHaveLength(1)
    expect(installationOf(copied.it.directory)).toBe(name)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

test('openings while a disk is away age nothing: however many there were, what it holds is still our own', async () => {
  const { it, clock, open, work } = desk()
  const disk = `${it.directory}-disk`
  const place = join(disk, 'backups')
  mkdirSync(disk)
  try {
    const settings = { automatic: false, secondPlace: place }
    let service = open()
    service.setSettings(settings)
    const backUp = async () => {
      work()
      clock.advance(hour)
      await service.backUp('manual')
    }
    await backUp()
    await service.close()
    const name = installationOf(it.directory)
    renameSync(disk, `${disk}-away`)
    // What an opening does first; encrypted data opens anew after every lock.
    for (let count = 0; count < 2100; count += 1) beginVisits(it.directory)
    service = open()
    await backUp()
    renameSync(`${disk}-away`, disk)
    await backUp()
    expect((await service.status()).state.formerly).toBe(0)
    expect(installationOf(it.directory)).toBe(name)
  } finally {
    for (const folder of [disk, `${disk}-away`]) rmSync(folder, { recursive: true, force: true })
  }
})

test('a data folder that was copied after an opening that came to no place is told from the other one too', async () => {
  const one = desk()
  const place = `${one.it.directory}-both`
  mkdirSync(place)
  try {
    let service = one.open()
    service.setSettings({ automatic: false, secondPlace: place })
    one.work()
    await service.backUp('manual')
    await service.close()
    const name = installationOf(one.it.directory)
    beginVisits(one.it.directory)
    const copied = deskOnCopy(one)
    service = one.open()
    const other = copied.open()
    for (const [{ clock, work }, of] of [[one, service] as const, [copied, other] as const]) {
      work()
      clock.advance(hour)
      await of.backUp('manual')
    }
    expect(installationOf(one.it.directory)).toBe(name)
    expect(installationOf(copied.it.directory)).not.toBe(name)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

test('openings, restarts and a disk that comes back from long ago are no copy', async () => {
  const { it, clock, open, work } = desk()
  const place = `${it.directory}-disk`
  mkdirSync(place)
  try {
    const name = installationOf(it.directory)
    let service = open()
    service.setSettings({ automatic: true, secondPlace: place })
    for (let count = 0; count < 4; count += 1) {
      work()
      clock.advance(day)
      await service.backUp('manual')
      await service.close()
      // The disk of the first day, and the other one of the set.
      if (count === 0) cpSync(place, `${place}-away`, { recursive: true })
      if (count === 2) {
        rmSync(place, { recursive: true })
        renameSync(`${place}-away`, place)
      }
      service = open()
    }
    expect(installationOf(it.directory)).toBe(name)
    expect((await service.status()).state.formerly).toBe(0)
  } finally {
    for (const folder of [place, `${place}-away`]) rmSync(folder, { recursive: true, force: true })
  }
})

test('what a cut off removal left goes with the next one, and not while somebody may need it', async () => {
  const { it, clock, open, work } = desk()
  const service = open()
  const second = join(it.directory, 'usb')
  service.setSettings({ automatic: true, secondPlace: second })
  const backUp = async () => {
    work()
    clock.advance(hour)
    await service.tick()
  }
  const hash = keepFile(it.directory, 'Something personal.')
  await backUp()
  rmSync(join(it.directory, 'files'), { recursive: true })
  await backUp()
  const [newest, first] = listBackups(second)
  rmSync(first?.file ?? '')
  const left = [manifestOf(first?.file ?? ''), join(second, 'files', hash.slice(0, 2), hash)]
  // Nobody knows what it needs.
  const unknown = join(second, '2026-01-02T03-04-05Z-manual.cfbackup.db')
  writeFileSync(unknown, 'not a database')
  await backUp()
  expect(left.map((file) => existsSync(file))).toEqual([true, true])
  rmSync(unknown)
  await backUp()
  expect(left.map((file) => existsSync(file))).toEqual([false, false])
  expect(await service.verify(newest?.file ?? '')).toMatchObject({ sound: true })
})

test('two that change one manifest at once: the change of neither is lost', () => {
  const { it } = desk()
  const file = join(it.directory, 'both.json')
  writeFileSync(file, 'one')
  let asked = 0
  changeDurably(file, (text) => {
    asked += 1
    if (asked === 1) writeFileSync(file, 'two')
    return `${text}, changed`
  })
  expect(readFileSync(file, 'utf8')).toBe('two, changed')
  changeDurably(join(it.directory, 'none.json'), () => 'made')
  expect(readdirSync(it.directory).filter((name) => /none|partial/.test(name))).toEqual([])
})
