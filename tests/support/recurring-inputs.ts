import { v7 } from 'uuid'
import { contentFor, makeClient } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const recurrence = {
  unit: 'month',
  every: 1,
  anchor: 'same-day',
  startsOn: '2027-01-15',
  endsOn: null,
  count: null,
} as const

const values = async (workspace: Workspace, startsOn: string = recurrence.startsOn) => ({
  ...recurrence,
  startsOn,
  name: 'Hosting',
  action: 'draft' as const,
  prices: 'fixed' as const,
  catchUp: 'ask' as const,
  content: await contentFor(workspace, await makeClient(workspace)),
})

const schedule = async (workspace: Workspace, startsOn?: string) => {
  const id = v7()
  await workspace.call('recurringInvoices.create', { id, values: await values(workspace, startsOn) })
  const { version } = await workspace.call('recurringInvoices.get', { id })
  return { id, version }
}

/** An input that works for each procedure of recurring invoices. */
export const recurringInputs: Readonly<Record<string, Make>> = {
  'recurringInvoices.list': async (workspace) => ({
    cursor: null,
    limit: 20,
    state: 'active',
    clientId: await makeClient(workspace),
  }),
  'recurringInvoices.totals': async (workspace) => ({
    search: 'host',
    where: {
      match: 'all',
      groups: [{ match: 'all', conditions: [{ field: 'nextOn', operator: 'at-least', value: 'today' }] }],
    },
    state: 'active',
    clientId: await makeClient(workspace),
  }),
  'recurringInvoices.get': async (workspace) => ({ id: (await schedule(workspace)).id }),
  'recurringInvoices.dates': () => ({ ...recurrence, limit: 3 }),
  'recurringInvoices.create': async (workspace) => ({ id: v7(), values: await values(workspace) }),
  'recurringInvoices.update': async (workspace) => ({
    ...(await schedule(workspace)),
    values: { ...(await values(workspace)), every: 2 },
  }),
  'recurringInvoices.setState': async (workspace) => ({ ...(await schedule(workspace)), state: 'paused' }),
  'recurringInvoices.delete': (workspace) => schedule(workspace),
  'recurringInvoices.restore': async (workspace) => ({ id: (await schedule(workspace)).id }),
  'recurringInvoices.waiting': async (workspace) => ({ id: (await schedule(workspace, '2026-08-21')).id }),
  'recurringInvoices.catchUp': async (workspace) => ({
    ...(await schedule(workspace, '2026-08-21')),
    choice: 'latest',
    dating: 'today',
  }),
  'recurringInvoices.makeNow': (workspace) => schedule(workspace),
}
