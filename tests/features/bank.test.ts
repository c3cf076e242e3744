import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { asCommand } from '../support/database.ts'
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

const bytes = (text: string) => new TextEncoder().encode(text)

let accounts = 0
/** An account of its own for a test, with its number. */
const newAccount = async (currency = 'GBP') => {
  accounts += 1
  const accountNumber = `4411${String(accounts).padStart(8, '0')}`
  const { id } = await workspace.call('bankAccounts.create', { name: `Current ${accounts}`, accountNumber, currency })
  return { id, accountNumber }
}

type Row = {
  readonly on?: string
  readonly amount: string
  readonly name?: string
  readonly account?: string
  readonly text?: string
}
const entry = ({ on = '2026-11-20', amount, name = '', account = '', text = '' }: Row) => {
  const party = amount.startsWith('-') ? 'Cdtr' : 'Dbtr'
  const number = account === '' ? '' : `<${party}Acct><Id><Othr><Id>${account}</Id></Othr></Id></${party}Acct>`
  return `<Ntry><Amt Ccy="GBP">${amount.replace('-', '')}</Amt><CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>${on}</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><${party}><Nm>${name}</Nm></${party}>${number}</RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
}
const balance = (code: string, amount: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>`
const camt = (accountNumber: string, rows: readonly Row[], balances = '') =>
  bytes(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>S</Id>
<Acct><Id><Othr><Id>${accountNumber}</Id></Othr></Id><Ccy>GBP</Ccy></Acct>${balances}${rows.map(entry).join('')}</Stmt></BkToCstmrStmt></Document>`)

const take = (content: Uint8Array, more: object = {}) =>
  workspace.call('bankStatements.import', { fileName: 'statement.xml', content, ...more })
const listed = async (accountId: string, filter: 'to-match' | 'money-out' | 'matched' | 'ignored' | 'all' = 'all') =>
  (await workspace.call('bankTransactions.list', { accountId, filter })).rows
const only = async (accountId: string) => {
  const [row] = await listed(accountId)
  return row ?? expect.unreachable('a bank line')
}

describe('a statement', () => {
  test('comes in once, however often its file or an overlapping one does', async () => {
    const { id, accountNumber } = await newAccount()
    const rows = [
      { amount: '10.00', name: 'Ann', text: 'one' },
      { amount: '10.00', name: 'Ann', text: 'one' },
      { amount: '-4.00', name: 'Shop', text: 'two' },
    ]
    const file = camt(accountNumber, rows)
    expect(await take(file)).toMatchObject({ transactions: 3, newTransactions: 3, accountIds: [id] })
    expect(await listed(id)).toHaveLength(3)
    expect(await take(file)).toMatchObject({ transactions: 3, newTransactions: 0 })
    const later = camt(accountNumber, [...rows, { on: '2026-11-21', amount: '5.00', name: 'Ben', text: 'three' }])
    expect(await take(later)).toMatchObject({ transactions: 4, newTransactions: 1 })
    expect(await take(later)).toMatchObject({ newTransactions: 0 })
    expect(await listed(id)).toHaveLength(4)
    expect((await workspace.call('bankStatements.list', { accountId: id })).rows).toHaveLength(2)
  })

  test('is checked: opening and sum make the closing balance, or the difference is said', async () => {
    const { id, accountNumber } = await newAccount()
    const rows = [{ amount: '10.00' }, { amount: '-2.50', text: 'fee' }]
    const balances = balance('OPBD', '100.00') + balance('CLBD', '107.50')
    await take(camt(accountNumber, rows, balances))
    await take(camt(accountNumber, [{ amount: '1.00', text: 'x' }], balance('OPBD', '5.00') + balance('CLBD', '7.00')))
    await take(camt(accountNumber, [{ amount: '3.00', text: 'y' }]))
    const { rows: statements } = await workspace.call('bankStatements.list', { accountId: id })
    expect(statements.map((it) => [it.check, it.differenceE4])).toEqual([
      ['unchecked', null],
      ['wrong', amountOf('1')],
      ['ok', amountOf('0')],
    ])
    const [account] = (await workspace.call('bankAccounts.list', {})).filter((it) => it.id === id)
    expect(account).toMatchObject({ waiting: 3, closingE4: amountOf('7') })
  })

  test('of an account that is not known yet makes it; the preview says so and saves nothing', async () => {
    const content = camt('998877665544', [{ amount: '1.00' }])
    const preview = await workspace.call('bankStatements.preview', { fileName: 'a.xml', content })
    expect(preview).toMatchObject({
      formatName: 'CAMT.053 version 2',
      needsAccount: false,
      newTransactions: 1,
      statements: [{ isNewAccount: true, accountName: '998877665544', check: 'unchecked' }],
    })
    const names = async () => (await workspace.call('bankAccounts.list', {})).map((it) => it.name)
    expect(await names()).not.toContain('998877665544')
    await take(content, { newAccount: { name: 'Savings', currency: 'GBP' } })
    expect(await names()).toContain('Savings')
  })

  test('without the name of an account needs one, and keeps how its CSV is read', async () => {
    const csv = bytes('Wann;Wieviel;Wozu\n01.02.2026;1,50;Miete\n')
    const input = { fileName: 'a.csv', content: csv }
    await expect(workspace.call('bankStatements.import', input)).rejects.toMatchObject({ code: 'VALIDATION' })
    const { id } = await workspace.call('bankAccounts.create', { name: 'Plain', currency: 'EUR' })
    const preview = await workspace.call('bankStatements.preview', { ...input, accountId: id })
    const profile = preview.csv?.profile ?? expect.unreachable('a profile')
    await take(csv, { accountId: id, csv: { ...profile, signs: 'reversed' } })
    expect((await only(id)).amountE4).toBe(amountOf('-1.5'))
    const next = bytes('Wann;Wieviel;Wozu\n02.02.2026;2,50;Miete\n')
    const again = await workspace.call('bankStatements.preview', { fileName: 'b.csv', content: next, accountId: id })
    expect(again.csv).toMatchObject({ isKept: true, profile: { signs: 'reversed' } })
    expect(again.sample[0]?.amountE4).toBe(amountOf('-2.5'))
    // The very file once more is known to be of that account, even where a new one is asked for.
    const repeated = await take(csv, { newAccount: { name: 'Plain', currency: 'EUR' } })
    expect(repeated).toMatchObject({ newTransactions: 0, accountIds: [id] })
  })

  test('in another currency than its account is refused, a broken one with its line, and nothing is saved', async () => {
    const { id, accountNumber } = await newAccount('EUR')
    await expect(take(camt(accountNumber, [{ amount: '1.00' }]))).rejects.toMatchObject({
      code: 'IMPORT_FAILED',
      message: expect.stringContaining('kept in EUR'),
    })
    const { accountNumber: other, id: otherId } = await newAccount()
    const broken = new TextDecoder()
      .decode(camt(other, [{ amount: '1.00' }, { amount: '2.00' }]))
      .replace('2.00', '2.oo')
    await expect(take(bytes(broken))).rejects.toMatchObject({
      code: 'IMPORT_FAILED',
      message: expect.stringMatching(/line \d+: .*is no amount/),
    })
    expect([...(await listed(id)), ...(await listed(otherId))]).toEqual([])
  })

  test('is taken back with its lines while none of them is a payment, and can come again', async () => {
    const { id, accountNumber } = await newAccount()
    const file = camt(accountNumber, [{ amount: '12.00', name: 'Nobody' }])
    await take(file)
    const clientId = await makeClient(workspace, 'Removal Ltd')
    const row = await only(id)
    const accepted = await workspace.call('bankTransactions.accept', {
      id: row.id,
      version: row.version,
      clientId,
      allocations: [],
    })
    const statement = (await workspace.call('bankStatements.list', { accountId: id })).rows[0] ?? expect.unreachable()
    const remove = () => workspace.call('bankStatements.remove', { id: statement.id, version: statement.version })
    await expect(remove()).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await workspace.call('bankTransactions.undo', { id: row.id, version: accepted.version })
    expect(await remove()).toEqual({ removed: 1 })
    expect(await listed(id)).toEqual([])
    expect(await take(file)).toMatchObject({ newTransactions: 1 })
  })
})

describe('money that came in', () => {
  test('is proposed by the number in its text and the amount, and paid by accepting', async () => {
    const { id, accountNumber } = await newAccount()
    const clientId = await makeClient(workspace, 'Harbour Joinery')
    const invoice = await makeInvoice(workspace, clientId)
    await take(
      camt(accountNumber, [
        { amount: '120.00', name: 'H Joinery', text: `Thanks ${invoice.number.replaceAll('-', ' ')}` },
      ]),
    )
    const row = await only(id)
    expect(row.proposal).toMatchObject({
      clientId,
      allocations: [{ invoiceId: invoice.id, amountE4: amountOf('120') }],
    })
    expect(row.proposal?.reasons).toContain(`It names ${invoice.number}.`)
    expect(row.proposal?.score).toBeGreaterThanOrEqual(80)
    const { allocations = [] } = row.proposal ?? {}
    const made = await workspace.call('bankTransactions.accept', {
      id: row.id,
      version: row.version,
      clientId,
      allocations: allocations.map(({ invoiceId, amountE4 }) => ({ invoiceId, amountE4 })),
    })
    expect(await workspace.call('payments.get', { id: made.paymentId })).toMatchObject({
      receivedOn: '2026-11-20',
      method: 'bank-transfer',
      status: 'cleared',
      amountE4: amountOf('120'),
      creditE4: amountOf('0'),
    })
    expect((await workspace.call('invoices.get', { id: invoice.id })).paymentState).toBe('paid')
    expect(await only(id)).toMatchObject({ state: 'matched', paymentNumber: made.paymentNumber, proposal: null })
    await expect(
      workspace.call('bankTransactions.accept', { id: row.id, version: made.version, clientId, allocations: [] }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })

    await workspace.call('bankTransactions.undo', { id: row.id, version: made.version })
    expect((await workspace.call('payments.get', { id: made.paymentId })).status).toBe('cancelled')
    expect((await workspace.call('invoices.get', { id: invoice.id })).paymentState).not.toBe('paid')
    expect(await only(id)).toMatchObject({ state: 'new', paymentId: null })
  })

  test('waits again when its payment is cancelled on the payments’ own screen', async () => {
    const { id, accountNumber } = await newAccount()
    const clientId = await makeClient(workspace, 'Cancelled There')
    await take(camt(accountNumber, [{ amount: '9.00', name: 'Somebody' }]))
    const row = await only(id)
    const made = await workspace.call('bankTransactions.accept', {
      id: row.id,
      version: row.version,
      clientId,
      allocations: [],
    })
    await workspace.call('payments.setStatus', {
      id: made.paymentId,
      version: 1,
      status: 'cancelled',
      on: '2026-11-21',
      reason: 'Wrong client',
    })
    expect(await only(id)).toMatchObject({ state: 'new', paymentId: null })
  })

  test('teaches who pays from an account and under a name; taking it back forgets', async () => {
    const { id, accountNumber } = await newAccount()
    const clientId = await makeClient(workspace, 'Quiet Lake Holdings')
    await makeInvoice(workspace, clientId)
    const payer = { name: 'PAYROLL SERVICES 77', account: 'XY99000011112222' }
    await take(camt(accountNumber, [{ ...payer, amount: '33.00', text: 'a' }]))
    const first = await only(id)
    expect(first.proposal).toBeNull()
    const made = await workspace.call('bankTransactions.accept', {
      id: first.id,
      version: first.version,
      clientId,
      allocations: [],
    })
    await take(
      camt(accountNumber, [
        { ...payer, amount: '120.00', text: 'b', on: '2026-11-22' },
        { name: payer.name, amount: '50.00', text: 'c', on: '2026-11-23' },
      ]),
    )
    const [byName, byAccount] = await listed(id, 'to-match')
    expect(byAccount?.proposal).toMatchObject({ clientId, score: 80 })
    expect(byAccount?.proposal?.reasons.join(' ')).toContain('from this account before')
    expect(byName?.proposal).toMatchObject({ clientId, allocations: [{ amountE4: amountOf('50') }] })
    expect(byName?.proposal?.reasons.join(' ')).toContain('under this name before')
    await workspace.call('bankTransactions.undo', { id: first.id, version: made.version })
    const reasons = (await listed(id, 'to-match')).flatMap((it) => it.proposal?.reasons ?? [])
    expect(reasons.filter((it) => it.includes('before'))).toEqual([])
  })

  test('is accepted all at once from a score on, no invoice twice', async () => {
    const { id, accountNumber } = await newAccount()
    const clientId = await makeClient(workspace, 'Twice Paying Mill')
    const one = await makeInvoice(workspace, clientId)
    const two = await makeInvoice(workspace, clientId)
    await take(
      camt(accountNumber, [
        { amount: '120.00', text: one.number, name: 'Twice Paying Mill' },
        { amount: '120.00', text: `${one.number} again`, name: 'Twice Paying Mill' },
        { amount: '120.00', text: two.number, name: 'Twice Paying Mill' },
        { amount: '7.77', text: 'unknown', name: 'Whoever' },
      ]),
    )
    const answer = await workspace.call('bankTransactions.acceptAll', { accountId: id, leastScore: 85 })
    expect(answer.accepted).toHaveLength(2)
    expect(answer.left).toHaveLength(2)
    const states = await Promise.all(
      [one, two].map(async (it) => (await workspace.call('invoices.get', { id: it.id })).paymentState),
    )
    expect(states).toEqual(['paid', 'paid'])
  })

  test('may be split by hand over several invoices, never over more than there is', async () => {
    const { id, accountNumber } = await newAccount()
    const clientId = await makeClient(workspace, 'Splitting Oak')
    const [one, two] = [await makeInvoice(workspace, clientId), await makeInvoice(workspace, clientId)]
    await take(camt(accountNumber, [{ amount: '150.00' }]))
    const row = await only(id)
    const accept = (first: string, second: string) =>
      workspace.call('bankTransactions.accept', {
        id: row.id,
        version: row.version,
        clientId,
        allocations: [
          { invoiceId: one.id, amountE4: amountOf(first) },
          { invoiceId: two.id, amountE4: amountOf(second) },
        ],
      })
    await expect(accept('120', '31')).rejects.toMatchObject({ code: 'OVER_ALLOCATED' })
    expect(await only(id)).toMatchObject({ state: 'new' })
    await accept('100', '50')
    expect((await workspace.call('invoices.get', { id: two.id })).openE4).toBe(amountOf('70'))
  })
})

test('lines are set aside and brought back; money out is never a payment', async () => {
  const { id, accountNumber } = await newAccount()
  await take(camt(accountNumber, [{ amount: '-8.00', name: 'Rent' }]))
  const row = await only(id)
  const clientId = await makeClient(workspace)
  await expect(
    workspace.call('bankTransactions.accept', { id: row.id, version: row.version, clientId, allocations: [] }),
  ).rejects.toMatchObject({ code: 'INVALID_STATE' })
  expect(await workspace.call('bankTransactions.ignore', { ids: [row.id] })).toEqual({ changed: 1 })
  expect(await listed(id, 'money-out')).toEqual([])
  expect(await listed(id, 'ignored')).toHaveLength(1)
  expect(await workspace.call('bankTransactions.unignore', { ids: [row.id] })).toEqual({ changed: 1 })
  expect(await listed(id, 'money-out')).toHaveLength(1)
})

test('the number of an account is one account’s', async () => {
  const { accountNumber } = await newAccount()
  await expect(
    workspace.call('bankAccounts.create', { name: 'Twin', accountNumber: ` ${accountNumber} `, currency: 'GBP' }),
  ).rejects.toMatchObject({ code: 'DUPLICATE', fields: { accountNumber: expect.any(String) } })
})

test('what the bank said is frozen in the store', async () => {
  const { id, accountNumber } = await newAccount()
  await take(camt(accountNumber, [{ amount: '5.00', text: 'as it was' }]))
  const row = await only(id)
  const store = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  const change = () =>
    asCommand(store, () => store.prepare('UPDATE bank_transactions SET purpose = ? WHERE id = ?').run('other', row.id))
  expect(change).toThrow('what the bank said never changes')
  store.close()
})
