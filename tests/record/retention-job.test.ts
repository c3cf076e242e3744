import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeClient } from '../support/factories.ts'
import { verifyFile } from '../support/record.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const month = 31 * 86_400_000
let workspace: Workspace

beforeAll(async () => {
  workspace = await openWorkspace({ jobs: true })
})
afterAll(() => workspace.close())

// Ids are counted from the clock: a new process at the same instant would give the same ones.
const reopen = async () => {
  workspace.clock.advance(1000)
  await workspace.reopen()
}

const jobs = async () =>
  await workspace.core.read((db) =>
    db
      .selectFrom('jobs')
      .select(['state', 'finishedAt', 'runAt'])
      .where('kind', '=', 'record.retention')
      .orderBy('runAt')
      .execute(),
  )
const checkpoints = async () =>
  await workspace.core.read((db) => db.selectFrom('recordCheckpoints').select(['at', 'opened']).orderBy('at').execute())

test('it looks once a day at most, also across restarts', async () => {
  await reopen()
  await workspace.core.settle()
  const first = await jobs()
  expect(first.map(({ state }) => state)).toEqual(['done', 'queued'])
  await reopen()
  await workspace.core.settle()
  expect(await jobs()).toEqual(first)
  workspace.clock.advance(86_400_000)
  await workspace.core.settle()
  expect((await jobs()).map(({ state }) => state)).toEqual(['done', 'done', 'queued'])
})

test('years later it removes what is past its time, month by month, by itself', async () => {
  for (let passed = 0; passed < 8; passed += 1) {
    await makeClient(workspace, `Client ${passed}`)
    workspace.clock.advance(12 * month)
    await workspace.core.settle()
  }
  // A leap of a year may be a clock that is set wrong: it is believed after a week.
  workspace.clock.advance(8 * 86_400_000)
  await workspace.core.settle()
  const made = await checkpoints()
  expect(made.length).toBeGreaterThan(0)
  expect(made.every(({ opened }) => opened === null)).toBe(true)
  const before = made.length
  await workspace.core.settle()
  expect(await checkpoints()).toHaveLength(before)
  expect((await workspace.call('audit.retention', {})).reachesBackTo).not.toBeNull()
  const today = workspace.clock.now().slice(0, 10)
  await makeClient(workspace, 'Client of today')
  const [root] = await workspace.call('audit.roots', { days: 1 })
  expect(root).toMatchObject({ day: today, publicKey: expect.stringMatching(/^MCow/) })
  const { pdf } = await workspace.call('audit.rootPdf', { day: today })
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  await expect(workspace.call('audit.rootPdf', { day: '2026-11-21' })).rejects.toThrow('past its time')
  expect(workspace.errors).toEqual([])
  expect(await verifyFile(join(workspace.directory, 'counterfoil.db'))).toMatchObject({ ok: true, problems: [] })
})
