import { describe, expect, it } from 'vitest'
import { calculateDocument } from '../../shared/documents/calculate.ts'
import { explainDocument } from '../../shared/documents/explain.ts'
import type { DocumentInput } from '../../shared/documents/model.ts'
import { amountOf, quantityOf, toDecimalString } from '../../shared/money/decimal-string.ts'
import { amount } from '../../shared/money/scaled.ts'
import { adjustment, documentAdjustment, documentOf, line, tax } from './document-cases.ts'

const shown = (value: bigint) => toDecimalString(value, 4, 2)
const rowsOf = (input: DocumentInput) =>
  calculateDocument(input).taxes.map(
    (row) => `${row.name} ${toDecimalString(row.rateE6, 6)}: ${shown(row.taxableE4)} ${shown(row.taxE4)}`,
  )

const s25 = [tax('25')]
const s12 = [tax('12')]
const gst18 = [tax('9', 'CGST'), tax('9', 'SGST')]

/** Domain facts, 1.1: the worked example of the EN 16931 model. */
const worked = documentOf([line('100.10', s25), line('200.05', s25), line('33.33', s12)], {
  adjustments: [
    documentAdjustment('allowance', { amount: '10' }, s25),
    documentAdjustment('charge', { amount: '5' }, s12),
  ],
  prepaidE4: amountOf('100'),
})

describe('the EN 16931 model', () => {
  it('gives the worked example', () => {
    const it = calculateDocument(worked)
    expect({
      BT106: shown(it.lineNetE4),
      BT107: shown(it.allowanceE4),
      BT108: shown(it.chargeE4),
      BT109: shown(it.netE4),
      BT110: shown(it.taxE4),
      BT112: shown(it.totalE4),
      BT113: shown(it.prepaidE4),
      BT115: shown(it.payableE4),
    }).toEqual({
      BT106: '333.48',
      BT107: '10.00',
      BT108: '5.00',
      BT109: '328.48',
      BT110: '77.14',
      BT112: '405.62',
      BT113: '100.00',
      BT115: '305.62',
    })
    expect(rowsOf(worked)).toEqual(['VAT 25: 290.15 72.54', 'VAT 12: 38.33 4.60'])
  })

  it('rounds price, allowances and charges of a line each by itself', () => {
    const one = line('0.333333', s25, {
      count: '10',
      baseQuantityE6: quantityOf('3'),
      adjustments: [adjustment('allowance', { percent: '10' }), adjustment('charge', { percent: '50', base: '0.33' })],
    })
    const [first] = calculateDocument(documentOf([one])).lines
    expect(first && [first.grossE4, ...first.adjustments.map((a) => a.amountE4), first.netE4].map(shown)).toEqual([
      '1.11',
      '0.11',
      '0.17',
      '1.17',
    ])
  })

  it('keeps one row for each name, category and rate', () => {
    const exempt = tax('0', 'VAT', { category: 'E' })
    const input = documentOf([line('10', [tax('0')]), line('20', [exempt]), line('30', s25), line('40', s25)])
    expect(rowsOf(input)).toEqual(['VAT 0: 10.00 0.00', 'VAT 0: 20.00 0.00', 'VAT 25: 70.00 17.50'])
  })

  it('calculates a document without lines', () => {
    const input = documentOf([], { adjustments: [documentAdjustment('charge', { amount: '5' }, null)] })
    expect(shown(calculateDocument(input).payableE4)).toBe('5.00')
    expect(shown(calculateDocument(documentOf([])).payableE4)).toBe('0.00')
  })
})

describe('a discount on the document', () => {
  it('is spread over the rates before tax, to the cent', () => {
    const lines = [line('85', [tax('19')], { count: '100' }), line('10', [tax('7')])]
    const input = documentOf(lines, { adjustments: [documentAdjustment('allowance', { amount: '7500' }, null)] })
    const [discount] = calculateDocument(input).adjustments
    expect(discount?.shares.map((share) => shown(share.amountE4))).toEqual(['7491.19', '8.81'])
    expect(rowsOf(input)).toEqual(['VAT 19: 1008.81 191.67', 'VAT 7: 1.19 0.08'])
  })

  it.each([true, false])('of 100 %% leaves nothing, prices with tax: %s', (pricesIncludeTax) => {
    const lines = [line('33.33', s25), line('0.01', s12), line('99.99', gst18)]
    const adjustments = [documentAdjustment('allowance', { percent: '100' }, null)]
    for (const scope of ['rate', 'line', 'document'] as const) {
      const rounding = { mode: 'half-up', scope } as const
      const totals = calculateDocument(documentOf(lines, { adjustments, pricesIncludeTax, rounding }))
      const left = [totals.netE4, totals.taxE4, totals.payableE4, ...totals.taxes.map((row) => row.taxE4)]
      expect(left.every((value) => value === 0n)).toBe(true)
    }
  })

  it('takes a percentage of what is left after the one before', () => {
    const adjustments = [
      documentAdjustment('allowance', { percent: '10' }, null),
      documentAdjustment('allowance', { percent: '10' }, null),
    ]
    const { adjustments: totals } = calculateDocument(documentOf([line('100', s25)], { adjustments }))
    expect(totals.map((it) => shown(it.amountE4))).toEqual(['10.00', '9.00'])
  })

  it('does not blow up over lines that cancel out', () => {
    const lines = [line('1000', s25), line('999.99', s12, { count: '-1' })]
    const adjustments = [documentAdjustment('allowance', { amount: '10' }, null)]
    const { adjustments: totals } = calculateDocument(documentOf(lines, { adjustments }))
    expect(totals[0]?.shares.map((share) => shown(share.amountE4))).toEqual(['5.00', '5.00'])
  })

  it('is mirrored where a line and its reversal share it', () => {
    const rounding = { mode: 'half-up', scope: 'line' } as const
    const both = (sign: '' | '-') => {
      const lines = [
        line('0.12', [tax('20')], { count: `${sign}1` }),
        line('0.12', [tax('20')], { count: sign ? '1' : '-1' }),
      ]
      const adjustments = [documentAdjustment('charge', { amount: `${sign}0.01` }, null)]
      return calculateDocument(documentOf(lines, { adjustments, rounding }))
    }
    expect(shown(both('').taxE4)).toBe('0.01')
    expect(shown(both('-').taxE4)).toBe('-0.01')
  })
})

describe('where tax is rounded', () => {
  const lines = [line('0.33', s25), line('0.33', s25), line('0.33', s12), line('0.33', s12)]
  it.each([
    ['rate', '0.25', ['VAT 25: 0.66 0.17', 'VAT 12: 0.66 0.08']],
    ['line', '0.24', ['VAT 25: 0.66 0.16', 'VAT 12: 0.66 0.08']],
    ['document', '0.24', ['VAT 25: 0.66 0.16', 'VAT 12: 0.66 0.08']],
  ] as const)('per %s', (scope, total, rows) => {
    const input = documentOf(lines, { rounding: { mode: 'half-up', scope } })
    expect(shown(calculateDocument(input).taxE4)).toBe(total)
    expect(rowsOf(input)).toEqual(rows)
  })

  it.each([
    ['half-up', '815.96'],
    ['half-even', '815.96'],
    ['up', '815.96'],
    ['down', '815.95'],
  ] as const)('8180 at 9.975 %% %s is %s', (mode, expected) => {
    const input = documentOf([line('8180', [tax('9.975')])], { rounding: { mode, scope: 'rate' } })
    expect(shown(calculateDocument(input).taxE4)).toBe(expected)
  })
})

describe('several taxes on a line', () => {
  it.each([
    ['999.99', ['CGST 9: 999.99 90.00', 'SGST 9: 999.99 90.00']],
    ['33.33', ['CGST 9: 33.33 3.00', 'SGST 9: 33.33 3.00']],
  ])('are equal halves on %s', (price, rows) => {
    expect(rowsOf(documentOf([line(price, gst18)]))).toEqual(rows)
  })

  it('stay equal halves in a price that includes them', () => {
    const input = documentOf([line('100', gst18)], { pricesIncludeTax: true })
    expect(rowsOf(input)).toEqual(['CGST 9: 84.74 7.63', 'SGST 9: 84.74 7.63'])
    expect(shown(calculateDocument(input).totalE4)).toBe('100.00')
  })

  it('are charged on each other when they are compound', () => {
    const qst = tax('9.5', 'QST', { compound: true })
    const plain = tax('9.5', 'QST')
    const gst = tax('5', 'GST')
    expect(rowsOf(documentOf([line('100', [gst, qst])]))).toEqual(['GST 5: 100.00 5.00', 'QST 9.5: 105.00 9.98'])
    expect(rowsOf(documentOf([line('100', [gst, plain])]))).toEqual(['GST 5: 100.00 5.00', 'QST 9.5: 100.00 9.50'])
  })

  it('come out of a price that includes compound ones', () => {
    const taxes = [tax('5', 'GST'), tax('9.5', 'QST', { compound: true })]
    const input = documentOf([line('114.98', taxes)], { pricesIncludeTax: true })
    expect(rowsOf(input)).toEqual(['GST 5: 100.00 5.00', 'QST 9.5: 105.00 9.98'])
  })
})

describe('prices that include tax', () => {
  it('keep the gross: net and tax always sum to it', () => {
    const lines = ['9.99', '9.99', '9.99'].map((price, index) => line(price, [tax('20')], { id: `${index}` }))
    const it = calculateDocument(documentOf(lines, { pricesIncludeTax: true }))
    expect(it.lines.map((one) => [one.netE4, one.taxE4, one.totalE4].map(shown).join(' '))).toEqual([
      '8.33 1.66 9.99',
      '8.33 1.66 9.99',
      '8.32 1.67 9.99',
    ])
    expect([it.netE4, it.taxE4, it.totalE4].map(shown)).toEqual(['24.98', '4.99', '29.97'])
  })

  it('round the net to the nearest and leave the rest as tax', () => {
    const input = (mode: 'half-up' | 'half-even' | 'down') =>
      documentOf([line('0.03', [tax('20')])], { pricesIncludeTax: true, rounding: { mode, scope: 'rate' } })
    expect(rowsOf(input('half-up'))).toEqual(['VAT 20: 0.03 0.00'])
    expect(rowsOf(input('half-even'))).toEqual(['VAT 20: 0.02 0.01'])
    expect(rowsOf(input('down'))).toEqual(['VAT 20: 0.03 0.00'])
  })

  it('include it in a discount too', () => {
    const adjustments = [documentAdjustment('allowance', { amount: '12' }, null)]
    const it = calculateDocument(documentOf([line('120', [tax('20')])], { pricesIncludeTax: true, adjustments }))
    expect([it.lineNetE4, it.allowanceE4, it.netE4, it.taxE4, it.totalE4].map(shown)).toEqual([
      '100.00',
      '10.00',
      '90.00',
      '18.00',
      '108.00',
    ])
  })
})

describe('currencies and payment', () => {
  it.each([
    [0, '3', '0', '3'],
    [2, '3.33', '0.33', '3.66'],
    [3, '3.333', '0.333', '3.666'],
    [4, '3.3333', '0.3333', '3.6666'],
  ])('rounds to %i decimals', (minorUnits, net, due, total) => {
    const it = calculateDocument(documentOf([line('3.333333', [tax('10')])], { minorUnits }))
    expect([it.netE4, it.taxE4, it.totalE4].map((value) => toDecimalString(value, 4))).toEqual([net, due, total])
  })

  it('rounds what is to be paid to the cash step', () => {
    const input = documentOf([line('10.27', s12)], { currency: 'CHF', payableStepE4: amountOf('0.05') })
    const it = calculateDocument(input)
    expect([it.totalE4, it.roundingE4, it.payableE4].map(shown)).toEqual(['11.50', '0.00', '11.50'])
    const other = calculateDocument({ ...input, prepaidE4: amountOf('1.03') })
    expect([other.roundingE4, other.payableE4].map(shown)).toEqual(['-0.02', '10.45'])
  })

  it('takes the rounding amount of a received document as it is', () => {
    const it = calculateDocument({ ...worked, roundingAmountE4: amountOf('-0.12'), payableStepE4: amountOf('1') })
    expect(shown(it.payableE4)).toBe('305.50')
  })
})

describe('nonsense', () => {
  it.each([
    [{ lines: [line('1', s25, { id: 'A', baseQuantityE6: quantityOf('0') })] }, /Line A: .* greater than zero/],
    [{ minorUnits: 7 }, /0 to 4 decimals/],
    [{ payableStepE4: amountOf('0') }, /step for cash rounding/],
    [{ lines: [line('900000000000', s25, { count: '900000000000' })] }, /too large to be booked/],
    [{ lines: [line('1', [tax('-100')])] }, /-100 % or less/],
  ])('is refused in words: %#', (options, message) => {
    const input = documentOf([], { prepaidE4: amount(0n), ...options })
    expect(() => calculateDocument(input)).toThrow(message)
  })
})

describe('an explanation', () => {
  it('tells the sums in the order computed', () => {
    const steps = explainDocument(worked).map((step) => `${step.path}: ${step.formula}`)
    expect(steps.slice(0, 3)).toEqual([
      'lines.100.10.gross: 1 x 100.10 = 100.10',
      'lines.200.05.gross: 1 x 200.05 = 200.05',
      'lines.33.33.gross: 1 x 33.33 = 33.33',
    ])
    expect(steps.slice(12)).toEqual([
      'adjustments.0: 10.00',
      'adjustments.1: 5.00',
      'lineNet: 100.10 + 200.05 + 33.33 = 333.48',
      'allowance: 10.00',
      'charge: 5.00',
      'net: 333.48 - 10.00 + 5.00 = 328.48',
      'taxes.0.taxable: 300.15 - 10.00 = 290.15',
      'taxes.0.tax: 290.15 x 25 %, rounded once = 72.54',
      'taxes.1.taxable: 33.33 + 5.00 = 38.33',
      'taxes.1.tax: 38.33 x 12 %, rounded once = 4.60',
      'tax: 72.54 + 4.60 = 77.14',
      'total: 328.48 + 77.14 = 405.62',
      'prepaid: 100.00',
      'rounding: 0.00',
      'payable: 405.62 - 100.00 = 305.62',
    ])
  })
})
