import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
// The fault to come: after so many statements of the command. None while it is infinite.
let left = Number.POSITIVE_INFINITY
const afterStatement = () => {
  left -= 1
  if (left === 0) throw Object.assign(new Error('injected'), { code: 'SQLITE_IOERR_WRITE' })
}

beforeAll(async () => {
  workspace = await openWorkspace({ storage: { afterStatement } })
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})

const tables = ['bank_accounts', 'bank_statements', 'bank_transactions', 'bank_match_rules', 'payments', 'audit_log']
const everything = () =>
  JSON.stringify(
    tables.map((table) => store.rows(`SELECT * FROM ${table}`)),
    (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  )

/** Runs a command with a fault after its first statement, its second, and so on, until it gets through. */
const failEverywhere = async (command: () => Promise<unknown>): Promise<number> => {
  for (let index = 1; ; index += 1) {
    workspace.clock.advance(1000)
    const before = everything()
    left = index
    const error = await command().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    left = Number.POSITIVE_INFINITY
    if (error === null) return index
    expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
    expect(everything()).toBe(before)
  }
}

const rows = Array.from(
  { length: 230 },
  (_, at) => `2026-11-${String((at % 20) + 1).padStart(2, '0')};Ann;${at + 1},00;Line ${at}`,
)
const content = new TextEncoder().encode(`Date;Name;Amount;Memo\n${rows.join('\n')}\n`)

test('an import and a match that break anywhere leave nothing behind', async () => {
  const take = () =>
    workspace.call('bankStatements.import', {
      fileName: 'a.csv',
      content,
      newAccount: { name: 'Main', currency: 'GBP' },
    })
  // The account, the statement, three rounds of lines, and what they look up.
  expect(await failEverywhere(take)).toBeGreaterThan(8)
  expect(store.rows('SELECT count(*) AS n FROM bank_transactions')).toEqual([{ n: 230n }])
  const clientId = await makeClient(workspace)
  const [line] = (await workspace.call('bankTransactions.list', {})).rows
  const { id, version } = line ?? expect.unreachable('a bank line')
  await failEverywhere(() => workspace.call('bankTransactions.accept', { id, version, clientId, allocations: [] }))
  expect(store.rows('SELECT count(*) AS n FROM bank_transactions WHERE payment_id IS NOT NULL')).toEqual([{ n: 1n }])
})
