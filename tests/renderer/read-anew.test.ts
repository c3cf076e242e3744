import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { readAnew } from '../../renderer/app/query-client.ts'
import { readersOf } from '../../renderer/app/readers.ts'
import { procedures } from '../../shared/contract/index.ts'
import type { Entity } from '../../shared/contract/procedure.ts'

test('what changes while a list is read for the first time is in it', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  const rows = ['Hosting']
  const answers: (() => void)[] = []
  const observer = new QueryObserver(client, {
    queryKey: ['recurringInvoices', 'list'],
    queryFn: () => {
      const read = [...rows]
      return new Promise<string[]>((resolve) => answers.push(() => resolve(read)))
    },
  })
  const stop = observer.subscribe(() => undefined)
  await expect.poll(() => answers.length).toBe(1)
  // The core has read, and the answer is still on its way when the change is told.
  rows.pop()
  readAnew(({ queryKey }) => queryKey[0] === 'recurringInvoices', client)
  answers[0]?.()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.()
  await expect.poll(() => observer.getCurrentResult().data).toEqual([])
  stop()
  client.clear()
})

test('which day it is where one works is read anew with whatever may change it', () => {
  const commands = ['organizations.update', 'branches.create', 'branches.update', 'branches.close', 'branches.reopen']
  const changed = commands.map((name): [string, readonly Entity[]] => {
    const procedure = procedures.get(name)
    return [name, procedure?.kind === 'command' ? procedure.changes : []]
  })
  // The inbox is looked through when a day begins, which is told as a change of the inbox.
  for (const [name, entities] of [...changed, ['the turn of a day', ['notifications']] as const]) {
    const asked = entities.flatMap((entity) => readersOf[entity])
    expect(`${name}: ${asked.includes('setup')}`).toBe(`${name}: true`)
  }
  // The main branch moves with the business.
  expect(new Map(changed).get('organizations.update')).toContain('branches')
})
