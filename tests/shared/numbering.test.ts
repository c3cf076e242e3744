import { describe, expect, it } from 'vitest'
import {
  checkNumber,
  counterPeriod,
  formatNumber,
  type NumberInput,
  validatePattern,
} from '../../shared/documents/numbering.ts'
import { type InvoiceFacts, paymentStatusOf } from '../../shared/documents/status.ts'
import { commonTerms, dueDateOf } from '../../shared/documents/terms.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'

const at = (issuedOn: string, options: Partial<NumberInput> = {}): NumberInput => ({
  counter: 7,
  issuedOn,
  fiscalYearStart: '04-01',
  series: 'A',
  branch: 'LON',
  ...options,
})

describe('number patterns', () => {
  it.each([
    ['INV-{YYYY}-{0000}', 'INV-2026-0007'],
    ['{YY}{MM}/{000}', '2603/007'],
    ['INV/{FY}/{0000}', 'INV/2025-26/0007'],
    ['{SERIES}-{BRANCH}-{00}', 'A-LON-07'],
    ['{0}', '7'],
  ])('%s gives %s', (pattern, expected) => {
    expect(formatNumber(pattern, at('2026-03-31'))).toBe(expected)
  })

  it('keep all digits of a counter past its width', () => {
    expect(formatNumber('{00}', at('2026-03-31', { counter: 12_345 }))).toBe('12345')
  })

  it('label a fiscal year that is the calendar year with one year', () => {
    expect(formatNumber('{FY}-{00}', at('2026-03-31', { fiscalYearStart: '01-01' }))).toBe('2026-07')
  })

  it.each([
    ['', 'GB', ['empty']],
    ['INV-{YYYY}', 'GB', ['counter-missing']],
    ['{000}-{000}', 'GB', ['counter-twice']],
    ['INV-{YEAR}-{000}', 'GB', ['unknown-token']],
    ['INV-{YYYY-{000}', 'GB', ['unclosed-brace']],
    ['INV-{000', 'GB', ['unclosed-brace', 'counter-missing']],
    ['{MM}-{000}', 'GB', ['month-without-year']],
    ['INV"{000}', 'GB', ['bad-character']],
    [`${'X'.repeat(40)}{000}`, 'GB', ['too-long']],
    ['INV/{FY}/{0000}', 'IN', []],
    ['INV/{FY}/{00000}', 'IN', ['too-long']],
    ['INV.{FY}.{0000}', 'IN', ['bad-character']],
    ['Rechnung {YYYY}/{0000}', 'DE', []],
  ])('%s in %s: %j', (pattern, country, codes) => {
    expect(validatePattern(pattern, { country }).map((problem) => problem.code)).toEqual(codes)
  })

  it('say what is wrong and what to do', () => {
    const [problem] = validatePattern('INVOICE/{FY}/{0000}', { country: 'IN' })
    expect(problem?.message).toBe(
      '"INVOICE/2026-27/0001" has 20 characters, at most 16 are allowed (CGST Rules 2017, rule 46(b)): shorten the pattern',
    )
    expect(validatePattern('{SERIES}/{FY}/{0000}', { country: 'IN', series: 'LONG' })).toHaveLength(1)
    expect(validatePattern('{SERIES}/{FY}/{0000}', { country: 'IN', series: 'ABC' })).toEqual([])
  })

  it('are checked once more when the counter has outgrown them', () => {
    expect(checkNumber(formatNumber('INV/{FY}/{0000}', at('2026-03-31', { counter: 10_000 })), 'IN')).toHaveLength(1)
    expect(checkNumber('INV/2025-26/9999', 'IN')).toEqual([])
  })

  it.each([
    ['INV-{0000}', '2026-03-31', 'all'],
    ['INV-{YYYY}-{0000}', '2025-12-31', '2025'],
    ['INV-{YYYY}-{0000}', '2026-01-01', '2026'],
    ['INV-{YY}{MM}-{0000}', '2026-01-31', '2026/M01'],
    ['INV-{YY}{MM}-{0000}', '2026-02-01', '2026/M02'],
    ['INV/{FY}/{0000}', '2026-03-31', 'FY2025-26'],
    ['INV/{FY}/{0000}', '2026-04-01', 'FY2026-27'],
    ['INV/{FY}/{MM}/{00}', '2026-04-01', 'FY2026-27/M04'],
    ['{FY}-{YYYY}-{00}', '2026-01-01', 'FY2025-26/2026'],
  ])('%s on %s counts in %s', (pattern, issuedOn, period) => {
    expect(counterPeriod(pattern, issuedOn, '04-01')).toBe(period)
  })

  it('refuse to make a number out of nonsense', () => {
    expect(() => formatNumber('{FOO}-{00}', at('2026-03-31'))).toThrow(/\{FOO\} is not known/)
    expect(() => formatNumber('INV', at('2026-03-31'))).toThrow(/exactly once/)
    expect(() => formatNumber('{00}', at('2026-03-31', { counter: 0 }))).toThrow(/starts at 1/)
    expect(() => formatNumber('{00}', at('31.3.2026'))).toThrow(/is not a date/)
  })
})

describe('payment status', () => {
  const facts = (options: Partial<InvoiceFacts>): InvoiceFacts => ({
    issuedAt: '2026-01-01T10:00:00Z',
    voidedAt: null,
    payableE4: amountOf('100'),
    openE4: amountOf('100'),
    dueOn: '2026-01-31',
    today: '2026-01-31',
    ...options,
  })

  it.each([
    [{ issuedAt: null }, { status: 'draft' }],
    [{ voidedAt: '2026-01-02T10:00:00Z' }, { status: 'void' }],
    [{}, { status: 'unpaid', dueInDays: 0 }],
    [{ today: '2026-01-20' }, { status: 'unpaid', dueInDays: 11 }],
    [
      { dueOn: null, today: '2030-01-01' },
      { status: 'unpaid', dueInDays: null },
    ],
    [{ today: '2026-02-01' }, { status: 'overdue', daysOverdue: 1, partlyPaid: false }],
    [
      { today: '2026-02-01', openE4: amountOf('0.01') },
      { status: 'overdue', daysOverdue: 1, partlyPaid: true },
    ],
    [{ openE4: amountOf('40') }, { status: 'partly-paid', dueInDays: 0 }],
    [{ openE4: amountOf('0'), today: '2027-01-01' }, { status: 'paid' }],
    [{ openE4: amountOf('-5') }, { status: 'paid' }],
    [{ payableE4: amountOf('0'), openE4: amountOf('0') }, { status: 'paid' }],
    [{ payableE4: amountOf('-10'), openE4: amountOf('-10') }, { status: 'paid' }],
  ])('of %o', (options, expected) => {
    expect(paymentStatusOf(facts(options))).toEqual(expected)
  })
})

describe('payment terms', () => {
  it.each([
    ['2026-01-15', { kind: 'days', days: 0 }, '2026-01-15'],
    ['2026-01-15', { kind: 'days', days: 30 }, '2026-02-14'],
    ['2026-01-15', { kind: 'days', days: 90 }, '2026-04-15'],
    ['2024-01-31', { kind: 'days', days: 29 }, '2024-02-29'],
    ['2026-02-03', { kind: 'end-of-month', days: 0 }, '2026-02-28'],
    ['2026-02-03', { kind: 'end-of-month', days: 10 }, '2026-03-10'],
  ] as const)('of %s with %o end on %s', (issuedOn, terms, expected) => {
    expect(dueDateOf(issuedOn, terms)).toBe(expected)
  })

  it('are offered from due on receipt to 90 days', () => {
    expect(commonTerms.map((terms) => terms.days)).toEqual([0, 7, 14, 15, 30, 45, 60, 90])
  })

  it.each([-1, 1.5, Number.NaN, 4000])('refuse %d days', (days) => {
    expect(() => dueDateOf('2026-01-01', { kind: 'days', days })).toThrow(/0 to 3650 whole days/)
  })
})
