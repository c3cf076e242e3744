import { appendFileSync, existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { askAsOf, lookBack } from '../support/looking-back.ts'
import { mountSmallDisk } from '../support/mounts.ts'
import { openWorkspace } from '../support/workspace.ts'

// What asks for room first is told that there is enough: otherwise it would never begin.
vi.mock('../../db/space.ts', () => ({ needSpace: () => undefined }))

const disk = mountSmallDisk('24m')
const root = disk?.directory ?? ''
const directory = join(root, 'data')
const past = join(directory, 'past')
const ballast = join(root, 'ballast')
afterAll(() => disk?.remove())

/** Leaves so many bytes free. */
const leave = (bytes: number) => {
  rmSync(ballast, { force: true })
  const { bavail, bsize } = statfsSync(root)
  const piece = Buffer.alloc(65_536)
  for (let left = bavail * bsize - bytes; left > 0; left -= piece.length) appendFileSync(ballast, piece)
}

describe.skipIf(disk === null)('looking back on a disk that gives out', () => {
  test('full at any point, it says so, leaves nothing behind, and the books are as they were', async () => {
    const workspace = await openWorkspace({ directory })
    const { id } = await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
    workspace.use(id)
    const invoice = await makeInvoice(workspace, await makeClient(workspace))
    const at = workspace.clock.now()
    workspace.clock.advance(1000)
    await makeInvoice(workspace, await makeClient(workspace, 'Came later'))
    const { size } = statSync(join(directory, 'counterfoil.db'))
    let full = 0
    for (let room = 131_072; room < size * 2; room += Math.ceil(size / 5)) {
      leave(room)
      const last = (await lookBack(workspace, at)).at(-1)
      rmSync(ballast)
      if (last?.kind === 'problem') {
        full += 1
        expect(last.message).toMatch(/disk/)
        await expect.poll(() => (existsSync(past) ? readdirSync(past) : [])).toEqual([])
      } else if (last?.kind === 'open') {
        expect(await askAsOf(workspace, last.view.id, 'invoices.get', { id: invoice.id })).toMatchObject({
          id: invoice.id,
        })
        await askAsOf(workspace, last.view.id, 'pointInTime.close', { id: last.view.id })
      } else throw new Error('It ended without a word.')
    }
    expect(full).toBeGreaterThan(2)
    expect((await workspace.call('invoices.list', {})).rows).toHaveLength(2)
    expect((await workspace.call('audit.verify', {})).problems).toEqual([])
    await workspace.close()
  }, 60_000)
})
