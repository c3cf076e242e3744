import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReader } from '../../db/open.ts'
import { comparedRange, type ReportInput, reportDocuments, runReport } from '../../electron/features/reports/run.ts'
import type { contract, Output } from '../../shared/contract/index.ts'
import { groupsOfReport, reportKinds } from '../../shared/contract/reports.ts'
import { addDays, todayIn } from '../../shared/dates.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { readPdf } from '../pdf/read-pdf.ts'
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
            after: null,
            limit: 1000,
          })
          expect(behind.total, what).toEqual({ count: row.count, baseE4: row.amountE4 })
          expect(
            behind.rows.reduce((sum, document) => sum + document.baseE4, 0n),
            `${what} ${row.label}`,
          ).toBe(row.amountE4)
        }
      }
    }
  }
})

test('the documents behind a row come page by page, each once, with the sum of all on every page', async () => {
  const clientId = await makeClient(workspace, 'Many Ltd')
  const made: string[] = []
  for (let at = 0; at < 7; at += 1) {
    const { number } = await makeInvoice(workspace, clientId, { issuedOn: `2026-05-${at < 3 ? '31' : `1${at}`}` })
    made.push(number)
  }
  const asked = { report: 'revenue', from: '2026-01-01', to: '2026-12-31', limit: 3 } as const
  for (const [groupBy, key] of [
    ['client', clientId],
    ['month', '2026-05'],
    ['fiscal-year', '2026-27'],
  ] as const) {
    const seen: string[] = []
    for (let cursor: string | null = null; ; ) {
      const page: Output<(typeof contract)['reports']['documents']> = await workspace.call('reports.documents', {
        ...asked,
        groupBy,
        key,
        cursor,
      })
      if (groupBy !== 'fiscal-year') expect(page.total).toEqual({ count: 7, baseE4: amountOf('840') })
      expect(page.rows.length).toBeLessThanOrEqual(3)
      seen.push(...page.rows.map(({ number }) => number))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((number) => made.includes(number))).toHaveLength(7)
    const whole = await workspace.call('reports.documents', { ...asked, groupBy, key, limit: 200 })
    expect(whole.rows.map(({ number }) => number)).toEqual(seen)
    expect(whole.total.count).toBe(seen.length)
  }
  const open: string[] = []
  const aged = { on: '2026-12-31', clientId, currency: 'GBP', limit: 2 }
  for (let cursor: string | null = null; ; ) {
    const page: Output<(typeof contract)['statements']['openInvoices']> = await workspace.call(
      'statements.openInvoices',
      { ...aged, cursor },
    )
    open.push(...page.rows.map(({ number }) => number))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(open.toSorted()).toEqual(made.toSorted())
})

test('a report becomes a PDF on the paper of the business', async () => {
  const paper = {
    title: 'Revenue by month',
    about: 'The year 2026.',
    tables: [
      {
        title: '',
        columns: [
          { label: 'Month', align: 'start' as const },
          { label: 'Total', align: 'end' as const },
        ],
        rows: [{ kind: 'total' as const, cells: ['Total', '1,234.50'] }],
      },
    ],
  }
  const { pdf } = await workspace.call('reports.pdf', paper)
  const [page] = await readPdf(pdf)
  expect(page?.width).toBeCloseTo(595.28, 1)
  for (const part of ['Linden', 'Revenue by month', '1,234.50', 'Drawn up on', 'Page 1 of 1']) {
    expect(page?.text).toContain(part)
  }
  const rows = Array.from({ length: 5001 }, () => ({ kind: 'row' as const, cells: ['x', '1'] }))
  const [table] = paper.tables
  await expect(
    workspace.call('reports.pdf', { ...paper, tables: [{ title: '', columns: table?.columns ?? [], rows }] }),
  ).rejects.toMatchObject({ code: 'VALIDATION' })
})

test('a group that a report does not know is refused, and a range that ends before it begins', async () => {
  await expect(
    workspace.call('reports.run', { report: 'quotes', groupBy: 'method', from: '2026-01-01', to: '2026-01-31' }),
  ).rejects.toMatchObject({ code: 'VALIDATION' })
  await expect(
    workspace.call('reports.run', { report: 'revenue', groupBy: 'month', from: '2026-02-01', to: '2026-01-31' }),
  ).rejects.toMatchObject({ code: 'VALIDATION' })
})
