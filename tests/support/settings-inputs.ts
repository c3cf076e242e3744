import { designOf } from '../../shared/documents/template-design.ts'
import { makeClient } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

let made = 0
const next = () => {
  made += 1
  return made
}

const manager = (workspace: Workspace) => workspace.call('accountManagers.create', { name: `Ada ${next()}` })
const type = (workspace: Workspace) => workspace.call('clientTypes.create', { code: `T${next()}`, name: 'Trade' })
const template = (workspace: Workspace) =>
  workspace.call('documentTemplates.create', { name: `Own ${next()}`, design: designOf('modern') })
const account = (workspace: Workspace) =>
  workspace.call('paymentAccounts.create', { label: `Account ${next()}`, holder: 'Linden Ltd', accountNumber: '1' })
const series = (workspace: Workspace) => {
  const code = `Q${next()}`
  return workspace.call('numberSeries.create', { documentKind: 'quote', code, pattern: `${code}-{0000}` })
}

const seen = async (row: Promise<{ readonly id: string; readonly version: number }>) => {
  const { id, version } = await row
  return { id, version }
}

/** An input that works for each procedure of the settings of clients, papers and numbers. */
export const settingsInputs: Readonly<Record<string, Make>> = {
  'accountManagers.list': () => ({}),
  'accountManagers.create': () => ({ name: 'Ada', email: 'ada@example.com', userId: null }),
  'accountManagers.update': async (workspace) => ({ ...(await seen(manager(workspace))), name: 'Bo', isActive: false }),
  'clientTypes.list': () => ({}),
  'clientTypes.create': () => ({ code: `T${next()}`, name: 'Trade', description: 'Words', paymentTermsDays: 14 }),
  'clientTypes.update': async (workspace) => ({ ...(await seen(type(workspace))), name: 'Retail', isActive: false }),
  'clients.duplicates': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'clients.health': async (workspace) => ({ ids: [await makeClient(workspace)] }),
  'clients.merge': async (workspace) => ({
    keepId: await makeClient(workspace),
    keepVersion: 1,
    mergeId: await makeClient(workspace, 'Rosewood Bakery again'),
    mergeVersion: 1,
  }),
  'documentTemplates.list': () => ({}),
  'documentTemplates.create': () => ({ name: `Own ${next()}`, design: designOf('letter'), defaultFor: ['quote'] }),
  'documentTemplates.update': async (workspace) => ({ ...(await seen(template(workspace))), name: `Own ${next()}` }),
  'documentTemplates.setDefaults': async (workspace) => ({ ...(await seen(template(workspace))), kinds: ['invoice'] }),
  'documentTemplates.delete': (workspace) => seen(template(workspace)),
  'documentTemplates.restore': async (workspace) => ({ id: (await template(workspace)).id }),
  'documentTemplates.preview': () => ({ design: designOf('dense'), kind: 'quote', language: 'de-DE', lines: 2 }),
  'numberSeries.create': () => {
    const code = `Q${next()}`
    return { documentKind: 'quote', code, pattern: `${code}-{0000}`, startValue: 3, branchId: null }
  },
  'numberSeries.setDefault': (workspace) => seen(series(workspace)),
  'numberSeries.delete': (workspace) => seen(series(workspace)),
  'numberSeries.report': () => ({ documentKind: 'invoice' }),
  'paymentAccounts.list': () => ({}),
  'paymentAccounts.create': () => ({ label: `Account ${next()}`, holder: 'Linden Ltd', accountNumber: '1' }),
  'paymentAccounts.update': async (workspace) => ({ ...(await seen(account(workspace))), label: `Account ${next()}` }),
  'paymentAccounts.delete': (workspace) => seen(account(workspace)),
  'paymentAccounts.restore': async (workspace) => ({ id: (await account(workspace)).id }),
}
