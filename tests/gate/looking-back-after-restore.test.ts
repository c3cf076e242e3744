import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FoundBackup } from '../../shared/contract/backups.ts'
import type { PastNews } from '../../shared/contract/point-in-time.ts'
import { openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
})
afterEach(() => it.close())

const hour = 3_600_000
const client = (name: string) => it.call('clients.create', { kind: 'company', name })
const pass = (hours: number) => {
  it.clock.advance(hours * hour)
  return it.clock.now()
}

test('a moment that a restore took away is not shown as if it were known; those before and after are', async () => {
  await client('Alder')
  const before = pass(1)
  pass(1)
  await it.call('backups.create')
  pass(1)
  await client('Birch')
  const between = pass(1)
  pass(1)
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  await it.call('recovery.restore', { file: rows[0]?.file })
  const after = pass(1)
  pass(1)
  const open = async (at: string) => {
    let last: PastNews | null = null
    for await (const news of await it.call<AsyncIterable<PastNews>>('pointInTime.open', { at })) last = news
    return last
  }
  expect(await open(between)).toMatchObject({
    kind: 'problem',
    message: expect.stringContaining('What was done in between went with it'),
  })
  for (const at of [before, after]) expect(await open(at)).toMatchObject({ kind: 'open', view: { at } })
})
