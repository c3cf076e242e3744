import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())
beforeEach(() => workspace.clock.advance(1000))
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
})

type Row = { readonly on?: string; readonly amount: string; readonly text?: string; readonly ref?: string }
const entry = ({ on = '2026-11-20', amount, text = '', ref }: Row) =>
  `<Ntry><Amt Ccy="GBP">${amount.replace('-', '')}</Amt><CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>${on}</Dt></BookgDt>${ref === undefined ? '' : `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<NtryDtls><TxDtls><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`

let accounts = 0
const newAccount = async () => {
  accounts += 1
  const accountNumber = `5511${String(accounts).padStart(8, '0')}`
  const { id } = await workspace.call('bankAccounts.create', {
    name: `Current ${accounts}`,
    accountNumber,
    currency: 'GBP',
  })
  const take = (rows: readonly Row[]) =>
    workspace.call('bankStatements.import', {
      fileName: 'statement.xml',
      content: new TextEncoder().encode(
        `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>S</Id>
<Acct><Id><Othr><Id>${accountNumber}</Id></Othr></Id><Ccy>GBP</Ccy></Acct>${rows.map(entry).join('')}</Stmt></BkToCstmrStmt></Document>`,
      ),
    })
  const lines = async () => (await workspace.call('bankTransactions.list', { accountId: id, filter: 'all' })).rows
  const only = async () => (await lines())[0] ?? expect.unreachable('a bank line')
  return { id, take, lines, only }
}

/** A client with an invoice of 120.00. */
const owing = async (name: string) => {
  const clientId = await makeClient(workspace, name)
  const { id } = await makeInvoice(workspace, clientId, { issuedOn: '2026-11-02' })
  return { clientId, invoiceId: id, open: async () => (await workspace.call('invoices.get', { id })).openE4 }
}

describe('a line for several clients', () => {
  const splitOf300 = async () => {
    const [one, other, account] = [await owing('Ash Ltd'), await owing('Oak Ltd'), await newAccount()]
    await account.take([{ amount: '300.00', text: 'Collected' }])
    const { id, version } = await account.only()
    const parts = [
      {
        clientId: one.clientId,
        amountE4: amountOf('120'),
        allocations: [{ invoiceId: one.invoiceId, amountE4: amountOf('120') }],
      },
      {
        clientId: other.clientId,
        amountE4: amountOf('180'),
        allocations: [{ invoiceId: other.invoiceId, amountE4: amountOf('120') }],
      },
    ]
    return { one, other, account, line: { id, version }, parts }
  }

  test('becomes one payment of each, that come to the whole of it, and is taken back as one', async () => {
    const { one, other, account, line, parts } = await splitOf300()
    const [first] = parts
    if (first === undefined) return expect.unreachable()
    await expect(
      workspace.call('bankTransactions.split', { ...line, parts: [first, { ...first, allocations: [] }] }),
    ).rejects.toMatchObject({
      code: 'VALIDATION',
      message: 'The parts come to £240.00, but £300.00 of this bank line is open.',
    })
    const made = await workspace.call('bankTransactions.split', { ...line, parts })
    expect(made.payments).toHaveLength(2)
    expect(await workspace.call('bankTransactions.get', { id: line.id })).toMatchObject({
      state: 'matched',
      openE4: 0n,
      paymentCount: 2,
      payments: [
        { clientName: 'Ash Ltd', amountE4: amountOf('120') },
        { clientName: 'Oak Ltd', amountE4: amountOf('180') },
      ],
    })
    expect([await one.open(), await other.open()]).toEqual([0n, 0n])
    await workspace.call('bankTransactions.undo', { id: made.id, version: made.version })
    expect([await one.open(), await other.open()]).toEqual([amountOf('120'), amountOf('120')])
    expect(await account.only()).toMatchObject({ state: 'new', openE4: amountOf('300'), paymentCount: 0 })
  })

  test('of which one payment is cancelled waits for that part alone, which another client may be', async () => {
    const { one, account, line, parts } = await splitOf300()
    const made = await workspace.call('bankTransactions.split', { ...line, parts })
    const [first] = made.payments
    const payment = await workspace.call('payments.get', { id: first?.id ?? '' })
    await workspace.call('payments.setStatus', {
      id: payment.id,
      version: payment.version,
      status: 'cancelled',
      on: '2026-11-21',
      reason: 'Not theirs',
    })
    const waiting = await account.only()
    expect(waiting).toMatchObject({ state: 'new', openE4: amountOf('120'), paymentCount: 1 })
    expect(await workspace.call('bankTransactions.ignore', { ids: [line.id] })).toEqual({ changed: 0 })
    const third = await makeClient(workspace, 'Elm Ltd')
    const accepted = await workspace.call('bankTransactions.accept', {
      id: waiting.id,
      version: waiting.version,
      clientId: third,
      allocations: [],
    })
    expect(await workspace.call('payments.get', { id: accepted.paymentId })).toMatchObject({
      amountE4: amountOf('120'),
    })
    expect(await account.only()).toMatchObject({ state: 'matched', openE4: 0n, paymentCount: 2 })
    expect(await one.open()).toBe(amountOf('120'))
  })
})

test('several lines may pay one invoice, each its part', async () => {
  const { clientId, invoiceId, open } = await owing('Yew Ltd')
  const { take, lines } = await newAccount()
  await take([
    { amount: '50.00', text: 'first half' },
    { on: '2026-11-21', amount: '70.00', text: 'the rest' },
  ])
  for (const { id, version, amountE4 } of await lines()) {
    const allocations = [{ invoiceId, amountE4 }]
    await workspace.call('bankTransactions.accept', { id, version, clientId, allocations })
  }
  expect(await open()).toBe(0n)
})

test('a line that is no payment of a client is set aside with the reason, which goes when it is brought back', async () => {
  const { take, lines, only } = await newAccount()
  await take([{ amount: '-4.50', text: 'Account fee' }])
  const { id } = await only()
  expect(await workspace.call('bankTransactions.ignore', { ids: [id], reason: 'fee' })).toEqual({ changed: 1 })
  expect(await lines()).toMatchObject([{ state: 'ignored', asideReason: 'fee' }])
  await workspace.call('bankTransactions.unignore', { ids: [id] })
  expect(await lines()).toMatchObject([{ state: 'new', asideReason: null }])
})

describe('two bookings of different files', () => {
  test('are one where the bank’s reference is the same, whatever their texts say', async () => {
    const { take, lines } = await newAccount()
    await take([{ amount: '10.00', text: 'Ann', ref: 'R1' }])
    expect(await take([{ amount: '10.00', text: 'Ann Baker, invoice 7', ref: 'r1' }])).toMatchObject({
      newTransactions: 0,
    })
    // Alike but for the reference they are two.
    expect(await take([{ amount: '10.00', text: 'Ann', ref: 'R2' }])).toMatchObject({ newTransactions: 1 })
    expect(await lines()).toHaveLength(2)
  })

  test('without one are one where day, amount, text and their number within the day are the same', async () => {
    const { take, lines } = await newAccount()
    const coffee = { amount: '-3.50', text: 'Coffee' }
    // Two that are alike in one statement are two.
    expect(await take([coffee, coffee])).toMatchObject({ newTransactions: 2 })
    expect(await take([coffee])).toMatchObject({ newTransactions: 0 })
    expect(await take([coffee, { ...coffee, on: '2026-11-21' }])).toMatchObject({ newTransactions: 1 })
    expect(await take([coffee, coffee, coffee])).toMatchObject({ newTransactions: 1 })
    expect(await take([{ ...coffee, text: 'Coffee to go' }])).toMatchObject({ newTransactions: 1 })
    expect(await lines()).toHaveLength(5)
  })

  test('with one reference in one statement are kept both', async () => {
    const { take, lines } = await newAccount()
    const batch = { amount: '10.00', text: 'Batch', ref: 'B1' }
    expect(await take([batch, batch])).toMatchObject({ newTransactions: 2 })
    expect(await take([batch, batch, { ...batch, on: '2026-11-21' }])).toMatchObject({ newTransactions: 1 })
    expect(await lines()).toHaveLength(3)
  })
})
