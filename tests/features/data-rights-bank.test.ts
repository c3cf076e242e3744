import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Of } from '../../electron/files.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { canaries, makePerson } from '../support/person-inputs.ts'
import { filesThatSay, runErasureJobs, whereSaid } from '../support/said.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

// Each word stands in one place only, so that where it is found says what was forgotten.
const said = {
  payer: 'Quokkaname',
  iban: 'GB33BUKB20201555555555',
  purpose: 'Zitherpurpose',
  documentReference: 'Wolframref',
  documentNotes: 'Xylemnotes',
  orderReference: 'Vellumorder',
  paymentReference: 'Marimbaref',
  paymentNotes: 'Ocarinanotes',
} as const

let workspace: Workspace
let store: Inspection
let id = ''
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
  id = (await makePerson(workspace)).id
  await planted(id)
  const other = await makeClient(workspace, 'Other Ltd')
  await makeInvoice(workspace, other)
})
afterAll(async () => {
  store.close()
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

const bankLine = async (name: string, purpose: string, amount: string) => {
  const { id: accountId } = await workspace.call('bankAccounts.create', {
    name: `Account of ${amount}`,
    currency: 'GBP',
  })
  const csv = `Date;Name;IBAN;Amount;Memo\n2026-11-20;${name};${said.iban};${amount};${purpose}\n`
  const content = new TextEncoder().encode(csv)
  await workspace.call('bankStatements.import', {
    fileName: `statement of ${amount}.csv`,
    content,
    accountId,
    csv: {
      encoding: 'utf-8',
      delimiter: ';',
      headerRow: 0,
      roles: ['bookedOn', 'counterpartyName', 'counterpartyAccount', 'amount', 'purpose'],
      dateOrder: 'ymd',
      decimal: ',',
      signs: 'signed',
    },
  })
  const [row] = (await workspace.call('bankTransactions.list', { accountId })).rows
  return { id: row?.id ?? '', version: row?.version ?? 0 }
}

/** Documents, a payment and a matched line of the bank, each with words of the person. */
const planted = async (clientId: string) => {
  const written = await makeInvoice(workspace, clientId, {
    issuedOn: '2026-11-01',
    reference: said.documentReference,
    orderReference: said.orderReference,
    notes: said.documentNotes,
    lines: [line({ price: '200' })],
  })
  const half = [{ invoiceId: written.id, amountE4: amountOf('100') }]
  const match = await bankLine(said.payer, said.purpose, '100,00')
  await workspace.call('bankTransactions.accept', { ...match, clientId, allocations: half })
  await workspace.call('payments.create', {
    clientId,
    receivedOn: '2026-11-21',
    currency: 'GBP',
    amountE4: amountOf('140'),
    reference: said.paymentReference,
    notes: said.paymentNotes,
    allocations: [{ invoiceId: written.id, amountE4: amountOf('140') }],
  })
}

const erase = async () => {
  const { client } = await workspace.call('dataRights.previewErasure', { clientId: id })
  const { version, code: confirmation } = client
  const asked = { clientId: id, version, confirmation, askedBy: 'person', reason: 'Asked by letter' } as const
  await workspace.call('dataRights.erase', asked)
  await runErasureJobs(workspace.directory)
}

const withoutNames = (key: string, value: unknown) =>
  typeof value === 'bigint' ? String(value) : key === 'clientName' || key === 'note' ? '' : value

/** What everybody owes and owed: the statement of the person, the ageing by any date, every report. */
const books = async () => {
  const statement = await workspace.call('statements.get', { clientId: id, from: '2026-01-01', to: '2026-12-31' })
  const ageing = []
  for (const on of ['2026-11-10', '2026-11-21', '2027-03-31']) {
    for (const basis of ['due', 'issued'] as const) ageing.push(await workspace.call('statements.aged', { on, basis }))
  }
  const reports = []
  for (const report of ['revenue', 'payments', 'days-to-pay', 'quotes'] as const) {
    const range = { from: '2026-01-01', to: '2026-12-31' }
    const { rows, total } = await workspace.call('reports.run', { report, groupBy: 'month', ...range })
    reports.push(rows, total)
  }
  // Not the text itself: two of them beside each other would fill the screen.
  return sha256Of(JSON.stringify([statement, ageing, reports], withoutNames))
}

describe('an erasure', () => {
  test('takes what was learned from the bank, keeps the lines and papers of payments, and no figure moves', async () => {
    const preview = await workspace.call('dataRights.previewErasure', { clientId: id })
    expect(preview.counts.rules).toBe(2)
    for (const word of Object.values(said)) expect(whereSaid(store, word), word).not.toEqual([])
    expect(whereSaid(store, said.payer)).toContain('bank_match_rules.match_key')
    const before = await books()
    await erase()
    expect(await books()).toBe(before)
    // Law asks to keep the papers behind the books: what was issued, and what shows that it was paid.
    expect(whereSaid(store, said.payer)).toEqual(['bank_transactions.counterparty_name'])
    expect(whereSaid(store, said.iban).filter((place) => !place.startsWith('bank_transactions.'))).toEqual([])
    expect(whereSaid(store, said.documentReference)).toEqual(['invoices.reference'])
    expect(whereSaid(store, said.orderReference)).toEqual(['invoices.order_reference'])
    expect(whereSaid(store, said.documentNotes)).toEqual(['invoices.notes'])
    expect(whereSaid(store, said.paymentReference)).toEqual(['payments.reference'])
    expect(whereSaid(store, said.paymentNotes)).toEqual(['payments.notes'])
    for (const place of whereSaid(store, said.purpose))
      expect(place).toMatch(/^(bank_transactions|payments|bank_statements)\./)
    // A later line of the same payer proposes nobody.
    const again = await bankLine(said.payer, 'later', '55,00')
    const { proposal, alternatives } = await workspace.call('bankTransactions.get', { id: again.id })
    expect([proposal, ...alternatives].filter((it) => it?.clientId === id)).toEqual([])
  })

  test('leaves no byte of what is gone in the files of the database', async () => {
    // These stand on the invoices that are kept.
    const { name, line1, line2, city, region, postalCode, delivery, taxId, email, phone, contact, ...gone } = canaries
    const { website, fileContent, ...rest } = gone
    expect(filesThatSay(workspace.directory, name)).not.toEqual([])
    for (const text of [...Object.values(rest), website, fileContent]) {
      expect([whereSaid(store, text), filesThatSay(workspace.directory, text)], text).toEqual([[], []])
    }
  })

  test('once the law does not ask for the papers any more takes the words on them too, from every byte', async () => {
    workspace.clock.advance(8 * 366 * 86_400_000)
    const before = await books()
    await erase()
    expect(await books()).toBe(before)
    const { payer: _again, iban: _account, purpose: _file, ...words } = said
    for (const word of Object.values(words)) {
      expect(whereSaid(store, word), word).toEqual([])
      expect(filesThatSay(workspace.directory, word), word).toEqual([])
    }
    const lines = store.rows('SELECT counterparty_name FROM bank_transactions WHERE payment_id IS NOT NULL')
    expect(lines.map((row) => row['counterparty_name'])).toEqual([null])
  })
})
