import { appendFileSync, mkdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLog } from '../../electron/log.ts'
import { AppError } from '../../shared/errors.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeDraft, makePayment } from '../support/factories.ts'
import { goodPassword, openTestGate } from '../support/gate.ts'
import { mountSmallDisk } from '../support/mounts.ts'
import { withPassword } from '../support/people.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const disk = mountSmallDisk('20m')
const directory = disk?.directory ?? ''

const ballast = join(directory, 'ballast')

const fill = (file = ballast) => {
  for (let size = 65_536; size >= 512; size /= 2) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(size))
    } catch {
      // The next smaller piece may still go in.
    }
  }
}

describe.skipIf(disk === null)('a disk that fills up in the middle of work', () => {
  let workspace: Workspace
  let store: Inspection
  let clientId: string

  beforeAll(async () => {
    workspace = await openWorkspace({ directory, realClock: true })
    workspace.use((await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })).id)
    store = inspect(directory)
    clientId = await makeClient(workspace)
  })
  afterAll(async () => {
    store.close()
    await workspace.close()
    disk?.remove()
  })

  const everything = () =>
    JSON.stringify(
      Object.keys(store.counts()).map((table) => [table, store.rows(`SELECT * FROM ${table}`)]),
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    )

  type Work = (mark?: () => void) => Promise<unknown>

  /** Does `work` until the disk refuses it; what was there before the refused command must be there after. */
  const untilFull = async (work: Work): Promise<{ readonly done: number; readonly error: AppError }> => {
    for (let done = 0; ; done += 1) {
      let before = everything()
      try {
        await work(() => {
          before = everything()
        })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        expect(everything()).toBe(before)
        return { done, error }
      }
    }
  }

  // Two commands: what the first has done stays where the second is refused.
  const issuing: Work = async (mark) => {
    const draft = await makeDraft(workspace, clientId)
    mark?.()
    return await workspace.call('invoices.issue', { id: draft.id, version: draft.version })
  }

  test.each<[string, Work]>([
    ['issuing', issuing],
    ['a payment', () => makePayment(workspace, clientId, '10')],
    ['a long draft', () => makeDraft(workspace, clientId, { notes: 'x'.repeat(4000) })],
  ])('%s is refused as STORAGE_FULL with the data as before, and works again with room', async (_, work) => {
    fill()
    const { error } = await untilFull(work)
    expect(error).toMatchObject({ code: 'STORAGE_FULL', message: expect.stringContaining('Nothing was changed.') })
    // Reading goes on.
    expect((await workspace.call('clients.get', { id: clientId })).name).toBe('Rosewood Bakery')
    await expect(work()).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    truncateSync(ballast, 0)
    await work()
    const gaps = store.rows(
      'SELECT 1 FROM invoices WHERE counter IS NOT NULL GROUP BY series_id, period HAVING count(*) <> max(counter)',
    )
    expect(gaps).toEqual([])
  })

  test('a file that does not fit is refused in words, and no half of it stays', async () => {
    fill()
    const add = workspace.call('attachments.add', {
      entity: 'client',
      entityId: clientId,
      fileName: 'large.bin',
      content: new Uint8Array(200_000),
    })
    await expect(add).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    truncateSync(ballast, 0)
    expect(await workspace.call('attachments.list', { entityId: clientId })).toEqual([])
  })

  test('who looks at a client is shown it all the same, and is on record as soon as there is room', async () => {
    await withPassword(workspace)
    const seen = () => store.rows("SELECT what FROM accesses WHERE procedure = 'clients.get' ORDER BY id").flat()
    const one = await makeClient(workspace, 'One')
    const other = await makeClient(workspace, 'Other')
    fill()
    await untilFull(() => makeDraft(workspace, clientId, { notes: 'x'.repeat(4000) }))
    expect((await workspace.call('clients.get', { id: one })).name).toBe('One')
    expect(seen()).toEqual([])
    truncateSync(ballast, 0)
    await workspace.call('clients.get', { id: other })
    expect(seen()).toHaveLength(2)
  })

  test('leaves a database without a fault', async () => {
    expect(store.value('PRAGMA integrity_check')).toBe('ok')
    expect((await workspace.call('integrity.check', {})).differences).toEqual([])
    expect(workspace.errors).toEqual([])
  })
})

const logged = mountSmallDisk('16m')
test.skipIf(logged === null)('a disk without room for a line of the log neither shuts anybody out nor in', async () => {
  const elsewhere = join(logged?.directory ?? '', 'elsewhere')
  mkdirSync(join(elsewhere, 'logs', 'counterfoil.log'), { recursive: true })
  expect(() => openLog({ directory: elsewhere })).not.toThrow()
  const folder = join(logged?.directory ?? '', 'data')
  const it = await openTestGate({ directory: folder, realLog: true })
  try {
    await it.makeBusiness()
    await it.call('users.setPassword', { password: goodPassword })
    const [me] = (await it.state()).people
    const full = join(logged?.directory ?? '', 'ballast')
    fill(full)
    it.clock.advance(60_000)
    await expect(it.call('access.turnOnEncryption', { password: goodPassword })).rejects.toMatchObject({
      code: 'STORAGE_FULL',
    })
    expect(await it.state()).toMatchObject({ phase: 'open', encrypted: false, person: { name: 'Ada Linden' } })
    await it.restart()
    expect(await it.state()).toMatchObject({ phase: 'open' })
    rmSync(full)
    expect(await it.call('access.signIn', { userId: me?.id, password: goodPassword })).toMatchObject({ next: 'open' })
  } finally {
    await it.close()
    logged?.remove()
  }
})
