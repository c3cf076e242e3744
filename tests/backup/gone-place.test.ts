import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { installationOf } from '../../electron/backup/installation.ts'
import { desk, hour, minute, removeDesks } from './desk.ts'

afterEach(removeDesks)

test.each([
  ['missing', 'is not there any more'],
  ['an empty folder, as a mount point is', 'is there, but none of the backups'],
])(
  'a second place that had backups and is %s is said; nothing is made in it before a person says so',
  async (how, said) => {
    const { it, clock, open, work, told } = desk()
    let service = open()
    const disk = `${it.directory}-usb`
    try {
      const second = join(disk, 'cf')
      mkdirSync(second, { recursive: true })
      const name = installationOf(it.directory)
      service.setSettings({ automatic: true, secondPlace: second })
      await service.tick()
      const made = readdirSync(second)
      const backUp = async () => {
        work()
        clock.advance(20 * minute)
        await service.tick()
        return (await service.status()).state.places.second.problem
      }
      renameSync(second, `${second}-away`)
      if (how !== 'missing') mkdirSync(second)
      const lying = () => (existsSync(second) ? readdirSync(second) : null)
      const before = lying()
      expect(await backUp()).toMatchObject({ isGone: true, message: expect.stringContaining(said) })
      expect(told.at(-1)).toEqual(['backup-failed', expect.stringContaining(said)])
      expect(lying()).toEqual(before)
      // Nor at the next opening, which comes to each place, and tries once more.
      await service.close()
      service = open()
      service.start()
      expect(await backUp()).toMatchObject({ isGone: true })
      expect(lying()).toEqual(before)
      // Back where it was, it goes on by itself.
      if (how !== 'missing') rmSync(second, { recursive: true })
      renameSync(`${second}-away`, second)
      expect(await backUp()).toBeNull()
      expect(told.at(-1)).toEqual(['backup-failed', null])
      expect(readdirSync(second)).toEqual(expect.arrayContaining(made))
      // Gone for good: begun anew, and from then on it is known.
      renameSync(second, `${second}-away`)
      if (how !== 'missing') mkdirSync(second)
      expect(await backUp()).not.toBeNull()
      clock.advance(hour)
      await service.beginAnew()
      expect((await service.status()).state.places.second.problem).toBeNull()
      expect(await backUp()).toBeNull()
      expect(installationOf(it.directory)).toBe(name)
      await service.close()
    } finally {
      rmSync(disk, { recursive: true, force: true })
    }
  },
)

test('a second place that an earlier version filled, without a word in it, is known by its backups', async () => {
  const { it, clock, open, work } = desk()
  const service = open()
  const second = join(it.directory, 'usb')
  service.setSettings({ automatic: true, secondPlace: second })
  await service.tick()
  rmSync(join(second, `${installationOf(it.directory)}.cfplace.json`))
  work()
  clock.advance(20 * minute)
  await service.tick()
  expect((await service.status()).state.places.second.problem).toBeNull()
})
