import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReader } from '../../db/open.ts'
import { comparedRange, type ReportInput, reportDocuments, runReport } from '../../electron/features/reports/run.ts'
import { groupsOfReport, reportKinds } from '../../shared/contract/reports.ts'
import { addDays, todayIn } from '../../shared/dates.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { randomFrom } from '../support/random.ts'
import { doSomething } from '../support/random-work.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let reader: ReturnType<typeof openReader>
beforeAll(async () => {
  workspace = await openWorkspace()
  reader = openReader(join(workspace.directory, 'counterfoil.db'))
})
afterAll(async () => {
  await reader.close()
  await workspace.close()
})

const input = (overrides: Partial<ReportInput> = {}): ReportInput => ({
  organizationId: workspace.organizationId,
  fiscalYearStart: '04-01',
  report: 'revenue',
  groupBy: 'month',
  basis: 'issued',
  from: '2026-01-01',
  to: '2026-12-31',
  clientId: null,
  ...overrides,
})
const run = (overrides: Partial<ReportInput> = {}, compare: 'none' | 'period-before' | 'year-before' = 'none') =>
  runReport(reader.db, { ...input(overrides), compare })

describe('a range', () => {
  test('is compared with as many days before, whole months with whole months', () => {
    expect(comparedRange('2026-03-01', '2026-03-31', 'period-before')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(comparedRange('2026-01-01', '2026-03-31', 'period-before')).toEqual({ from: '2025-10-01', to: '2025-12-31' })
    expect(comparedRange('2026-03-10', '2026-03-12', 'period-before')).toEqual({ from: '2026-03-07', to: '2026-03-09' })
    expect(comparedRange('2025-02-01', '2025-02-28', 'year-before')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(comparedRange('2026-03-10', '2026-03-12', 'year-before')).toEqual({ from: '2025-03-10', to: '2025-03-12' })
    expect(comparedRange('2026-03-10', '2026-03-12', 'none')).toBeNull()
  })
})

describe('revenue', () => {
  test('counts the last day of a month, and money on the day that it came', async () => {
    const clientId = await makeClient(workspace, 'Month End Ltd')
    const invoice = await makeInvoice(workspace, clientId, { issuedOn: '2026-03-31' })
    await makePayment(workspace, clientId, '120', [{ invoiceId: invoice.id, amount: '120' }])
    const issued = await run({ clientId, from: '2026-03-01', to: '2026-03-31' })
    expect(issued.rows).toMatchObject([
      { key: '2026-03', amountE4: amountOf('120'), netE4: amountOf('100'), taxE4: amountOf('20'), count: 1 },
    ])
    const today = todayIn('Europe/London', workspace.clock.now())
    const received = await run({ clientId, basis: 'received', from: today, to: today })
    expect(received.total).toMatchObject({ amountE4: amountOf('120'), netE4: amountOf('100'), taxE4: amountOf('20') })
    expect((await run({ clientId, basis: 'received', from: '2026-03-01', to: '2026-03-31' })).total.amountE4).toBe(0n)
    const days = await run({ clientId, report: 'days-to-pay', groupBy: 'client', from: today, to: today })
    expect(days.rows).toMatchObject([{ label: 'Month End Ltd', averageDays: 235 }])
  })

  test('shows months without anything, and compares each with its own', async () => {
    const { rows, previous } = await run({ from: '2026-02-01', to: '2026-04-30' }, 'period-before')
    expect(previous).toEqual({ from: '2025-11-01', to: '2026-01-31' })
    expect(rows.map(({ key, amountE4, previousE4 }) => [key, amountE4, previousE4])).toEqual([
      ['2026-02', 0n, 0n],
      ['2026-03', amountOf('120'), 0n],
      ['2026-04', 0n, 0n],
    ])
    const years = await run({ groupBy: 'fiscal-year', from: '2026-01-01', to: '2026-12-31' })
    expect(years.rows.map(({ key }) => key)).toEqual(['2025-26', '2026-27'])
  })
})

test('by any group the rows sum to the total, and the documents behind each row to the row', async () => {
  const random = randomFrom(7)
  const clients = [await makeClient(workspace, 'One'), await makeClient(workspace, 'Two')]
  for (let index = 0; index < 150; index += 1) await doSomething(workspace, random, clients)
  const to = addDays(todayIn('Europe/London', workspace.clock.now()), 10)
  const range = { from: '2026-08-01', to }
  for (const report of reportKinds) {
    for (const basis of report === 'revenue' ? (['issued', 'received'] as const) : (['issued'] as const)) {
      let first: bigint | null = null
      for (const groupBy of groupsOfReport[report]) {
        const { rows, total } = await run({ report, groupBy, basis, ...range })
        const what = `${report} ${basis} by ${groupBy}`
        expect(
          rows.reduce((sum, row) => sum + row.amountE4, 0n),
          what,
        ).toBe(total.amountE4)
        first ??= total.amountE4
        expect(total.amountE4, what).toBe(first)
        for (const row of rows.slice(0, 3)) {
          const behind = await reportDocuments(reader.db, {
            ...input({ report, groupBy, basis, ...range }),
            key: row.key,
            limit: 1000,
          })
          expect(
            behind.rows.reduce((sum, document) => sum + document.baseE4, 0n),
            `${what} ${row.label}`,
          ).toBe(row.amountE4)
        }
      }
    }
  }
})

test('a group that a report does not know is refused, and a range that ends before it begins', async () => {
  await expect(
    workspace.call('reports.run', { report: 'quotes', groupBy: 'method', from: '2026-01-01', to: '2026-01-31' }),
  ).rejects.toMatchObject({ code: 'VALIDATION' })
  await expect(
    workspace.call('reports.run', { report: 'revenue', groupBy: 'month', from: '2026-02-01', to: '2026-01-31' }),
  ).rejects.toMatchObject({ code: 'VALIDATION' })
})
