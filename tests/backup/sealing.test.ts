import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { createBackup } from '../../electron/backup/create.ts'
import { readHead } from '../../electron/backup/manifest.ts'
import { manifestIn } from '../../electron/backup/ownership.ts'
import { listBackups, manifestOf } from '../../electron/backup/place.ts'
import { createInlinePool } from '../../electron/backup/pool.ts'
import { sealWhatIsLeft } from '../../electron/backup/seal-in-pieces.ts'
import { verifyBackup } from '../../electron/backup/verify.ts'
import { sealCopy, unsealAside } from '../../electron/keys/sealed-copies.ts'
import { type Desk, day, desk, minute, removeDesks } from './desk.ts'
import { keepFile, otherKey, testKey } from './folder.ts'

afterEach(removeDesks)

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
    const { inClear, problem } = await sealWhatIsLeft(createInlinePool(), [file, main], {
      directory: it.directory,
      key: testKey,
    })
    expect(isPlainDatabase(aside)).toBe(false)
    expect(inClear).toEqual([
      { place: file, backups: 0, unread: [], files: 0, failed: 1 },
      { place: main, backups: 0, unread: [], files: 0, failed: 0 },
    ])
    expect(problem).toContain('not a directory')
  })

  test('with a copy in the clear that has no manifest: it is counted where it holds this data, and stays', async () => {
    const made = desk(testKey)
    const place = placeFor(made)
    const file = join(place, '2026-11-20T09-00-00Z-auto.cfbackup.db')
    plainCopy(file)
    const { inClear, problem } = await sealWhatIsLeft(createInlinePool(), [place], {
      directory: made.it.directory,
      key: testKey,
    })
    expect(inClear).toEqual([{ place, backups: 1, unread: [], files: 0, failed: 0 }])
    expect(problem).toBeNull()
    expect(isPlainDatabase(file)).toBe(true)
  })

  test('with damaged copies in the clear that have no manifest: each is told by its path, and stays', async () => {
    const made = desk(testKey)
    const place = placeFor(made)
    const main = join(made.it.directory, 'backups')
    const named = (folder: string, day: number) => join(folder, `2026-11-${day}T09-00-00Z-auto.cfbackup.db`)
    const spoil = (file: string, from: number, to: number) => {
      plainCopy(file)
      writeFileSync(file, readFileSync(file).fill(7, from, to))
      return file
    }
    // With a header that still says what it was, and without one.
    const damaged = [spoil(named(place, 12), 0, 5000), spoil(named(place, 11), 100, 60_000)]
    // Of another key, and whole: nothing of it is in the clear.
    const foreign = desk(otherKey).it
    foreign.database.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(foreign.file, named(place, 13))
    const ours = spoil(named(main, 12), 0, 5000)
    const sealing = { directory: made.it.directory, key: testKey }
    const { inClear } = await sealWhatIsLeft(createInlinePool(), [place, main], sealing)
    expect(inClear).toEqual([
      { place, backups: 0, unread: damaged, files: 0, failed: 0 },
      { place: main, backups: 0, unread: [], files: 0, failed: 0 },
    ])
    expect([...damaged, named(place, 13)].map((file) => existsSync(file))).toEqual([true, true, true])
    // Where nobody else keeps anything it is ours: sealed byte for byte.
    expect(readdirSync(main)).toEqual([`${basename(ours)}.sealed`])
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
    await sealWhatIsLeft(createInlinePool(), [place], { directory: it.directory, key: testKey })
    expect(openers().map((keys) => keys.includes('ada again'))).toEqual([true, false])
    rmSync(theirs?.file ?? '')
    clock.advance(minute)
    await service.backUp('manual')
    expect(await others()).toEqual({ main: 0, second: 0 })
    expect(readHead(readFileSync(manifestOf(theirs?.file ?? ''), 'utf8'))?.installation).toBe('f'.repeat(32))
  })
})

describe('sealing what was made before the data was encrypted', () => {
  /** A data folder that is encrypted, with backups in the clear of the time before, which need a kept file. */
  const madeBefore = async () => {
    const plain = desk()
    keepFile(plain.it.directory, 'A letter.')
    const service = plain.open()
    for (let count = 0; count < 3; count += 1) {
      plain.work()
      await service.backUp('manual')
      plain.clock.advance(3 * day)
    }
    const made = desk(testKey)
    const folder = join(made.it.directory, 'backups')
    renameSync(join(plain.it.directory, 'backups'), folder)
    made.clock.set(plain.clock.now())
    const inClear = () => listBackups(folder).filter(({ file }) => isPlainDatabase(file)).length
    return { ...made, folder, inClear }
  }

  test('leaves the turn to whatever else is asked for, one backup after the other, and ends all the same', async () => {
    const { open, inClear } = await madeBefore()
    const service = open()
    const sealing = service.seal()
    await service.backUp('manual')
    expect(inClear()).toBe(3)
    await service.drill()
    expect(inClear()).toBeGreaterThan(0)
    await sealing
    expect(inClear()).toBe(0)
    expect((await service.status()).state.inClear).toEqual({ main: null, second: null })
  })

  test('stops where the data is locked, and goes on when it is opened again', async () => {
    const { open, inClear, folder } = await madeBefore()
    const service = open()
    const sealing = service.seal()
    // Some of it is done.
    while (inClear() === 3) await new Promise((resolve) => setImmediate(resolve))
    await service.close()
    await sealing
    expect(inClear()).toBe(2)
    const again = open()
    await again.seal()
    expect(inClear()).toBe(0)
    for (const { file } of listBackups(folder))
      expect(verifyBackup(file, testKey)).toMatchObject({ sound: true, missing: [] })
  })

  test('at no moment is there a backup whose kept files nobody could find', async () => {
    const { it, folder } = await madeBefore()
    const { run } = createInlinePool()
    const lost: string[] = []
    await sealWhatIsLeft(
      {
        run: (kind, input) =>
          run(kind, input).finally(() => {
            const all = listBackups(folder).flatMap(({ file }) => manifestIn(file, testKey)?.kept ?? [])
            lost.push(...all.filter((path) => !existsSync(join(folder, path))).map((path) => `${kind} ${path}`))
          }),
      },
      [folder],
      { directory: it.directory, key: testKey },
    )
    expect(lost).toEqual([])
    expect(readdirSync(folder)).not.toContain('files')
  })
})
