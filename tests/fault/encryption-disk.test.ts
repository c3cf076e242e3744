import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { goodPassword, openTestGate } from '../support/gate.ts'
import { placeMigratedFile } from '../support/migrated-file.ts'
import { mountSmallDisk } from '../support/mounts.ts'

const disk = mountSmallDisk('48m')
const directory = join(disk?.directory ?? '', 'data')
const ballast = join(disk?.directory ?? '', 'ballast')
afterAll(() => disk?.remove())

const leave = (bytes: number) => {
  rmSync(ballast, { force: true })
  const { bavail, bsize } = statfsSync(disk?.directory ?? '')
  const piece = Buffer.alloc(65_536)
  for (let left = bavail * bsize - bytes; left > 0; left -= piece.length) appendFileSync(ballast, piece)
}

describe.skipIf(disk === null)('encrypting on a disk that gives out', () => {
  test('full or read-only at any point, it is refused in words and the data is as it was', {
    timeout: 240_000,
  }, async () => {
    const it = await openTestGate({ directory })
    await it.makeBusiness()
    await it.call('users.setPassword', { password: goodPassword })
    const { id: entityId } = await it.call<{ id: string }>('clients.create', { kind: 'company', name: 'Kept Ltd' })
    for (let count = 0; count < 3; count += 1) {
      const content = Buffer.alloc(700_000, count + 1)
      await it.call('attachments.add', { entity: 'client', entityId, fileName: `${count}.bin`, content })
    }
    const names = async () => (await it.call<{ rows: { name: string }[] }>('clients.list')).rows.map(({ name }) => name)
    const encrypt = () => it.call('access.turnOnEncryption', { password: goodPassword })
    const refusals: string[] = []
    let room = 600_000
    for (; room < 40_000_000; room *= 1.5) {
      leave(room)
      it.clock.advance(60_000)
      const refused = await encrypt().then(
        () => null,
        (error: unknown) => error,
      )
      if (refused === null) break
      expect(refused).toMatchObject({ code: expect.stringMatching(/^STORAGE_/) })
      refusals.push(refused instanceof Error ? refused.message : '')
      rmSync(ballast, { force: true })
      expect(isPlainDatabase(join(directory, 'counterfoil.db'))).toBe(true)
      expect(await it.state()).toMatchObject({ phase: 'open', encrypted: false, person: { name: 'Ada Linden' } })
      expect(await names()).toEqual(['Kept Ltd'])
    }
    expect(refusals.length).toBeGreaterThan(2)
    expect(room).toBeLessThan(40_000_000)
    expect(await names()).toEqual(['Kept Ltd'])
    rmSync(ballast, { force: true })
    await it.call('access.turnOffEncryption', { password: goodPassword })
    await it.gate.close()
    disk?.remount('ro')
    const readOnly = await openTestGate({ directory })
    expect(await readOnly.state()).toMatchObject({ phase: 'damaged', problem: { code: 'STORAGE_UNAVAILABLE' } })
    expect((await readOnly.state()).problem?.message).toContain('can be written to')
    await readOnly.gate.close()
    disk?.remount('rw')
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'open', encrypted: false })
    expect(await names()).toEqual(['Kept Ltd'])
    await it.close()
  })

  // Moments of the work in the other thread, told by what it has written so far.
  const scratch = join(directory, 'counterfoil.db.converting')
  const begun = () => existsSync(scratch)
  const hasFiles = (folder: string) => () => begun() && existsSync(folder) && readdirSync(folder).length > 0
  const fill = () => {
    for (let size = 1_048_576; size >= 512; size /= 2) {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size))
      } catch {
        // The next smaller piece may still go in.
      }
    }
  }
  const failures = {
    full: () => ({ begin: fill, lift: () => rmSync(ballast, { force: true }) }),
    'read-only': () => disk?.coverOf(directory) ?? { begin: () => undefined, lift: () => undefined },
  }

  test('that becomes full or read-only while it is turned on or off, nothing is lost and the old data opens', {
    timeout: 240_000,
  }, async () => {
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory)
    placeMigratedFile(directory)
    const it = await openTestGate({ directory })
    await it.makeBusiness()
    await it.call('users.setPassword', { password: goodPassword })
    const { id: entityId } = await it.call<{ id: string }>('clients.create', { kind: 'company', name: 'Kept Ltd' })
    const content = Buffer.alloc(700_000, 7)
    const file = { entity: 'client', entityId, fileName: '1.bin', content }
    const { id } = await it.call<{ id: string }>('attachments.add', file)
    const openAgain = async () => {
      await it.restart()
      const { phase, people } = await it.state()
      if (phase === 'locked') await it.call('access.signIn', { userId: people[0]?.id, password: goodPassword })
    }
    const giveOut = async (change: () => Promise<unknown>, failure: keyof typeof failures, isThen: () => boolean) => {
      let over = false
      const { begin, lift } = failures[failure]()
      const attempt = change()
        .then(
          () => null,
          (error: unknown) => error,
        )
        .finally(() => {
          over = true
        })
      while (!over && !isThen()) await turn()
      try {
        begin()
        return await attempt
      } finally {
        lift()
      }
    }
    for (const [name, encrypted, folder] of [
      ['access.turnOnEncryption', false, 'sealed'],
      ['access.turnOffEncryption', true, 'files'],
    ] as const) {
      const change = () => it.call(name, { password: goodPassword })
      for (const failure of ['full', 'read-only'] as const) {
        for (const isThen of [begun, hasFiles(join(directory, folder))]) {
          it.clock.advance(60_000)
          const refused = await giveOut(change, failure, isThen)
          expect(refused).toMatchObject({
            code: expect.stringMatching(/^STORAGE_/),
            message: expect.stringMatching(/full|no room|free space|read-only|read or written|written to/),
          })
          expect(refused).not.toMatchObject({ message: expect.stringContaining('Unknown error') })
          if (failure === 'read-only') await openAgain()
          expect(await it.state()).toMatchObject({ phase: 'open', encrypted, person: { name: 'Ada Linden' } })
          expect(isPlainDatabase(join(directory, 'counterfoil.db'))).toBe(!encrypted)
          const { rows } = await it.call<{ rows: { name: string }[] }>('clients.list')
          expect(rows.map((row) => row.name)).toEqual(['Kept Ltd'])
          const kept = await it.call<{ content: Uint8Array }>('attachments.content', { id })
          expect(content.equals(kept.content)).toBe(true)
        }
      }
      await change()
      expect(await it.state()).toMatchObject({ phase: 'open', encrypted: !encrypted })
    }
    await it.close()
  })
})
