import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { busyTimeout, openConnection } from '../../db/open.ts'
import { inspect } from '../support/database.ts'
import { makeClient } from '../support/factories.ts'
import { runErasureJobs, scrubberOf, whereSaid } from '../support/said.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(async () => {
  await workspace.close()
})

const logSize = () => {
  const log = join(workspace.directory, 'counterfoil.db-wal')
  return existsSync(log) ? statSync(log).size : 0
}

test('words that were changed leave the index in small steps, while calls come in between', async () => {
  const store = inspect(workspace.directory)
  for (let at = 0; at < 60; at += 1) await makeClient(workspace, `Bassoon${at} Player`)
  const id = await makeClient(workspace, 'Glockenspiel Player')
  const { version } = await workspace.call('clients.get', { id })
  await workspace.call('clients.update', { id, version, name: 'Somebody' })
  expect(whereSaid(store, 'lockenspiel')).toContain('search_words_data.block')
  const { scrubber, close } = scrubberOf(workspace.directory)
  while (await scrubber.mergeIndex()) await makeClient(workspace)
  // Twice over does no harm, and begins anew.
  while (await scrubber.mergeIndex()) expect(await workspace.call('clients.list', {})).toBeDefined()
  await close()
  expect(whereSaid(store, 'lockenspiel').filter((place) => place.startsWith('search'))).toEqual([])
  const found = await workspace.call('search.find', { text: 'Bassoon42', limit: 5 })
  expect(found.map(({ title }) => title)).toContain('Bassoon42 Player')
  store.close()
})

test('the log is emptied once nobody reads older pages of it', async () => {
  const { scrubber, close } = scrubberOf(workspace.directory)
  const reading = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: true })
  reading.exec('BEGIN')
  reading.prepare('SELECT count(*) FROM clients').get()
  await makeClient(workspace, 'Written meanwhile')
  expect(logSize()).toBeGreaterThan(0)
  const started = performance.now()
  expect(await scrubber.emptyLog()).toBe(false)
  // It asks and goes: the process never stands still for a reader, as it would for so long.
  expect(performance.now() - started).toBeLessThan(busyTimeout)
  reading.exec('COMMIT')
  reading.close()
  expect(await scrubber.emptyLog()).toBe(true)
  expect(logSize()).toBe(0)
  await close()
  // No erasure, no work: nothing to do is no failure.
  await runErasureJobs(workspace.directory)
})
