import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FoundBackup } from '../../shared/contract/backups.ts'
import { openTestGate, type TestGate } from '../support/gate.ts'

let it: TestGate
beforeEach(async () => {
  it = await openTestGate()
  await it.makeBusiness()
})
afterEach(() => it.close())

type Told = { rows: { kind: string; readAt: string | null; data: Record<string, string> }[] }

const client = (name: string) => it.call('clients.create', { kind: 'company', name })
const told = async () =>
  (await it.call<Told>('notifications.list')).rows.filter(({ kind }) => kind === 'record-shorter')

test('an older database that is put in place by hand is told of, once, with how much is missing', async () => {
  await client('Alder')
  await it.gate.close()
  const file = join(it.directory, 'counterfoil.db')
  copyFileSync(file, `${file}.kept`)
  await it.restart()
  for (const name of ['Birch', 'Cedar']) await client(name)
  expect(await told()).toEqual([])
  const until = it.clock.now()
  await it.gate.close()
  copyFileSync(`${file}.kept`, file)
  it.clock.advance(60_000)
  await it.restart()
  const [notice, more] = await told()
  expect(more).toBeUndefined()
  expect(notice).toMatchObject({ readAt: null, data: { until } })
  expect(Number(notice?.data['missing'])).toBeGreaterThanOrEqual(2)
  // Not muted, and not told again at each start.
  await it.restart()
  expect(await told()).toHaveLength(1)
})

test('going back to a backup on purpose is not told of so', async () => {
  await it.call('backups.create')
  await client('Alder')
  const { rows } = await it.call<{ rows: FoundBackup[] }>('recovery.backups')
  await it.call('recovery.restore', { file: rows[0]?.file })
  await it.restart()
  expect(await told()).toEqual([])
})
