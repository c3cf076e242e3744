import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { createBackup } from '../../electron/backup/create.ts'
import { changeDurably } from '../../electron/backup/durable.ts'
import { installationOf } from '../../electron/backup/installation.ts'
import { readHead } from '../../electron/backup/manifest.ts'
import { listBackups, manifestOf } from '../../electron/backup/place.ts'
import { createInlinePool } from '../../electron/backup/pool.ts'
import { type BackupService, createBackupService } from '../../electron/backup/service.ts'
import { readState, stateFile } from '../../electron/backup/state.ts'
import { sealWhatIsLeft } from '../../electron/keys/seal-backups.ts'
import { sealCopy, unsealAside } from '../../electron/keys/sealed-copies.ts'
import { fakeClock } from '../support/clock.ts'
import { keepFile, type Made, madeFolder, testKey } from './folder.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

type Desk = {
  readonly it: Made
  readonly clock: ReturnType<typeof fakeClock>
  readonly told: (readonly [string, string | null])[]
  readonly open: () => BackupService
  /** Some work of a person. */
  readonly work: () => void
}

const desks: Desk[] = []
afterEach(() => {
  for (const { it } of desks.splice(0)) it.remove()
})

const desk = (key: Uint8Array | null = null): Desk => {
  const it = madeFolder(key)
  const clock = fakeClock('2026-11-21T09:00:00.000Z')
  const told: (readonly [string, string | null])[] = []
  let counter = 3
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const made: Desk = {
    it,
    clock,
    told,
    work: () => {
      counter += 1
      it.addInvoice(counter)
    },
    open: () =>
      createBackupService({
        directory: it.directory,
        key,
        pool: createInlinePool(),
        clock,
        log: silent,
        appVersion: '1.0.0',
        headSeq: () => Promise.resolve(Number(it.database.prepare('SELECT max(seq) FROM commands').pluck().get())),
        tell: (kind, problem) => {
          told.push([kind, problem])
          return Promise.resolve()
        },
      }),
  }
  desks.push(made)
  return made
}

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
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(kept.length)
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

describe('a second place of encrypted data', () => {
  let second = ''
  const placeFor = ({ it }: Desk) => {
    second = `${it.directory}-second`
    mkdirSync(second)
    return second
  }
  const plainCopy = (file: string) => {
    mkdirSync(dirname(file), { recursive: true })
    desk().it.database.exec(`VACUUM INTO '${file}'`)
  }
  const change = (file: string, values: object) => {
    const head = JSON.parse(readFileSync(manifestOf(file), 'utf8')) as object
    writeFileSync(manifestOf(file), JSON.stringify({ ...head, ...values }))
  }
  afterEach(() => {
    if (second !== '') rmSync(second, { recursive: true, force: true })
    second = ''
  })

  test('that cannot be used keeps nothing else in the clear, and is told', async () => {
    const { it } = desk(testKey)
    const aside = join(it.directory, 'replaced', 'earlier', 'counterfoil.db')
    plainCopy(aside)
    const main = join(it.directory, 'backups')
    const file = join(it.directory, 'usb')
    writeFileSync(file, 'a file in its place')
    const { inClear, problem } = await sealWhatIsLeft(it.directory, [file, main], testKey)
    expect(isPlainDatabase(aside)).toBe(false)
    expect(inClear).toEqual([
      { place: file, backups: 0, files: 0, failed: 1 },
      { place: main, backups: 0, files: 0, failed: 0 },
    ])
    expect(problem).toContain('not a directory')
  })

  test('with a copy in the clear that has no manifest: it is counted where it holds this data, and stays', async () => {
    const made = desk(testKey)
    const place = placeFor(made)
    const file = join(place, '2026-11-20T09-00-00Z-auto.cfbackup.db')
    plainCopy(file)
    const { inClear, problem } = await sealWhatIsLeft(made.it.directory, [place], testKey)
    expect(inClear).toEqual([{ place, backups: 1, files: 0, failed: 0 }])
    expect(problem).toBeNull()
    expect(isPlainDatabase(file)).toBe(true)
  })

  test.each([
    ['nobody knows whose it is', null, 2],
    ['it is of another computer', 'f'.repeat(32), 0],
  ])('with a sealed copy that stays sealed because %s: told where it may be ours', async (_, installation, told) => {
    const made = desk(testKey)
    const place = placeFor(made)
    const { directory } = desk().it
    const input = {
      directory,
      key: null,
      destination: place,
      reason: 'manual',
      appVersion: '1.0.0',
      full: false,
    } as const
    const { file } = await createBackup({ ...input, createdAt: made.clock.now() })
    change(file, { installation })
    for (const path of [file, manifestOf(file)]) await sealCopy(path, testKey)
    expect(unsealAside(made.it.directory, [place], testKey)).toHaveLength(told)
    expect(readdirSync(place).filter((name) => name.endsWith('.sealed'))).toHaveLength(2)
  })

  test('with a backup of another computer that opens with what no longer opens the data: told until it is gone', async () => {
    const made = desk(testKey)
    const { it, clock, open } = made
    const place = placeFor(made)
    const openWith = (...ids: string[]) =>
      writeFileSync(
        join(it.directory, 'keys.json'),
        JSON.stringify({ keyId: 'the key', slots: ids.map((id) => ({ kind: 'password', id })) }),
      )
    const service = open()
    const others = async () => (await service.status()).state.otherOpeners
    service.setSettings({ automatic: false, secondPlace: place })
    openWith('ada')
    await service.backUp('manual')
    const [theirs] = listBackups(place)
    change(theirs?.file ?? '', { installation: 'f'.repeat(32) })
    clock.advance(minute)
    await service.backUp('manual')
    expect(await others()).toEqual({ main: 0, second: 0 })
    openWith('ada', 'ben')
    await service.openersChanged()
    expect(await others()).toEqual({ main: 0, second: 0 })
    openWith('ada anew')
    await service.openersChanged()
    expect(await others()).toEqual({ main: 0, second: 1 })
    const openers = () => listBackups(place).map(({ head }) => JSON.stringify(head?.keys))
    expect(openers().map((keys) => keys.includes('ada anew'))).toEqual([true, false])
    // Sealed while they changed: the end of sealing looks once more.
    openWith('ada again')
    await sealWhatIsLeft(it.directory, [place], testKey)
    expect(openers().map((keys) => keys.includes('ada again'))).toEqual([true, false])
    rmSync(theirs?.file ?? '')
    clock.advance(minute)
    await service.backUp('manual')
    expect(await others()).toEqual({ main: 0, second: 0 })
    expect(readHead(readFileSync(manifestOf(theirs?.file ?? ''), 'utf8'))?.installation).toBe('f'.repeat(32))
  })
})
