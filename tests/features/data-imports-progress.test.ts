import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportProgress } from '../../shared/contract/data-imports.ts'
import { planFor } from '../support/import-files.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const invoices = (count: number) =>
  `Invoice Number,Client,Date,Description,Price\n${Array.from({ length: count }, (_, at) => `P-${at},Client ${at % 9},2026-10-02,Hours,${at + 1}\n`).join('')}`

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

let made = 0
const newProgress = () => {
  made += 1
  return `0197c0de-0000-7000-8000-${String(made).padStart(12, '0')}`
}

const follow = async (progressId: string, onState: (state: ImportProgress) => void = () => undefined) => {
  const seen: ImportProgress[] = []
  // A stream answers with its values one after the other.
  const states = (await workspace.callRaw('dataImports.progress', { progressId })) as AsyncIterable<ImportProgress>
  for await (const state of states) {
    seen.push(state)
    onState(state)
  }
  return seen
}

const counts = async () => ({
  invoices: (await workspace.call('invoices.list', {})).rows.length,
  clients: (await workspace.call('clients.list', {})).total,
  imports: (await workspace.call('dataImports.list', {})).rows.length,
})

test.each(['dryRun', 'run'] as const)('%s says how far it is until it ends, and a stop leaves nothing', async (how) => {
  const progressId = newProgress()
  const plan = { ...(await planFor(workspace, invoices(120))), progressId }
  const name = `dataImports.${how}` as const
  const stopped = follow(progressId, ({ done }) => {
    if (done >= 40) void workspace.call('dataImports.cancel', { progressId })
  })
  await expect(workspace.call(name, plan)).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await stopped).at(-1)?.done).toBeLessThan(120)
  expect(await counts()).toEqual({ invoices: 0, clients: 0, imports: 0 })
  expect(await workspace.call('dataImports.cancel', { progressId })).toEqual({ stopped: false })
})

test('the whole way is told: rows read, records written, of how many', async () => {
  const progressId = newProgress()
  const told = follow(progressId)
  const plan = { ...(await planFor(workspace, invoices(60))), progressId }
  await workspace.call('dataImports.run', plan)
  const states = await told
  expect(states.length).toBeGreaterThan(10)
  expect(states.at(-1)).toEqual({ rowsRead: 60, rows: 60, done: 60, of: 60 })
  expect(states.map((it) => it.done)).toEqual(states.map((it) => it.done).toSorted((a, b) => a - b))
  expect(await counts()).toEqual({ invoices: 50, clients: 9, imports: 1 })
})

test('a caller who hangs up stops the work', async () => {
  const stop = new AbortController()
  const plan = await planFor(workspace, invoices(200).replaceAll('P-', 'Q-'))
  const run = workspace.callRaw('dataImports.run', plan, { signal: stop.signal })
  setTimeout(() => stop.abort(), 30)
  await expect(run).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await workspace.call('invoices.list', { search: 'Q-' })).rows).toEqual([])
  expect(workspace.errors).toEqual([])
})
