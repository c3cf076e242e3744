import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { regimeOf } from '../../shared/tax/regimes/index.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let client: string
beforeAll(async () => {
  workspace = await openWorkspace({ country: 'IN' })
  client = await makeClient(workspace)
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

const tax = (name: string, rate: string) => ({
  taxRateId: null,
  name,
  category: 'S' as const,
  rateE6: percentOf(rate),
  isCompound: false,
  exemptionReason: null,
})

const sale = (issuedOn: string, price: string, isInterState = true) =>
  makeInvoice(workspace, client, {
    issuedOn,
    dueOn: null,
    placeOfSupply: isInterState ? '29' : '27',
    lines: [{ ...line({ price }), taxes: isInterState ? [tax('IGST', '18')] : [tax('CGST', '9'), tax('SGST', '9')] }],
  })

const report = async (from: string, to: string, basis: 'issue' | 'payment' = 'issue') => {
  const { figures, settings, regime } = await workspace.call('taxReports.figures', { from, to, basis })
  const build = (id: string) =>
    regimeOf(regime)
      .returns.find((it) => it.id === id)
      ?.build({ figures, settings, typed: {} })
  const cell = (row: string, column: string, id = 'gstr-1') =>
    build(id)?.[0]?.rows.find((it) => it.id === row)?.cells[column]
  const value = (row: string, column = 'taxable', id = 'gstr-1') =>
    Number(cell(row, column, id)?.amountE4 ?? -1n) / 10_000
  return { figures, cell, value }
}

test('an invoice is large above the value in force on its day, its tax included', async () => {
  await sale('2024-07-31', '200000')
  await sale('2024-07-31', '220000')
  await sale('2024-08-01', '84745.76')
  await sale('2024-08-01', '84745.77')
  await sale('2024-08-01', '900000', false)
  const july = await report('2024-07-01', '2024-07-31')
  // 2,36,000 with tax is not above 2,50,000; 2,59,600 is.
  expect([july.value('5'), july.value('7')]).toEqual([220_000, 200_000])
  const august = await report('2024-08-01', '2024-08-31')
  // 84,745.76 and 18 % make 1,00,000.00 exactly; a paisa more is above.
  expect([august.value('5'), august.value('7')]).toEqual([84_745.77, 984_745.76])
  expect(august.value('3.1a', 'taxable', 'gstr-3b')).toBe(984_745.76 + 84_745.77)
})

test('any days give what whole months give, and each figure leads to its own documents', async () => {
  const year = await report('2024-04-01', '2025-03-31')
  const days = await report('2024-07-30', '2024-08-02')
  for (const row of ['5', '7']) expect([row, days.value(row)]).toEqual([row, year.value(row)])
  const documents = async (row: string) => {
    const { rows } = await workspace.call('taxReports.documents', {
      from: '2024-04-01',
      to: '2025-03-31',
      keys: [...(year.cell(row, 'taxable')?.sources ?? [])],
    })
    return rows.map((it) => Number(it.taxableE4) / 10_000).sort((one, other) => one - other)
  }
  expect(await documents('5')).toEqual([84_745.77, 220_000])
  expect((await documents('7')).slice(0, 2)).toEqual([84_745.76, 200_000])
})

test('a credit note is where its invoice is, by the value of the day of that invoice', async () => {
  const small = await sale('2024-07-20', '150000')
  const large = await sale('2024-09-20', '150000')
  for (const invoice of [small, large]) {
    await workspace.call('creditNotes.creditInvoice', {
      id: v7(),
      invoiceId: invoice.id,
      invoiceVersion: invoice.version,
      issuedOn: '2024-12-05',
      reason: 'Came back',
      scope: { kind: 'whole' },
    })
  }
  const december = await report('2024-12-01', '2024-12-31')
  expect([december.value('7'), december.value('9B-UR'), december.value('5')]).toEqual([-150_000, -150_000, 0])
  expect(december.value('9B')).toBe(0)
  const { rows } = await workspace.call('taxReports.documents', {
    from: '2024-12-01',
    to: '2024-12-31',
    keys: [...(december.cell('9B-UR', 'taxable')?.sources ?? [])],
  })
  expect(rows).toHaveLength(1)
})
