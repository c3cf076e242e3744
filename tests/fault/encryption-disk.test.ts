import { appendFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { goodPassword, openTestGate } from '../support/gate.ts'
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
})
