import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportSearch } from '../../renderer/app/report-search.ts'
import { changeInTenths, shareInTenths, tenthsText } from '../../renderer/features/reports/figures/change.ts'
import { reportFile } from '../../renderer/features/reports/figures/report-file.ts'
import { csvBytes } from '../../renderer/ui/csv.ts'
import { formatsOf } from '../../renderer/ui/locale.tsx'
import type { ReportRow } from '../../shared/contract/reports.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'

const formats = formatsOf('en-GB', 'GBP')

const row = (key: string | null, label: string, amount: string, before: string | null = null): ReportRow => ({
  key,
  label,
  amountE4: amountOf(amount),
  netE4: amountOf(amount),
  taxE4: amountOf('0'),
  count: 1,
  wonCount: 0,
  wonE4: amountOf('0'),
  averageDays: null,
  previousE4: before === null ? null : amountOf(before),
  previousCount: before === null ? null : 1,
  previousDays: null,
})

describe('a change', () => {
  test('is in tenths of a percent, half away from zero, and nothing from zero', () => {
    expect(changeInTenths(100n, 150n)).toBe(500)
    expect(changeInTenths(100n, 50n)).toBe(-500)
    expect(changeInTenths(0n, 50n)).toBeNull()
    expect(changeInTenths(2000n, 2001n)).toBe(1)
    expect(changeInTenths(2000n, 1999n)).toBe(-1)
    expect(changeInTenths(2001n, 2002n)).toBe(0)
  })

  test('rises above a loss, however large', () => {
    expect(changeInTenths(-100n, 50n)).toBe(1500)
    expect(changeInTenths(-100n, -150n)).toBe(-500)
  })

  test('has the sign of the difference', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 15n }),
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        (a, b) => {
          const change = changeInTenths(a, b)
          expect(Math.sign(change ?? 0) * (b > a ? 1 : -1)).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  test('is written in the way of the locale, an increase with its sign', () => {
    expect(tenthsText(125, 'en-GB', 'always')).toBe('+12.5%')
    expect(tenthsText(-125, 'en-GB', 'always')).toBe('-12.5%')
    expect(tenthsText(null, 'en-GB', 'always')).toBe('–')
    expect(tenthsText(shareInTenths(1n, 3n), 'en-GB', 'none')).toBe('33.3%')
    expect(shareInTenths(1n, 0n)).toBeNull()
  })
})

describe('the file of a report', () => {
  test('has exact figures, months as they sort, the change and the sum', () => {
    const rows = [row('2026-03', '2026-03', '1234.5', '1000'), row('2026-04', '2026-04', '-0.01', '0')]
    const total = row(null, 'Total', '1234.49', '1000')
    const file = reportFile({
      report: 'revenue',
      groupBy: 'month',
      currency: 'GBP',
      formats,
      rows,
      total,
      isCompared: true,
    })
    expect(file[0]).toEqual([
      'Month',
      'Documents',
      'Net (GBP)',
      'Tax (GBP)',
      'Total (GBP)',
      'Before (GBP)',
      'Change (GBP)',
    ])
    expect(file[1]).toEqual(['2026-03', '1', '1234.50', '0.00', '1234.50', '1000.00', '234.50'])
    expect(file[2]?.slice(4)).toEqual(['-0.01', '0.00', '-0.01'])
    expect(file[3]?.[0]).toBe('Total')
  })

  test('disarms a name that a spreadsheet would run, and leaves numbers as numbers', () => {
    const text = new TextDecoder().decode(csvBytes([['=1+1', '-0.01', '@x', 'a "b"', '-2+3'], ['plain, text']]))
    expect(text).toBe(`'=1+1,-0.01,'@x,"a ""b""",'-2+3\r\n"plain, text"\r\n`)
  })
})

describe('the state of a report in its address', () => {
  test('keeps what fits, a fiscal year that reads as a number too, and drops what does not', () => {
    expect(
      reportSearch({
        range: 'last-month',
        group: 'client',
        compare: 'nonsense',
        basis: 'received',
        from: '2026-02-30',
      }),
    ).toEqual({ range: 'last-month', group: 'client', basis: 'received' })
    expect(reportSearch({ row: 2026 })).toEqual({ row: '2026' })
  })
})
