import { amountOf } from '../../shared/money/decimal-string.ts'
import { amount } from '../../shared/money/scaled.ts'
import { makeClient, makeInvoice } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

let files = 0
const csv = () => {
  files += 1
  return new TextEncoder().encode(`Date;Name;Amount;Memo\n2026-11-20;Rosewood;120,00;Line ${files}\n`)
}
const profile = {
  encoding: 'utf-8',
  delimiter: ';',
  headerRow: 0,
  roles: ['bookedOn', 'counterpartyName', 'amount', 'purpose'],
  dateOrder: 'ymd',
  decimal: ',',
  signs: 'signed',
} as const

const account = (workspace: Workspace) => {
  files += 1
  return workspace.call('bankAccounts.create', { name: `Account ${files}`, currency: 'GBP' })
}

const statement = async (workspace: Workspace) => {
  const { id: accountId } = await account(workspace)
  await workspace.call('bankStatements.import', { fileName: 'a.csv', content: csv(), accountId })
  const [row] = (await workspace.call('bankStatements.list', { accountId })).rows
  return { accountId, id: row?.id, version: row?.version }
}

const transaction = async (workspace: Workspace) => {
  const { accountId } = await statement(workspace)
  const [row] = (await workspace.call('bankTransactions.list', { accountId })).rows
  return { id: row?.id ?? '', version: row?.version ?? 0 }
}

const accepting = async (workspace: Workspace) => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  return {
    ...(await transaction(workspace)),
    clientId,
    allocations: [{ invoiceId: invoice.id, amountE4: amountOf('20') }],
    exchangeRateE10: null,
  }
}

/** An input that works for each procedure of the bank, with the rows that it needs made first. */
export const bankInputs: Readonly<Record<string, Make>> = {
  'bankAccounts.list': () => ({ status: 'all' }),
  'bankAccounts.create': () => {
    files += 1
    return { name: 'Current', accountNumber: `GB00 ${files}`, currency: 'GBP' }
  },
  'bankAccounts.update': async (workspace) => {
    files += 1
    return { ...(await account(workspace)), name: 'Other', accountNumber: `X ${files}`, status: 'archived' }
  },
  'bankStatements.list': async (workspace) => ({
    cursor: null,
    limit: 20,
    accountId: (await statement(workspace)).accountId,
  }),
  'bankStatements.preview': async (workspace) => ({
    fileName: 'a.csv',
    content: csv(),
    accountId: (await account(workspace)).id,
    newAccount: null,
    csv: profile,
  }),
  'bankStatements.import': () => ({
    fileName: 'a.csv',
    content: csv(),
    accountId: null,
    newAccount: { name: 'New', currency: 'GBP' },
    csv: profile,
  }),
  'bankStatements.remove': async (workspace) => {
    const { id, version } = await statement(workspace)
    return { id, version }
  },
  'bankTransactions.list': async (workspace) => ({
    cursor: null,
    limit: 20,
    accountId: (await statement(workspace)).accountId,
    filter: 'all',
    search: 'rose',
  }),
  'bankTransactions.get': async (workspace) => ({ id: (await transaction(workspace)).id }),
  'bankTransactions.accept': accepting,
  'bankTransactions.split': async (workspace) => {
    const { allocations, exchangeRateE10, clientId, ...line } = await accepting(workspace)
    const { openE4 } = await workspace.call('bankTransactions.get', { id: line.id })
    const rest = amount(openE4 - amountOf('20'))
    return {
      ...line,
      parts: [
        { clientId, amountE4: amountOf('20'), allocations, exchangeRateE10 },
        { clientId: await makeClient(workspace), amountE4: rest, allocations: [], exchangeRateE10: null },
      ],
    }
  },
  'bankTransactions.acceptAll': async (workspace) => ({
    accountId: (await statement(workspace)).accountId,
    leastScore: 90,
    cursor: null,
    until: '2026-11-30',
  }),
  'bankTransactions.undo': async (workspace) => {
    const { id, version } = await workspace.call('bankTransactions.accept', await accepting(workspace))
    return { id, version }
  },
  'bankTransactions.ignore': async (workspace) => ({ ids: [(await transaction(workspace)).id], reason: 'fee' }),
  'bankTransactions.unignore': async (workspace) => {
    const { id } = await transaction(workspace)
    await workspace.call('bankTransactions.ignore', { ids: [id] })
    return { ids: [id] }
  },
}
