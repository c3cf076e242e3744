import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { readAnew } from '../../renderer/app/query-client.ts'

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
