import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shareOf } from '../../electron/features/tax-reports/payments.ts'
import { amountOf, exchangeRateOf, percentOf } from '../../shared/money/decimal-string.ts'
import { zero } from '../../shared/money/scaled.ts'
import { rolePermissions } from '../../shared/permissions.ts'
import { taxPeriodOf } from '../../shared/tax/periods.ts'
import { regimeOf } from '../../shared/tax/regimes/index.ts'
import { boxAmount } from '../../shared/tax/regimes/uk-returns.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let client: string
beforeAll(async () => {
  workspace = await openWorkspace()
  client = await makeClient(workspace)
})
afterAll(() => workspace.close())

const invoice = (issuedOn: string, price: string, rate = '20') =>
  makeInvoice(workspace, client, { issuedOn, dueOn: null, lines: [line({ price, rate })] })

const year = { from: '2026-01-01', to: '2026-12-31' }
const figures = (more: { from: string; to: string; basis?: 'issue' | 'payment' }) =>
  workspace.call('taxReports.figures', more)
const brief = (report: Awaited<ReturnType<typeof figures>>) =>
  report.figures
    .map((it) => `${it.kind} ${Number(it.rateE6) / 1e6} %: ${Number(it.taxableE4) / 1e4} ${Number(it.taxE4) / 1e4}`)
    .sort()

describe('by issue', () => {
  test('sums by month, without what is void, in base currency', async () => {
    await invoice('2026-01-31', '100')
    await invoice('2026-02-28', '200')
    await invoice('2026-02-28', '50', '5')
    const wrong = await invoice('2026-02-10', '999')
    const { version } = await workspace.call('invoices.get', { id: wrong.id })
    await workspace.call('invoices.void', { id: wrong.id, version, reason: 'Twice' })
    await makeInvoice(workspace, client, {
      issuedOn: '2026-02-20',
      dueOn: null,
      currency: 'EUR',
      exchangeRateE10: exchangeRateOf('0.85'),
    })
    expect(brief(await figures({ from: '2026-01-01', to: '2026-01-31' }))).toEqual(['invoice 20 %: 100 20'])
    expect(brief(await figures({ from: '2026-02-01', to: '2026-02-28' }))).toEqual([
      'invoice 20 %: 285 57',
      'invoice 5 %: 50 2.5',
    ])
    expect(brief(await figures(year))).toEqual(['invoice 20 %: 385 77', 'invoice 5 %: 50 2.5'])
  })

  test('any days give what whole months give together', async () => {
    expect(brief(await figures({ from: '2026-01-31', to: '2026-02-20' }))).toEqual(['invoice 20 %: 185 37'])
    // Cut by a day that no document has: the rows give what the kept sums give.
    expect(brief(await figures({ from: '2025-12-31', to: '2026-12-31' }))).toEqual(brief(await figures(year)))
  })

  test('each figure leads to its documents, page by page', async () => {
    const report = await figures(year)
    const standard = report.figures.find((it) => it.rateE6 === percentOf('20'))
    const page = (cursor: string | null) =>
      workspace.call('taxReports.documents', { ...year, keys: [standard?.key ?? ''], limit: 2, cursor })
    const first = await page(null)
    const second = await page(first.nextCursor)
    const rows = [...first.rows, ...second.rows]
    expect([rows.length, second.nextCursor]).toEqual([3, null])
    expect(rows.map((it) => it.on)).toEqual(['2026-01-31', '2026-02-20', '2026-02-28'])
    expect(rows.reduce((all, it) => all + it.taxE4, 0n)).toBe(standard?.taxE4)
    await expect(workspace.call('taxReports.documents', { ...year, keys: ['nonsense'] })).rejects.toMatchObject({
      code: 'VALIDATION',
    })
  })

  test('the integrity check sees what is wrong in the sums, and a rebuild brings them back', async () => {
    expect((await workspace.call('integrity.check', {})).differences.filter((it) => it.includes('Tax'))).toEqual([])
    const before = brief(await figures(year))
    await workspace.call('integrity.rebuild', {})
    expect(brief(await figures(year))).toEqual(before)
  })
})

describe('by payment', () => {
  test('part payments share the tax, and the last one brings the rest', async () => {
    const { id } = await invoice('2026-03-02', '33.33')
    const paying = async (on: string, amount: string) => {
      workspace.clock.set(`${on}T10:00:00.000Z`)
      await workspace.call('payments.create', {
        clientId: client,
        receivedOn: on,
        currency: 'GBP',
        amountE4: amountOf(amount),
        allocations: [{ invoiceId: id, amountE4: amountOf(amount) }],
      })
    }
    await paying('2026-03-10', '13.33')
    await paying('2026-04-10', '13.33')
    await paying('2026-05-10', '13.34')
    const month = async (from: string, to: string) => {
      const report = await figures({ from, to, basis: 'payment' })
      return report.figures.map((it) => [it.taxableE4, it.taxE4])
    }
    // 6.67 of tax on 40.00: after a third 2.22, after two thirds 4.45, at the end 6.67.
    expect(await month('2026-03-01', '2026-03-31')).toEqual([[amountOf('11.11'), amountOf('2.22')]])
    expect(await month('2026-04-01', '2026-04-30')).toEqual([[amountOf('11.10'), amountOf('2.23')]])
    expect(await month('2026-05-01', '2026-05-31')).toEqual([[amountOf('11.12'), amountOf('2.22')]])
    expect(await month('2026-03-01', '2026-05-31')).toEqual([[amountOf('33.33'), amountOf('6.67')]])
    expect(await month('2026-06-01', '2026-06-30')).toEqual([])
    const { figures: paid } = await figures({ from: '2026-04-01', to: '2026-04-30', basis: 'payment' })
    const { rows } = await workspace.call('taxReports.documents', {
      from: '2026-04-01',
      to: '2026-04-30',
      basis: 'payment',
      keys: paid.map((it) => it.key),
    })
    expect(rows.map((it) => [it.id, it.taxE4])).toEqual([[id, amountOf('2.23')]])
  })

  test('money that came before the invoice counts when the invoice is there', async () => {
    workspace.clock.set('2026-07-01T10:00:00.000Z')
    const { id } = await invoice('2026-07-20', '10')
    await workspace.call('payments.create', {
      clientId: client,
      receivedOn: '2026-06-15',
      currency: 'GBP',
      amountE4: amountOf('12'),
      allocations: [{ invoiceId: id, amountE4: amountOf('12') }],
    })
    expect(brief(await figures({ from: '2026-06-01', to: '2026-06-30', basis: 'payment' }))).toEqual([])
    expect(brief(await figures({ from: '2026-07-01', to: '2026-07-31', basis: 'payment' }))).toEqual([
      'invoice 20 %: 10 2',
    ])
  })

  test('the shares of any payments of a whole document sum to its tax', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 }),
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.constantFrom(1n, 10n, 100n, 10_000n),
        (payments, steps, unit) => {
          const payable = payments.reduce((all, one) => all + one, 0n)
          const tax = steps * unit
          let before = 0n
          let shared = 0n
          for (const payment of payments) {
            const share = shareOf(tax, before, before + payment, payable, unit)
            expect(share % unit).toBe(0n)
            shared += share
            before += payment
          }
          expect(shared).toBe(tax)
        },
      ),
      { numRuns: 200 },
    )
  })
})

test('the nine boxes of a quarter, flat rate from the next one', async () => {
  await workspace.call('taxSettings.saveRegistration', {
    id: null,
    version: null,
    effectiveOn: '2026-04-01',
    regime: 'uk-vat',
    scheme: 'flat-rate',
    number: null,
    numberKeptReason: null,
    defaultTaxRateId: null,
    pricesIncludeTax: false,
    basis: 'issue',
    filingFrequency: 'quarterly',
    periodEndMonth: 3,
    flatPercentE6: percentOf('12'),
    usesOss: false,
    lutNumber: null,
    isLarge: false,
  })
  const box = async (on: string, id: string) => {
    const { from, to } = taxPeriodOf(on, 'quarterly', 3, 'uk-vat')
    const report = await figures({ from, to })
    const tables = regimeOf(report.regime).returns[0]?.build({ ...report, typed: {} }) ?? []
    return boxAmount(tables, id) ?? zero
  }
  // 385 and 50 and 33.33 without VAT; 77 + 2.5 + 6.67 of it.
  expect([await box('2026-02-01', '1'), await box('2026-02-01', '6')]).toEqual([amountOf('86.17'), amountOf('468')])
  // July: 12.00 with VAT at 12 %.
  expect([await box('2026-08-01', '1'), await box('2026-08-01', '6')]).toEqual([amountOf('1.44'), amountOf('12')])
})

describe('what is typed into a return', () => {
  const period = { from: '2026-07-01', to: '2026-09-30' }
  const own = { ...period, taxReturn: 'vat-100' }
  const typed = async () => (await figures(period)).typed.map((it) => [it.cell, it.amountE4, it.version])
  const set = (cell: string, text: string | null, version: number | null) =>
    workspace.call('taxReports.setFigure', { ...own, cell, amountE4: text === null ? null : amountOf(text), version })

  test('is there again on the next visit, for its period alone, and the return is worked out with it', async () => {
    await set('4.amount', '100.55', null)
    await set('7.amount', '502.99', null)
    expect(await typed()).toEqual([
      ['4.amount', amountOf('100.55'), 1],
      ['7.amount', amountOf('502.99'), 1],
    ])
    expect((await figures({ from: '2026-07-01', to: '2026-07-31' })).typed).toEqual([])
    const report = await figures(period)
    const values = Object.fromEntries(report.typed.map((it) => [it.cell, it.amountE4]))
    const tables = regimeOf(report.regime).returns[0]?.build({ ...report, typed: values }) ?? []
    // July: 1.44 under the flat rate, of which 100.55 is reclaimed; boxes 6 to 9 without pence.
    expect([boxAmount(tables, '5'), boxAmount(tables, '7')]).toEqual([amountOf('99.11'), amountOf('502')])
  })

  test('is changed by who saw it, taken away, and typed anew', async () => {
    expect(await set('4.amount', '120', 1)).toMatchObject({ version: 2 })
    await expect(set('4.amount', '130', 1)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await set('4.amount', null, 2)).toEqual({ id: null, version: 0 })
    expect(await set('4.amount', null, null)).toEqual({ id: null, version: 0 })
    expect((await typed()).map(([cell]) => cell)).toEqual(['7.amount'])
    expect(await set('4.amount', '100.55', null)).toMatchObject({ version: 1 })
  })

  test('is in the audit', async () => {
    const { rows } = await workspace.call('audit.list', { cursor: null, limit: 50 })
    const text = JSON.stringify(rows, (_, it: unknown) => (typeof it === 'bigint' ? String(it) : it))
    expect(text).toContain('tax_return_figures')
  })

  test('is refused for a box that is worked out, for half a penny, and in a locked period', async () => {
    for (const [cell, text] of [
      ['1.amount', '5'],
      ['nothing', '5'],
      ['4.amount', '0.001'],
    ] as const)
      await expect(set(cell, text, null)).rejects.toMatchObject({ code: 'VALIDATION' })
    workspace.clock.set('2026-11-01T10:00:00.000Z')
    const lock = await workspace.call('taxSettings.lockPeriod', { lockedUntil: '2026-09-30', reason: 'Filed' })
    await expect(set('2.amount', '5', null)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await workspace.call('taxSettings.unlockPeriod', { ...lock, reason: 'Filed by mistake' })
    await set('2.amount', '5', null)
  })
})

test('cash accounting follows the money, whatever basis was said', async () => {
  const own = await openWorkspace()
  await own.call('taxSettings.saveRegistration', {
    id: null,
    version: null,
    effectiveOn: '2026-01-01',
    regime: 'uk-vat',
    scheme: 'cash',
    number: null,
    numberKeptReason: null,
    defaultTaxRateId: null,
    pricesIncludeTax: false,
    basis: 'issue',
    filingFrequency: 'quarterly',
    periodEndMonth: 3,
    flatPercentE6: null,
    usesOss: false,
    lutNumber: null,
    isLarge: false,
  })
  expect((await own.call('taxSettings.get', {})).current.basis).toBe('payment')
  const someone = await makeClient(own)
  const { id } = await makeInvoice(own, someone, {
    issuedOn: '2026-03-20',
    dueOn: null,
    lines: [line({ price: '1000' })],
  })
  await own.call('payments.create', {
    clientId: someone,
    receivedOn: '2026-04-02',
    currency: 'GBP',
    amountE4: amountOf('600'),
    allocations: [{ invoiceId: id, amountE4: amountOf('600') }],
  })
  const boxes = async (from: string, to: string) => {
    const report = await own.call('taxReports.figures', { from, to, basis: 'payment' })
    const tables = regimeOf(report.regime).returns[0]?.build({ ...report, typed: {} }) ?? []
    return [boxAmount(tables, '1'), boxAmount(tables, '6')]
  }
  // Invoiced in March, half of it paid in April: 100.00 of VAT on 500.00 falls into the quarter to June.
  expect(await boxes('2026-01-01', '2026-03-31')).toEqual([zero, zero])
  expect(await boxes('2026-04-01', '2026-06-30')).toEqual([amountOf('100'), amountOf('500')])
  await own.close()
})

test('a cashier sees no report', () => {
  expect([rolePermissions.cashier.has('reports.read'), rolePermissions.accountant.has('reports.read')]).toEqual([
    false,
    true,
  ])
})
